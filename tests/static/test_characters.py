"""What is read is what is there: no file has a character in it that hides, reorders or controls others."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("screener", "questions", "rules", "tests", "docs", ".ci")
TEXT = {
    ".py",
    ".yaml",
    ".yml",
    ".md",
    ".toml",
    ".json",
    ".tcss",
    ".css",
    ".sh",
    ".po",
    ".pot",
    ".ambr",
    ".txt",
    ".svg",
    "",
}
HIDING = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
"""Control and format characters (direction marks and joiners among them), private ones, separators of lines."""
EXCEPTED = {
    "tests/content/mistakes": "are mistakes, of which some are such characters",
}


def hidden(text: str) -> Iterator[tuple[int, str]]:
    """Each such character with its line."""
    for number, line in enumerate(text.split("\n"), 1):
        yield from (
            (number, f"U+{ord(letter):04X}")
            for letter in line
            if unicodedata.category(letter) in HIDING and letter != "\t"
        )


def files() -> Iterator[Path]:
    yield from (path for path in ROOT.iterdir() if path.is_file() and path.suffix in TEXT)
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*"):
            name = path.relative_to(ROOT).as_posix()
            if (
                path.is_file()
                and path.suffix in TEXT
                and "__pycache__" not in name
                and not name.startswith(tuple(EXCEPTED))
            ):
                yield path


def test_no_file_hides_anything() -> None:
    """Neither the program nor the content has a control, format or private character in it."""
    found = [
        f"{path.relative_to(ROOT)}:{line}: {name} is in this line. Remove it, or write it as an escape."
        for path in files()
        for line, name in hidden(path.read_bytes().decode("utf-8"))
    ]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    "letter",
    ["\x1b", "\x9b", "\x00", "\r", "\u202e", "\u2066", "\u200f", "\u200b", "\ufeff", "\u2028", "\U000e0041", "\ue000"],
)
def test_a_hidden_character_is_found(letter: str) -> None:
    """One of them in a text is named with its line."""
    assert list(hidden(f"a\nb{letter}c\n")) == [(2, f"U+{ord(letter):04X}")]
