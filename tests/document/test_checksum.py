"""The seal: it holds for what was sealed, and names what was changed, lost, added or moved."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.content.compiled import Content
from screener.document.checksum import NoChecksum, add_checksum, check
from screener.document.text import render
from screener.engine.interview import Interview
from screener.summary.build import clinician_summary
from screener.summary.metadata import SessionMetadata

NAMES = ["notice", "about", "answers", "closing-notice"]
SEALED = add_checksum([(name, f"== Title {name} ==\n\n  Text of {name}.\n") for name in NAMES])


def blocks(sealed: str) -> tuple[list[str], str]:
    """The blocks of a sealed text, and its seal."""
    text, rest = sealed.split("\n-- Seal", 1)
    return re.split(r"\n(?=== )", text), "\n-- Seal" + rest


def again(parts: list[str], rest: str) -> str:
    return "\n".join(parts) + rest


def test_holds() -> None:
    """An untouched text holds."""
    assert check(SEALED).holds


def test_taking_apart_and_putting_together() -> None:
    """The tests below take a text apart in a way that changes nothing in itself."""
    assert again(*blocks(SEALED)) == SEALED


@pytest.mark.parametrize("number", range(len(NAMES)))
def test_a_changed_block_is_named(number: int) -> None:
    """The block in which one letter was changed is named, and no other."""
    parts, rest = blocks(SEALED)
    parts[number] = parts[number].replace("Text", "Test")
    assert check(again(parts, rest)).broken == (f"Block {number + 1} ({NAMES[number]}) was changed.",)


@pytest.mark.parametrize("number", range(len(NAMES)))
def test_a_changed_heading_is_named(number: int) -> None:
    """A heading belongs to its block."""
    parts, rest = blocks(SEALED)
    parts[number] = parts[number].replace("Title", "Tidle")
    assert check(again(parts, rest)).broken == (f"Block {number + 1} ({NAMES[number]}) was changed.",)


@pytest.mark.parametrize("number", range(len(NAMES)))
def test_a_lost_block_is_named(number: int) -> None:
    """A lost block is named, and the seal says that the text is shorter than it was."""
    parts, rest = blocks(SEALED)
    del parts[number]
    broken = " ".join(check(again(parts, rest)).broken)
    assert f"({NAMES[number]})" in broken
    assert "(closing-notice) is missing" in broken


@pytest.mark.parametrize("number", range(len(NAMES) + 1))
def test_an_added_block_is_noticed(number: int) -> None:
    """An added block is noticed wherever it was put."""
    parts, rest = blocks(SEALED)
    parts.insert(number, "== Title new ==\n\n  All is well.\n")
    assert "There are 5 blocks, but 4 were sealed." in check(again(parts, rest)).broken


@given(order=st.permutations(range(len(NAMES))))
def test_moved_blocks_are_named(order: list[int]) -> None:
    """Every block that no longer stands in its place is named."""
    parts, rest = blocks(SEALED)
    broken = check(again([parts[number] for number in order], rest)).broken
    assert broken == tuple(
        f"Block {place + 1} ({NAMES[place]}) was changed." for place, number in enumerate(order) if place != number
    )


@pytest.mark.parametrize("added", ["\n== Title new ==\n\n  All is well.\n", "\n  All is well.\n", "== x"])
def test_text_after_the_seal_is_noticed(added: str) -> None:
    """Nothing can be added below the seal either."""
    assert not check(SEALED + added).holds


def test_text_before_the_first_block_is_noticed() -> None:
    """Nothing can be added above the first heading."""
    assert not check("All is well.\n" + SEALED).holds


def test_text_inside_the_seal_is_noticed() -> None:
    """Nothing can be added between the lines of the seal."""
    lines = SEALED.split("\n")
    position = next(number for number, line in enumerate(lines) if line.startswith("   1 notice"))
    lines.insert(position, "   All is well.")
    assert not check("\n".join(lines)).holds


@given(position=st.integers(0, len(SEALED) - 1), letter=st.characters(min_codepoint=33, max_codepoint=126))
def test_every_changed_letter_is_noticed(position: int, letter: str) -> None:
    """Whatever letter above the seal is replaced by another sign, the text no longer holds."""
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
def test_what_mail_and_printers_do(damage: object) -> None:
    """Other line ends and spaces at the ends of lines do not break a seal."""
    assert check(damage(SEALED)).holds  # type: ignore[operator]


@pytest.mark.parametrize(
    "text",
    ["", "Hello.", SEALED.split("-- Seal")[0], SEALED + SEALED, SEALED.rsplit("\n", 2)[0], "-- Seal " + "-" * 72],
    ids=["empty", "other", "cut off", "twice", "last line lost", "seal only"],
)
def test_no_seal(text: str) -> None:
    """A text without exactly one whole seal is said not to be sealed, and nothing is said of its blocks."""
    with pytest.raises(NoChecksum, match=r"\.$"):
        check(text)


@given(text=st.text(max_size=200) | st.text("=- Seal\n0123456789abcdef whole", max_size=300))
def test_any_text_can_be_checked(text: str) -> None:
    """Any file can be checked: the answer is a verdict, or that there is no seal; and without a seal none holds."""
    with pytest.raises(NoChecksum):
        check(text)


@given(replaced=st.sampled_from("0123456789abcdef"), position=st.integers(0, 47), line=st.integers(1, 5))
def test_a_changed_seal_is_noticed(replaced: str, position: int, line: int) -> None:
    """A seal whose own digits were changed does not hold."""
    lines = SEALED.rstrip("\n").split("\n")
    at = len(lines) - 6 + line
    start = len(lines[at]) - 48 + position
    if lines[at][start] == replaced:
        return
    lines[at] = lines[at][:start] + replaced + lines[at][start + 1 :]
    assert not check("\n".join(lines)).holds


def test_the_seal_names_every_block(flight: Content) -> None:
    """The seal of a summary lists its blocks in order, then the whole."""
    document = clinician_summary(flight, Interview(flight.form, flight.rules), SessionMetadata("K7QP-3MXD", "file"))
    listed = re.findall(r"^   \d+ ([a-z-]+) ", render(document).split("-- Seal")[1], re.MULTILINE)
    assert listed == [block.id for block in document.blocks] + ["whole"]
