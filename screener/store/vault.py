"""What staff can do with a store once they unlocked it: list, read, remark, resume, check the audit trail."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from screener.problem import ScreenerError
from screener.store import audit, remark
from screener.store.audit import Event, Row
from screener.store.clinic import (
    Refused,
    audit_start,
    for_staff,
    new_door,
    one_name,
    place_of_key,
    put_staff,
    remove_staff,
    secret_of_staff,
)
from screener.store.compared import compare
from screener.store.database import Rows, one
from screener.store.label import Label
from screener.store.parked import park
from screener.store.record import Record
from screener.store.remark import Remark, latest
from screener.store.sealing import Unreadable, opener, public_of, seal, unseal
from screener.store.store import FINISHED, OPEN, Kept, Store, read_label, read_record
from screener.translation import _


class Standing(IntEnum):
    """How a response stands for staff, in the order of their list."""

    URGENT = 0
    WAITING = 1
    IN_PROGRESS = 2
    READ = 3


@dataclass(frozen=True)
class Listed:
    """One line of the list. ``label`` is ``None`` where the response cannot be read with this clinic's key."""

    id: str
    version: bytes
    finished: bool
    label: Label | None
    remarks: tuple[Remark, ...] = ()

    @property
    def name(self) -> str | None:
        """What staff call it: the last name they gave it."""
        given = latest(self.remarks, "name")
        return given.text if given else self.label.name if self.label else None

    @property
    def urgent(self) -> bool:
        """Whether an urgent answer waits for somebody to acknowledge it."""
        if not self.label:
            return False
        seen = {rule for each in self.remarks if each.kind == "acknowledged" for rule in each.text.split()}
        return not seen.issuperset(self.label.urgent)

    @property
    def standing(self) -> Standing:
        if self.urgent:
            return Standing.URGENT
        if not self.finished:
            return Standing.IN_PROGRESS
        return Standing.READ if latest(self.remarks, "read") else Standing.WAITING


@dataclass(frozen=True)
class Changed:
    """What is new since a list was read, and what is no longer there."""

    written: tuple[Listed, ...]
    removed: frozenset[str]


