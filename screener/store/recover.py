"""Everything back from the store or a backup (a file of SQLite), with nothing but the recovery key on paper.

For the day on which there is no passphrase and no screener any more. It needs Python 3.11 or later and the package
"cryptography", and no other file of this program:

    python3 -I recover.py responses.db > answers.jsonl

It asks for the 14 groups of the key, and prints each response as one line of JSON: its id, whether it was finished,
all that was answered and when ("history"), and what staff noted. What it prints is not sealed any more, so keep it
where only those can read it who may. The questions, as they were asked, are ZIP archives in the table "content".

Take the files beside the store along, above all responses.db-wal: recent answers may be in it alone. A file that
SQLite cannot read any more is read page by page, and a line on stderr names each response that could not be read.
It ends with 0 where everything was read, with 1 where something was not, and with 3 where responses.db-wal is missing.

How a response is sealed: "keys" holds its key twice, 80 bytes each: for the clinic, then for the paper (HPKE of
RFC 9180 with X25519, HKDF-SHA256 and AES-256-GCM, the place as info). Everything else is AES-256-GCM: 12 bytes of
nonce, then the sealed text, the place as associated data; inside are 4 bytes of length, the text, and zeros.
"""

import base64
import getpass
import hashlib
import json
import os
import pathlib
import sqlite3
import stat
import sys
import zlib
from collections.abc import Callable, Iterator
from typing import Literal

from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MISSING_LOG = 3
HEX = frozenset(b"0123456789abcdef")
Responses = dict[bytes, tuple[int, int, bytes, bytes, bytes]]
"""State, day, version, keys and snapshot of each response."""
Notes = dict[bytes, list[tuple[int, bytes]]]
Unseal = Callable[[bytes, bytes, bytes | None], bytes]


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        sys.exit("Name one file: python3 -I recover.py responses.db > answers.jsonl")
    path = pathlib.Path(arguments[0])
    _for_its_owner_only()
    responses, notes, complete, damage = _read(path)
    unseal = _unseal_with(_typed_key())
    lost = 0
    for id in sorted(set(responses) | damage, key=lambda id: (responses[id][1] if id in responses else 0, id)):
        if id not in responses:
            print(f"{id.decode()} cannot be read: its part of the file is damaged.", file=sys.stderr)
            lost = 1
            continue
        try:
            line, unreadable = _opened(id, responses[id], notes.get(id, []), unseal)
        except Exception as error:  # One that was changed must not keep the others.
            print(f"{_shown(id)} cannot be opened ({type(error).__name__}).", file=sys.stderr)
            lost = 1
        else:
            print(line)
            if unreadable:
                print(f"{_shown(id)} has {unreadable} notes that cannot be opened.", file=sys.stderr)
                lost = 1
    sys.stdout.flush()
    if not complete:
        print(
            f"{path}-wal is not there. If {path.name} is a copy, copy that file too and start again: recent answers "
            "may be in it alone. If no program used the store when it was copied, nothing is missing.",
            file=sys.stderr,
        )
    return lost or (0 if complete else MISSING_LOG)


def _typed_key() -> X25519PrivateKey:
    typed = getpass.getpass("Recovery key: ") if sys.stdin.isatty() else sys.stdin.readline()
    letters = "".join(typed.split()).replace("-", "").upper().translate(str.maketrans("018", "OIB"))
    try:
        decoded = base64.b32decode(letters)
    except ValueError:
        decoded = b""
    if decoded[32:] != hashlib.sha256(b"screener paper key" + decoded[:32]).digest()[:3]:
        sys.exit("This is not the key on the paper: a letter is wrong or missing.")
    return X25519PrivateKey.from_private_bytes(decoded[:32])


def _unseal_with(paper: X25519PrivateKey) -> Unseal:
    suite = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)

    def unseal(sealed: bytes, place: bytes, key: bytes | None) -> bytes:
        """Open with a response's key; without one, open that key itself with the paper."""
        if key is None:
            return suite.decrypt(sealed, paper, b"screener/1|" + place)
        framed = AESGCM(key).decrypt(sealed[:12], sealed[12:], b"screener/1|" + place)
        return framed[4 : 4 + int.from_bytes(framed[:4])]

    return unseal


def _opened(
    id: bytes, row: tuple[int, int, bytes, bytes, bytes], annotations: list[tuple[int, bytes]], unseal: Unseal
) -> tuple[str, int]:
    """Return a response as a line of JSON, and the number of notes that cannot be opened."""
    state, _day, version, keys, snapshot = row
    key = unseal(keys[80:], b"key|" + id, None)
    answers = json.loads(zlib.decompress(unseal(snapshot, b"snapshot|" + id + b"|" + version, key)))
    notes, unreadable = [], 0
    for n, sealed in sorted(annotations):
        try:
            note = json.loads(unseal(sealed, b"remark|%s|%d" % (id, n), key))
            notes += note if isinstance(note, list) else [note]  # Since format 2 one row holds all of them.
        except Exception:
            unreadable += 1
    line = {"id": id.decode(), "finished": state == 1, "answers": answers, "notes": notes}
    return json.dumps(line), unreadable


def _shown(id: bytes) -> str:
    return id.decode("ascii", "backslashreplace")


