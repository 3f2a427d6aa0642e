"""One person: their responses in order, each of which opens, and their appointments."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.widget import Widget

from screener.errors import ScreenerError
from screener.i18n.gettext import N_, _
from screener.staff.base_session import Locked
from screener.staff.people_list import ListedPerson
from screener.store.appointments import issue_code, remove_appointment
from screener.store.expected import ExpectedAnswer
from screener.store.person import identified
from screener.store.response_list import ResponseListItem
from screener.tui.rendering import Piece, Tone
from screener.tui.staff.base_screen import ACKNOWLEDGE, ALL_KEYS, LOCK, QUIT, StaffPage
from screener.tui.staff.dialogs.appointment import AppointmentDialog, ChangePersonDialog
from screener.tui.staff.dialogs.code import CodeDialog
from screener.tui.staff.dialogs.confirm import ConfirmDialog
from screener.tui.staff.facts_text import facts
from screener.tui.staff.people_text import Record, about, appointment_facts, identity_of, record_cells
from screener.tui.staff.record_rows import RecordRows
from screener.tui.staff.screens.series import SeriesPage
from screener.tui.staff.truncate import cut_to
from screener.tui.widgets.button import Button
from screener.tui.widgets.header import Header
from screener.tui.widgets.key_bar import BACK, CONTINUE, Key, KeyBar
from screener.tui.widgets.text_block import Passage, TextBlock

_NAME = 60
START_HERE = Key("F3", N_("Start here"), "screen.start_here")
CHANGE = Key("F6", N_("Change"), "screen.change")
OVER_TIME = Key("F7", N_("Over time"), "screen.over_time")
RECORD = Key(N_("Ctrl+R"), N_("Record"), "screen.record")


class PersonPage(StaffPage[None]):
    """Nothing of the person is in this page after the lock: it asks the session each time."""

    KEYS = (ACKNOWLEDGE, BACK, START_HERE, RECORD, OVER_TIME, CHANGE, ALL_KEYS, LOCK, QUIT)
    BINDINGS = [
        Binding("f3", "start_here", show=False),
        Binding("f6", "change", show=False),
        Binding("f7", "over_time", show=False),
        Binding("ctrl+r", "record", show=False),
    ]
    AUTO_FOCUS = "#records"

    def __init__(self, identity: str) -> None:
        super().__init__()
        self.identity = identity

    @property
    def listed(self) -> ListedPerson | None:
        """The person as they are now."""
        return self.staff_session.listed_person(self.identity)

    def above(self) -> Iterable[Widget]:
        yield from super().above()
        yield TextBlock(id="result")

    def content(self) -> Iterable[Widget]:
        yield TextBlock(id="about")
        yield RecordRows[Record](self._cells, identity_of)
        yield TextBlock(id="nothing")

    def _cells(self, record: Record, room: int) -> tuple[Piece, ...]:
        return record_cells(record, room, self.staff_session.now(), self.staff_app.setup.title_of)

    def beside(self) -> Iterable[Widget]:
        with Vertical(id="facts-pane"):
            yield TextBlock(id="facts")

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Open"), "screen.open", key=CONTINUE.name, primary=True)
        yield Button(_("Code"), "screen.code")
        yield Button(_("Appointment"), "screen.enter")
        yield Button(_("Remove"), "screen.remove")
        if self.staff_session.may_read:
            yield Button(_("Over time"), "screen.over_time", id="over-time")
        if self._may_record:
            yield Button(_("Record"), "screen.record", id="record")

    def _keys(self) -> KeyBar:
        left_out = [
            *([] if self.staff_session.may_read else [OVER_TIME]),
            *([] if self._may_record else [RECORD]),
        ]
        return KeyBar(*(key for key in self.KEYS if key not in left_out), id="keys")

    @property
    def _may_record(self) -> bool:
        """Whether there is anything that staff record, and whoever unlocked the store may do so."""
        return self.staff_session.may_read and bool(self.staff_session.contents.for_staff)

    @property
    def rows(self) -> RecordRows[Record]:
        return self.query_one(RecordRows)

    def news(self) -> None:
        super().news()
        if not self.query("#top"):
            return
        listed = self.listed
        if listed is None:
            if self.staff_session.is_open:
                self.rows.show(())
                self.query_one("#about", TextBlock).show()
                self.say(_("This person was removed."), Tone.ERROR)
            return
        caption = _("Responses: {count}").format(count=len(listed.responses))
        self.query_one("#top", Header).show(cut_to(identified(listed.person), _NAME), caption)
        self.query_one("#about", TextBlock).show(*about(listed.person))
        records: list[Record] = [*listed.responses, *listed.expected]
        self.rows.show(records)
        nothing = Passage(_("Nothing was answered, and no appointment is entered."), Tone.MUTED)
        self.query_one("#nothing", TextBlock).show(*([] if records else [nothing]))
        self._show_facts()

    @on(RecordRows.Moved)
    def _show_facts(self) -> None:
        """Show the facts of the response or the appointment that the caret is on, where the window is broad."""
        record, title_of = self.rows.chosen if self.listed else None, self.staff_app.setup.title_of
        about: Iterable[Passage] = ()
        if isinstance(record, ResponseListItem):
            title = title_of(record.entry.questionnaire) if record.entry else ""
            about = facts(record, self.staff_session.contents.rules, self.staff_session.now(), title)
        elif record:
            about = appointment_facts(record, title_of(record.appointment.questionnaire))
        self.query_one("#facts", TextBlock).show(*about)

    @on(RecordRows.Selected)
    def action_open(self) -> None:
        """Open the response under the caret, or the one that was given to the appointment there."""
        record = self.rows.chosen
        response = record.id if isinstance(record, ResponseListItem) else record.response if record else None
        if response:
            self.staff_app.open(response)
        else:
            self.say(_("Nothing was answered for this appointment yet."))

    def action_over_time(self) -> None:
        """Show all responses of the person as one document."""
        listed = self.listed
        if not self.staff_session.may_read:
            self.say(_("Only clinicians can do this. Ask one of them."), Tone.ERROR)
        elif any(isinstance(page, SeriesPage) and page.identity == self.identity for page in self.app.screen_stack):
            self.say(_("It is open already. Esc goes back to it."))
        elif listed and listed.responses:
            self.staff_app.open_series(self.identity)
        else:
            self.say(_("This person has answered nothing yet."))

    def action_record(self) -> None:
        """Begin or go on to record something for this person, once it was confirmed who it is."""
        if self._may_record:
            self.staff_app.record_for(self.identity)

    def _appointment(self) -> ExpectedAnswer | None:
        """Return the appointment under the caret; say that one has to be chosen where there is none."""
        record = self.rows.chosen
        if isinstance(record, ExpectedAnswer):
            return record
        self.say(_("Choose an appointment first."))
        return None

    def action_start_here(self) -> None:
        """Let the person of the appointment under the caret answer on this terminal."""
        expected = self._appointment()
        if expected and expected.response:
            self.say(_("Something was answered for this appointment already. Open it to go on with it."))
        elif expected:
            self.staff_app.start_for(expected.appointment.id)

    async def action_code(self) -> None:
        """Make the code of the appointment, and show it once."""
        expected = self._appointment()
        if expected is None:
            return
        self.say(_("Making the words …"))
        identity = expected.appointment.id
        try:
            code, until = await self.staff_session.change(lambda store: issue_code(store, identity))
        except Locked:
            return
        except ScreenerError as error:
            self.say_error(error)
            return
        self.say("")
        self.staff_app.push_dialog(CodeDialog(code, until))

    def action_enter(self) -> None:
        self.staff_app.push_dialog(AppointmentDialog(self.identity), self._entered)

    def _entered(self, identity: str | None) -> None:
        if identity:
            self.say(_("The appointment is entered."))
            self.staff_app.news()
            self.rows.focus()

    def action_remove(self) -> None:
        expected = self._appointment()
        if expected:
            identity = expected.appointment.id
            text = _("The appointment is removed, and its code is void. Responses stay.")

            def sure(yes: bool | None) -> None:
                if yes:
                    self.run_worker(self._remove(identity))

            self.staff_app.push_dialog(ConfirmDialog(_("Remove this appointment?"), text, _("Remove")), sure)

    async def _remove(self, identity: str) -> None:
        try:
            await self.staff_session.change(lambda store: remove_appointment(store, identity))
        except Locked:
            return
        except ScreenerError as error:
            self.say_error(error)
            return
        self.staff_app.news()
        self.say(_("The appointment is removed."))

    def action_change(self) -> None:
        self.staff_app.push_dialog(ChangePersonDialog(self.identity), self._changed)

    def _changed(self, identity: str | None) -> None:
        if identity:
            self.say(_("It is kept, with your name."))
            self.staff_app.news()

    def action_back(self) -> None:
        self.dismiss()
