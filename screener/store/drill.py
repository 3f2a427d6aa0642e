"""Trying a key on everything that is kept, so that it is not found to be wrong on the day on which it is needed."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from screener.problem import ScreenerError
from screener.store.audit import Event
from screener.store.clinic import for_paper, place_of_key
from screener.store.sealing import Unreadable, opener, public_of
from screener.store.store import Store, read_record
from screener.store.vault import unlock

PAPER = "recovery key"
"""Who used the key on paper, in the audit trail."""


@dataclass(frozen=True)
class Drill:
    """How many responses there are, and how many of them stayed closed."""

    count: int
    closed: int


def with_paper(store: Store, paper: bytes) -> Drill:
    """Read every response with the secret key on paper. Raises ``ScreenerError`` where it is that of another clinic."""
    count = opened = 0
    if store.clinic is None or public_of(paper) != store.clinic.paper:
        raise ScreenerError("This is a recovery key, but not that of this clinic, or somebody exchanged it here.")
    opens = opener(paper)
    with store.database.reading() as rows:
        for identity, keys in rows.all("SELECT id, keys FROM response"):
            count += 1
            with contextlib.suppress(Unreadable, ValueError):
                read_record(rows, identity, opens(for_paper(bytes(keys)), place_of_key(identity)))
                opened += 1
    with store.database.writing() as rows:
        store.log(rows, Event.UNLOCKED, by=PAPER)
    return Drill(count, count - opened)


def with_passphrase(store: Store, name: str, passphrase: str) -> Drill:
    """Open every response with the key of a member of staff. Takes about half a second. Raises ``Refused``."""
    found = unlock(store, name, passphrase).responses()
    return Drill(len(found), sum(listed.label is None for listed in found))
