"""All that is on the screens can be told from what it stands on: the figures, and the command that prints them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from screener.content.compiled import Content
from screener.tui import THEMES
from screener.tui.dialogs.save_copy import SaveCopy
from screener.tui.palettes import COLOURS, IN_256, IN_SIXTEEN
from screener.tui.themes import colours
from tests.tools import contrast as command
from tests.tools.contrast import Pair, Run, in_eight, pairs_on, runs
from tests.tools.gallery import View, visit
from tests.tui.screens import sitting_at

CONTENT = Path(__file__).parents[1] / "fixtures"
TEXT = {"foreground", "muted", "heading", "ink", "problem", "urgent", "button-text", "quiet-button-text"}
"""What is read on the pages."""


def printed(capsys: pytest.CaptureFixture[str]) -> dict[str, list[str]]:
    """The lines that the command printed for each theme."""
    blocks = [block.splitlines() for block in capsys.readouterr().out.strip().split("\n\n")]
    return {block[0]: block[2:] for block in blocks}


@pytest.fixture
def contrast() -> Callable[[], int]:
    """The command, over the pages of a small questionnaire."""
    return lambda: command.main(CONTENT, "before-a-flight")


def test_the_command_prints_every_pair_with_its_ratio(
    contrast: Callable[[], int], capsys: pytest.CaptureFixture[str]
) -> None:
    """In each theme every text has at least 4.5 to 1, every mark 3 to 1, and both 7 to 1 in high contrast.

    So it is with all colours, with 256, with 16 and with 8.
    """
    assert contrast() == 0
    blocks = printed(capsys)
    assert tuple(blocks) == THEMES
    for theme, lines in blocks.items():
        found = [line.split() for line in lines]
        high = theme.startswith("high-contrast")
        for *ratios, least, kind, _front, _on, _back in found:
            assert len(ratios) == 4
            assert min(map(float, ratios)) >= float(least) == (7 if high else 4.5 if kind == "text" else 3)
        assert {front for *_, kind, front, _, _ in found if kind == "text"} >= TEXT
        assert ["mark", "edge", "on", "surface"] in [words[-4:] for words in found]
        assert ["mark", "scroll-mark", "on", "scroll-track"] in [words[-4:] for words in found]


FAULTS = [
    (COLOURS, "light", "muted", "#8a929a", "text  muted on surface  TOO LITTLE: all"),
    (COLOURS, "high-contrast-dark", "edge", "#4a4a4a", "mark  edge on surface  TOO LITTLE: all, 256"),
    (IN_256, "dark", "muted", "#626262", "text  muted on surface  TOO LITTLE: 256"),
    (IN_SIXTEEN, "dark", "edge", "#555555", "mark  edge on surface  TOO LITTLE: 8"),
]


def test_colours_that_fall_short_are_named(
    contrast: Callable[[], int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a text or an edge too faint on any kind of terminal, the pair is marked and the code is 1."""
    for palettes, theme, name, colour, _fault in FAULTS:
        monkeypatch.setitem(palettes[theme], name, colour)
    assert contrast() == 1
    blocks = printed(capsys)
    for _palettes, theme, _name, _colour, fault in FAULTS:
        assert any(line.endswith(fault) for line in blocks[theme])
    assert not any("TOO LITTLE" in line for line in blocks["high-contrast-light"])


def test_pairs_are_letters_marks_and_the_areas_that_say_something() -> None:
    """A letter counts on its background, a line as a mark, a button beside the page; a space counts for nothing."""
    page = [
        [Run("a ", "foreground", "background"), Run("\u2502", "edge", "background")],
        [Run("  ", "button-text", "button"), Run(" ", "muted", "focused")],
    ]
    assert set(pairs_on(page)) == {
        Pair("text", "foreground", "background"),
        Pair("mark", "edge", "background"),
        Pair("mark", "button", "background"),
        Pair("mark", "button", "focused"),
    }


@pytest.mark.parametrize(
    ("colour", "seen"), [("#000000", "#000000"), ("#ffffff", "#e5e5e5"), ("#c0c0c0", "#e5e5e5"), ("#404040", "#000000")]
)
def test_eight_colours_are_the_dark_half_of_sixteen(colour: str, seen: str) -> None:
    """White and light grey are one colour there, and so are black and dark grey."""
    assert in_eight(colour) == seen


async def test_a_field_that_is_locked_keeps_its_colours(flight: Content, tmp_path: Path) -> None:
    """After a copy is saved the folder can be read as before: every colour is still one of the palette."""
    session = sitting_at(flight, None, {})
    session.export_folder = tmp_path
    palette = set(colours("light").values()) | {"none"}
    async with visit() as visitor:
        visitor.gallery.theme = "light"
        await visitor.see(View("saved", lambda: SaveCopy(session), ("enter",)))
        assert list(tmp_path.iterdir())
        assert {
            colour for line in visitor.lines for run in runs(line, {}) for colour in (run.front, run.back)
        } <= palette
