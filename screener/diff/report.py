"""Differences in words, 80 columns wide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from screener.diff.change import ContentChange
from screener.display_text import visible, width, wrapped

_COLUMNS = 80


def report(changes: Iterable[ContentChange]) -> Iterator[str]:
    """Yield the lines: a heading for each group, then each subject once with its changes."""
    first = True
    for group, in_group in groupby(changes, lambda change: change.group):
        if not first:
            yield ""
        first = False
        yield str(group)
        yield "-" * len(group)
        for subject, about in groupby(in_group, lambda change: change.subject):
            subject_changes = list(about)
            if len(subject_changes) == 1 and subject_changes[0].old is None and subject_changes[0].new is None:
                yield from _lines(f"{subject}: {subject_changes[0].kind}", 0)
                continue
            yield from _lines(subject, 0)
            for change in subject_changes:
                yield from _change(change)


def _change(change: ContentChange) -> Iterator[str]:
    short = f"  {change.kind}: {change.old} -> {change.new}"
    if change.old is None and change.new is None:
        yield from _lines(change.kind, 2)
    elif change.old is not None and change.new is not None and width(visible(short)) <= _COLUMNS:
        yield visible(short)
    else:
        yield from _lines(f"{change.kind}:", 2)
        for word, text in (("was", change.old), ("now", change.new)):
            if text is not None:
                first, *rest = wrapped(visible(" ".join(text.split())), _COLUMNS - 8)
                yield f"    {word} {first}"
                yield from (f"        {line}" for line in rest)


def _lines(text: str, indent: int) -> Iterator[str]:
    for number, line in enumerate(wrapped(visible(text), _COLUMNS - indent - 2)):
        yield " " * (indent + (2 if number else 0)) + line
