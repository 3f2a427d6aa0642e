"""Who may write which row of an audit trail, and what each row may follow.

The chain shows that no row was changed. These rules show that none was forged at its end, where the key lies in the
store: a row is signed by a terminal that the trail registered, and by the staff for what only they may do. The rows
before ``UPGRADED`` are of format 1, and signed by nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from screener.store.audit import AuditRow, Broken, Event
from screener.store.audit_clock import SKEW, Anchors, clock_notes
from screener.store.database import Rows
from screener.store.members import RECOVERY_KEY
from screener.store.signature import fingerprint, holds

CLINIC_EVENTS = (Event.FOUNDED, Event.UPGRADED, Event.CLINIC_CHANGED, Event.KEY_EXCHANGED)
STAFF_EVENTS = (Event.STAFF_ADDED, Event.STAFF_CHANGED, Event.STAFF_REVOKED, Event.STAFF_CARRIED)
DOOR_CODE_EVENTS = (Event.DOOR_CODE_SET, Event.DOOR_CODE_REMOVED, Event.DOOR_CODES_CARRIED)
BY_TERMINALS = frozenset(
    {
        Event.TERMINAL,
        Event.REFUSED,
        Event.OPENED,
        Event.FINISHED,
        Event.CODE_MADE,
        Event.CODE_USED,
        Event.CODE_REFUSED,
        Event.APPOINTMENT_CODE_USED,
        Event.COPY_TAKEN,
        Event.PURGED,
        Event.PERSON_PURGED,
        Event.LOOKED_THROUGH,
        Event.BACKED_UP,
        Event.RESTORED,
    }
)
"""What is written without a passphrase. Everything else the staff sign."""
ABOUT_PEOPLE = frozenset(
    {
        Event.PERSON_ADDED,
        Event.PERSON_CHANGED,
        Event.APPOINTMENT_ENTERED,
        Event.APPOINTMENT_REMOVED,
        Event.APPOINTMENT_CODE_ISSUED,
        Event.PERSON_SEALED_ANEW,
    }
)
"""What staff write into the row of a person; the entry has the hash of that row."""
_FIRST = (Event.FOUNDED, Event.UPGRADED)
"""Signed by the staff alone: the trail knows no terminal yet."""
_DAY = 86400
_FINISHED = (Event.FINISHED, Event.CORRECTED)
_GONE = (Event.PURGED, Event.ERASED)
_PERSON_GONE = (Event.PERSON_PURGED, Event.PERSON_ERASED)


@dataclass
class RegisteredTerminal:
    """A key that the trail registered: under which name, and whether staff ever unlocked the store with it."""

    name: str
    since: AuditRow
    unlocked: bool = False


@dataclass
class CheckedTrail:
    """The rows of a trail, and what they are believed for."""

    rows: list[AuditRow]
    unsigned: int = 0
    """How many of its first rows are of format 1."""
    terminals: dict[str, RegisteredTerminal] = field(default_factory=dict)
    removed: list[AuditRow] = field(default_factory=list)
    """The rows that say that a response or a person was removed."""
    notes: list[str] = field(default_factory=list)
    """What is not wrong, but somebody should look at."""


def check_rules(
    rows: Rows, chain: Sequence[AuditRow], opened: Sequence[AuditRow], clinic_keys: Sequence[bytes], now: int
) -> CheckedTrail:
    """Check the rows of a chain that holds, and the same rows ``opened``.

    ``clinic_keys`` are those with which the staff have signed, the oldest first; none in format 1.
    Raise ``Broken`` with the first one that may not be there.
    """
    return _Check(rows, chain, opened, clinic_keys, now).checked


class _Check:
    def __init__(
        self, rows: Rows, chain: Sequence[AuditRow], opened: Sequence[AuditRow], clinic_keys: Sequence[bytes], now: int
    ) -> None:
        self._keys = list(clinic_keys)
        """The key that the staff signed with, and those that took its place afterwards."""
        self._signatures: dict[int, dict[str, bytes]] = {}
        for n, signer, signed in rows.all("SELECT n, signer, signed FROM signature"):
            self._signatures.setdefault(n, {})[signer] = signed
        self.checked = CheckedTrail([*opened])
        self._responses: dict[str, AuditRow] = {}
        """The last row that changed what is so of a response."""
        self._people: dict[str, AuditRow] = {}
        """The last row about a person."""
        self._days = 0
        self._staff: set[str] = set()
        self._ever: set[str] = set()
        """Whoever answers for somebody may be revoked before they finish."""
        self._chained = b""
        upgraded = next((row.n for row in chain if row.event == Event.UPGRADED), 1)
        self.checked.unsigned = upgraded - 1 if self._keys else len(chain)
        staff_rows = []
        for row in chain:
            if row.n > self.checked.unsigned and self._signers(row):
                staff_rows.append(row)
            self._chained = bytes(row.mac)
        if len(self._keys) > 1:
            raise Broken("The audit trail does not hold: it does not say that the clinic's key was exchanged.")
        self._anchors = Anchors(staff_rows, now)
        self.checked.notes += clock_notes(chain, now)
        for row in opened:
            self._follow(row)

    # Who wrote it

    def _signers(self, row: AuditRow) -> bool:
        """Check who signed a row; return whether the staff did."""
        text = row.signed_text(self._chained)
        signatures = self._signatures.get(row.n, {})
        by_staff = self._holds(self._keys[0], text, signatures)
        if row.event == Event.TERMINAL:
            if not self._holds(bytes(row.digest), text, signatures) or row.subject != fingerprint(bytes(row.digest)):
                raise _forged(row, "is not signed by the terminal that it registers")
            self.checked.terminals[row.subject] = RegisteredTerminal(row.terminal, row)
            return False
        if row.event not in BY_TERMINALS and not by_staff:
            raise _forged(row, "is not signed by the staff")
        if row.event == Event.KEY_EXCHANGED:
            self._keys.pop(0)
            if not self._keys or not self._holds(self._keys[0], text, signatures):
                raise _forged(row, "is not signed with the key that it brings")
        if row.event in _FIRST:
            return by_staff
        for signer, terminal in self.checked.terminals.items():
            if signer in signatures and terminal.name == row.terminal:
                if not self._holds(bytes(terminal.since.digest), text, signatures):
                    break
                terminal.unlocked |= by_staff and row.event == Event.UNLOCKED
                return by_staff
        raise _forged(row, "is not signed by the terminal that it names")

    @staticmethod
    def _holds(public: bytes, text: bytes, signatures: dict[str, bytes]) -> bool:
        signed = signatures.get(fingerprint(public))
        return isinstance(signed, bytes) and holds(public, text, signed)

    # What it follows

    def _follow(self, row: AuditRow) -> None:
        if (row.n == 1) != (row.event == Event.FOUNDED):
            raise _forged(row, "sets the clinic up, which the first row does, and only that")
        signed = row.n > self.checked.unsigned
        match row.event:
            case Event.FOUNDED | Event.CLINIC_CHANGED | Event.KEY_EXCHANGED | Event.UPGRADED if signed:
                if row.event == Event.UPGRADED and row.n != self.checked.unsigned + 1:
                    raise _forged(row, "carries the store over a second time")
                self._days = int(row.subject)
            case Event.STAFF_ADDED | Event.STAFF_CHANGED | Event.STAFF_CARRIED:
                self._staff.add(row.subject)
                self._ever.add(row.subject)
            case Event.STAFF_REVOKED:
                self._staff.discard(row.subject)
            case Event.OPENED | Event.FINISHED | Event.PURGED | Event.ERASED:
                self._respond(row, signed)
            case Event.CORRECTED:
                previous = self._responses.get(row.subject)
                if previous is None or previous.event not in _FINISHED:
                    raise _forged(row, "corrects a response that was not finished")
                self._responses[row.subject] = row
            case Event.LINKED | Event.UNLINKED:
                previous = self._responses.get(row.subject)
                if previous is None or previous.event in _GONE:
                    raise _forged(row, "is about a response that there was not")
        if row.event in ABOUT_PEOPLE or row.event in _PERSON_GONE:
            self._expect(row)
        members = self._ever if row.event in (Event.FINISHED, Event.STAFF_REVOKED) else self._staff
        if signed and row.actor and row.actor not in members | {RECOVERY_KEY} and row.event not in _FIRST:
            raise _forged(row, f"names {row.actor}, who was no member of staff then")

    def _expect(self, row: AuditRow) -> None:
        """Check a row about a person: added once, then changed, then gone for good."""
        previous = self._people.get(row.subject)
        if row.event == Event.PERSON_ADDED and previous is not None:
            raise _forged(row, "adds a person that there was before")
        if row.event != Event.PERSON_ADDED and (previous is None or previous.event in _PERSON_GONE):
            raise _forged(row, "is about a person that there was not")
        if row.event == Event.PERSON_PURGED and previous is not None:
            self._require_age(row, previous, "a person")
        if row.event in _PERSON_GONE:
            self.checked.removed.append(row)
        if row.event != Event.PERSON_SEALED_ANEW or previous is None:  # It changes nothing, and keeps nobody longer.
            self._people[row.subject] = row

    def _require_age(self, row: AuditRow, previous: AuditRow, removed: str) -> None:
        """Raise ``Broken`` where a purge removes what was not kept as long as the retention says."""
        seconds_kept = self._anchors.latest(row) - self._anchors.earliest(previous)
        if self._days and seconds_kept < self._days * _DAY - 3 * SKEW:
            raise _forged(row, f"removes {removed} that was kept {max(seconds_kept, 0) // _DAY} days")

    def _respond(self, row: AuditRow, signed: bool) -> None:
        previous = self._responses.get(row.subject)
        if signed:
            if row.event == Event.OPENED and previous is not None:
                raise _forged(row, "opens a response that there was before")
            if row.event != Event.OPENED and (previous is None or previous.event in _GONE):
                raise _forged(row, "is about a response that there was not")
            if row.event == Event.FINISHED and previous is not None and previous.event in _FINISHED:
                raise _forged(row, "finishes a response that was finished before")
            if row.event == Event.PURGED and previous is not None:
                self._require_age(row, previous, "a response")
        if row.event in _GONE:
            self.checked.removed.append(row)
        self._responses[row.subject] = row


def _forged(row: AuditRow, reason: str) -> Broken:
    return Broken(f"The audit trail does not hold: row {row.n} ({row.event}) {reason}. It was forged.")
