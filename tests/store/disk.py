"""A disk in memory that loses its power, or runs full, at any chosen write: a file system for SQLite.

Everything that was written but not synced may be lost. At the cut, each such write survives or does not, whole or with
any of its sectors missing, as on a real disk, which writes in what order it likes.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from typing import Any

import apsw

from screener.store.database import NotSaved, create_tables
from screener.store.sqlite import PRAGMAS

SECTOR = 512
CHANCE = 0.5
"""Of a write that was not synced, and of each sector of a torn one, to reach the disk all the same."""
WEAKEST = (("synchronous", 0), ("secure_delete", 0), ("temp_store", 1), ("trusted_schema", 1), ("busy_timeout", 0))
"""What a build of SQLite may come with where nobody asks for anything; it is set first."""
_NUMBERS = count()


class PowerCut(Exception):
    """The machine went off."""


class File:
    """``stored`` would be read after a cut at once; ``now`` is what programs see until then."""

    def __init__(self, content: bytes = b"", *, is_stored: bool) -> None:
        self.stored = content if is_stored else None
        self.now = bytearray(content)
        self.queue: list[tuple[int, bytes | None]] = []

    def write(self, content: bytes, offset: int) -> None:
        self.queue.append((offset, content))
        _write(self.now, content, offset)

    def truncate(self, size: int) -> None:
        self.queue.append((size, None))
        _truncate(self.now, size)

    def sync(self) -> None:
        self.stored = bytes(self.now)
        self.queue.clear()

    def after_a_cut(self, chance: random.Random) -> bytes | None:
        """What is found when the machine is on again; ``None`` where the file itself is gone."""
        if self.stored is None and chance.random() < CHANCE:
            return None
        surviving = bytearray(self.stored or b"")
        for offset, content in self.queue:
            if chance.random() >= CHANCE:
                continue
            if content is None:
                _truncate(surviving, offset)
                continue
            torn = chance.random() < CHANCE
            for start in range(0, len(content), SECTOR):
                if not torn or chance.random() < CHANCE:
                    _write(surviving, content[start : start + SECTOR], offset + start)
        return bytes(surviving)


class Disk(apsw.VFS):
    """Its files, by name. ``cut_at`` is the number of the write, sync or removal before which the power goes."""

    def __init__(self, files: dict[str, bytes] | None = None) -> None:
        self.name = f"disk-{next(_NUMBERS)}"
        super().__init__(self.name, "")
        self.files = {name: File(content, is_stored=True) for name, content in (files or {}).items()}
        self.steps = 0
        self.cut_at: int | None = None
        self.refused: dict[str, int] = {}
        """From which write or sync on each is refused, counted from 1; what is not named never is."""
        self.chance = random.Random(0)
        self.survived: dict[str, bytes] | None = None

    def step(self, operation: str) -> None:
        self.steps += 1
        if self.steps == self.cut_at:
            surviving = {name: file.after_a_cut(self.chance) for name, file in self.files.items()}
            self.survived = {name: content for name, content in surviving.items() if content is not None}
            raise PowerCut
        if operation in self.refused:
            self.refused[operation] -= 1
            if self.refused[operation] < 0:
                raise apsw.FullError() if operation == "write" else apsw.IOError()

    def xOpen(self, name: Any, flags: list[int]) -> OpenFile:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name or f"temporary-{next(_NUMBERS)}"
        return OpenFile(self, self.files.setdefault(path, File(is_stored=False)))

    def xDelete(self, name: str, syncdir: bool) -> None:
        self.step("delete")
        self.files.pop(name, None)

    def xAccess(self, name: str, flags: int) -> bool:
        return name in self.files

    def xFullPathname(self, name: str) -> str:
        return name


class OpenFile:
    """What SQLite asks of a file that it opened. One process has the whole disk, so that locks mean nothing."""

    def __init__(self, disk: Disk, file: File) -> None:
        self._disk = disk
        self._file = file

    def xRead(self, amount: int, offset: int) -> bytes:
        return bytes(self._file.now[offset : offset + amount])

    def xWrite(self, content: bytes, offset: int) -> None:
        self._disk.step("write")
        self._file.write(bytes(content), offset)

    def xTruncate(self, size: int) -> None:
        self._disk.step("truncate")
        self._file.truncate(size)

    def xSync(self, flags: int) -> None:
        self._disk.step("sync")
        self._file.sync()

    def xFileSize(self) -> int:
        return len(self._file.now)

    def xSectorSize(self) -> int:
        return SECTOR

    def xDeviceCharacteristics(self) -> int:
        return int(apsw.SQLITE_IOCAP_POWERSAFE_OVERWRITE)

    def xFileControl(self, operation: int, pointer: int) -> bool:
        return False

    def xCheckReservedLock(self) -> bool:
        return False

    def xLock(self, level: int) -> None: ...

    def xUnlock(self, level: int) -> None: ...

    def xClose(self) -> None: ...


class OnDisk:
    """The product's tables, settings and transactions through another binding of SQLite, which takes such a disk."""

    def __init__(self, path: str, disk: Disk | None = None, settings: Sequence[tuple[str, object]] = PRAGMAS) -> None:
        self.connection = apsw.Connection(path, vfs=disk.name if disk else None)
        alone = [("locking_mode", "exclusive")] if disk else []  # There is no shared memory on such a disk.
        for name, setting in (*alone, *WEAKEST, *settings):
            self.connection.execute(f"PRAGMA {name}={setting}").fetchall()
        with self.writing() as rows:
            for statement in create_tables("BLOB"):
                rows.run(statement)

    @contextmanager
    def writing(self, *, long: bool = False) -> Iterator[OnDisk]:
        with self._transaction("BEGIN IMMEDIATE"):
            yield self

    @contextmanager
    def reading(self) -> Iterator[OnDisk]:
        with self._transaction("BEGIN"):
            yield self

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        try:
            self.connection.execute(begin)
            try:
                yield
            except BaseException:
                self._roll_back()
                raise
            self.connection.execute("COMMIT")
        except apsw.Error as error:
            self._roll_back()
            raise NotSaved(f"It could not be kept: {error}.") from None

    def _roll_back(self) -> None:
        with suppress(apsw.Error, PowerCut):
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")

    def run(self, statement: str, parameters: Sequence[Any] = ()) -> int:
        self.connection.execute(statement, parameters)
        return self.connection.changes()

    def all(self, statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self.connection.execute(statement, parameters).fetchall()

    def require_room(self) -> None:
        """This disk says itself when it is full."""

    def shrink(self) -> bool:
        return not self.all("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]

    def close(self) -> None:
        self.connection.close()


def _write(content: bytearray, part: bytes, offset: int) -> None:
    content.extend(bytes(max(0, offset - len(content))))
    content[offset : offset + len(part)] = part


def _truncate(content: bytearray, size: int) -> None:
    content.extend(bytes(max(0, size - len(content))))
    del content[size:]
