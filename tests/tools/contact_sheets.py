"""Contact sheets: pictures of every page, to be looked at side by side.

``python -m tests.tools.contact_sheets FOLDER`` paints every page of the person, of a clinic's terminal and of staff, in
the dark theme at four sizes and in the other three themes at the usual size. Needs Pillow, and the program ``fc-match``
to find a font.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from rich.cells import cell_len
from rich.color import Color
from textual.strip import Strip

from screener.content.load import load
from screener.paths import questionnaires, shipped_content
from screener.session.session import InterviewSession
from screener.staff.copies import Destinations
from screener.tui import THEMES
from tests.staff.clinic import CALM, URGENT, Clinic
from tests.staff.console import console
from tests.staff.pages import walk, written_in
from tests.tools.gallery import USUAL, visit
from tests.tools.views import SAID, Begin, views
from tests.tui.screens import NOON, REFERENCE

SIZES = [(60, 18), USUAL, (120, 40), (200, 50)]
_CELL, _LETTERS, _GAP = (9, 18), 14, 24
_SHEET_WIDTH = 2600


@dataclass(frozen=True)
class Picture:
    """A page as it looks."""

    name: str
    image: Image.Image


def paint(lines: list[Strip], font: ImageFont.FreeTypeFont) -> Image.Image:
    """Return what a terminal shows, cell by cell."""
    width, height = max(line.cell_length for line in lines), len(lines)
    image = Image.new("RGB", (width * _CELL[0], height * _CELL[1]))
    pen = ImageDraw.Draw(image)
    for row, line in enumerate(lines):
        column = 0
        for text, style, _control in line:
            front, back = (_rgb(style and style.color, (255, 255, 255)), _rgb(style and style.bgcolor, (0, 0, 0)))
            if style and style.reverse:
                front, back = back, front
            if not text:
                continue
            top, left = row * _CELL[1], column * _CELL[0]
            pen.rectangle((left, top, left + cell_len(text) * _CELL[0] - 1, top + _CELL[1] - 1), back)
            for letter in text:
                place = (column * _CELL[0], top)
                if not _drawn_block(pen, letter, place, front):
                    pen.text((place[0], top + 1), letter, front, font, stroke_width=0.3 if style and style.bold else 0)
                column += cell_len(letter)
    return image


def _drawn_block(pen: ImageDraw.ImageDraw, letter: str, place: tuple[int, int], colour: tuple[int, int, int]) -> bool:
    """Fill the part of a cell that a block fills, where a font would leave gaps; return whether it is one."""
    part = {
        "\u2588": (1.0, 1.0),
        "\u258c": (0.5, 1.0),
        "\u258e": (0.25, 1.0),
        "\u2580": (1.0, 0.5),
        "\u2594": (1.0, 0.125),
    }.get(letter)
    if part:
        left, top = place
        pen.rectangle((left, top, left + part[0] * _CELL[0] - 1, top + part[1] * _CELL[1] - 1), colour)
    return part is not None


def _rgb(colour: Color | None, default: tuple[int, int, int]) -> tuple[int, int, int]:
    return tuple(colour.triplet) if colour and colour.triplet else default


def font() -> ImageFont.FreeTypeFont:
    """Return a font of this machine in which all letters are of one width."""
    named = subprocess.run(
        ["fc-match", "-f", "%{file}", "DejaVu Sans Mono"], capture_output=True, text=True, check=True
    )
    return ImageFont.truetype(named.stdout, _LETTERS)


async def pictures(begin: Begin, size: tuple[int, int], theme: str) -> list[Picture]:
    """Return a picture of every page at a size."""
    letters = font()
    found = []
    async with visit(size) as visitor:
        visitor.gallery.theme = theme
        for view in views(begin):
            if view.size == USUAL:
                await visitor.see(view)
                found.append(Picture(view.name, paint(visitor.lines, letters)))
    return found


async def staff_pictures(folder: Path, size: tuple[int, int], theme: str) -> list[Picture]:
    """Return a picture of every page of the staff's side at a size, with a few responses in the store."""
    letters = font()
    found = []
    clinic = Clinic(folder)
    written_in(clinic, SAID)
    for number, answers in enumerate((CALM, URGENT, CALM, CALM)):
        clinic.clock.go_on(minutes=7)
        clinic.answers(f"{number + 5}".join(["777", "-7777"]), answers, finished=number % 2 == 0)
    clinic.clock.go_on(minutes=10)
    async with console(clinic, size=size) as staff:
        staff.app.staff_session.destinations = Destinations(Path("/home/clinic"), None)
        staff.app.theme = theme
        await staff.settle()
        async for name, page in walk(staff):
            found.append(Picture(f"staff: {name}", paint(page._compositor.render_strips(), letters)))
    return found


def sheets(found: list[Picture], columns: int, rows: int) -> Iterator[Image.Image]:
    """Yield sheets with so many pictures side by side and below each other, each with its name."""
    letters = font()
    for start in range(0, len(found), columns * rows):
        group = found[start : start + columns * rows]
        width, height = group[0].image.size
        room = (width + _GAP, height + _GAP + _CELL[1])
        sheet = Image.new("RGB", (columns * room[0], -(-len(group) // columns) * room[1]), (90, 90, 90))
        pen = ImageDraw.Draw(sheet)
        for number, picture in enumerate(group):
            left, top = number % columns * room[0] + _GAP // 2, number // columns * room[1]
            pen.text((left, top + 2), picture.name, (255, 255, 255), letters)
            sheet.paste(picture.image, (left, top + _CELL[1] + 4))
        yield sheet


def main(folder: Path) -> int:
    """Write the sheets into a folder."""
    content = load(shipped_content(), questionnaires(shipped_content())[0])
    folder.mkdir(parents=True, exist_ok=True)

    def begin() -> InterviewSession:
        return InterviewSession(content, Path("/home/person"), now=lambda: NOON, reference=REFERENCE)

    for size, theme in [*((size, THEMES[0]) for size in SIZES), *((USUAL, theme) for theme in THEMES[1:])]:
        columns = max(_SHEET_WIDTH // (size[0] * _CELL[0]), 1)
        found = asyncio.run(pictures(begin, size, theme))
        with tempfile.TemporaryDirectory() as clinic:
            found += asyncio.run(staff_pictures(Path(clinic), size, theme))
        for number, sheet in enumerate(sheets(found, columns, columns + 1), 1):
            sheet.save(folder / f"{theme}-{size[0]}x{size[1]}-{number}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
