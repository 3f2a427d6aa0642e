"""Every response there is, who waits for staff first."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input

from screener.i18n.gettext import N_, _
from screener.staff.wording import counted
from screener.tui.rendering import Tone
from screener.tui.staff.base_screen import ACKNOWLEDGE, ALL_KEYS, LOCK, QUIT, StaffPage
from screener.tui.staff.facts_text import facts
from screener.tui.staff.response_list import Heads, ResponseList
from screener.tui.widgets.button import Button
from screener.tui.widgets.fields import Field
from screener.tui.widgets.header import Header
from screener.tui.widgets.key_bar import COLOURS, Key
from screener.tui.widgets.text_block import Passage, TextBlock

START = Key("F3", N_("Start"), "app.start")
PEOPLE = Key("F4", N_("People"), "app.people")


class WorklistPage(StaffPage[None]):
    """Letters that are typed go into the search, wherever the caret is."""

    KEYS = (ACKNOWLEDGE, START, PEOPLE, LOCK, ALL_KEYS, QUIT, COLOURS)
    AUTO_FOCUS = "#responses"

    def above(self) -> Iterable[Widget]:
        yield from super().above()
        with Horizontal(id="finding"):
            yield TextBlock(Passage(_("Find:"), Tone.MUTED), id="find")
            yield Field(id="search")
        yield TextBlock(id="result")
        yield Heads(id="heads")

    def content(self) -> Iterable[Widget]:
        yield ResponseList(self.staff_session.now)
        yield TextBlock(id="nothing")

    def beside(self) -> Iterable[Widget]:
        with Vertical(id="facts-pane"):
            yield TextBlock(id="facts")

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Open"), "screen.open", primary=True)
        yield Button(_("Start for somebody"), "app.start")
        yield Button(_("People"), "app.people")
        yield Button(_("Lock"), "app.lock")

    @property
    def responses(self) -> ResponseList:
        return self.query_one(ResponseList)

    @property
    def search(self) -> Field:
        return self.query_one("#search", Field)

    def news(self) -> None:
        super().news()
        if not self.query("#top"):
            return  # It was locked meanwhile, and nothing is left on this page.
        self.query_one("#top", Header).show(self.staff_app.clinic, counted(self.staff_session.worklist))
        self._find()

    @on(Input.Changed)
    def _find(self) -> None:
        responses = self.staff_session.worklist.found(self.search.value)
        self.responses.show(responses)
        nothing = (
            _("Nothing was found.") if len(self.staff_session.worklist) else _("Nobody has answered anything yet.")
        )
        self._show_facts()
        self.query_one("#nothing", TextBlock).show(*([] if responses else [Passage(nothing, Tone.MUTED)]))

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

    @on(ResponseList.Typed)
    def _typed(self, event: ResponseList.Typed) -> None:
        self.search.focus()
        self.search.insert_text_at_cursor(event.letter)

    def action_back(self) -> None:
        """Show everything again."""
        self.search.value = ""
        self.responses.focus()
