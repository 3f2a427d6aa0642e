"""What the list of responses shows of one: small enough that ten thousand are read at once."""

from __future__ import annotations

import datetime
import json
from dataclasses import asdict, dataclass

from screener.store.record import Record

PADDED_TO = 1024
"""Bytes. No label shows by its length whether anything in it is urgent."""


@dataclass(frozen=True)
class Label:
    """Times are in UTC."""

    reference: str
    questionnaire: str
    name: str | None
    started: datetime.datetime
    saved: datetime.datetime
    finished: datetime.datetime | None
    urgent: tuple[str, ...]
    """The urgent rules that are raised."""


def label_of(record: Record, saved: datetime.datetime) -> Label:
    return Label(
        record.reference,
        record.questionnaire,
        record.name,
        record.started,
        saved,
        record.finished,
        record.urgent,
    )


def packed(label: Label) -> bytes:
    written = json.dumps(asdict(label), default=datetime.datetime.isoformat, ensure_ascii=False, separators=(",", ":"))
    return written.encode("utf-8", "surrogatepass")


def unpacked(content: bytes) -> Label:
    values = json.loads(content)
    for moment in ("started", "saved", "finished"):
        values[moment] = values[moment] and datetime.datetime.fromisoformat(values[moment])
    return Label(**{**values, "urgent": tuple(values["urgent"])})
