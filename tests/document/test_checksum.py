"""The checksum: it matches an unchanged text, and names the blocks that were changed, lost, added or moved."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.content.compiled import Content
from screener.document.checksum import NoChecksum, add_checksum, add_checksum_line, check
from screener.document.text import render
from screener.engine.interview import Interview
from screener.summary.build import clinician_summary
from screener.summary.metadata import SessionMetadata

NAMES = ["notice", "about", "answers", "closing-notice"]
SEALED = add_checksum([(name, f"== Title {name} ==\n\n  Text of {name}.\n") for name in NAMES])


def blocks(sealed: str) -> tuple[list[str], str]:
    """Return the blocks of a text and its checksum."""
    text, rest = sealed.split("\n-- Seal", 1)
    return re.split(r"\n(?=== )", text), "\n-- Seal" + rest


def again(parts: list[str], rest: str) -> str:
    return "\n".join(parts) + rest


def test_holds() -> None:
    """Check that an unchanged text matches."""
    assert check(SEALED).holds


def test_taking_apart_and_putting_together() -> None:
    """Check that the tests below take a text apart without changing it."""
    assert again(*blocks(SEALED)) == SEALED


@pytest.mark.parametrize("number", range(len(NAMES)))
def test_a_changed_block_is_named(number: int) -> None:
    """Check that the block with one changed letter is named, and no other."""
    parts, rest = blocks(SEALED)
    parts[number] = parts[number].replace("Text", "Test")
    assert check(again(parts, rest)).broken == (f"Block {number + 1} ({NAMES[number]}) was changed.",)


@pytest.mark.parametrize("number", range(len(NAMES)))
def test_a_changed_heading_is_named(number: int) -> None:
    """Check that a heading belongs to its block."""
    parts, rest = blocks(SEALED)
    parts[number] = parts[number].replace("Title", "Tidle")
    assert check(again(parts, rest)).broken == (f"Block {number + 1} ({NAMES[number]}) was changed.",)


@pytest.mark.parametrize("number", range(len(NAMES)))
def test_a_lost_block_is_named(number: int) -> None:
    """Check that a lost block is named, and no other: those below it did not change."""
    parts, rest = blocks(SEALED)
    del parts[number]
    assert check(again(parts, rest)).broken == (f"Block {number + 1} ({NAMES[number]}) is missing.",)


@pytest.mark.parametrize("number", range(len(NAMES) + 1))
def test_an_added_block_is_named(number: int) -> None:
    """Check that an added block is named by its place and heading, and no other."""
    parts, rest = blocks(SEALED)
    parts.insert(number, "== Title new ==\n\n  All is well.\n")
    assert check(again(parts, rest)).broken == (f'A block was added as number {number + 1}: "Title new".',)


@pytest.mark.parametrize("number", range(len(NAMES)))
def test_a_changed_and_a_lost_block_are_both_named(number: int) -> None:
    """Check that two changes at two places are told apart."""
    parts, rest = blocks(SEALED)
    lost = (number + 2) % len(NAMES)
    parts[number] = parts[number].replace("Text", "Test")
    del parts[lost]
    broken = check(again(parts, rest)).broken
    assert f"Block {number + 1} ({NAMES[number]}) was changed." in broken
    assert f"Block {lost + 1} ({NAMES[lost]}) is missing." in broken
    assert len(broken) == 2


@given(order=st.permutations(range(len(NAMES))))
def test_moved_blocks_are_named(order: list[int]) -> None:
    """Check that blocks in another order are named as moved, as few as explain the order, and nothing else is."""
    parts, rest = blocks(SEALED)
    broken = check(again([parts[number] for number in order], rest)).broken
    assert all(sentence.endswith("was moved.") for sentence in broken)
    assert bool(broken) == (order != sorted(order))
    assert len(broken) < len(NAMES)


def test_a_greeting_above_is_named_and_nothing_else() -> None:
    """Check that a mail's greeting above the first block is told as that."""
    assert check("Dear Dr Example,\n\n" + SEALED).broken == ("There is text above the first block.",)
    assert check("Dear Dr Example,\n\n" + ONE_LINE).broken == ("There is text above the first block.",)


ONE_LINE = add_checksum_line([(name, f"== Title {name} ==\n\n  Text of {name}.\n") for name in NAMES])


