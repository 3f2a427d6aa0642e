"""One response: what a clinician reads, what the person was told, every answer, and what staff added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Literal

from textual.binding import Binding
from textual.widget import Widget

from screener.desk.desk import Locked
from screener.desk.opened import Opened
from screener.desk.words import called, standing
from screener.problem import ScreenerError
from screener.store.vault import Listed
from screener.translation import N_, _
from screener.tui.action import Action
from screener.tui.body import Body
from screener.tui.display import Tone
from screener.tui.key_line import BACK, HELP, Key, KeyLine
from screener.tui.prose import Passage, Prose
from screener.tui.staff import reading
from screener.tui.staff.dialogs.copies import CopiesDialog
from screener.tui.staff.dialogs.type_text import TypeText
from screener.tui.staff.fitted import cut_to
from screener.tui.staff.page import ALL_KEYS, LOCK, QUIT, SEE_TO, StaffPage
from screener.tui.top_line import TopLine

View = Literal["clinician", "patient", "answers", "notes"]
_NAME, MOST_OF_A_NAME, MOST_OF_A_NOTE = 40, 100, 2000
_VIEWS: dict[View, str] = {
    "clinician": N_("Clinician"),
    "patient": N_("Person"),
    "answers": N_("Answers"),
    "notes": N_("Notes"),
}
AGAIN = Key("F5", N_("Read again"), "screen.again")


class ResponsePage(StaffPage[None]):
    """Shows one view at a time; ``1`` to ``4`` change between them."""

    KEYS = (SEE_TO, BACK, AGAIN, ALL_KEYS, LOCK, QUIT, HELP)
    BINDINGS = [
        Binding("1", "view('clinician')", show=False),
        Binding("2", "view('patient')", show=False),
        Binding("3", "view('answers')", show=False),
        Binding("4", "view('notes')", show=False),
        Binding("f5", "again", show=False),
    ]

    def __init__(self, identity: str) -> None:
        super().__init__()
        self.identity = identity
        self.view: View = "clinician"
        self._read_version = b""

    @property
    def listed(self) -> Listed | None:
        """The response as it is on the list now."""
        return self.desk.board.get(self.identity)

    def above(self) -> Iterable[Widget]:
        yield from super().above()
        yield KeyLine(*self._views(), id="views")
        yield Prose(id="result")

    def content(self) -> Iterable[Widget]:
        yield Prose(id="view")

    def actions(self) -> Iterable[Widget]:
        listed = self.listed
        if listed and listed.finished:
            yield Action(_("Mark as read"), "screen.mark_read", primary=True, id="mark")
        else:
            yield Action(_("Go on with it"), "screen.go_on", primary=True)
        yield Action(_("Note"), "screen.note")
        yield Action(_("Name"), "screen.name")
        yield Action(_("Save or print"), "screen.copy")

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
        self.query_one("#top", TopLine).show(cut_to(called(listed), _NAME), standing(listed))
        if listed.version != self._read_version:
            self.say(_("It was changed since it was opened here. F5 reads it again."), Tone.STRONG)
        if self.view == "notes":
            self._show_view()

    def _views(self) -> Iterator[Key]:
        """The keys of the views; the one that is shown stands in brackets."""
        for number, (view, label) in enumerate(_VIEWS.items(), 1):
            shown = f"[{_(label)}]" if view == self.view else label
            yield Key(str(number), shown, f"screen.view({view!r})", Tone.STRONG)

    def _show_view(self) -> None:
        views = self.query_one("#views", KeyLine)
        views.keys = tuple(self._views())
        views.changed()
        with suppress(Locked):
            self.query_one("#view", Prose).show(*self._passages(self.desk.opened(self.identity)))

    def _passages(self, response: Opened) -> Iterator[Passage]:
        match self.view:
            case "answers":
                return reading.answers(response)
            case "notes":
                return reading.notes(response, self.listed)
            case copy:
                return reading.summary(response, copy, self.listed)

    def action_view(self, view: View) -> None:
        self.view = view
        self._show_view()
        self.query_one(Body).scroll_home(animate=False)

    async def action_again(self) -> None:
        """Read what was saved since; that is written down as another reading."""
        try:
            await self.desk.read(self.identity)
        except ScreenerError as error:
            self.say(_("Error: {what}").format(what=error), Tone.ERROR)
            return
        listed = self.listed
        self._read_version = listed.version if listed else b""
        self.say("")
        self._show_view()

    async def _remark(self, kind: Literal["read", "note", "name"], text: str = "") -> None:
        try:
            await self.desk.remark(self.identity, kind, text)
        except ScreenerError as error:
            self.say(_("Error: {what}").format(what=error), Tone.ERROR)
        else:
            self.staff_app.news()
            self.say(_("It is kept, with your name."))

    async def action_mark_read(self) -> None:
        await self._remark("read")

    def action_note(self) -> None:
        heading, label = _("Add a note"), _("It is kept with your name, and cannot be changed.")
        self.staff_app.lay_over(TypeText(heading, label, MOST_OF_A_NOTE), self._noted)

    def _noted(self, text: str | None) -> None:
        if text:
            self.run_worker(self._remark("note", text))

    def action_name(self) -> None:
        listed = self.listed
        heading, label = _("Give it a name"), _("What you call this person, such as their name. Only staff see it.")
        before = (listed.name or "")[:MOST_OF_A_NAME] if listed else ""
        self.staff_app.lay_over(TypeText(heading, label, MOST_OF_A_NAME, before, one_line=True), self._named)

    def _named(self, text: str | None) -> None:
        if text:
            self.run_worker(self._remark("name", text))

    def action_copy(self) -> None:
        self.staff_app.lay_over(CopiesDialog(self.identity))

    def action_go_on(self) -> None:
        self.staff_app.go_on_with(self.identity)

    def action_back(self) -> None:
        self.desk.put_away(self.identity)
        self.dismiss()
