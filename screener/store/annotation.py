"""Annotations of staff on a response: read, urgent answer acknowledged, a note, a name."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from screener.store.crypto import seal, unseal
from screener.store.database import Rows, one
from screener.store.decoding import MOST_BYTES, as_bytes, decoding, is_moment, small_json
from screener.summary.taken_back import Closing

AnnotationKind = Literal["acknowledged", "read", "note", "name", "linked", "unlinked"]
"""``acknowledged``: somebody saw to the alarms named in the text; ``name``: how they call the response now.

``linked``: it is of the person whose id the text begins with, as ``link.py`` says; ``unlinked``: it is not.
"""
PADDED_TO = 512
BLOCK = 0
"""The number of the one row that holds all annotations since format 2; format 1 had a row for each, from 1 on.

Every response has such a row from its first answer on, so that nobody without the key can tell who has a note.
"""
_BLOCK_PADDED_TO = 4096


@dataclass(frozen=True)
class Annotation:
    kind: AnnotationKind
    by: str
    at: datetime.datetime
    text: str = ""


def latest(annotations: Iterable[Annotation], kind: AnnotationKind) -> Annotation | None:
    """Return the last annotation of a kind."""
    return next((annotation for annotation in reversed([*annotations]) if annotation.kind == kind), None)


def acknowledged_rules(annotations: Iterable[Annotation]) -> frozenset[str]:
    """Return the ids of the alarms that somebody has seen to."""
    return frozenset(closings(annotations))


def closings(annotations: Iterable[Annotation]) -> dict[str, Closing]:
    """Return who saw to each alarm first, and when, by the id of the alarm."""
    closed: dict[str, Closing] = {}
    for each in annotations:
        if each.kind == "acknowledged":
            for alarm in each.text.split():
                closed.setdefault(alarm, Closing(each.by, each.at))
    return closed


def mark_of(sealed: object) -> int:
    """Return a number for a sealed annotation that is another one whenever it is sealed anew."""
    return 1 + (int.from_bytes(sealed[:8]) if isinstance(sealed, bytes) else 0)


def read_annotations(rows: Rows, response: str, key: bytes) -> tuple[Annotation, ...]:
    """Return what staff added to a response, oldest first. Raise ``Unreadable`` for a forged one."""
    return unseal_annotations(response, key, rows.all("SELECT n, sealed FROM remark WHERE response = ?", (response,)))


def unseal_annotations(response: str, key: bytes, sealed: Iterable[tuple[int, bytes]]) -> tuple[Annotation, ...]:
    """Return annotations by their sealed rows, oldest first."""
    by_number = dict(sealed)
    contents = {n: unseal(as_bytes(by_number[n]), key, associated_data(response, n)) for n in by_number}
    single = tuple(unpack(contents[n]) for n in sorted(contents) if n != BLOCK)
    return single + _unpack_block(contents.get(BLOCK, b"[]"))


def seal_block(response: str, key: bytes, annotations: Iterable[Annotation]) -> bytes:
    """Seal all annotations of a response since format 2, in steps of one size."""
    content = b"[" + b",".join(map(pack, annotations)) + b"]"
    return seal(content, key, associated_data(response, BLOCK), padded_to=_BLOCK_PADDED_TO)


def put_block(rows: Rows, response: str, sealed: bytes) -> None:
    rows.run(
        "INSERT INTO remark (response, n, sealed) VALUES (?, ?, ?)"
        " ON CONFLICT (response, n) DO UPDATE SET sealed = excluded.sealed",
        (response, BLOCK, sealed),
    )


def put_single(rows: Rows, response: str, key: bytes, annotation: Annotation) -> bytes:
    """Add an annotation as format 1 has them, with a row of its own; return its hash for the audit trail."""
    row = one(rows, "SELECT MAX(n) FROM remark WHERE response = ?", (response,))
    n = (row[0] or 0) + 1 if row else 1
    sealed = seal(pack(annotation), key, associated_data(response, n), padded_to=PADDED_TO)
    rows.run("INSERT INTO remark (response, n, sealed) VALUES (?, ?, ?)", (response, n, sealed))
    return hashlib.sha256(sealed).digest()


def read_block(rows: Rows, response: str, key: bytes) -> tuple[Annotation, ...]:
    """Return the annotations since format 2, oldest first. Raise ``Unreadable`` for forged ones."""
    row = one(rows, "SELECT sealed FROM remark WHERE response = ? AND n = ?", (response, BLOCK))
    return unseal_annotations(response, key, [(BLOCK, row[0])] if row else [])


def _unpack_block(content: bytes) -> tuple[Annotation, ...]:
    with decoding():
        if len(content) > MOST_BYTES:
            raise ValueError("too large")
        return tuple(map(_from_json, json.loads(content)))


def associated_data(response: str, n: int) -> bytes:
    return f"screener/1|remark|{response}|{n}".encode()


def pack(annotation: Annotation) -> bytes:
    written = json.dumps(asdict(annotation), default=datetime.datetime.isoformat, ensure_ascii=False)
    return written.encode("utf-8", "surrogatepass")


def unpack(content: bytes) -> Annotation:
    """Return the annotation. Raise ``Unreadable`` if it is none: a manipulated terminal can seal anything."""
    with decoding():
        return _from_json(small_json(content))


def _from_json(values: Any) -> Annotation:
    with decoding():
        annotation = Annotation(**{**values, "at": datetime.datetime.fromisoformat(values["at"])})
        texts = isinstance(annotation.by, str) and isinstance(annotation.text, str)
        if annotation.kind not in get_args(AnnotationKind) or not texts or not is_moment(annotation.at):
            raise ValueError("not a remark")
    return annotation
