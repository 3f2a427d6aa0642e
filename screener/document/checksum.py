"""The checksum at the end of a text export, and its check.

Under the heading "Seal" it holds a SHA-256 hash of every block and of the whole text, and shows where a block was
changed, moved, added or lost. The person's copy has the hash of the whole text only, in one line. Neither proves who
wrote the text, because anybody who can write the text can also compute the checksum.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

HEADING = "== "
# Copies that are printed already carry these lines: add a language in ASCII, but never change a line.
_SEALS = {"en": "-- Seal " + "-" * 72, "es": "-- Sello " + "-" * 71}
_EXPLAINED = {
    "en": "   Check with: screener verify FILE. A seal shows a change, not who wrote it.",
    "es": "   Compruebe con: screener verify ARCHIVO. Muestra cambios, no el autor.",
}
_LINE = re.compile(r"   (\d+) ([a-z0-9-]+) +([0-9a-f]{48})")
_ONE_LINE = {"en": "-- Checksum: ", "es": "-- Suma de control: "}
_ONE_LINE_CHECKSUM = re.compile(f"({'|'.join(_ONE_LINE.values())})([0-9a-f]{{48}})")
_WHOLE = "whole"
_DIGITS = 48
"""192 of the 256 bits, so that a line of the checksum fits into 80 columns."""


@dataclass(frozen=True)
class ChecksumResult:
    """The result of checking a checksum. ``broken`` describes each mismatch; it is empty if there is none.

    ``blocks`` are the texts of the blocks by their names in the checksum, or by their titles where it names none.
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


def add_checksum_line(blocks: Sequence[tuple[str, str]], language: str = "en") -> str:
    """Return the texts of the blocks one below the other, with one line at the end: the checksum of all of it."""
    texts = [text.rstrip("\n") + "\n" for _, text in blocks]
    name = _ONE_LINE.get(language.split("-")[0], _ONE_LINE["en"])
    return _joined(texts) + f"\n{name}{_hash(_joined(texts))}\n"


def check(text: str) -> ChecksumResult:
    """Check a text against its checksum, offline. Raise ``NoChecksum`` if it has none.

    Words endings and spaces at the ends of lines do not count, because mail and printers change them.
    """
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    headings = [number for number, line in enumerate(lines) if line in _SEALS.values()]
    whole = [number for number, line in enumerate(lines) if _ONE_LINE_CHECKSUM.fullmatch(line)]
    if len(headings) + len(whole) != 1:
        raise NoChecksum("There is no checksum in this text.")
    return _check_blocks(lines, headings[0]) if headings else _check_whole(lines, whole[0])


def _check_whole(lines: Sequence[str], end: int) -> ChecksumResult:
    expected = lines[end].rpartition(" ")[2]
    broken = []
    if any(lines[end + 1 :]):
        broken.append("There is text below the checksum.")
    if lines[0][: len(HEADING)] != HEADING:
        broken.append("There is text above the first block.")
    texts = _blocks(lines[:end])
    if not broken and _hash(_joined(texts)) != expected:
        broken.append("The text was changed. This copy has one checksum, which does not say where.")
    titled = {text.split("\n")[0].strip("= "): text for text in texts} if not broken else {}
    return ChecksumResult(tuple(broken), titled)


def _check_blocks(lines: Sequence[str], end: int) -> ChecksumResult:
    sealed = [match.groups() for line in lines[end:] if (match := _LINE.fullmatch(line))]
    if not sealed or sealed[-1][1] != _WHOLE:
        raise NoChecksum("The checksum in this text is not complete.")
    texts = _blocks(lines[:end])
    broken = []
    if any(line and line not in _EXPLAINED.values() and not _LINE.fullmatch(line) for line in lines[end + 1 :]):
        broken.append("There is text in or below the checksum that does not belong to it.")
    if texts and not texts[0].startswith(HEADING):
        broken.append("There is text above the first block.")
        del texts[0]
    names = [f"Block {number} ({name})" for number, (_, name, _) in enumerate(sealed[:-1], 1)]
    broken += _differences(names, [expected for _, _, expected in sealed[:-1]], texts)
    if not broken and _hash(_joined(texts)) != sealed[-1][2]:
        broken.append("The text outside the blocks was changed.")
    named = {name: text for (_, name, _), text in zip(sealed, texts, strict=False)} if not broken else {}
    return ChecksumResult(tuple(broken), named)


def _differences(names: Sequence[str], expected: Sequence[str], texts: Sequence[str]) -> list[str]:
    """Return a sentence for each block that was changed, moved, added or lost, in the order of the blocks."""
    hashes = [_hash(text) for text in texts]
    lost: dict[int, str] = {}
    added: dict[int, str] = {}
    broken: list[tuple[int, str]] = []
    for kind, first, last, start, end in SequenceMatcher(None, expected, hashes, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        lost |= {number: expected[number] for number in range(first, last)}
        added |= {number: hashes[number] for number in range(start, end)}
        if kind == "replace" and not set(expected[first:last]) & set(hashes) and last - first == end - start:
            for number, place in zip(range(first, last), range(start, end), strict=True):
                broken.append((number, f"{names[number]} was changed."))
                del lost[number], added[place]
    for number, digest in lost.items():
        moved = digest in added.values()
        broken.append((number, f"{names[number]} was moved." if moved else f"{names[number]} is missing."))
    for place, digest in added.items():
        if digest not in lost.values():
            title = texts[place].split("\n")[0].strip("= ")
            before = sum(digest in expected for digest in hashes[:place])
            broken.append((before, f'A block was added as number {place + 1}: "{title}".'))
    return [sentence for _, sentence in sorted(broken, key=lambda each: each[0])]


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
