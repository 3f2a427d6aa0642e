"""Names with their groups, and what a list that a person wrote says of the groups.

A list is text: one name a line, a near name that the person chose behind an equals sign (``nardl 15 mg = Nardil``),
and ``--`` on the last line where the person said that there is nothing else. What was typed is always kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Annotated, Literal, NamedTuple

from screener.i18n.formats import bare
from screener.model.base import Authored, ListLength, OptionCode, SourceId, Text
from screener.values import dataclass

CLOSED = "--"
"""The last line of a list to which there is nothing to add."""
_BETWEEN = re.compile(r";|,(?!\d)|\s(?:and|y|plus)\s|\s[+&]\s")
"""What stands between two names on one line. A comma before a digit is a decimal one."""
_NEAR = 0.7
"""The least similarity of a name that is offered although it is spelt in another way."""

_DOSE_WORDS = """
    a an and as at in on of or the per x with for to before after about only when needed prn every each other half one
    two three mg mcg g ml iu unit units microgram micrograms milligram milligrams day days daily week weeks weekly month
    ug months monthly hour hours once twice times time morning mornings noon evening evenings night nights bedtime food
    tablet tablets tab tabs capsule capsules pill pills drop drops patch patches spray sprays puff puffs injection
    injections dose doses low high xr sr er cr la od bd tds mane nocte de el al dia dias semana vez veces noche
    manana tableta tabletas capsula capsulas cada por y con
