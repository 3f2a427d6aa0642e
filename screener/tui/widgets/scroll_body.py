"""The part of a page that scrolls, and the mark that says that there is more of it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import VerticalScroll
from typing_extensions import override

from screener.i18n.gettext import N_, _
from screener.tui.rendering import Tone
from screener.tui.widgets.line_widget import Line, LineWidget
from screener.tui.widgets.rendered_once import RenderedOnce


class ScrollBody(VerticalScroll, RenderedOnce, can_focus=False):
    """Scrolls without ever taking the focus from an answer."""


class MoreBelow(LineWidget):
    """One line that is empty until something lies below what is seen."""

    MARK = N_("\u2193 more below")
    READ_ON = N_("There are more answers. Read them too, then go on.")

    def __init__(self, body: ScrollBody, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._body = body
        self._insists = False

    def on_mount(self) -> None:
        for name in ("scroll_y", "virtual_size", "size"):
            self.watch(self._body, name, self.refresh_mark, init=False)

    def refresh_mark(self) -> None:
        self._laid_out = None
        self.refresh()

    def insist(self, insists: bool) -> None:
        """Say, or no longer say, that the person has to read on before they can go on."""
        if insists != self._insists:
            self._insists = insists
            self.refresh_mark()

    @property
    def is_more(self) -> bool:
        return round(self._body.scroll_y) < self._body.max_scroll_y

    @override
    def lay_out(self, width: int) -> Sequence[Line]:
        if self._insists:
            return [Line(((_(self.READ_ON), Tone.STRONG),))]
        return [Line(((_(self.MARK), Tone.MUTED),))] if self.is_more else [Line()]
