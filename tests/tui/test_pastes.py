"""What a terminal sends, split into pastes and the rest before anything looks for keys in it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from screener.tui.input.driver import _KeyParser
from screener.tui.input.pastes import END, LONGEST, PATIENCE, START, Pastes

pieces = st.lists(st.tuples(st.booleans(), st.text("ab\x1b[012~\r\u00e9", max_size=12)), max_size=6)
"""Whether it is pasted, and what."""


def taken(parts: Iterator[str | events.Paste]) -> list[tuple[bool, str]]:
    """Whether it was pasted, and what; what follows on each other is one."""
    found: list[tuple[bool, str]] = []
    for part in parts:
        if isinstance(part, str) and found and not found[-1][0]:
            found[-1] = (False, found[-1][1] + part)
        else:
            found.append((True, part.text) if isinstance(part, events.Paste) else (False, part))
    return found


@given(pieces, st.lists(st.integers(0, 200)))
def test_however_it_is_cut_the_same_comes_out(pieces: list[tuple[bool, str]], cuts: list[int]) -> None:
    """Keys and pastes keep their order, and no mark is missed because it came in two parts."""
    sent = "".join(f"{START}{text}{END}" if pasted else text for pasted, text in pieces)
    places = sorted({0, len(sent), *(min(cut, len(sent)) for cut in cuts)})
    whole, parts = Pastes(), Pastes()

    def in_parts() -> Iterator[str | events.Paste]:
        for start, end in pairwise(places):
            yield from parts.feed(sent[start:end])
        yield from parts.pause()

    def at_once() -> Iterator[str | events.Paste]:
        yield from whole.feed(sent)
        yield from whole.pause()

    assert taken(in_parts()) == taken(at_once())


def test_keys_and_pastes_are_told_apart() -> None:
    """A paste is all that stands between its marks; a mark of an end alone is nobody's."""
    sent = f"a{START}b\x1b[2J\r{END}c{END}d"
    assert taken(Pastes().feed(sent)) == [(False, "a"), (True, "b\x1b[2J\r"), (False, f"c{END}d")]


def test_a_lone_escape_is_handed_on_after_a_moment() -> None:
    """It could be the first of a mark; when nothing follows it is the key."""
    pastes = Pastes()
    assert taken(pastes.feed("a\x1b")) == [(False, "a")]
    assert pastes.waits
    assert taken(pastes.pause()) == [(False, "\x1b")]
    assert not pastes.waits


def test_a_paste_is_kept_as_far_as_anybody_could_want_it() -> None:
    """Of more than that the rest is dropped, and what follows the paste is not."""
    sent = START + "x" * 1_000_000 + END + "y"
    assert taken(Pastes().feed(sent)) == [(True, "x" * LONGEST), (False, "y")]


def test_a_paste_without_an_end_ends_in_time() -> None:
    """After some seconds the keyboard works again."""
    now = 0.0
    pastes = Pastes(lambda: now)
    assert taken(pastes.feed(START + "words")) == []
    now = PATIENCE
    assert taken(pastes.pause()) == []
    now += 1
    assert taken(pastes.pause()) == [(True, "words")]
    assert taken(pastes.feed("a")) == [(False, "a")]


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("\x1b[]<>?;:0123456789uMmtR~O"), max_size=60))
def test_no_text_breaks_the_parser(text: str) -> None:
    """Whatever came before: a key that is sent afterwards is read, once it cannot be part of it."""
    parser = _KeyParser()
    parser.keys(text)
    [*_, key] = parser.keys("a" * 40 + "b")
    assert isinstance(key, events.Key)
    assert key.character == "b"


@pytest.mark.parametrize("sequence", ["\x1b[99999999999u", "\x1b[1114112u", "\x1b[48;9;9;90;90t"])
def test_a_sequence_that_breaks_textuals_parser_loses_only_itself(sequence: str) -> None:
    """The next key is read, and the next click is where it was made."""
    parser = _KeyParser()
    parser.keys(sequence)
    [key] = parser.keys("a")
    assert isinstance(key, events.Key)
    assert key.key == "a"
    [click] = parser.keys("\x1b[<0;3;4M")
    assert isinstance(click, events.MouseDown)
    assert (click.x, click.y) == (2, 3)
