"""The staff's list of responses: sorted, searched, and updated with the saves of other terminals."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from screener.name_skeleton import skeleton
from screener.staff.due_forms import due_search
from screener.staff.search import matcher
from screener.store.person import Person
from screener.store.response_list import Changed, ResponseListItem, ReviewStatus

UNREADABLE = 1 + max(ReviewStatus)
"""The position in the list of responses that this clinic's key does not open."""


@dataclass(frozen=True)
class _Entry:
    key: tuple[int, float, str]
    search_text: str
    listed: ResponseListItem


class Worklist:
    """Every response in the order of the list, kept sorted while it changes."""

    def __init__(self) -> None:
        self._entries: dict[str, _Entry] = {}
        self._sorted: list[_Entry] = []
        self._people: dict[str, Person] = {}
        self._by_person: dict[str, list[ResponseListItem]] | None = None
        """The responses of each person; ``None`` until somebody asks, and after each change."""

    def __len__(self) -> int:
        return len(self._entries)

    def apply(self, changed: Changed, people: Mapping[str, Person] | None = None) -> None:
        """Take over what is new, and drop what is no longer there; ``people`` are those whom responses are linked to.

        Each response is shown under the name of its person, as that is now.
        """
        people = people or {}
        other_names = [
            identity for identity in {*people, *self._people} if people.get(identity) != self._people.get(identity)
        ]
        again = [listed for identity in other_names for listed in self.of_person(identity)]
        written = {listed.id: listed for listed in (*again, *changed.written) if listed.id not in changed.removed}
        self._people, self._by_person = dict(people), None
        gone = changed.removed | written.keys()
        self._sorted = [entry for entry in self._sorted if entry.listed.id not in gone]
        for identity in changed.removed:
            self._entries.pop(identity, None)
        new = [_entry(listed, people) for listed in written.values()]
        self._entries.update((entry.listed.id, entry) for entry in new)
        self._sorted = sorted([*self._sorted, *new], key=lambda entry: entry.key)

    def of_person(self, identity: str) -> Sequence[ResponseListItem]:
        """Return the responses that are linked to a person, in the order in which they were begun."""
        if self._by_person is None:
            self._by_person = {}
            for entry in sorted(self._entries.values(), key=lambda entry: _begun(entry.listed)):
                if link := entry.listed.link:
                    self._by_person.setdefault(link.person, []).append(entry.listed)
        return self._by_person.get(identity, ())

    def get(self, identity: str) -> ResponseListItem | None:
        entry = self._entries.get(identity)
        return entry.listed if entry else None

    def matching(self, typed: str = "") -> list[ResponseListItem]:
        """Return the responses whose name or reference contains the typed words, in order."""
        matches = matcher(typed)
        return [entry.listed for entry in self._sorted if matches(entry.search_text)]

    @property
    def urgent(self) -> list[ResponseListItem]:
        """Those that nobody has seen to yet: at an emergency page first, then with an urgent answer; longest first."""
        end = bisect(self._sorted, int(ReviewStatus.URGENT), key=lambda entry: entry.key[0])
        return [entry.listed for entry in self._sorted[:end]]

    @property
    def counts(self) -> Counter[int]:
        """Return the number of responses by status; unreadable ones count as ``UNREADABLE``."""
        return Counter(entry.key[0] for entry in self._sorted)


def status_of(listed: ResponseListItem) -> int:
    """Return the part of the list that a response belongs to."""
    return listed.status if listed.entry else UNREADABLE


def _key(listed: ResponseListItem) -> tuple[int, float, str]:
    """Whoever waits longest comes first; of those in progress, seen to and read, what was done last."""
    entry, part = listed.entry, status_of(listed)
    if entry is None:
        return part, 0, listed.id
    match part:
        case ReviewStatus.AT_EMERGENCY_PAGE if entry.emergency_since:
            return part, entry.emergency_since.timestamp(), listed.id
        case ReviewStatus.URGENT | ReviewStatus.WAITING:
            return part, entry.waiting_since.timestamp(), listed.id
        case ReviewStatus.SEEN_TO if listed.seen_to:
            return part, -listed.seen_to.at.timestamp(), listed.id
    return part, -entry.saved.timestamp(), listed.id


def _entry(listed: ResponseListItem, people: Mapping[str, Person]) -> _Entry:
    link = listed.link
    person = people.get(link.person) if link else None
    listed = replace(listed, person=person.name if person else None)
    return _Entry(_key(listed), _search_text(listed), listed)


def _begun(listed: ResponseListItem) -> tuple[float, str]:
    return (listed.entry.started.timestamp() if listed.entry else 0, listed.id)


def _search_text(listed: ResponseListItem) -> str:
    reference = listed.entry.reference if listed.entry else listed.id
    return skeleton(f"{listed.person or ''} {listed.own_name or ''} {reference} {due_search(listed)}")