def _for_its_owner_only() -> None:
    """Let nobody else read the file that the answers go to."""
    os.umask(0o077)
    try:
        if stat.S_ISREG(os.fstat(1).st_mode):
            os.fchmod(1, 0o600)
    except (OSError, AttributeError):
        pass


def _read(path: pathlib.Path) -> tuple[Responses, Notes, bool, set[bytes]]:
    """Return responses, notes, whether the log is there, and the ids of the responses that cannot be read."""
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
        responses, notes = _with_sqlite(path)
        return responses, notes, complete, set()
    except sqlite3.Error as error:
        reason = str(error)
    try:
        pages = _pages(path, log)
    except OSError as error:
        sys.exit(f"{error.filename} cannot be read: {error.strerror}. Check who may read it.")
    responses, notes, ids = _from_pages(pages)
    if not responses and not ids:
        sys.exit(f"{path} is not a store and no backup of one ({reason}). Choose another file.")
    print(f"{path} is read page by page, because SQLite cannot read it here ({reason}).", file=sys.stderr)
    return responses, notes, complete, ids


def _with_sqlite(path: pathlib.Path) -> tuple[Responses, Notes]:
    database = sqlite3.connect(path.absolute().as_uri() + "?mode=ro", uri=True)
    database.text_factory = bytes
    responses: Responses = {}
    notes: Notes = {}
    for id, *row in database.execute("SELECT id, state, day, version, keys, snapshot FROM response"):
        responses[id] = tuple(row)
    for id, n, sealed in database.execute("SELECT response, n, sealed FROM remark"):
        notes.setdefault(id, []).append((n, sealed))
    return responses, notes


# The same without SQLite, by https://www.sqlite.org/fileformat2.html: every leaf page that can be read.


def _pages(path: pathlib.Path, log: pathlib.Path) -> dict[int, bytes]:
    """Return the pages of the file by number, with those of the log that were written in full."""
    content = path.read_bytes()
    size = int.from_bytes(content[16:18])
    size = 65536 if size == 1 else size if size >= 512 and not size & (size - 1) else 4096
    pages = {n + 1: content[n * size : (n + 1) * size] for n in range((len(content) + size - 1) // size)}
    logged = log.read_bytes() if log.exists() else b""
    order: Literal["big", "little"] = "big" if logged[:4] == b"\x37\x7f\x06\x83" else "little"
    sums = _sums(logged[:24], order)
    if len(logged) < 32 or int.from_bytes(logged[8:12]) != size or logged[24:32] != _packed(sums):
        return pages
    waiting: dict[int, bytes] = {}
    for at in range(32, len(logged) - size - 23, 24 + size):
        frame, page = logged[at : at + 24], logged[at + 24 : at + 24 + size]
        sums = _sums(page, order, _sums(frame[:8], order, sums))
        if frame[8:16] != logged[16:24] or frame[16:24] != _packed(sums):
            break
        waiting[int.from_bytes(frame[:4])] = page
        if int.from_bytes(frame[4:8]):  # The last page of a transaction.
            pages.update(waiting)
            waiting.clear()
    return pages


def _sums(part: bytes, order: Literal["big", "little"], sums: tuple[int, int] = (0, 0)) -> tuple[int, int]:
    one, two = sums
    for at in range(0, len(part) - 7, 8):
        one = (one + int.from_bytes(part[at : at + 4], order) + two) & 0xFFFFFFFF
        two = (two + int.from_bytes(part[at + 4 : at + 8], order) + one) & 0xFFFFFFFF
    return one, two


def _packed(sums: tuple[int, int]) -> bytes:
    return b"".join(number.to_bytes(4) for number in sums)


def _from_pages(pages: dict[int, bytes]) -> tuple[Responses, Notes, set[bytes]]:
    """Return responses, notes and all ids of responses that are named anywhere."""
    responses: Responses = {}
    notes: Notes = {}
    ids: set[bytes] = set()
    for number, page in pages.items():
        for record in _records(pages, page, 100 if number == 1 else 0):
            match record:
                case [bytes(id), int(day), int(state), bytes(version), bytes(keys), bytes(), bytes(snapshot)] if _is_id(
                    id
                ):
                    responses[id] = (state, day, version, keys, snapshot)
                case [bytes(id), int(n), bytes(sealed)] if _is_id(id):
                    notes.setdefault(id, []).append((n, sealed))
                case [bytes(id), int()] if _is_id(id):
                    ids.add(id)
    return responses, notes, ids


def _is_id(id: bytes) -> bool:
    return len(id) == 32 and HEX.issuperset(id)


def _records(pages: dict[int, bytes], page: bytes, start: int) -> Iterator[list[object]]:
    """Yield the rows of a leaf page, of a table (13) or an index (10), each as a list; leave out what is damaged."""
    kind = page[start] if len(page) > start + 8 else 0
    if kind not in (10, 13):
        return
    for n in range(int.from_bytes(page[start + 3 : start + 5])):
        at = int.from_bytes(page[start + 8 + 2 * n : start + 10 + 2 * n])
        try:
            length, at = _number(page, at)
            if kind == 13:
                _rowid, at = _number(page, at)
            yield _columns(_payload(pages, page, at, length, len(page), kind))
        except (IndexError, ValueError, KeyError):
            continue


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
    for used in range(9):
        byte = part[at + used]
        if used == 8:
            return number << 8 | byte, at + 9
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, at + used + 1
    raise ValueError("no number")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
