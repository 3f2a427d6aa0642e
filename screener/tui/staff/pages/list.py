"""Every response there is, who waits for staff first."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from screener.desk.words import counted
from screener.translation import N_, _
from screener.tui.action import Action
from screener.tui.display import Tone
from screener.tui.fields import Field
from screener.tui.key_line import COLOURS, HELP, Key
from screener.tui.prose import Passage, Prose
from screener.tui.staff.page import ALL_KEYS, LOCK, QUIT, SEE_TO, StaffPage
from screener.tui.staff.response_list import Heads, ResponseList
from screener.tui.top_line import TopLine

START = Key("F3", N_("Start"), "app.start")


class ListPage(StaffPage[None]):
    """Letters that are typed go into the search, wherever the caret is."""

    KEYS = (SEE_TO, START, LOCK, ALL_KEYS, QUIT, HELP, COLOURS)
    AUTO_FOCUS = "#responses"

    def above(self) -> Iterable[Widget]:
        yield from super().above()
        with Horizontal(id="finding"):
            yield Prose(Passage(_("Find:"), Tone.MUTED), id="find")
            yield Field(id="search")
        yield Prose(id="result")
        yield Heads(id="heads")

    def content(self) -> Iterable[Widget]:
        yield ResponseList(self.desk.now)
        yield Prose(id="nothing")

    def actions(self) -> Iterable[Widget]:
        yield Action(_("Open"), "screen.open", primary=True)
        yield Action(_("Start for somebody"), "app.start")
        yield Action(_("Lock"), "app.lock")

    @property
    def responses(self) -> ResponseList:
        return self.query_one(ResponseList)

    @property
    def search(self) -> Field:
        return self.query_one("#search", Field)

    def news(self) -> None:
        super().news()
        self.query_one("#top", TopLine).show(self.staff_app.clinic, counted(self.desk.board))
        self._find()

    @on(Input.Changed)
    def _find(self) -> None:
        found = self.desk.board.found(self.search.value)
        self.responses.show(found)
        nothing = _("Nothing was found.") if len(self.desk.board) else _("Nobody has answered anything yet.")
        self.query_one("#nothing", Prose).show(*([] if found else [Passage(nothing, Tone.MUTED)]))

    @on(Input.Submitted)
    def action_open(self) -> None:
        self.responses.action_open()

    @on(ResponseList.Opened)
    def _open(self, event: ResponseList.Opened) -> None:
        self.staff_app.open(event.identity)

    @on(ResponseList.Typed)
    def _typed(self, event: ResponseList.Typed) -> None:
        self.search.focus()
        self.search.insert_text_at_cursor(event.letter)

    def action_back(self) -> None:
        """Show everything again."""
        self.search.value = ""
        self.responses.focus()
