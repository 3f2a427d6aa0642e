"""The keys of a page, which can be clicked as well."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events

from screener.i18n.gettext import N_, _
from screener.tui.rendering import Piece, Tone, cells
from screener.tui.widgets.line_widget import Line, LineWidget
from screener.values import dataclass

_WIDE, _NARROW = 3, 2


@dataclass(frozen=True)
class Key:
    """A key, what it does in a word or two, both translated when they are shown, and the Textual action behind it."""

    name: str
    label: str
    action: str
    tone: Tone = Tone.MUTED

    @property
    def shown(self) -> tuple[str, str]:
        """The key and what it does, in the language that is spoken."""
        return _(self.name), _(self.label)

    @property
    def width(self) -> int:
        return cells(" ".join(self.shown))


HELP = Key("F8", N_("Get help now"), "app.help_now", Tone.ALARM)
"""At the top of every page."""
WHY = Key("?", N_("why"), "app.why")
WHY_WHILE_TYPING = Key("F1", N_("why"), "app.why")
"""Where a question mark is part of an answer."""
KEYS = Key("?", N_("keys"), "app.why")
CONTINUE = Key(N_("Enter"), N_("continue"), "screen.advance")
FINISH = Key("F4", N_("finish"), "screen.finish")
CHANGE = Key(N_("Enter"), N_("change"), "screen.change")
BACK = Key(N_("Esc"), N_("back"), "screen.back")
PRESS = Key(N_("Enter"), N_("choose"), "screen.press_focused")
"""On a dialog with several buttons: what Enter does with the one that has the focus."""
NEXT_BUTTON = Key(N_("Tab"), N_("next button"), "app.focus_next")
CLOSE = Key(N_("Esc"), N_("close"), "screen.back")
LEAVE = Key(N_("Ctrl+Q"), N_("leave"), "app.leave")
COLOURS = Key("F2", N_("colours"), "app.next_theme")


class KeyBar(LineWidget):
    """The keys in their order of weight: where the line is too short for all, the last ones are left out."""

    def __init__(self, *keys: Key, id: str | None = None) -> None:
        super().__init__(id=id)
        self.keys = keys

    def fitting(self, width: int) -> Sequence[tuple[int, Key]]:
        """The keys that have room, each with the column where it starts."""
        gap = _WIDE if sum(key.width + _WIDE for key in self.keys) - _WIDE <= width else _NARROW
        places: list[tuple[int, Key]] = []
        column = 0
        for key in self.keys:
            if column + key.width > width:
                break
            places.append((column, key))
            column += key.width + gap
        return places

    def lay_out(self, width: int) -> Sequence[Line]:
        pieces: list[Piece] = []
        at = 0
        for column, key in self.fitting(width):
            name, label = key.shown
            pieces += [(" " * (column - at), Tone.MUTED), (f"{name} ", Tone.ACCENT), (label, key.tone)]
            at = column + key.width
        return [Line(tuple(pieces))]

    async def on_click(self, event: events.Click) -> None:
        clicked = event.get_content_offset_capture(self).x
        for column, key in self.fitting(self.size.width):
            if column <= clicked < column + key.width:
                await self.run_action(key.action)
                return
