"""Everything back from the store or a backup (a file of SQLite), with nothing but the recovery key on paper.

For the day on which there is no passphrase and no screener any more. It needs Python 3.11 or later and the package
"cryptography", and no other file of this program:

    python3 -I recover.py responses.db > answers.jsonl

It asks for the 14 groups of the key, and prints one line of JSON for each response (its id, whether it was finished,
all that was answered and when in "history", what staff noted, the id of the person it is linked to) and for each person
whom the clinic expects (with appointments: id, questionnaire, day, time, who entered it when). What it prints
is not sealed any more: keep it where only those read it who may. The questions are ZIP archives in the table "content".

Take the files beside the store along, above all responses.db-wal: recent answers may be in it alone. A file that
SQLite cannot read any more is read page by page, and a line on stderr names whatever could not be read. It ends with 0
where everything was read, with 1 where something was not, and with 3 where responses.db-wal is missing.

How a response is sealed: "keys" holds its key twice, 80 bytes each: for the clinic, then for the paper (HPKE of
RFC 9180 with X25519, HKDF-SHA256 and AES-256-GCM; the info names its row). Everything else is AES-256-GCM: 12 bytes of
nonce, then the sealed text, whose associated data name its row; inside are 4 bytes of length, the text, and zeros. Keys
of people and of tickets follow from the clinic's secret keys (HMAC-SHA256), which are sealed to the paper in "meta".
"""

import base64
import contextlib
import getpass
import hashlib
import hmac
import json
import os
import pathlib
import re
import sqlite3
import stat
import struct
import sys
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

ResponseRow = tuple[int, int, bytes, bytes, bytes]  # State, day, version, keys and snapshot.
COLUMNS = ("name", "reference", "year_of_birth", "contact", "appointments")
_is_id = re.compile(rb"[0-9a-f]{32}").fullmatch


class Tables(NamedTuple):
    responses: dict[bytes, ResponseRow]
    notes: dict[bytes, list[tuple[int, bytes]]]
    people: dict[bytes, tuple[int, bytes]]
    meta: dict[bytes, bytes]
    ids: set[bytes]


class RecoveryKeys:
    def __init__(self, paper: X25519PrivateKey, meta: dict[bytes, bytes]) -> None:
        self.paper = paper
        self.secrets: list[bytes] = []  # The clinic's: the one of now, and those before it.
        with contextlib.suppress(Exception):  # Format 1 has none.
            self.secrets = [self.with_paper(meta[b"clinic key for recovery"], b"clinic key for recovery")]
            before = self.with_clinic(meta[b"clinic keys before"], b"screener/2|keys before", b"clinic keys before")
            self.secrets += map(bytes.fromhex, json.loads(before))

    def with_paper(self, sealed: bytes, associated_data: bytes) -> bytes:
        suite = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
        return suite.decrypt(sealed, self.paper, associated_data)

    def with_clinic(self, sealed: bytes, purpose: bytes, associated_data: bytes) -> bytes:
        for secret in self.secrets[:-1]:
            with contextlib.suppress(Exception):
                return _unseal(sealed, associated_data, hmac.digest(secret, purpose, "sha256"))
        return _unseal(sealed, associated_data, hmac.digest(self.secrets[-1], purpose, "sha256"))


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        sys.exit("Name one file: python3 -I recover.py responses.db > answers.jsonl")
    path = pathlib.Path(arguments[0])
    with contextlib.suppress(OSError, AttributeError):
        if stat.S_ISREG(os.fstat(1).st_mode):
            os.fchmod(1, 0o600)  # Nobody else reads the file that the answers go to.
    tables, complete = _read(path)
    keys = RecoveryKeys(_typed_key(), tables.meta)
    missing = tables.ids - set(tables.responses) - set(tables.people)
    lost = [(id, " cannot be read: its part of the file is damaged.") for id in sorted(missing)]
    for id, response in sorted(tables.responses.items(), key=lambda item: (item[1][1], item[0])):
        try:
            line, unreadable = _opened(id, response, tables.notes.get(id, []), keys)
        except Exception as error:  # One that was changed must not keep the others.
            lost.append((id, f" cannot be opened ({type(error).__name__})."))
        else:
            print(line)
            lost += [(id, f" has {unreadable} notes that cannot be opened.")] if unreadable else []
    for id, (day, sealed) in sorted(tables.people.items()):
        try:
            content = keys.with_clinic(sealed, b"screener/2|people", b"screener/2|person|%s|%d" % (id, day))
            print(json.dumps({"person": id.decode(), **dict(zip(COLUMNS, json.loads(content), strict=True))}))
        except Exception as error:
            lost.append((id, f", a person, cannot be opened ({type(error).__name__})."))
    sys.stdout.flush()
    sys.stderr.writelines(id.decode("ascii", "backslashreplace") + reason + "\n" for id, reason in lost)
    if not complete:
        message = f"{path}-wal is not there. If {path.name} is a copy, copy that file too and start again: recent "
        message += "answers may be in it alone. If no program used the store when it was copied, nothing is missing."
        print(message, file=sys.stderr)
    return 1 if lost else 0 if complete else 3


