"""One section of a questionnaire as a drawing: the questions for everybody, the gates, and the questions behind them.

It is plain SVG with words as text, so that it can be searched, printed at any size and read without colour.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from screener.display_text import visible

QuestionName = tuple[str, str]
"""The number of a question and its short name."""

WIDTH = 600
_LINE = 13
_PAD = 7
_HEAD = 26
_GAP = 12
_LETTER = 5.6
"""The largest average width of a letter, so that text in any fallback font fits its box."""

_INK = "#1b1b1b"
_LOOKS = {
    "head": f'fill="#e6e9ee" stroke="{_INK}"',
    "asked": 'fill="#ffffff" stroke="#777777"',
    "opened": 'fill="#f3f4f6" stroke="#777777"',
    "gate": f'fill="#ffffff" stroke="{_INK}" stroke-width="1.2"',
    "elsewhere": f'fill="#ffffff" stroke="{_INK}" stroke-width="1.2" stroke-dasharray="4 2.5"',
    "title": 'font-size="11.5" font-weight="bold"',
    "count": 'text-anchor="end"',
    "svg": f'font-size="9.5" fill="{_INK}" font-family="Liberation Sans, Arial, DejaVu Sans, sans-serif"',
    "words": "",
}
"""The style of each kind of element, written at each element, because a style sheet may not apply to the drawing."""

_LEFT, _LEFT_WIDE = 4, 196
_GATE, _GATE_WIDE = 236, 160
_RIGHT, _RIGHT_WIDE = 428, 168


@dataclass(frozen=True)
class Gate:
    """A condition and the questions behind it. ``deciding`` are numbers of questions of the same section."""

    says: str
    opens: tuple[QuestionName, ...]
    deciding: tuple[str, ...]
    elsewhere: bool
    """Whether the condition also depends on an earlier section."""


@dataclass(frozen=True)
class _Box:
    top: float
    height: float

    @property
    def middle(self) -> float:
        return self.top + self.height / 2

    @property
    def bottom(self) -> float:
        return self.top + self.height


def draw(title: str, always: Sequence[QuestionName], gates: Sequence[Gate], *, last: bool) -> str:
    """Return the drawing as an SVG element; ``last`` if no section follows."""
    drawing = _Drawing()
    drawing.header(title, len(always), sum(len(gate.opens) for gate in gates))
    bottom = drawing.everybody(always, wide=not gates)
    below = float(_HEAD + _GAP)
    for gate in gates:
        below = drawing.gate(gate, below) + _GAP
    bottom = max(bottom, below - _GAP)
    if not last:
        drawing.onward(bottom)
    height = bottom + (2 if last else 22)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" width="{WIDTH}" '
        f'height="{height:g}" role="img" {_LOOKS["svg"]}>{"".join(drawing.drawn)}</svg>'
    )


class _Drawing:
    def __init__(self) -> None:
        self.drawn: list[str] = []
        self.rows: dict[str, tuple[float, float]] = {}
        """Number of a question to a point on the right edge of its row, or on the left edge for those behind a gate."""

    def header(self, title: str, always: int, gated: int) -> None:
        self.drawn.append(f'<rect {_LOOKS["head"]} x="0.5" y="0.5" width="{WIDTH - 1}" height="{_HEAD}" rx="3"/>')
        counted = f"{always} asked of everybody" + (f", {gated} behind gates" if gated else "")
        room = int((WIDTH - 2 * _PAD - len(counted) * _LETTER - 20) / (_LETTER * 1.25))
        short_title = textwrap.shorten(visible(title), max(room, 12), placeholder=" ...")
        self.text(_PAD + 1, _HEAD - 8.5, short_title, "title")
        self.text(WIDTH - _PAD - 1, _HEAD - 9, counted, "count")

    def everybody(self, names: Sequence[QuestionName], *, wide: bool) -> float:
        """Draw the questions that are always asked: in two columns if there is nothing beside them."""
        top = float(_HEAD + _GAP)
        if not names:
            return top
        if not wide:
            return self.box(names, _LEFT, _LEFT_WIDE, top, "asked", right=True).bottom
        half = (len(names) + 1) // 2 if len(names) > 3 else len(names)
        columns = [names[:half], names[half:]] if names[half:] else [names]
        each = (WIDTH - 2 * _LEFT - _GAP * (len(columns) - 1)) / len(columns)
        boxes = [
            self.box(column, _LEFT + number * (each + _GAP), each, top, "asked", right=True)
            for number, column in enumerate(columns)
        ]
        return max(box.bottom for box in boxes)

    def gate(self, gate: Gate, top: float) -> float:
        """Draw a gate with lines to it and from it; return the position of its lower end."""
        says = _wrapped(gate.says, _GATE_WIDE)
        height = len(says) * _LINE + 2 * _PAD
        opened = sum(len(_wrapped(f"{number} {name}", _RIGHT_WIDE)) for number, name in gate.opens) * _LINE + 2 * _PAD
        middle = top + max(height, opened) / 2
        lead = _Box(middle - height / 2, height)
        self.lines(gate, lead)
        kind = "elsewhere" if gate.elsewhere else "gate"
        self.drawn.append(
            f'<rect {_LOOKS[kind]} x="{_GATE}" y="{lead.top:g}" width="{_GATE_WIDE}" height="{height}" rx="9"/>'
        )
        for number, words in enumerate(says):
            self.text(_GATE + _PAD, lead.top + _PAD + (number + 0.78) * _LINE, words, "words")
        self.box(gate.opens, _RIGHT, _RIGHT_WIDE, middle - opened / 2, "opened", right=False)
        self.arrow(f"M{_GATE + _GATE_WIDE} {middle:g}H{_RIGHT}", _RIGHT, middle, "right")
        return top + max(height, opened)

    def lines(self, gate: Gate, box: _Box) -> None:
        """Draw a line from each deciding question of the section to the gate."""
        for place, number in enumerate(gate.deciding):
            x, y = self.rows[number]
            if x < _GATE:
                entry = box.middle + (place - (len(gate.deciding) - 1) / 2) * 4
                channel = _LEFT + _LEFT_WIDE + 8 + 4 * (len(self.drawn) % 5)
                self.arrow(f"M{x:g} {y:g}H{channel:g}V{entry:g}H{_GATE}", _GATE, entry, "right")
            else:
                into = _GATE + _GATE_WIDE - 24
                self.arrow(f"M{x:g} {y:g}H{x - 10:g}V{box.top - 6:g}H{into}V{box.top:g}", into, box.top, "down")

    def box(self, names: Sequence[QuestionName], x: float, width: float, top: float, kind: str, *, right: bool) -> _Box:
        rows = [(number, _wrapped(f"{number} {name}", width)) for number, name in names]
        height = sum(len(words) for _, words in rows) * _LINE + 2 * _PAD
        self.drawn.append(f'<rect {_LOOKS[kind]} x="{x:g}" y="{top:g}" width="{width:g}" height="{height}" rx="2"/>')
        y = top + _PAD
        for number, words in rows:
            self.rows[number] = (x + width if right else x, y + _LINE / 2)
            for part, word in enumerate(words):
                self.text(x + _PAD + (14 if part else 0), y + 0.78 * _LINE, word, "words")
                y += _LINE
        return _Box(top, height)

    def onward(self, bottom: float) -> None:
        """Draw an arrow to the next section."""
        self.arrow(f"M{WIDTH / 2:g} {bottom + 3:g}V{bottom + 21:g}", WIDTH / 2, bottom + 21, "down")

    def arrow(self, path: str, x: float, y: float, way: str) -> None:
        ends = {"right": f"M{x - 5:g} {y - 3:g}L{x:g} {y:g}L{x - 5:g} {y + 3:g}z",
                "down": f"M{x - 3:g} {y - 5:g}L{x:g} {y:g}L{x + 3:g} {y - 5:g}z"}  # fmt: skip
        self.drawn.append(
            f'<path fill="none" stroke="{_INK}" stroke-width="0.8" d="{path}"/><path fill="{_INK}" d="{ends[way]}"/>'
        )

    def text(self, x: float, y: float, words: str, kind: str) -> None:
        self.drawn.append(f'<text x="{x:g}" y="{y:g}" {_LOOKS[kind]}>{escape(words)}</text>')


def _wrapped(words: str, width: float) -> list[str]:
    """Return the words in lines that fit a box of this width, with further lines indented a little."""
    room = int((width - 2 * _PAD - 14) / _LETTER) + 1
    return list(_lines(visible(words), room)) or [""]


def _lines(words: str, room: int) -> Iterator[str]:
    yield from textwrap.wrap(words, room, break_on_hyphens=False)
