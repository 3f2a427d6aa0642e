"""The lines of the list of staff, read from the rows of the store and opened with the clinic's keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from screener.store.annotation import Annotation, mark_of, unseal_annotations
from screener.store.appointment_code import OpenedTicket
from screener.store.crypto import Unreadable
from screener.store.database import Rows, rows_of
from screener.store.decoding import as_bytes, decoding
from screener.store.list_entry import ListEntry
from screener.store.response_list import ResponseListItem
from screener.store.response_row import COMPLETED, read_list_entry, version_of

_SINGLY = 500
"""Responses up to which their rows are read with a query each."""


def states_of(rows: Rows) -> dict[str, tuple[bytes, int]]:
    """Return the version of each response with the sum of its notes: another one after each change of the list."""
    sums: Counter[str] = Counter()
    for response, nonce in rows.all("SELECT response, substr(sealed, 1, 8) FROM remark"):
        sums[response] += mark_of(nonce)
    return {
        identity: (version_of(version), sums[identity])
        for identity, version in rows.all("SELECT id, version FROM response")
        if isinstance(identity, str)
    }


def listed_items(
    rows: Rows,
    identities: set[str],
    response_key: Callable[[str, bytes], bytes],
    open_ticket: Callable[[str | None], OpenedTicket | None],
    marks: Mapping[str, int] | None,
) -> Iterator[ResponseListItem]:
    """Yield the lines of these responses; one that cannot be read has no entry.

    ``marks`` sums the notes of each response in the whole table: a damaged index must not hide one.
    """
    annotations: dict[str, list[tuple[int, Any]]] = {}
    every = len(identities) > _SINGLY
    for identity, n, sealed in rows_of(rows, "SELECT response, n, sealed FROM remark", "response", identities, every):
        annotations.setdefault(identity, []).append((n, sealed))
    select = "SELECT id, version, state, keys, label FROM response"
    for identity, version, state, keys, sealed in rows_of(rows, select, "id", identities, every):
        entry: ListEntry | None = None
        readable: tuple[Annotation, ...] = ()
        ticket: OpenedTicket | None = None
        with suppress(Unreadable), decoding():
            key = response_key(identity, as_bytes(keys))
            opened = read_list_entry(identity, as_bytes(version), as_bytes(sealed), key)
            if state == COMPLETED and opened.finished is None:
                raise Unreadable("It is said to be finished, and it is not.")
            notes = annotations.get(identity, [])
            if marks is not None and sum(mark_of(sealed_note) for _n, sealed_note in notes) != marks[identity]:
                raise Unreadable("Not all of its notes are found.")
            entry, readable = opened, unseal_annotations(identity, key, notes)
            ticket = open_ticket(opened.ticket)
        yield ResponseListItem(identity, version_of(version), state == COMPLETED, entry, readable, ticket)