def _typed_key() -> X25519PrivateKey:
    typed = getpass.getpass("Recovery key: ") if sys.stdin.isatty() else sys.stdin.readline()
    letters = "".join(typed.split()).replace("-", "").upper().translate(str.maketrans("018", "OIB"))
    decoded = b""
    with contextlib.suppress(ValueError):
        decoded = base64.b32decode(letters)
    if decoded[32:] != hashlib.sha256(b"screener paper key" + decoded[:32]).digest()[:3]:
        sys.exit("This is not the key on the paper: a letter is wrong or missing.")
    return X25519PrivateKey.from_private_bytes(decoded[:32])


def _unseal(sealed: bytes, associated_data: bytes, key: bytes) -> bytes:
    framed = AESGCM(key).decrypt(sealed[:12], sealed[12:], associated_data)
    return framed[4 : 4 + int.from_bytes(framed[:4])]


def _opened(id: bytes, row: ResponseRow, annotations: list[tuple[int, bytes]], keys: RecoveryKeys) -> tuple[str, int]:
    """Return a response as a line of JSON, and the number of notes that cannot be opened."""
    state, _day, version, sealed_keys, snapshot = row
    key = keys.with_paper(sealed_keys[80:], b"screener/1|key|" + id)
    answers = json.loads(zlib.decompress(_unseal(snapshot, b"screener/1|snapshot|" + id + b"|" + version, key)))
    notes, unreadable, person = [], 0, None
    for n, sealed in sorted(annotations):
        try:
            note = json.loads(_unseal(sealed, b"screener/1|remark|%s|%d" % (id, n), key))
            notes += note if isinstance(note, list) else [note]  # Since format 2 one row holds all of them.
        except Exception:
            unreadable += 1
    with contextlib.suppress(Exception):  # Without a ticket, or with one that staff did not make.
        ticket = bytes.fromhex(answers["ticket"])
        person = keys.with_clinic(ticket, b"screener/2|ticket", b"screener/2|ticket")[:16].hex()
    for note in notes:
        if note["kind"] in ("linked", "unlinked"):
            person = note["text"].split(" ")[0] if note["kind"] == "linked" else None
    line = {"id": id.decode(), "finished": state == 1, "answers": answers, "notes": notes, "person": person}
    return json.dumps(line), unreadable


def _read(path: pathlib.Path) -> tuple[Tables, bool]:
    """Return what the file holds, and whether the log is there."""
    log = path.with_name(path.name + "-wal")
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        sys.exit(f"{path} cannot be read: {error.strerror}. Check its name and who may read it.")
    if len(header) < 100:
        sys.exit(f"{path} is not a store and no backup of one: it is too short. Choose another file.")
    # Since version 0.2 a store that is closed in order says in its header that no log belongs to it.
    complete = header[18:20] != b"\x02\x02" or header[60:64] == bytes(4) or log.exists()
    try:
        return _with_sqlite(path), complete
    except sqlite3.Error as error:
        reason = str(error)
    try:
        tables = _from_pages(_pages(path, log))
    except OSError as error:
        sys.exit(f"{error.filename} cannot be read: {error.strerror}. Check who may read it.")
    if not tables.responses and not tables.ids:
        sys.exit(f"{path} is not a store and no backup of one ({reason}). Choose another file.")
    print(f"{path} is read page by page, because SQLite cannot read it here ({reason}).", file=sys.stderr)
    return tables, complete


def _with_sqlite(path: pathlib.Path) -> Tables:
    database = sqlite3.connect(path.absolute().as_uri() + "?mode=ro", uri=True)
    database.text_factory = bytes
    tables = Tables({}, {}, {}, {}, set())
    for id, *row in database.execute("SELECT id, state, day, version, keys, snapshot FROM response"):
        tables.responses[id] = tuple(row)
    for id, n, sealed in database.execute("SELECT response, n, sealed FROM remark"):
        tables.notes.setdefault(id, []).append((n, sealed))
    tables.meta.update(database.execute("SELECT name, value FROM meta"))
    if database.execute("SELECT 1 FROM sqlite_master WHERE name = 'person'").fetchone():
        tables.people.update((id, (day, sealed)) for id, day, sealed in database.execute("SELECT * FROM person"))
    return tables


# The same without SQLite, by https://www.sqlite.org/fileformat2.html: every leaf page that can be read.


