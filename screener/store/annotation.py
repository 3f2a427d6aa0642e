"""Annotations of staff on a response: read, urgent answer acknowledged, a note, a name."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal, get_args

from screener.store.crypto import unseal
from screener.store.database import Rows
from screener.summary.taken_back import Closing

AnnotationKind = Literal["acknowledged", "read", "note", "name"]
"""``acknowledged``: somebody saw to the alarms named in the text; ``name``: how they call the response now."""
PADDED_TO = 512


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


def read_annotations(rows: Rows, response: str, key: bytes) -> tuple[Annotation, ...]:
    """Return what staff added to a response, oldest first. Raise ``Unreadable`` or ``ValueError`` for a forged one."""
    return unseal_annotations(response, key, rows.all("SELECT n, sealed FROM remark WHERE response = ?", (response,)))


def unseal_annotations(response: str, key: bytes, sealed: Iterable[tuple[int, bytes]]) -> tuple[Annotation, ...]:
    """Return annotations by their sealed rows, oldest first."""
    return tuple(unpack(unseal(bytes(content), key, associated_data(response, n))) for n, content in sorted(sealed))


def associated_data(response: str, n: int) -> bytes:
    return f"screener/1|remark|{response}|{n}".encode()


def pack(annotation: Annotation) -> bytes:
    written = json.dumps(asdict(annotation), default=datetime.datetime.isoformat, ensure_ascii=False)
    return written.encode("utf-8", "surrogatepass")


def unpack(content: bytes) -> Annotation:
    """Return the annotation. Raise ``ValueError`` if it is none: a manipulated terminal can seal anything."""
    values = json.loads(content)
    try:
        annotation = Annotation(**{**values, "at": datetime.datetime.fromisoformat(values["at"])})
    except (KeyError, TypeError):
        raise ValueError("not a remark") from None
    texts = isinstance(annotation.by, str) and isinstance(annotation.text, str)
    if annotation.kind not in get_args(AnnotationKind) or not texts or annotation.at.tzinfo is None:
        raise ValueError("not a remark")
    return annotation
