"""What stands on every page of the staff's side until somebody has seen to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from screener.i18n.gettext import _, ngettext
from screener.staff.wording import called
from screener.store.staff_store import ResponseListItem
from screener.tui.rendering import Tone, wrapped
from screener.tui.staff.truncate import cut_to
from screener.tui.widgets.line_widget import Line, LineWidget

_NAME = 40


class Banner(LineWidget):
    """Names the response with an urgent answer that waits longest; a click opens it, as its key does."""

    def __init__(self) -> None:
        super().__init__(id="banner")
        self.urgent: tuple[str, ...] = ()
        self.trouble = ""
        self.display = False

    def show(self, urgent: Sequence[ResponseListItem], trouble: str) -> None:
        """Show what is urgent now, and why nothing new can be seen, if that is so."""
        now = tuple(cut_to(called(listed), _NAME) for listed in urgent)
        if (now, trouble) != (self.urgent, self.trouble):
            self.urgent, self.trouble = now, trouble
            self.display = bool(now or trouble)
            self.changed()

    def lay_out(self, width: int) -> Sequence[Line]:
        return list(self._lines(width))

    def _lines(self, width: int) -> Iterator[Line]:
        if self.urgent:
            first, more = self.urgent[0], len(self.urgent) - 1
            text = _("! Urgent answer: {who}. F9: see to it.").format(who=first)
            if more:
                text += " " + ngettext("{count} more waits.", "{count} more wait.", more).format(count=more)
            yield from (Line(((line, Tone.URGENT),)) for line in wrapped(text, width))
        if self.trouble:
            yield from (Line(((line, Tone.ERROR),)) for line in wrapped(self.trouble, width))

    async def on_click(self) -> None:
        if self.urgent:
            await self.run_action("app.acknowledge")
