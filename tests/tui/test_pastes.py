"""What a terminal sends, split into pastes and the rest before anything looks for keys in it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from screener.pastes import END, LONGEST, PATIENCE, RUSH, START, Pasted, PasteSplitter, RushSplitter
from screener.tui.input.driver import _KeyParser
from screener.tui.input.pastes import Pastes

pieces = st.lists(st.tuples(st.booleans(), st.text("ab\x1b[012~\r\u00e9", max_size=12)), max_size=6)
"""Whether it is pasted, and what."""


def taken(parts: Iterator[str | events.Paste | Pasted]) -> list[tuple[bool, str]]:
    """Whether it was pasted, and what; what follows on each other is one."""
    found: list[tuple[bool, str]] = []
    for part in parts:
        if isinstance(part, str) and found and not found[-1][0]:
            found[-1] = (False, found[-1][1] + part)
        else:
            found.append((True, part.text) if isinstance(part, events.Paste | Pasted) else (False, part))
    return found


@given(pieces, st.lists(st.integers(0, 200)))
def test_however_it_is_cut_the_same_comes_out(pieces: list[tuple[bool, str]], cuts: list[int]) -> None:
    """Keys and pastes keep their order, and no mark is missed because it came in two parts."""
    sent = "".join(f"{START}{text}{END}" if pasted else text for pasted, text in pieces)
    places = sorted({0, len(sent), *(min(cut, len(sent)) for cut in cuts)})
    whole, parts = PasteSplitter(), PasteSplitter()

    def in_parts() -> Iterator[str | events.Paste | Pasted]:
        for start, end in pairwise(places):
            yield from parts.feed(sent[start:end])
        yield from parts.pause()

    def at_once() -> Iterator[str | events.Paste | Pasted]:
        yield from whole.feed(sent)
        yield from whole.pause()

    assert taken(in_parts()) == taken(at_once())


def test_keys_and_pastes_are_told_apart() -> None:
    """A paste is all that stands between its marks; a mark of an end alone is nobody's."""
    sent = f"a{START}b\x1b[2J\r{END}c{END}d"
    assert taken(PasteSplitter().feed(sent)) == [(False, "a"), (True, "b\x1b[2J\r"), (False, f"c{END}d")]


def test_a_lone_escape_is_handed_on_after_a_moment() -> None:
    """It could be the first of a mark; when nothing follows it is the key."""
    pastes = PasteSplitter()
    assert taken(pastes.feed("a\x1b")) == [(False, "a")]
    assert pastes.waits
    assert taken(pastes.pause()) == [(False, "\x1b")]
    assert not pastes.waits


def test_a_paste_is_kept_as_far_as_anybody_could_want_it() -> None:
    """Of more than that the rest is dropped, and what follows the paste is not."""
    sent = START + "x" * 1_000_000 + END + "y"
    assert taken(PasteSplitter().feed(sent)) == [(True, f"\u2026{'x' * (LONGEST - 2)}\u2026"), (False, "y")]


@pytest.mark.parametrize("words", ["\n" * 30_000 + "x", "a" + " " * 30_000 + "b", "a" + "\n" * 30_000])
def test_a_paste_that_was_cut_is_too_long_whatever_is_stripped_from_it(words: str) -> None:
    """Nothing is lost unsaid: what is left of it is longer than any answer may be."""
    [(_, marked)] = taken(PasteSplitter().feed(START + words + END))
    assert len(marked.strip()) == LONGEST
    rush = RushSplitter()
    assert taken(rush.feed(f"y\nz{words}", 1.0)) == []
    [(_, unmarked)] = taken(rush.pause())
    assert len(unmarked.strip()) == LONGEST


def test_a_paste_without_an_end_ends_in_time() -> None:
    """After some seconds the keyboard works again."""
    now = 0.0
    pastes = PasteSplitter(lambda: now)
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


class Clock:
    """A time that passes only where a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def sent(*reads: str, apart: float = 0.001) -> list[tuple[bool, str]]:
    """What reads in one rush mean that follow each other so closely, and a pause after them."""
    clock = Clock()
    pastes = Pastes(clock)

    def parts() -> Iterator[str | events.Paste | Pasted]:
        for read in reads:
            clock.now += apart
            yield from pastes.feed(read)
        yield from pastes.pause()

    return taken(parts())


UNMARKED = [
    (["one\rtwo"], [(True, "one\rtwo")]),
    (["one\rtwo\r"], [(True, "one\rtwo\r")]),
    (["1\n2\n"], [(True, "1\n2\n")]),
    (["one\r", "two\r", "three"], [(True, "one\rtwo\rthree")]),
    (["x" * 4096, "\rtwo"], [(False, "x" * 4096), (True, "\rtwo")]),
    (list("one\rtwo\r"), [(False, "one"), (True, "\rtwo\r")]),
    (["one\r\r\ttwo\x11"], [(True, "one\r\r\ttwo\x11")]),
]
KEYS = [["1\r"], ["words"], ["\r"], ["\r\r\r"], ["\t\t\r"], ["\x1b[B\r\x1b[B"], ["\r1"], ["\x1548", "\r"]]


@pytest.mark.parametrize(("reads", "meant"), UNMARKED)
def test_a_rush_with_a_line_end_inside_is_a_paste(reads: list[str], meant: list[tuple[bool, str]]) -> None:
    """Where a terminal marks no pastes: in one read, in several, and on a slow line letter by letter."""
    assert sent(*reads) == meant


@pytest.mark.parametrize("reads", KEYS)
def test_keys_stay_keys(reads: list[str]) -> None:
    """An answer with its Enter, a held Enter, and whatever has no text on both sides of a line end."""
    assert sent(*reads) == [(False, "".join(reads))]


def test_what_a_person_types_is_no_rush() -> None:
    """However fast: each key is read by itself, and later than the moment in which a rush goes on."""
    assert sent(*"1\r2\ry\r", apart=RUSH) == [(False, "1\r2\ry\r")]
