"""The checksum at the end of a text export, under the heading "Seal", and its check.

It holds a SHA-256 hash of every block and of the whole text. It shows that a block was changed, moved, added or lost.
It does not prove who wrote the text, because anybody who can write the text can also compute the checksum.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

HEADING = "== "
# Copies that are printed already carry these lines: add a language in ASCII, but never change a line.
_SEALS = {"en": "-- Seal " + "-" * 72, "es": "-- Sello " + "-" * 71}
_EXPLAINED = {
    "en": "   Check with: screener verify FILE. A seal shows a change, not who wrote it.",
    "es": "   Compruebe con: screener verify ARCHIVO. Muestra cambios, no el autor.",
}
_LINE = re.compile(r"   (\d+) ([a-z0-9-]+) +([0-9a-f]{48})")
_WHOLE = "whole"
_DIGITS = 48
"""192 of the 256 bits, so that a line of the checksum fits into 80 columns."""


@dataclass(frozen=True)
class ChecksumResult:
    """The result of checking a checksum. ``broken`` describes each mismatch; it is empty if there is none.

    ``blocks`` are the texts of the blocks by their names in the checksum.
    """

    broken: tuple[str, ...]
    blocks: Mapping[str, str] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        return not self.broken


class NoChecksum(ValueError):
    """The text has no checksum, or only a part of one."""


def add_checksum(blocks: Sequence[tuple[str, str]], language: str = "en") -> str:
    """Return the texts of the blocks (id, text) one below the other, with the checksum at the end."""
    texts = [text.rstrip("\n") + "\n" for _, text in blocks]
    lines = [
        f"   {number} {name:<20} {_hash(text)}"
        for number, ((name, _), text) in enumerate(zip(blocks, texts, strict=True), 1)
    ]
    lines.append(f"   {len(blocks) + 1} {_WHOLE:<20} {_hash(_joined(texts))}")
    spoken = language.split("-")[0]
    heading, explained = _SEALS.get(spoken, _SEALS["en"]), _EXPLAINED.get(spoken, _EXPLAINED["en"])
    return _joined(texts) + "\n" + "\n".join([heading, "", explained, "", *lines]) + "\n"


def check(text: str) -> ChecksumResult:
    """Check a text against its checksum, offline. Raise ``NoChecksum`` if it has none.

    Line endings and spaces at the ends of lines do not count, because mail and printers change them.
    """
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    headings = [number for number, line in enumerate(lines) if line in _SEALS.values()]
    if len(headings) != 1:
        raise NoChecksum("There is no checksum in this text.")
    end = headings[0]
    sealed = [match.groups() for line in lines[end:] if (match := _LINE.fullmatch(line))]
    if not sealed or sealed[-1][1] != _WHOLE:
        raise NoChecksum("The checksum in this text is not complete.")
    texts = _blocks(lines[:end])
    broken = []
    if any(line and line not in _EXPLAINED.values() and not _LINE.fullmatch(line) for line in lines[end + 1 :]):
        broken.append("There is text in or below the checksum that does not belong to it.")
    for number, (_, name, expected) in enumerate(sealed[:-1]):
        if number >= len(texts):
            broken.append(f"Block {number + 1} ({name}) is missing.")
        elif _hash(texts[number]) != expected:
            broken.append(f"Block {number + 1} ({name}) was changed.")
    if len(texts) >= len(sealed):
        broken.append(f"There are {len(texts)} blocks, but the checksum lists {len(sealed) - 1}.")
    if not broken and _hash(_joined(texts)) != sealed[-1][2]:
        broken.append("The text outside the blocks was changed.")
    return ChecksumResult(tuple(broken), {name: text for (_, name, _), text in zip(sealed, texts, strict=False)})


def _blocks(lines: Sequence[str]) -> list[str]:
    blocks: list[list[str]] = []
    for line in lines:
        if line.startswith(HEADING) or not blocks:
            blocks.append([])
        blocks[-1].append(line)
    return ["\n".join(block).rstrip("\n") + "\n" for block in blocks]


def _joined(texts: Sequence[str]) -> str:
    return "\n".join(texts)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
