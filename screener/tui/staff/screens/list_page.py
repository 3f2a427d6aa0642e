"""A page with a long list and a search above it."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.containers import Horizontal
from textual.widget import Widget

from screener.i18n.gettext import _
from screener.tui.rendering import Tone
from screener.tui.staff.base_screen import StaffPage
from screener.tui.staff.long_list import LongList
from screener.tui.widgets.fields import Field
from screener.tui.widgets.line_widget import LineWidget
from screener.tui.widgets.text_block import Passage, TextBlock


class ListPage(StaffPage[None]):
    """Letters that are typed go into the search, wherever the caret is."""

    def heads(self) -> LineWidget:
        """Return what the columns of the list are."""
        raise NotImplementedError

    def above(self) -> Iterable[Widget]:
        yield from super().above()
        with Horizontal(id="finding"):
            yield TextBlock(Passage(_("Find:"), Tone.MUTED), id="find")
            yield Field(id="search")
        yield TextBlock(id="result")
        yield self.heads()

    @property
    def search(self) -> Field:
        return self.query_one("#search", Field)

    def say_nothing_is_listed(self, why: str) -> None:
        """Say why the list is empty; with an empty text it is not."""
        self.query_one("#nothing", TextBlock).show(*([Passage(why, Tone.MUTED)] if why else ()))

    @on(LongList.Typed)
    def _typed(self, event: LongList.Typed) -> None:
        self.search.focus()
        self.search.insert_text_at_cursor(event.letter)
