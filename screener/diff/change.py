"""One difference between two versions, as data, and functions that find such differences."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Generic, TypeVar

from screener.model.question_parts import Limits

T = TypeVar("T")


class Group(StrEnum):
    """The group of a difference, in the order in which groups are reported."""

    OUTCOMES = "Cases whose outcome changes"
    FRONT = "Questionnaire and ruleset"
    SECTIONS = "Sections"
    INSTRUMENTS = "Instruments"
    QUESTIONS = "Questions"
    RULES = "Rules"
    CRISIS_LINES = "Crisis lines"
    SOURCES = "Sources"
    LANGUAGES = "Other languages"
    WORDING = "Words that are not used"
    TOPICS = "Topics"
    HAZARDS = "Hazards"
    CASES = "Cases"


@dataclass(frozen=True)
class ContentChange:
    """One difference. ``old`` and ``new`` are the texts before and after, if there are any."""

    group: Group
    subject: str
    """The thing that changed, such as ``rule maoi``."""
    kind: str
    """The kind of change, such as ``topic changed``."""
    old: str | None = None
    new: str | None = None


def changed(group: Group, subject: str, label: str, old: object, new: object) -> Iterator[ContentChange]:
    """Yield a change if the two values differ; ``label`` names the value."""
    if old != new:
        verb = "added" if old is None else "removed" if new is None else "changed"
        yield ContentChange(group, subject, f"{label} {verb}", _in_words(old), _in_words(new))


def fields_changed(
    group: Group, subject: str, old: object, new: object, labels: Mapping[str, str]
) -> Iterator[ContentChange]:
    """Yield a change for each field of ``labels`` that differs, under its label."""
    for name, label in labels.items():
        yield from changed(group, subject, label, getattr(old, name), getattr(new, name))


def paragraphs_changed(
    group: Group, subject: str, label: str, old: Sequence[str], new: Sequence[str]
) -> Iterator[ContentChange]:
    """Yield the paragraphs that differ, by their numbers."""
    for kind, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        both = min(last - first, end - start)
        for step in range(both):
            description = f"paragraph {first + step + 1} of {label} changed"
            yield ContentChange(group, subject, description, old[first + step], new[start + step])
        for number in range(first + both, last):
            yield ContentChange(group, subject, f"paragraph {number + 1} of {label} removed", old[number])
        for number in range(start + both, end):
            yield ContentChange(group, subject, f"paragraph {number + 1} of {label} added", None, new[number])


@dataclass(frozen=True)
class Paired(Generic[T]):
    """Two lists side by side, their entries paired by name."""

    removed: tuple[tuple[str, T], ...]
    added: tuple[tuple[str, T], ...]
    both: tuple[tuple[str, T, T], ...]
    """Pairs in the order of the new list."""
    moved: tuple[tuple[str, str | None], ...]
    """The smallest set of entries that moved, each with the entry that it follows now."""


def paired(old: Iterable[T], new: Iterable[T], name: Callable[[T], str]) -> Paired[T]:
    """Pair the entries of two lists by their names; a repeated name gets a number."""
    before, after = _by_name(old, name), _by_name(new, name)
    shared = [key for key in after if key in before]
    where = {key: position for position, key in enumerate(before)}
    steady = _longest_rising([where[key] for key in shared])
    follows = dict(zip(shared, [None, *shared], strict=False))
    return Paired(
        tuple((key, entry) for key, entry in before.items() if key not in after),
        tuple((key, entry) for key, entry in after.items() if key not in before),
        tuple((key, before[key], after[key]) for key in shared),
        tuple((key, follows[key]) for key in shared if where[key] not in steady),
    )


def _by_name(entries: Iterable[T], name: Callable[[T], str]) -> dict[str, T]:
    named: dict[str, T] = {}
    for entry in entries:
        base = name(entry)
        times = sum(earlier == base or earlier.startswith(f"{base} (") for earlier in named)
        named[f"{base} ({times + 1})" if base in named else base] = entry
    return named


def entries_changed(
    group: Group, subject: str, kind: str, entries: Paired[T], describe: Callable[[T], str]
) -> Iterator[ContentChange]:
    """Yield the entries that were removed, added or moved; ``kind`` names them."""
    for name, entry in entries.removed:
        yield ContentChange(group, subject, f"{kind} {name} removed", describe(entry))
    for name, entry in entries.added:
        yield ContentChange(group, subject, f"{kind} {name} added", None, describe(entry))
    for name, follows in entries.moved:
        yield ContentChange(group, subject, f"{kind} {name} moved {after(follows)}")


def subjects_changed(
    group: Group, kind: str, entries: Paired[T], describe: Callable[[T], str]
) -> Iterator[ContentChange]:
    """Yield the entries that were removed or added, each as a subject of its own, such as ``source S12``."""
    for name, entry in entries.removed:
        yield ContentChange(group, f"{kind} {name}", "removed", describe(entry))
    for name, entry in entries.added:
        yield ContentChange(group, f"{kind} {name}", "added", None, describe(entry))


def after(name: str | None) -> str:
    """Return the new position of a moved entry in words."""
    return f"to after {name}" if name else "to the beginning"


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """Return the longest rising subsequence: the entries that stay in order if as few as possible moved."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        position = bisect_left(tails, number)
        before[number] = tails[position - 1] if position else None
        tails[position : position + 1] = [number]
    rising = set()
    last: int | None = tails[-1] if tails else None
    while last is not None:
        rising.add(last)
        last = before[last]
    return rising


def _in_words(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Limits):
        return f"{value.minimum} to {value.maximum}"
    if isinstance(value, tuple):
        return ", ".join(str(part) for part in value) or "none"
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)
