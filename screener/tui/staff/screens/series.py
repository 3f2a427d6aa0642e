"""One person over time: what is urgent, scores with their charts, and what changed, from all their responses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from textual.binding import Binding
from textual.widget import Widget

from screener.errors import ScreenerError
from screener.i18n.gettext import N_, _
from screener.page_text.paragraph import error_paragraph
from screener.staff.base_session import Locked
from screener.staff.copies import SERIES_KINDS, CopyKind
from screener.store.person import identified
from screener.tui.rendering import Tone
from screener.tui.staff.base_screen import ACKNOWLEDGE, ALL_KEYS, LOCK, QUIT
from screener.tui.staff.dialogs.copies import CopiesDialog
from screener.tui.staff.searchable import SearchablePage
from screener.tui.staff.truncate import cut, cut_to
from screener.tui.summary_text import series_passages
from screener.tui.widgets.button import Button
from screener.tui.widgets.header import Header
from screener.tui.widgets.key_bar import BACK, Key
from screener.tui.widgets.text_block import Passage, TextBlock

_NAME, _MOST_COLUMNS = 60, 118
AGAIN = Key("F5", N_("Read again"), "screen.again")
SEARCH = Key("/", N_("Search"), "screen.search")


class SeriesPage(SearchablePage):
    """Nothing of the person is in this page after the lock: it asks the session each time."""

    KEYS = (ACKNOWLEDGE, BACK, AGAIN, SEARCH, ALL_KEYS, LOCK, QUIT)
    BINDINGS = [Binding("f5", "again", show=False)]

    def __init__(self, identity: str) -> None:
        super().__init__()
        self.identity = identity
        self._was_read = False

    def above(self) -> Iterable[Widget]:
        yield from super().above()
        yield TextBlock(id="result")

    def content(self) -> Iterable[Widget]:
        yield TextBlock(id="view")

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Save or print"), "screen.copy", primary=True)
        yield Button(_("Read again"), "screen.again")

    @property
    def view(self) -> TextBlock:
        return self.query_one("#view", TextBlock)

    def on_mount(self) -> None:
        self.action_again()

    def on_resize(self) -> None:
        self._draw_soon()

    def news(self) -> None:
        super().news()
        listed = self.staff_session.listed_person(self.identity)
        if listed is None:
            if self.staff_session.is_open:
                self.view.show()
                self.say(_("This person was removed."), Tone.ERROR)
            return
        self.query_one("#top", Header).show(cut_to(identified(listed.person), _NAME), _("Over time"))
        self._draw_soon()

    def action_again(self) -> None:
        """Read all responses; that of each is written down, and a line says so until it is done."""
        listed = self.staff_session.listed_person(self.identity)
        if listed:
            self._was_read = False
            self.say("")
            self.view.show(Passage(_("Reading the responses \u2026")))
            self.run_worker(self._read(), exclusive=True)

    async def _read(self) -> None:
        try:
            await self.staff_session.read_series(self.identity)
        except Locked:
            return
        except ScreenerError as error:
            self.view.show()
            self.say_error(error)
            return
        self._was_read = True
        await self._draw()

    def _draw_soon(self) -> None:
        """Show what is so now, unless it is being read: a link may have been undone, or somebody saw to an answer."""
        if self._was_read:
            self.run_worker(self._draw(), exclusive=True)

    async def _draw(self) -> None:
        columns = min(self.view.size.width, _MOST_COLUMNS)
        try:
            document = await self.staff_session.series_document(self.identity, columns)
            current = self.staff_session.is_series_current(self.identity)
        except Locked:
            return
        except ScreenerError as error:
            self.view.show(Passage(cut(error_paragraph(error).text), Tone.ERROR))
            return
        self.view.show(*(replace(each, text=cut(each.text)) for each in series_passages(document, columns)))
        if not current:
            self.say(_("This person's responses have changed. Press F5 to read them again."), Tone.STRONG)

    def action_copy(self) -> None:
        if self._was_read:
            self.staff_app.push_dialog(CopiesDialog(SERIES_KINDS, self._copy))

    async def _copy(self, kind: CopyKind) -> str:
        try:
            return await self.staff_session.copy_series(self.identity, kind)
        finally:
            self.staff_app.news()

    def action_back(self) -> None:
        self.staff_session.put_series_away(self.identity)
        self.dismiss()