def test_a_checksum_in_one_line_holds_until_a_letter_changes() -> None:
    """Check the person's copy: one line at the end, which every change breaks."""
    assert check(ONE_LINE).holds
    assert check(ONE_LINE.replace("\n", " \r\n")).holds
    assert ONE_LINE.splitlines()[-1].startswith("-- Checksum: ")
    assert len(ONE_LINE.splitlines()[-1]) <= 80
    assert not check(ONE_LINE.replace("Text of about", "Test of about")).holds
    assert not check(ONE_LINE + "All is well.\n").holds


@pytest.mark.parametrize("added", ["\n== Title new ==\n\n  All is well.\n", "\n  All is well.\n", "== x"])
def test_text_after_the_checksum_is_noticed(added: str) -> None:
    """Check that text added below the checksum is noticed."""
    assert not check(SEALED + added).holds


def test_text_before_the_first_block_is_noticed() -> None:
    """Check that text added above the first heading is noticed."""
    assert not check("All is well.\n" + SEALED).holds


def test_text_inside_the_checksum_is_noticed() -> None:
    """Check that text added between the lines of the checksum is noticed."""
    lines = SEALED.split("\n")
    position = next(number for number, line in enumerate(lines) if line.startswith("   1 notice"))
    lines.insert(position, "   All is well.")
    assert not check("\n".join(lines)).holds


@given(position=st.integers(0, len(SEALED) - 1), letter=st.characters(min_codepoint=33, max_codepoint=126))
def test_every_changed_letter_is_noticed(position: int, letter: str) -> None:
    """Check that a text with any letter above the checksum replaced does not match."""
    end = SEALED.index("\n-- Seal")
    position %= end
    if SEALED[position] == letter or SEALED[position] == "\n":
        return
    changed = SEALED[:position] + letter + SEALED[position + 1 :]
    assert not check(changed).holds


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: text.replace("\n", "   \n"),
        lambda text: text.replace("\n", " \t\r\n"),
        lambda text: text + "\n\n\n",
        lambda text: text.rstrip("\n"),
    ],
    ids=["windows", "old mac", "trailing spaces", "both", "empty lines at the end", "no line end at the end"],
)
def test_mail_and_printers_break_no_checksum(damage: object) -> None:
    """Check that other line ends and spaces at the ends of lines make no difference."""
    assert check(damage(SEALED)).holds  # type: ignore[operator]


@pytest.mark.parametrize(
    "text",
    ["", "Hello.", SEALED.split("-- Seal")[0], SEALED + SEALED, SEALED.rsplit("\n", 2)[0], "-- Seal " + "-" * 72],
    ids=["empty", "other", "cut off", "twice", "last line lost", "checksum only"],
)
def test_no_checksum(text: str) -> None:
    """Check that a text without exactly one complete checksum is reported as such, without a word about its blocks."""
    with pytest.raises(NoChecksum, match=r"\.$"):
        check(text)


@given(text=st.text(max_size=200) | st.text("=- Seal\n0123456789abcdef whole", max_size=300))
def test_any_text_can_be_checked(text: str) -> None:
    """Check that any text gives a result or the error that it has no checksum, and never matches without one."""
    with pytest.raises(NoChecksum):
        check(text)


@given(replaced=st.sampled_from("0123456789abcdef"), position=st.integers(0, 47), line=st.integers(1, 5))
def test_a_changed_checksum_is_noticed(replaced: str, position: int, line: int) -> None:
    """Check that a checksum with a changed digit does not match."""
    lines = SEALED.rstrip("\n").split("\n")
    at = len(lines) - 6 + line
    start = len(lines[at]) - 48 + position
    if lines[at][start] == replaced:
        return
    lines[at] = lines[at][:start] + replaced + lines[at][start + 1 :]
    assert not check("\n".join(lines)).holds


def test_the_checksum_names_every_block(flight: Content) -> None:
    """Check that the checksum of a summary lists its blocks in order, then the whole."""
    document = clinician_summary(flight, Interview(flight.form, flight.rules), SessionMetadata("K7QP-3MXD", "file"))
    listed = re.findall(r"^   \d+ ([a-z-]+) ", render(document).split("-- Seal")[1], re.MULTILINE)
    assert listed == [block.id for block in document.blocks] + ["whole"]
