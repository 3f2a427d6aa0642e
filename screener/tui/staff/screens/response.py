"""One response: what a clinician reads, what the person was told, every answer, and what staff added."""

from __future__ import annotations

from collections.abc import Awaitable, Iterable, Iterator
from contextlib import suppress
from typing import Literal

from textual.binding import Binding
from textual.containers import Vertical
from textual.widget import Widget

from screener.errors import ScreenerError
from screener.i18n.gettext import N_, _
from screener.model.questionnaire import Questionnaire
from screener.staff.base_session import Locked
from screener.staff.copies import CopyKind, kinds_for
from screener.staff.response import ReviewedResponse
from screener.staff.wording import called, status
from screener.store.response_list import ResponseListItem
from screener.summary.metadata import PersonReference
from screener.tui.rendering import Tone
from screener.tui.staff import response_text
from screener.tui.staff.base_screen import ACKNOWLEDGE, ALL_KEYS, LOCK, QUIT
from screener.tui.staff.dialogs.copies import CopiesDialog
from screener.tui.staff.dialogs.link import LinkDialog
from screener.tui.staff.dialogs.text_prompt import TextPrompt
from screener.tui.staff.facts_text import facts
from screener.tui.staff.searchable import SearchablePage
from screener.tui.staff.truncate import cut_to
from screener.tui.widgets.button import Button
from screener.tui.widgets.header import Header
from screener.tui.widgets.key_bar import BACK, Key, KeyBar
from screener.tui.widgets.scroll_body import ScrollBody
from screener.tui.widgets.text_block import Passage, TextBlock

View = Literal["first-page", "patient", "answers", "notes", "detail"]
_NAME, MOST_OF_A_NAME, MOST_OF_A_NOTE = 60, 100, 2000
_VIEWS: dict[View, str] = {
    "first-page": N_("Page 1"),
    "patient": N_("Person"),
    "answers": N_("Answers"),
    "notes": N_("Notes"),
    "detail": N_("Rest"),
}
AGAIN = Key("F5", N_("Read again"), "screen.again")


