"""The list by person: who is overdue, missed, expected, and who has answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from screener.i18n.gettext import N_, _
from screener.staff.people_list import ListedPerson
from screener.tui.rendering import Tone
from screener.tui.staff.base_screen import ACKNOWLEDGE, ALL_KEYS, LOCK, QUIT
from screener.tui.staff.dialogs.appointment import AppointmentDialog
from screener.tui.staff.people_text import heads_of_people, person_cells
from screener.tui.staff.record_rows import RecordRows
from screener.tui.staff.screens.list_page import ListPage
from screener.tui.widgets.button import Button
from screener.tui.widgets.header import Header
from screener.tui.widgets.key_bar import BACK, COLOURS, CONTINUE
from screener.tui.widgets.line_widget import Line, LineWidget
from screener.tui.widgets.row_list import CARET
from screener.tui.widgets.text_block import TextBlock

_NOBODY = N_("Nobody is expected yet.")


class PeopleHeads(LineWidget):
    """What the columns of the list are."""

    def lay_out(self, width: int) -> Sequence[Line]:
        return [Line(((" " * len(CARET), Tone.MUTED), *heads_of_people(width - len(CARET))))]


class PeoplePage(ListPage):
    """The people whom the clinic expects, and who have answered."""

    KEYS = (ACKNOWLEDGE, BACK, LOCK, ALL_KEYS, QUIT, COLOURS)
    AUTO_FOCUS = "#records"

    def heads(self) -> LineWidget:
        return PeopleHeads(id="heads")

    def content(self) -> Iterable[Widget]:
        yield RecordRows[ListedPerson](person_cells, lambda listed: listed.person.id, below_a_field=True)
        yield TextBlock(id="nothing")

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Open"), "screen.open", key=CONTINUE.name, primary=True)
        yield Button(_("New appointment"), "screen.enter")
        yield Button(_("Back to the list"), "screen.back")

    @property
    def rows(self) -> RecordRows[ListedPerson]:
        return self.query_one(RecordRows)

    def news(self) -> None:
        super().news()
        if self.query("#top"):
            caption = _("People: {count}").format(count=len(self.staff_session.people))
            self.query_one("#top", Header).show(self.staff_app.clinic, caption)
            self._find()

    @on(Input.Changed)
    def _find(self) -> None:
        people = self.staff_session.listed_people(self.search.value)
        self.rows.show(people)
        nothing = _("Nothing was found.") if self.staff_session.people else _(_NOBODY)
        self.say_nothing_is_listed("" if people else nothing)

    @on(Input.Submitted)
    @on(RecordRows.Selected)
    def action_open(self) -> None:
        if listed := self.rows.chosen:
            self.staff_app.open_person(listed.person.id)

    def action_enter(self) -> None:
        self.staff_app.push_dialog(AppointmentDialog(), self._entered)

    def _entered(self, identity: str | None) -> None:
        if identity:
            self.say(_("The appointment is entered."))
            self.news()
            self.rows.focus()

    def action_back(self) -> None:
        """Show everything again; from there, back to the list of responses."""
        if self.search.value:
            self.search.value = ""
            self.rows.focus()
        else:
            self.dismiss()
