"""While one terminal writes all others wait: nothing long is read in a transaction that writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from screener.store.database import Rows
from screener.store.rotation import rotate_key
from screener.store.sealing_anew import seal_anew
from tests.store.conftest import Backend
from tests.store.making import a_clinic, a_record, a_store, unlocked


class _CountedRows:
    """The rows of a transaction, with the most rows of the audit trail that one query returned."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self.most = 0

    def all(self, statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        rows = self._rows.all(statement, parameters)
        if "FROM audit" in statement:
            self.most = max(self.most, len(rows))
        return rows

    def __getattr__(self, name: str) -> Any:
        return getattr(self._rows, name)


class _Watched:
    """A database of which it is noted what is read in transactions that write."""

    def __init__(self, database: Any) -> None:
        self._database = database
        self.most = 0

    @contextmanager
    def writing(self, *, long: bool = False) -> Iterator[_CountedRows]:
        with self._database.writing(long=long) as rows:
            counted = _CountedRows(rows)
            yield counted
            self.most = max(self.most, counted.most)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._database, name)


def test_a_rotation_reads_the_audit_trail_before_it_writes(backend: Backend) -> None:
    """The trail of a hundred thousand responses takes longer to read than any terminal waits to save an answer."""
    store, _ = a_clinic(backend.connect())
    for number in range(40):
        store.begin(a_record(number))
    watched = _Watched(backend.connect())
    rotated = rotate_key(unlocked(a_store(watched)))  # type: ignore[arg-type]
    assert seal_anew(rotated) == 0
    with watched.reading() as rows:
        assert len(rows.all("SELECT n FROM audit")) > 40
    assert watched.most < 20