class ResponsePage(SearchablePage):
    """Shows one view at a time; ``1`` to ``5`` change between them, and ``/`` searches it."""

    KEYS = (ACKNOWLEDGE, BACK, AGAIN, ALL_KEYS, LOCK, QUIT)
    BINDINGS = [
        Binding("1", "view('first-page')", show=False),
        Binding("2", "view('patient')", show=False),
        Binding("3", "view('answers')", show=False),
        Binding("4", "view('notes')", show=False),
        Binding("5", "view('detail')", show=False),
        Binding("6", "person", show=False),
        Binding("f5", "again", show=False),
    ]

    def __init__(self, identity: str) -> None:
        super().__init__()
        self.identity = identity
        self.view: View = "first-page"
        self._read_version = b""
        self._whose: tuple[PersonReference | None, str | None] = (None, None)

    @property
    def listed(self) -> ResponseListItem | None:
        """The response as it is on the list now."""
        return self.staff_session.worklist.get(self.identity)

    def above(self) -> Iterable[Widget]:
        yield from super().above()
        yield KeyBar(*self._views(), id="views")
        yield TextBlock(id="result")

    def content(self) -> Iterable[Widget]:
        yield TextBlock(id="view")

    def beside(self) -> Iterable[Widget]:
        with Vertical(id="facts-pane"):
            yield TextBlock(id="facts")

    def actions(self) -> Iterable[Widget]:
        listed = self.listed
        if listed and listed.finished:
            yield Button(_("Mark as read"), "screen.mark_read", primary=True, id="mark")
            if self._is_of_staff:
                yield Button(_("Correct it"), "screen.go_on", id="correct")
        else:
            yield Button(_("Go on with it"), "screen.go_on", primary=True)
        yield Button(_("Note"), "screen.note")
        yield Button(_("Name"), "screen.name")
        yield Button(_("Save or print"), "screen.copy")

    def on_mount(self) -> None:
        listed = self.listed
        self._read_version = listed.version if listed else b""
        self._show_view()

    def news(self) -> None:
        super().news()
        listed = self.listed
        if listed is None:
            self.say(_("This response was removed."), Tone.ERROR)
            return
        self.query_one("#top", Header).show(cut_to(called(listed), _NAME), status(listed, self.staff_session.now()))
        about = facts(listed, self.staff_session.contents.rules, self.staff_session.now())
        self.query_one("#facts", TextBlock).show(*about)
        if listed.version != self._read_version:
            self.say(_("It was changed since it was opened here. F5 reads it again."), Tone.STRONG)
        if self.view == "notes" or self._whose != self._linked_to():
            self._show_view()

    def _views(self) -> Iterator[Key]:
        """The keys of the views; the one that is shown stands in brackets."""
        for number, (view, label) in enumerate(_VIEWS.items(), 1):
            shown = view == self.view
            tab, tone = (f"[{_(label)}]", Tone.STRONG) if shown else (label, Tone.MUTED)
            yield Key(str(number), tab, f"screen.view({view!r})", tone)
        yield Key("6", N_("Whose?"), "screen.person")

    def _linked_to(self) -> tuple[PersonReference | None, str | None]:
        """Return whose response it is now, and with which previous response it is read."""
        with suppress(Locked):
            return self.staff_session.person_of(self.identity), self.staff_session.opened(self.identity).previous
        return None, None

    def _show_view(self) -> None:
        self._whose = self._linked_to()
        views = self.query_one("#views", KeyBar)
        views.keys = tuple(self._views())
        views.changed()
        with suppress(Locked):
            self.query_one("#view", TextBlock).show(*self._passages(self.staff_session.opened(self.identity)))

    def _passages(self, response: ReviewedResponse) -> Iterator[Passage]:
        match self.view:
            case "answers":
                return response_text.answers(response)
            case "notes":
                return response_text.notes(response, self.listed)
            case "detail":
                return response_text.detail(response, self.listed)
            case "patient":
                return response_text.summary(response, "patient", self.listed)
        return response_text.page_one(response, self.listed, self.staff_session.person_of(self.identity))

    def action_view(self, view: View) -> None:
        self.view = view
        self._show_view()
        self.query_one(ScrollBody).scroll_home(animate=False)

    async def action_again(self) -> None:
        """Read what was saved since; that is written down as another reading."""
        try:
            await self.staff_session.read(self.identity)
        except ScreenerError as error:
            self.say_error(error)
            return
        listed = self.listed
        self._read_version = listed.version if listed else b""
        self.say("")
        self._show_view()

    async def _annotate(self, kind: Literal["read", "note", "name"], text: str = "") -> None:
        try:
            await self.staff_session.annotate(self.identity, kind, text)
        except ScreenerError as error:
            self.say_error(error)
        else:
            self.staff_app.news()
            self.say(_("It is kept, with your name."))

    async def action_mark_read(self) -> None:
        await self._annotate("read")

    def action_note(self) -> None:
        heading, label = _("Add a note"), _("It is kept with your name, and cannot be changed.")
        self.staff_app.push_dialog(TextPrompt(heading, label, MOST_OF_A_NOTE), self._noted)

    def _noted(self, text: str | None) -> None:
        if text:
            self.run_worker(self._annotate("note", text))

    def action_name(self) -> None:
        listed = self.listed
        heading, label = _("Give it a name"), _("What you call this person, such as their name. Only staff see it.")
        before = (listed.name or "")[:MOST_OF_A_NAME] if listed else ""
        self.staff_app.push_dialog(TextPrompt(heading, label, MOST_OF_A_NAME, before, one_line=True), self._named)

    def _named(self, text: str | None) -> None:
        if text:
            self.run_worker(self._annotate("name", text))

    def action_person(self) -> None:
        self.staff_app.push_dialog(LinkDialog(self.identity), self._linked)

    def _linked(self, outcome: str | None) -> None:
        if outcome:
            self.staff_app.news()
            self.say(outcome)

    def action_copy(self) -> None:
        def copy(kind: CopyKind) -> Awaitable[str]:
            return self.staff_session.copy(self.staff_session.opened(self.identity), kind)

        if self._questionnaire:
            self.staff_app.push_dialog(CopiesDialog(kinds_for(self._questionnaire), copy))

    def action_go_on(self) -> None:
        """Hand it over to the person; or record or correct what is of staff, once it was confirmed for whom."""
        if not self._is_of_staff:
            self.staff_app.go_on_with(self.identity)
        elif (listed := self.listed) and listed.link:
            self.staff_app.record_for(listed.link.person, self.identity)
        else:
            self.say(_("First say whose response it is: press 6."), Tone.ERROR)

    @property
    def _questionnaire(self) -> Questionnaire | None:
        """What was answered; ``None`` once the staff's side is locked."""
        try:
            return self.staff_session.opened(self.identity).content.questionnaire
        except Locked:
            return None

    @property
    def _is_of_staff(self) -> bool:
        """Whether staff answer it."""
        return self._questionnaire is not None and self._questionnaire.is_for_staff

    def action_back(self) -> None:
        self.staff_session.put_away(self.identity)
        self.dismiss()
