"""The parts without a screen: choosing, the guard on Enter, the colours, the door for text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

import screener.tui
from screener.content.compiled import Content
from screener.display_text import UNPRINTABLE
from screener.tui import THEMES
from screener.tui.input.enter_guard import EnterGuard
from screener.tui.rendering import strip, typed, wrapped
from screener.tui.themes import colours, contrast
from screener.tui.widgets.answer_rows import chosen_for, entry_of, pressed, rows_of

HOME = Path(screener.tui.__file__).parent
HOSTILE = st.text(
    st.characters(codec=None) | st.sampled_from("[]/\\@='\x1b\x9b\x07\x00\u202e\u2066\ud800\n\t"), max_size=60
)


@example("a\nb")
@given(HOSTILE)
def test_nothing_that_is_shown_can_be_obeyed_or_hidden(text: str) -> None:
    """No control, bidirectional or unpaired character reaches the screen, and every letter does."""
    lines = wrapped(text, 20)
    shown = "".join(lines)
    assert not UNPRINTABLE.search(shown)
    assert all(cell_len(line) <= 20 for line in lines)
    for letter in text:
        if UNPRINTABLE.match(letter) and letter not in "\n\t" and "\r\n" not in text:
            assert f"U+{ord(letter):04X}" in re.sub(r"\s", "", shown)
    drawn = strip([(text, Style.null())], 40, Style.null())
    assert not UNPRINTABLE.search(drawn.text)
    assert "\n" not in drawn.text
    assert drawn.cell_length == 40


@given(HOSTILE)
def test_a_field_keeps_no_control_character(text: str) -> None:
    """What is typed or pasted loses its control characters, and nothing else."""
    kept = typed(text)
    assert not UNPRINTABLE.search(kept)
    assert kept == typed(kept)
    assert [c for c in text if c.isalnum()] == [c for c in kept if c.isalnum()]


@given(st.data())
def test_choosing_always_comes_to_an_entry_that_shows_itself_again(flight: Content, data: st.DataObject) -> None:
    """Whatever rows are pressed, the entry they stand for is one the question takes, and brings back the same rows."""
    question = data.draw(st.sampled_from([q for q in flight.questionnaire if q.options or q.type == "yes_no"]))
    rows = rows_of(question)
    chosen = frozenset()
    for row in data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=12)):
        before, chosen = chosen, pressed(rows, chosen, row)
        assert (row in chosen) == (rows[row].alone or row not in before)
    entry = entry_of(question, rows, chosen)
    assert chosen_for(rows, entry) == chosen
    assert (entry is None) == (not chosen)


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_enter_does_nothing_on_a_page_that_has_just_appeared() -> None:
    """Within the pause Enter is dropped, and so is each repetition of a held key; after it Enter counts."""
    clock = Clock()
    guard = EnterGuard(clock)
    guard.page_changed()
    for _ in range(10):
        clock.now += 0.03
        assert guard.refuses("enter")
    clock.now += 0.2
    assert not guard.refuses("enter")


def test_a_fast_typist_is_not_held_up() -> None:
    """A digit is never dropped, and an Enter after it counts at once: nobody holds two keys."""
    clock = Clock()
    guard = EnterGuard(clock)
    guard.page_changed()
    clock.now += 0.01
    assert not guard.refuses("3")
    clock.now += 0.01
    assert not guard.refuses("enter")


def test_a_page_that_must_be_read_is_not_opened_by_other_keys() -> None:
    """On an urgent page the pause holds whatever else is pressed."""
    clock = Clock()
    guard = EnterGuard(clock)
    guard.page_changed(1.0)
    clock.now += 0.5
    assert not guard.refuses("3")
    assert guard.refuses("enter")
    clock.now += 0.6
    assert not guard.refuses("enter")


def test_contrast_is_that_of_wcag() -> None:
    """Black on white is 21 to 1, and the grey #777777 just misses 4.5."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_style_sheet_uses_only_colours_of_the_themes() -> None:
    """No colour is written in the style sheet itself, and each name in it is in every theme."""
    css = (HOME / "screener.tcss").read_text()
    assert not re.search(r"#[0-9a-fA-F]{6}\b|\brgb|\bred\b|\bwhite\b", css)
    used = set(re.findall(r"\$([a-z-]+)", css))
    for theme in THEMES:
        assert used <= colours(theme).keys()