"""


class ListedGroups(NamedTuple):
    """The groups that a list names. Only a complete list says that a group is not in it."""

    groups: frozenset[str]
    complete: bool
    empty: bool


@dataclass(frozen=True, kw_only=True)
class NameGroup(Authored):
    """A group of names that rules read."""

    code: OptionCode
    label: Text


@dataclass(frozen=True, kw_only=True)
class ListedName(Authored):
    """A substance with its groups, or a brand of one. ``mark`` says whether a source was read that shows it."""

    name: Text
    groups: Annotated[tuple[OptionCode, ...], ListLength(0, 6)] = ()
    brand_of: Text | None = None
    regions: Annotated[tuple[Text, ...], ListLength(0, 10)] = ()
    source: SourceId | None = None
    mark: Literal["verified", "to-be-checked"]

    def __post_init__(self) -> None:
        if self.mark == "verified" and self.source is None:
            raise ValueError("a verified name needs a source; name it, or write to-be-checked")

    @property
    def label(self) -> str:
        """Return the name as it is offered: a brand with its substance."""
        return f"{self.name} ({self.brand_of})" if self.brand_of else self.name


@dataclass(frozen=True, kw_only=True)
class NameList(Authored):
    """A list of names in ``questions/``, such as ``medicines.yaml``."""

    groups: Annotated[tuple[NameGroup, ...], ListLength(1, 60)]
    names: Annotated[tuple[ListedName, ...], ListLength(1, 2000)]
    passed_over: Text = " ".join(_DOSE_WORDS.split())
    """Words that stand beside a name and name nothing, such as how much and how often.

    A list of content that was written before lists had such words is read as it was then, for ever.
    """

    @cached_property
    def _names_nothing(self) -> frozenset[str]:
        return frozenset(self.passed_over.split())

    @cached_property
    def groups_of(self) -> dict[str, frozenset[str]]:
        """Return the groups of each name, as names are compared; a brand is in the groups of its substance too."""
        substances = {name.name: frozenset(name.groups) for name in self.names}
        return {
            bare(name.name): frozenset(name.groups) | substances.get(name.brand_of or "", frozenset())
            for name in self.names
        }

    def read(self, text: str) -> ListedGroups:
        """Return what a list says of the groups. A name that is not known leaves it open, whatever else it says."""
        groups: set[str] = set()
        recognised = True
        for segment in segments(text):
            names, rest = self._names_in(segment)
            groups.update(*(self.groups_of[name] for name in names))
            recognised = recognised and not rest
        return ListedGroups(frozenset(groups), is_closed(text) and recognised, not text or text.strip() == CLOSED)

    def unknown(self, text: str) -> list[str]:
        """Return the parts of a list that have no known name."""
        return [segment for segment in segments(text) if self._names_in(segment)[1]]

    def text_of(self, codes: Iterable[str], *, complete: bool) -> str:
        """Return a list that has a name of each of these groups, and nothing else."""
        single = {name.groups[0]: name.name for name in reversed(self.names) if len(name.groups) == 1}
        text = "\n".join([single[code] for code in codes] or ["1 a day"])
        return closed(text) if complete else text

    def suggest(self, typed: str, most: int = 5) -> list[ListedName]:
        """Return the names that somebody may mean: those that begin like it, then those that are spelt nearly so.

        Nothing is offered for what is a name already.
        """
        words = " ".join(word for word in _words(typed) if word not in self._names_nothing and not _is_amount(word))
        if len(words) < 2 or words in self.groups_of:
            return []
        named = [(bare(name.name), name) for name in self.names]
        begin = [name for text, name in named if text.startswith(words)]
        near = [(_likeness(words, text), position) for position, (text, _) in enumerate(named)]
        near.sort(key=lambda pair: (-pair[0], pair[1]))
        close = [named[position][1] for likeness, position in near if likeness >= _NEAR]
        return list(dict.fromkeys((*begin, *close)))[:most]

    def _names_in(self, segment: str) -> tuple[list[str], str]:
        """Return the known names in a part of a list, and the words that are neither a name nor passed over."""
        typed, _equals, chosen = segment.rpartition("=")
        if (name := bare(chosen.strip())) in self.groups_of:
            # What was chosen stands for what is not known in the typed words, and not for another name among them.
            return [*(self._names_in(typed)[0] if typed.strip() else ()), name], ""
        words, names, rest = _words(segment), [], []
        position = 0
        while position < len(words):
            for length in (3, 2, 1):
                name = " ".join(words[position : position + length])
                if name in self.groups_of:
                    names.append(name)
                    position += length
                    break
            else:
                if words[position] not in self._names_nothing and not _is_amount(words[position]):
                    rest.append(words[position])
                position += 1
        return names, " ".join(rest)


def segments(text: str) -> Iterator[str]:
    """Yield the parts of a list, each about one thing; the closing line is none."""
    for line in text.split("\n"):
        if line.strip() == CLOSED:
            continue
        for part in _BETWEEN.split(line):
            if part.strip():
                yield part.strip()


def with_chosen(text: str, name: ListedName) -> str:
    """Return the list with a chosen name behind what was typed last, and a new line begun."""
    *before, last = text.split("\n")
    start = max((match.end() for match in _BETWEEN.finditer(last)), default=0)
    typed = last[start:].strip()
    chosen = name.name if bare(typed) == bare(name.name) else f"{typed} = {name.name}"
    return "\n".join((*before, f"{last[:start]}{' ' * (start > 0)}{chosen}", ""))


def last_segment(text: str) -> str:
    """Return the part of a list that is being written, or an empty text after its end."""
    return _BETWEEN.split(text.rpartition("\n")[2])[-1].strip()


def is_closed(text: str) -> bool:
    """Return whether the person said that there is nothing else."""
    return not text or text.rpartition("\n")[2].strip() == CLOSED


def closed(text: str) -> str:
    """Return the list with the line that says that there is nothing else."""
    return f"{text.strip()}\n{CLOSED}" if text.strip() else ""


def in_words(text: str, nothing_else: str) -> str:
    """Return a list in one line; ``nothing_else`` says that the person closed it."""
    lines = without_closing(text).split("\n") if text else []
    return "; ".join([*lines, nothing_else] if is_closed(text) else lines)


def without_closing(text: str) -> str:
    """Return the list as the person wrote it."""
    return "\n".join(line for line in text.split("\n") if line.strip() != CLOSED)


def _words(text: str) -> list[str]:
    return re.findall(r"[\w'\u2019.-]+", bare(text).replace("st. ", "st "))


def _is_amount(word: str) -> bool:
    return re.fullmatch(r"[\d.,-]+(mg|mcg|ug|g|ml|iu|x)?", word) is not None


def _likeness(first: str, second: str) -> float:
    """Return 1 for equal words, less for each change, by optimal string alignment over the longer length."""
    longest = max(len(first), len(second))
    if abs(len(first) - len(second)) > longest * (1 - _NEAR):
        return 0.0
    before: list[int] = []
    last = list(range(len(second) + 1))
    for i, first_letter in enumerate(first, 1):
        row = [i]
        for j, second_letter in enumerate(second, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (first_letter != second_letter))
            if i > 1 and j > 1 and first_letter == second[j - 2] and first[i - 2] == second_letter:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return 1 - last[-1] / longest
