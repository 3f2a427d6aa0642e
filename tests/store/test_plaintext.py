"""Nothing about a person lies on a disk in the clear: not while somebody answers, after a crash, or after a purge."""

from __future__ import annotations

import json
import shutil
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from subprocess import Popen

import pytest

from screener.store import record
from screener.store.database import Rows
from screener.store.list_entry import list_entry_of
from screener.store.list_entry import pack as packed_label
from screener.store.recovery_key import parse_recovery_key
from screener.store.response_row import remove
from tests.store.conftest import Backend
from tests.store.disk import OnDisk
from tests.store.making import PASSPHRASE, SECRETS, START, a_clinic, a_record, a_secret_record, a_store
from tests.store.programs import started


def test_nothing_is_found_on_the_disk_while_open_killed_closed_or_purged(
    backend: Backend, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over all bytes of everything that the program or the database writes anywhere, also where it is compressed."""
    begun = _now(home)
    store, paper = a_clinic(backend.connect())
    keys = {"the recovery key": parse_recovery_key(paper), "the passphrase": PASSPHRASE.encode()}

    def look(when: str) -> None:
        in_store = _contents(backend.folder, since=begun)
        assert _holds(in_store, b"North Clinic"), "the search itself finds nothing"
        assert found([*_contents(home), *in_store]) == [], when
        assert [name for name, key in keys.items() if _holds(in_store, key)] == [], when

    with started("lives", backend.location) as terminal:
        begun_response = json.loads(_step(terminal, "begin"))
        keys["the key of the response"] = bytes.fromhex(begun_response["key"])
        keys["the return code"] = begun_response["code"].encode()
        _step(terminal, "save")
        look("while open")
        terminal.kill()
    look("after a kill")
    with started("lives", backend.location) as terminal:
        keys["the key of the other response"] = bytes.fromhex(json.loads(_step(terminal, "begin"))["key"])
        for step in ("save", "finish"):
            _step(terminal, step)
        look("when finished")
        _step(terminal, "close")
        look("when closed")
    with store.database.writing() as rows:
        sealed = [*_sealed(rows)]
        for (identity,) in rows.all("SELECT id FROM response"):
            remove(rows, identity)
    assert store.database.shrink()
    look("after a purge")
    if backend.is_file:  # A server keeps a log of its own of what it did, which is its administrators' to remove.
        assert not [content for content in sealed if _holds(_contents(backend.folder), content)]


def test_what_was_removed_is_gone_from_the_file_also_where_sqlite_would_keep_it(sqlite: Backend) -> None:
    """Builds of SQLite differ in whether they overwrite what is deleted."""
    database = OnDisk(sqlite.location)
    store = a_store(database)
    responses = [store.begin(a_record(answers)) for answers in range(12)]
    with database.reading() as rows:
        sealed = {str(identity): bytes(content) for identity, content in rows.all("SELECT id, snapshot FROM response")}
    for open_response in responses[::2]:
        open_response.discard()
    assert database.shrink()
    for number, open_response in enumerate(responses):
        # Pages of a database are not the rows in one piece: a part from the middle of one is looked for.
        assert _holds(_contents(sqlite.folder), sealed[open_response.id][5000:5200]) == bool(number % 2)


def test_a_personal_store_keeps_nothing_once_the_person_is_done(backend: Backend, place: Path) -> None:
    store = a_store(backend.connect(), place)
    open_response = store.begin(a_secret_record())
    open_response.return_code()
    with store.database.reading() as rows:
        sealed = [content for content in _sealed(rows) if content]
    if backend.is_file:
        assert all(_holds(_contents(backend.folder), content) for content in sealed)
    open_response.discard()
    assert list(place.iterdir()) == []
    if backend.is_file:
        assert not [content for content in sealed if _holds(_contents(backend.folder), content)]
    with store.database.reading() as rows:
        assert [*_sealed(rows)] == []


def test_the_search_finds_what_is_not_sealed(tmp_path: Path) -> None:
    """Written as it is, or compressed as it is before it is sealed."""
    response = a_secret_record()
    for content in (record.pack(response), b"\0" * 5000 + record.pack(response)[:-6]):
        (tmp_path / "file").write_bytes(content)
        assert set(found(_contents(tmp_path))) == set(SECRETS)
    (tmp_path / "file").write_bytes(packed_label(list_entry_of(response, START)))
    assert found(_contents(tmp_path)) == [SECRETS[0]]


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where a terminal that is started puts whatever it puts anywhere."""
    home = Path(tempfile.mkdtemp(prefix="screener-home-"))
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(home))
    for name in ("TMPDIR", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(home))
    yield home
    shutil.rmtree(home)


def _step(terminal: Popen[str], step: str) -> str:
    assert terminal.stdin
    assert terminal.stdout
    terminal.stdin.write(f"{step}\n")
    terminal.stdin.flush()
    line = terminal.stdout.readline()
    assert line, "the terminal ended"
    return line


def _sealed(rows: Rows) -> Iterator[bytes]:
    """A part of everything that is sealed, small enough to lie on one page of a database."""
    for statement in (
        "SELECT keys, label, snapshot FROM response",
        "SELECT sealed FROM remark",
        "SELECT sealed FROM alarm",
        "SELECT sealed FROM return_code",
    ):
        for row in rows.all(statement):
            yield from (bytes(content)[-60:] for content in row)


def found(contents: Iterable[bytes]) -> list[str]:
    """The secrets that can be read in any file, as they are or compressed."""
    readable = [part for content in contents for part in (content, *_decompressed(content))]
    return [secret for secret in SECRETS if any(secret.encode() in part for part in readable)]


def _holds(contents: Iterable[bytes], part: bytes) -> bool:
    return any(part in content for content in contents)


def _decompressed(content: bytes) -> Iterator[bytes]:
    """Whatever was compressed in it, as far as it is whole."""
    start = content.find(b"\x78\x9c")
    while start >= 0:
        stream, text = zlib.decompressobj(), b""
        with suppress(zlib.error):
            for at in range(start, start + 20_000, 64):
                text += stream.decompress(content[at : at + 64])
        yield text
        start = content.find(b"\x78\x9c", start + 1)


def _contents(folder: Path, since: int = 0) -> list[bytes]:
    """The bytes of every file that was written since; a server may remove one of its own meanwhile."""
    contents = []
    for path in folder.rglob("*"):
        with suppress(OSError):
            if path.stat().st_mtime_ns >= since:
                contents.append(path.read_bytes())
    return contents


def _now(folder: Path) -> int:
    """The time as the file system has it."""
    (folder / "now").touch()
    return (folder / "now").stat().st_mtime_ns
