"""What the audit trail says stands in the store: the hashes in its last row about each thing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from screener.store.annotation import BLOCK
from screener.store.audit import AuditRow, Broken, Chain, Event
from screener.store.audit_entry import open_entries
from screener.store.audit_rules import ABOUT_PEOPLE, CLINIC_EVENTS, DOOR_CODE_EVENTS, STAFF_EVENTS
from screener.store.database import Rows


class WrittenDigests:
    """The hashes by what they are of, after so many rows as were followed."""

    def __init__(self) -> None:
        self.clinic = self.door_codes = b""
        self.slots: dict[str, bytes] = {}
        """By the name of the member of staff."""
        self.opened: set[str] = set()
        self.finished: dict[str, bytes] = {}
        self.annotations: dict[str, dict[int, bytes]] = {}
        self.people: dict[str, bytes] = {}

    def follow(self, row: AuditRow) -> None:
        """Take over what a row says, whose entry is opened."""
        if row.event in CLINIC_EVENTS:
            self.clinic = row.digest
        if row.event in STAFF_EVENTS:
            self.slots[row.subject] = row.digest
        if row.event in ABOUT_PEOPLE:
            self.people[row.subject] = row.digest
        if row.event in DOOR_CODE_EVENTS:
            self.door_codes = row.digest
        match row.event:
            case Event.STAFF_REVOKED:
                self.slots.pop(row.subject, None)
            case Event.OPENED:
                self.opened.add(row.subject)
                if row.digest:
                    self.annotations[row.subject] = {BLOCK: row.digest}
            case Event.FINISHED | Event.CORRECTED | Event.SEALED_ANEW:
                self.finished[row.subject] = row.digest
            case Event.REMARKED:
                digests = self.annotations.setdefault(row.subject, {})
                digests[sum(n != BLOCK for n in digests) + 1] = row.digest
            case Event.SEEN_TO | Event.MARKED_READ | Event.NOTED | Event.NAMED | Event.LINKED | Event.UNLINKED:
                self.annotations.setdefault(row.subject, {})[BLOCK] = row.digest
            case Event.PURGED | Event.ERASED:
                self.opened.discard(row.subject)
                self.finished.pop(row.subject, None)
                self.annotations.pop(row.subject, None)
            case Event.PERSON_PURGED | Event.PERSON_ERASED:
                self.people.pop(row.subject, None)


class ReadTrail:
    """An audit trail as far as its chain was checked; what was added since is read the next time."""

    def __init__(self, first_key: Callable[[Rows], bytes], unseal: Callable[[bytes, bytes], bytes]) -> None:
        self._first_key = first_key
        self._unseal = unseal
        self._chain: Chain | None = None
        self._written = WrittenDigests()

    def read_on(self, rows: Rows) -> WrittenDigests:
        """Return what the trail says by now. Raise ``Broken`` where its chain does not hold."""
        if self._chain:
            with suppress(Broken):  # A backup may have been restored, or a transaction undone.
                return self._follow(rows, self._chain)
        self._chain, self._written = Chain(self._first_key(rows)), WrittenDigests()
        return self._follow(rows, self._chain)

    def _follow(self, rows: Rows, chain: Chain) -> WrittenDigests:
        for row in open_entries(chain.check_on(rows), self._unseal):
            self._written.follow(row)
        return self._written
