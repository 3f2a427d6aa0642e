"""Which colours meet on the screens, found by looking at every page, and how well they can be told apart.

``python -m tests.tools.contrast`` prints every pair with its ratios after WCAG 2: as the colours are, and as terminals
with 256, 16 and 8 colours show them. It ends with 1 where one falls short: a text below 4.5:1, a mark or an edge that
says something below 3:1; in high contrast both need 7:1.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from rich._palettes import EIGHT_BIT_PALETTE
from rich.cells import cell_len
from rich.color import Color, ColorSystem
from rich.style import Style
from textual.strip import Strip

from screener.content.load import load
from screener.paths import questionnaires, shipped_content
from screener.session.session import InterviewSession
from screener.tui import THEMES
from screener.tui.themes import Depth, colours, contrast, theme_of
from tests.tools.gallery import Visit, visit
from tests.tools.views import Begin, views

AREAS = ("button", "button-focused", "cursor", "scroll-mark")
"""Areas whose extent says something that no sign says. Which row or other button is in focus, its caret says."""
_XTERM = (
    "#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5",
    "#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff",
)  # fmt: skip
"""The sixteen colours of xterm as they are when nobody has set them."""
_LEAST = {"text": 4.5, "mark": 3.0}
_LEAST_IN_HIGH_CONTRAST = 7.0
NOT_READ = "dimmed"
"""The letters of a page that a dialog lies over: it waits, and is read again when the dialog is gone."""
_DRAWN = range(0x2500, 0x25A0)
"""Lines and blocks: what is drawn with characters and is not read."""
_NAMES = sorted(colours(THEMES[0]))
SPECIMEN = {name: f"#{number * 9:02x}{255 - number * 9:02x}80" for number, name in enumerate(_NAMES)}
"""A palette in which no two names have the same colour, so that what is on the screen tells its name."""
NAME_OF = {colour: name for name, colour in SPECIMEN.items()}


@dataclass(frozen=True, order=True)
class Pair:
    """Two colours that meet, by their names in the style sheet: a text or a mark, and what it stands on."""

    kind: Literal["text", "mark"]
    front: str
    back: str


@dataclass(frozen=True)
class Measured:
    """A pair in one theme, with its ratio after WCAG 2 on each kind of terminal, and the least that is demanded."""

    theme: str
    pair: Pair
    ratios: Mapping[str, float]
    least: float

    @property
    def short(self) -> list[str]:
        """Return the kinds of terminal on which the pair is too hard to tell apart."""
        return [kind for kind, ratio in self.ratios.items() if ratio < self.least]


@dataclass(frozen=True)
class Run:
    """Cells of a line in one style: colours by their names, as they are seen, and whether the letters are bold."""

    text: str
    front: str
    back: str
    bold: bool = False


def measure(content: Path, questionnaire: str) -> list[Measured]:
    """Every pair that is seen on any page, in every theme."""
    pairs = _pairs_of_all_pages(content, questionnaire)
    return [measured(theme, pair) for theme in THEMES for pair in pairs]


@cache
def _pairs_of_all_pages(content: Path, questionnaire: str) -> list[Pair]:
    """Return the pairs by the names of their colours, so that they are the same whatever the colours are."""
    loaded = load(content, questionnaire)
    return sorted(asyncio.run(_seen(lambda: InterviewSession(loaded, Path.cwd()))))


def measured(theme: str, pair: Pair) -> Measured:
    """A pair as it is in a theme."""
    ratios = {}
    for kind, (depth, as_seen) in TERMINALS.items():
        palette = colours(theme, depth)
        ratios[kind] = contrast(as_seen(palette[pair.front]), as_seen(palette[pair.back]))
    return Measured(theme, pair, ratios, _least(theme, pair))


def in_256(colour: str) -> str:
    """Return what a terminal with 256 colours shows for a colour, as Textual asks for it."""
    number = Color.parse(colour).downgrade(ColorSystem.EIGHT_BIT).number or 0
    return _XTERM[number] if number < len(_XTERM) else EIGHT_BIT_PALETTE[number].hex


def in_sixteen(colour: str) -> str:
    """Return what xterm shows for a colour where it has sixteen: the nearest of those that Textual thinks it has."""
    return _XTERM[_standard(colour)]


def in_eight(colour: str) -> str:
    """Return what a terminal with eight colours shows: the bright ones as it shows the others."""
    return _XTERM[_standard(colour) % 8]


def _standard(colour: str) -> int:
    return Color.parse(colour).downgrade(ColorSystem.STANDARD).number or 0


TERMINALS: dict[str, tuple[Depth, Callable[[str], str]]] = {
    "all": ("truecolor", str),
    "256": ("256", in_256),
    "16": ("standard", in_sixteen),
    "8": ("standard", in_eight),
}
"""Kinds of terminal: the palette that the program takes there, and what becomes of a colour."""


def runs(line: Strip, name_of: dict[str, str]) -> list[Run]:
    """A painted line as runs; a colour that has no name is called by its value."""
    found = []
    for text, style, _control in line:
        front, back = _colours(style or Style.null(), name_of)
        found.append(Run(text, front, back, bool(style and style.bold)))
    return found


def pairs_on(lines: Iterable[list[Run]]) -> Iterator[Pair]:
    """The pairs on one page: letters and what is drawn on their backgrounds, and areas beside others."""
    backs: list[list[str]] = []
    for line in lines:
        backs.append([run.back for run in line for _ in range(cell_len(run.text))])
        for run in line:
            if run.front == NOT_READ:
                continue
            yield from (
                Pair("mark" if ord(sign) in _DRAWN else "text", run.front, run.back) for sign in set(run.text) - {" "}
            )
    beside = (pair for line in backs for pair in itertools.pairwise(line))
    below = (pair for upper, lower in itertools.pairwise(backs) for pair in zip(upper, lower, strict=False))
    below = (pair for pair in below if "scroll-mark" not in pair or "scroll-track" in pair)
    for first, second in itertools.chain(beside, below):
        yield from (
            Pair("mark", area, other)
            for area, other in ((first, second), (second, first))
            if area in AREAS and area != other
        )


async def _seen(begin: Begin) -> set[Pair]:
    """The pairs on all views, wherever the focus is."""
    seen: set[Pair] = set()
    for size, hung in itertools.groupby(views(begin), lambda view: view.size):
        async with visit(size) as visitor:
            visitor.gallery.register_theme(theme_of("specimen", SPECIMEN))
            visitor.gallery.theme = "specimen"
            for view in hung:
                await visitor.see(view)
                async for line in _wherever_the_focus_is(visitor):
                    seen |= set(pairs_on(line))
    return seen


async def _wherever_the_focus_is(visitor: Visit) -> AsyncIterator[list[list[Run]]]:
    focused = []
    while visitor.gallery.focused not in focused:
        yield [runs(line, NAME_OF) for line in visitor.lines]
        focused.append(visitor.gallery.focused)
        await visitor.press("tab")


def _colours(style: Style, name_of: dict[str, str]) -> tuple[str, str]:
    front, back = (
        name_of.get(colour.triplet.hex, colour.triplet.hex) if colour and colour.triplet else "none"
        for colour in (style.color, style.bgcolor)
    )
    return (back, front) if style.reverse else (front, back)


def _least(theme: str, pair: Pair) -> float:
    return _LEAST_IN_HIGH_CONTRAST if theme.startswith("high-contrast") else _LEAST[pair.kind]


def main(content: Path, questionnaire: str) -> int:
    """Print every pair of colours in every theme; return 1 where one falls short."""
    pairs = measure(content, questionnaire)
    for theme, group in itertools.groupby(pairs, lambda pair: pair.theme):
        print(f"{theme}\n{''.join(f'{kind:>7}' for kind in TERMINALS)}  least")
        for pair in group:
            print(_line(pair))
        print()
    short = sum(bool(pair.short) for pair in pairs)
    print(f"{len(pairs)} pairs of colours; {short or 'none'} of them too hard to tell apart.", file=sys.stderr)
    return 1 if short else 0


def _line(measurement: Measured) -> str:
    fault = f"  TOO LITTLE: {', '.join(measurement.short)}" if measurement.short else ""
    pair, ratios = measurement.pair, "".join(f"{ratio:7.2f}" for ratio in measurement.ratios.values())
    return f"{ratios}  {measurement.least:5.1f}  {pair.kind}  {pair.front} on {pair.back}{fault}"


if __name__ == "__main__":
    folder = shipped_content()
    sys.exit(main(folder, questionnaires(folder)[0]))