class Vault:
    """A store that a member of staff, ``name``, unlocked."""

    def __init__(self, store: Store, name: str, secret: bytes) -> None:
        self.store = store
        self.name = name
        self._secret = secret
        self._open = opener(secret)
        self._keys: dict[str, bytes] = {}

    # The list

    def responses(self) -> list[Listed]:
        """Every response, in no order."""
        return list(self.changes({}).written)

    def changes(self, known: dict[str, tuple[bytes, int]]) -> Changed:
        """What was written since; ``known`` holds version and number of remarks by response, and is brought up to
        date."""
        with self.store.database.reading() as rows:
            remarked = dict(rows.all("SELECT response, COUNT(*) FROM remark GROUP BY response"))
            now = {
                identity: (bytes(version), remarked.get(identity, 0))
                for identity, version in rows.all("SELECT id, version FROM response")
            }
            new = [identity for identity, state in now.items() if known.get(identity) != state]
            written = tuple(self._listed(rows, new))
        removed = frozenset(known.keys() - now.keys())
        known.clear()
        known.update(now)
        return Changed(written, removed)

    def _listed(self, rows: Rows, identities: list[str]) -> Iterable[Listed]:
        wanted = set(identities)
        remarks: dict[str, list[tuple[int, bytes]]] = {}
        every = len(wanted) > _SINGLY
        for identity, n, sealed in _of(rows, "SELECT response, n, sealed FROM remark", "response", wanted, every):
            remarks.setdefault(identity, []).append((n, bytes(sealed)))
        found = _of(rows, "SELECT id, version, state, keys, label FROM response", "id", wanted, every)
        for identity, version, state, keys, sealed in found:
            label: Label | None = None
            said: tuple[Remark, ...] = ()
            with contextlib.suppress(Unreadable, ValueError):
                key = self._key_of(identity, bytes(keys))
                opened = read_label(identity, bytes(version), bytes(sealed), key)
                if state == FINISHED and opened.finished is None:
                    raise Unreadable("It is said to be finished, and it is not.")
                label, said = opened, _remarks(identity, key, remarks.get(identity, []))
            yield Listed(identity, bytes(version), state == FINISHED, label, said)

    def _key_of(self, identity: str, keys: bytes) -> bytes:
        if identity not in self._keys:
            self._keys[identity] = self._open(for_staff(keys), place_of_key(identity))
        return self._keys[identity]

    # One response

    def read(self, identity: str) -> Record:
        """All that is kept of a response; that it was read is written down. Raises ``Unreadable``."""
        with self.store.database.writing() as rows:
            found = read_record(rows, identity, self._key(rows, identity))
            self.store.log(rows, Event.VIEWED, identity, self.name)
        return found

    def remark(self, identity: str, kind: remark.Kind, text: str = "") -> Remark:
        """Add something to a response, under the name of whoever unlocked."""
        added = Remark(kind, self.name, self.store.now(), text)
        with self.store.database.writing() as rows:
            key = self._key(rows, identity)
            found = one(rows, "SELECT MAX(n) FROM remark WHERE response = ?", (identity,))
            n = (found[0] or 0) + 1 if found else 1
            sealed = seal(remark.packed(added), key, _place(identity, n), padded_to=remark.PADDED_TO)
            rows.run("INSERT INTO remark (response, n, sealed) VALUES (?, ?, ?)", (identity, n, sealed))
            self.store.log(rows, Event.REMARKED, identity, self.name, hashlib.sha256(sealed).digest())
        return added

    def resume(self, identity: str) -> tuple[Kept, Record]:
        """Go on with an open response on this terminal. Raises ``ScreenerError`` for one that is finished."""
        with self.store.database.writing() as rows:
            key = self._key(rows, identity)
            found = one(rows, "SELECT version, state FROM response WHERE id = ?", (identity,))
            if found is None or found[1] != OPEN:
                raise ScreenerError(_("This response is finished. It can be read, and no longer changed."))
            self.store.log(rows, Event.RESUMED, identity, self.name)
            kept = Kept(self.store, identity, key, bytes(found[0]))
            opened = read_record(rows, identity, key)
        if self.store.place:
            kept.parked = park(self.store.place, identity, key)
        return kept, opened

    def _key(self, rows: Rows, identity: str) -> bytes:
        found = one(rows, "SELECT keys FROM response WHERE id = ?", (identity,))
        if found is None:
            raise LookupError(identity)
        return self._key_of(identity, bytes(found[0]))

    # The clinic

    def log(self, event: Event, response: str = "") -> None:
        """Write down what was done outside the store, e.g. an export."""
        with self.store.database.writing() as rows:
            self.store.log(rows, event, response, self.name)

    def admit(self, name: str, passphrase: str) -> None:
        """Let somebody in by a passphrase, or give them a new one. Raises ``ScreenerError`` for one too short."""
        door = new_door(name, passphrase, self._secret, self.store.cost)
        with self.store.database.writing() as rows:
            there = one(rows, "SELECT 1 FROM staff WHERE name = ?", (door.name,))
            put_staff(rows, door)
            self.store.log(rows, Event.STAFF_CHANGED if there else Event.STAFF_ADDED, door.name, self.name)

    def revoke(self, name: str) -> None:
        """Close the door of somebody. Raises ``ScreenerError`` for the last one, or an unknown name."""
        with self.store.database.writing() as rows:
            remove_staff(rows, name)
            self.store.log(rows, Event.STAFF_REVOKED, one_name(name), self.name)

    def check_audit(self) -> list[Row]:
        """Every row of the audit trail, once it holds and everything that it tells of is as it tells.

        Raises ``audit.Broken`` with the first fault.
        """
        with self.store.database.reading() as rows:
            checked = audit.check(rows, audit_start(rows, self._secret))
            compare(rows, checked)
        return checked


def unlock(store: Store, name: str, passphrase: str) -> Vault:
    """Open a store for a member of staff, and write down who it was; or that it was tried, and raise ``Refused``.

    Takes about half a second.
    """
    try:
        with store.database.reading() as rows:
            secret = secret_of_staff(rows, name, passphrase)
    except Refused:
        with store.database.writing() as rows:
            store.log(rows, Event.REFUSED)
        raise
    if store.clinic and public_of(secret) != store.clinic.public:
        raise ScreenerError(
            _(
                "Somebody exchanged the clinic's key in this store, so that others could read new answers. Stop using "
                "it, and restore a backup."
            )
        )
    vault = Vault(store, one_name(name), secret)
    vault.log(Event.UNLOCKED)
    return vault


_SINGLY = 500


def _of(rows: Rows, select: str, column: str, wanted: set[str], every: bool) -> list[tuple[Any, ...]]:
    """Rows of some responses: one by one while they are few, all at once where they are many."""
    if every:
        return [row for row in rows.all(select) if row[0] in wanted]
    return [row for identity in wanted for row in rows.all(f"{select} WHERE {column} = ?", (identity,))]


def _remarks(identity: str, key: bytes, sealed: list[tuple[int, bytes]]) -> tuple[Remark, ...]:
    return tuple(remark.unpacked(unseal(content, key, _place(identity, n))) for n, content in sorted(sealed))


def _place(identity: str, n: int) -> bytes:
    return f"screener/1|remark|{identity}|{n}".encode()
