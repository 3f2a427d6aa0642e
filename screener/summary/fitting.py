"""The first page in sixty lines: what must stand there stands there, and every other list says what it left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from screener.display_text import visible
from screener.document.model import Inline, Link, Pair, Pairs
from screener.document.text import in_ascii, pair_lines
from screener.i18n.gettext import _

_INDENT = 3
_MOST_LINES = 5
"""How many lines a row may have that need not stand there in full."""
_LOOSE = 2
"""Further blank lines of a page that is not tight: below its heading, and above the line to sign."""
_CUT = 600
"""Characters of one item that can stand on a page at all, so that nothing longer is ever measured."""


@dataclass(frozen=True)
class NotedPhrase:
    """A few words with the number of the note that proves them."""

    text: str
    notes: tuple[int, ...] = ()
    says: tuple[str, ...] = ()
    """The questions whose answers it says in full."""
    plain: str = ""
    """Its fewest words, for a page on which everything is pressing."""
    codes: tuple[tuple[str, str], ...] = ()
    """Chosen options that it says, by question."""


@dataclass(frozen=True)
class Row:
    """A label with items. ``must``: it stands there in full, whatever else there is."""

    label: str
    items: tuple[NotedPhrase, ...]
    must: bool = False
    repeated: bool = False
    """Whether page two says it anyway."""


@dataclass(frozen=True)
class PageGroup:
    """Rows below one heading."""

    title: str
    rows: tuple[Row, ...]
    urgent: bool = False


@dataclass(frozen=True)
class FittedPage:
    """The groups as they stand on the page. ``rest`` are the rows that do not stand there in full."""

    groups: tuple[PageGroup, ...]
    tight: bool
    """Whether there was no room for blank lines between the groups."""
    rest: tuple[Row, ...]


def fit(groups: Sequence[PageGroup], room: int) -> FittedPage:
    """Return the groups in at most ``room`` lines. Rows that must stand there are never shortened.

    Every row has one line, and grows from the top of the page down while there is room. Where there is not even room
    for one line each, the last rows go to page two.
    """
    groups = [group for group in groups if group.rows]
    dropped: list[Row] = []
    visible_groups = groups
    while _height(_page(visible_groups, {}, tight=True)) > room:
        place = next((n for n in reversed(range(len(groups))) if any(not row.must for row in groups[n].rows)), None)
        if place is None:
            break
        rows = list(groups[place].rows)
        dropped.insert(0, rows.pop(max(number for number, row in enumerate(rows) if not row.must)))
        groups[place] = replace(groups[place], rows=tuple(rows))
        visible_groups = [*(group for group in groups if group.rows), _more(dropped)]
    visible_groups = _squeezed(visible_groups, room)
    tight = _height(_page(visible_groups, {}, tight=False)) > room
    page = _grown(visible_groups, room, tight=tight)
    return replace(page, rest=(*page.rest, *dropped))


def _squeezed(groups: list[PageGroup], room: int) -> list[PageGroup]:
    """Return the groups with the items of rows that must stand there in their plain words, where even that is needed.

    A person for whom everything is pressing: nothing is left out, and each topic has a few words and its note.
    """
    if _height(_page(groups, {}, tight=True)) <= room:
        return groups
    squeezed = []
    for group in groups:
        items = tuple(NotedPhrase(phrase.plain or phrase.text, phrase.notes) for phrase in items_of(group.rows))
        squeezed.append(replace(group, rows=(Row("", items, must=True),)) if len(items) > 1 else group)
    return squeezed


def _grown(groups: Sequence[PageGroup], room: int, *, tight: bool) -> FittedPage:
    """Return the page with each row as long as it can be, those at the top first."""
    most: dict[Row, int] = {}
    spare = room - _height(_page(groups, most, tight))
    for row in (row for group in groups for row in group.rows if not row.must):
        before = _lines(_shortened(row, 1))
        for lines in range(min(_MOST_LINES, before + spare), before, -1):
            taller = _lines(_shortened(row, lines)) - before
            if taller <= spare:
                most[row] = lines
                spare -= taller
                break
    return _page(groups, most, tight)


def _more(dropped: Sequence[Row]) -> PageGroup:
    return PageGroup(_("More on page 2"), (Row("", (NotedPhrase(_names(dropped)),), must=True),))


def items_of(rows: Iterable[Row]) -> Iterator[NotedPhrase]:
    """Yield all items of rows."""
    return (phrase for row in rows for phrase in row.items)


def left_over(page: FittedPage) -> tuple[Row, ...]:
    """Return the items that do not stand on the page in full, below the labels of their rows."""
    printed = set(items_of(row for group in page.groups for row in group.rows))
    rows = (
        replace(row, items=tuple(phrase for phrase in row.items if phrase not in printed))
        for row in page.rest
        if not row.repeated
    )
    return tuple(row for row in rows if row.items)


def as_pairs(group: PageGroup) -> Pairs:
    """Return a group as a part of the document."""
    pairs = tuple(Pair(row.label, words(row)) for row in group.rows)
    return Pairs(pairs, group.title, compact=True, urgent=group.urgent)


def words(row: Row) -> tuple[Inline, ...]:
    """Return the items of a row on one line, each with links to its notes."""
    inlines: list[Inline] = []
    for number, phrase in enumerate(row.items):
        inlines.append(("; " if number else "") + phrase.text)
        for note in phrase.notes:
            inlines += [" ", Link(f"[{note}]", f"note-{note}")]
    return tuple(inlines)


def _names(rows: Sequence[Row]) -> str:
    labels = ", ".join(dict.fromkeys(row.label for row in rows[:4] if row.label))
    return f"+{len(rows)}: {labels}" + (", \u2026" if len(rows) > 4 else "")


def _page(groups: Sequence[PageGroup], most: Mapping[Row, int], tight: bool) -> FittedPage:
    visible_groups, rest = [], []
    for group in groups:
        rows = []
        for row in group.rows:
            short = row if row.must else _shortened(row, most.get(row, 1))
            rows.append(short)
            if short != row:
                rest.append(row)
        visible_groups.append(replace(group, rows=tuple(rows)))
    return FittedPage(tuple(visible_groups), tight, tuple(rest))


def _height(page: FittedPage) -> int:
    lines = sum(1 + sum(map(_lines, group.rows)) for group in page.groups)
    return lines + (1 if page.tight else len(page.groups) + _LOOSE)


@lru_cache(maxsize=4096)
def _lines(row: Row) -> int:
    """Return the lines that a row takes, in whichever of Unicode and ASCII it takes more."""
    pair = Pair(row.label, words(row))
    return max(sum(1 for _line in pair_lines(pair, show, _INDENT)) for show in (visible, in_ascii))


@lru_cache(maxsize=4096)
def _shortened(row: Row, most: int) -> Row:
    """Return a row in at most ``most`` lines: whole items, then how many more there are; a long text is cut."""
    if sum(len(phrase.text) for phrase in row.items) <= _CUT * len(row.items) and _lines(row) <= most:
        return row
    for count in range(len(row.items) - 1, 0, -1):
        more = NotedPhrase(_("+{count}, page 2").format(count=len(row.items) - count))
        short = replace(row, items=(*row.items[:count], more))
        if sum(len(phrase.text) for phrase in short.items) <= _CUT * count and _lines(short) <= most:
            return short
    return _cut(row, most)


def _whole_words(text: str, length: int) -> str:
    """Return the start of a text without a word that is cut; a text without spaces is cut where it must be."""
    start = text[:length].rstrip()
    whole = start if text[length : length + 1].isspace() else start.rpartition(" ")[0]
    return whole.rstrip(" ,;:(\u2026") or start


def _cut(row: Row, most: int) -> Row:
    """Return the start of the first item, as much of it as fits, and where the rest is."""
    first, others = row.items[0], len(row.items) - 1
    more = _("\u2026 (more on page 2)") if not others else _("\u2026 (more, and +{count}, page 2)").format(count=others)

    def cut(length: int) -> Row:
        return replace(row, items=(NotedPhrase(f"{_whole_words(first.text, length)} {more}", first.notes),))

    low, high = 0, min(len(first.text), _CUT)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _lines(cut(middle)) <= most else (low, middle - 1)
    return cut(low)
