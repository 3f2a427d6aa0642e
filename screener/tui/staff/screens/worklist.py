"""Every response there is, who waits for staff first."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from screener.i18n.gettext import N_, _
from screener.staff.due_forms import due_forms, forms_due
from screener.staff.wording import counted
from screener.tui.staff.base_screen import ACKNOWLEDGE, ALL_KEYS, LOCK, QUIT
from screener.tui.staff.facts_text import facts
from screener.tui.staff.response_list import Heads, ResponseList
from screener.tui.staff.screens.list_page import ListPage
from screener.tui.widgets.button import Button
from screener.tui.widgets.header import Header
from screener.tui.widgets.key_bar import COLOURS, CONTINUE, Key
from screener.tui.widgets.line_widget import LineWidget
from screener.tui.widgets.text_block import TextBlock

START = Key("F3", N_("Start"), "app.start")
PEOPLE = Key("F4", N_("People"), "app.people")


class WorklistPage(ListPage):
    """The responses; in a broad window the facts of the selected one stand beside them."""

    KEYS = (ACKNOWLEDGE, START, PEOPLE, LOCK, ALL_KEYS, QUIT, COLOURS)
    AUTO_FOCUS = "#responses"

    def heads(self) -> LineWidget:
        return Heads(id="heads")

    def content(self) -> Iterable[Widget]:
        yield ResponseList(self.staff_session.now)
        yield TextBlock(id="nothing")

    def beside(self) -> Iterable[Widget]:
        with Vertical(id="facts-pane"):
            yield TextBlock(id="facts")

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Open"), "screen.open", key=CONTINUE.name, primary=True)
        yield Button(_("Start for somebody"), "app.start")
        yield Button(_("People"), "app.people")
        yield Button(_("Lock"), "app.lock")

    @property
    def responses(self) -> ResponseList:
        return self.query_one(ResponseList)

    def news(self) -> None:
        super().news()
        if not self.query("#top"):
            return  # It was locked meanwhile, and nothing is left on this page.
        worklist = self.staff_session.worklist
        due = due_forms(worklist.matching(), self.staff_session.now())
        caption = ", ".join(filter(None, (counted(worklist), forms_due(len(due)))))
        self.query_one("#top", Header).show(self.staff_app.clinic, caption)
        self._find()

    @on(Input.Changed)
    def _find(self) -> None:
        responses = self.staff_session.worklist.matching(self.search.value)
        self.responses.show(responses)
        nothing = (
            _("Nothing was found.") if len(self.staff_session.worklist) else _("Nobody has answered anything yet.")
        )
        self._show_facts()
        self.say_nothing_is_listed("" if responses else nothing)

    @on(ResponseList.Moved)
    def _show_facts(self) -> None:
        """Show the facts of the response that the caret is on, where the window is broad."""
        chosen, rules = self.responses.chosen, self.staff_session.contents.rules
        listed = self.staff_session.worklist.get(chosen) if chosen else None
        about = facts(listed, rules, self.staff_session.now()) if listed else ()
        self.query_one("#facts", TextBlock).show(*about)

    @on(Input.Submitted)
    def action_open(self) -> None:
        self.responses.action_open()

    @on(ResponseList.Selected)
    def _open(self, event: ResponseList.Selected) -> None:
        self.staff_app.open(event.identity)

    def action_back(self) -> None:
        """Show everything again."""
        self.search.value = ""
        self.responses.focus()