def _pages(path: pathlib.Path, log: pathlib.Path) -> dict[int, bytes]:
    """Return the pages of the file by number, with those of the log that were written in full."""
    content = path.read_bytes()
    size = int.from_bytes(content[16:18])
    size = 65536 if size == 1 else size if size >= 512 and not size & (size - 1) else 4096
    pages = {n + 1: content[n * size : (n + 1) * size] for n in range((len(content) + size - 1) // size)}
    logged = log.read_bytes() if log.exists() else b""
    if len(logged) < 32 or int.from_bytes(logged[8:12]) != size:
        return pages
    order = ">" if logged[:4] == b"\x37\x7f\x06\x83" else "<"
    if logged[24:32] != (sums := _sums(logged[:24], order)):
        return pages
    waiting: dict[int, bytes] = {}
    for at in range(32, len(logged) - size - 23, 24 + size):
        frame, page = logged[at : at + 24], logged[at + 24 : at + 24 + size]
        sums = _sums(page, order, _sums(frame[:8], order, sums))
        if frame[8:16] != logged[16:24] or frame[16:24] != sums:
            break
        waiting[int.from_bytes(frame[:4])] = page
        if int.from_bytes(frame[4:8]):  # The last page of a transaction.
            pages.update(waiting)
            waiting.clear()
    return pages


def _sums(part: bytes, order: str, sums: bytes = bytes(8)) -> bytes:
    sum_1, sum_2 = struct.unpack(">2I", sums)
    for first, second in struct.iter_unpack(f"{order}2I", part):
        sum_1 = (sum_1 + first + sum_2) & 0xFFFFFFFF
        sum_2 = (sum_2 + second + sum_1) & 0xFFFFFFFF
    return struct.pack(">2I", sum_1, sum_2)


def _from_pages(pages: dict[int, bytes]) -> Tables:
    tables = Tables({}, {}, {}, {}, set())
    for number, page in pages.items():
        for record in _records(pages, page, 100 if number == 1 else 0):
            match record:
                case [bytes(id), int(day), int(state), bytes(n), bytes(keys), bytes(), bytes(snapshot)] if _is_id(id):
                    tables.responses[id] = (state, day, n, keys, snapshot)
                case [bytes(id), int(day), bytes(sealed)] if (
                    _is_id(id) and day > 9999
                ):  # No response has so many notes.
                    tables.people[id] = (day, sealed)
                case [bytes(id), int(n), bytes(sealed)] if _is_id(id):
                    tables.notes.setdefault(id, []).append((n, sealed))
                case [bytes(id), int()] if _is_id(id):
                    tables.ids.add(id)
                case [bytes(name), bytes(value)] if name.startswith(b"clinic key"):
                    tables.meta[name] = value
    return tables


def _records(pages: dict[int, bytes], page: bytes, start: int) -> Iterator[list[object]]:
    """Yield the rows of a leaf page, of a table (13) or an index (10), each as a list; leave out what is damaged."""
    kind = page[start] if len(page) > start + 8 else 0
    for n in range(int.from_bytes(page[start + 3 : start + 5]) if kind in (10, 13) else 0):
        at = int.from_bytes(page[start + 8 + 2 * n : start + 10 + 2 * n])
        with contextlib.suppress(IndexError, ValueError, KeyError):
            length, at = _number(page, at)
            if kind == 13:
                _rowid, at = _number(page, at)
            yield _columns(_payload(pages, page, at, length, len(page), kind))


def _payload(pages: dict[int, bytes], page: bytes, at: int, length: int, size: int, kind: int) -> bytes:
    """Return a row, with the pages onto which it flows over."""
    most = size - 35 if kind == 13 else (size - 12) * 64 // 255 - 23
    if length <= most:
        return page[at : at + length]
    least = (size - 12) * 32 // 255 - 23
    local_length = last if (last := least + (length - least) % (size - 4)) <= most else least
    parts, following = [page[at : at + local_length]], int.from_bytes(page[at + local_length : at + local_length + 4])
    while following and len(parts) <= len(pages):
        parts.append(pages[following][4:])
        following = int.from_bytes(pages[following][:4])
    return b"".join(parts)[:length]


def _columns(row: bytes) -> list[object]:
    """Return the values of a row: numbers, and text and bytes both as bytes."""
    end, at = _number(row, 0)
    kinds = []
    while at < end:
        kind, at = _number(row, at)
        kinds.append(kind)
    values: list[object] = []
    for kind in kinds:
        length = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)[kind] if kind < 10 else (kind - 12) // 2
        part = row[at : at + length]
        if len(part) != length:
            raise ValueError("cut off")
        at += length
        values.append(part if kind >= 12 else kind - 8 if kind in (8, 9) else int.from_bytes(part, signed=True))
    return values


def _number(part: bytes, at: int) -> tuple[int, int]:
    """Return a number of one to nine bytes, and where it ends."""
    number = 0
    for used in range(8):
        number = number << 7 | part[at + used] & 0x7F
        if part[at + used] < 0x80:
            return number, at + used + 1
    return number << 8 | part[at + 8], at + 9


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
