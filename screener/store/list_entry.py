"""The part of a response that the list shows: so small that ten thousand are read at once."""

from __future__ import annotations

import datetime
import json
from dataclasses import asdict, dataclass

from screener.store.record import StoredResponse

PADDED_TO = 1024
"""Bytes. No label shows by its length whether anything in it is urgent."""


@dataclass(frozen=True)
class ListEntry:
    """Times are in UTC."""

    reference: str
    questionnaire: str
    name: str | None
    started: datetime.datetime
    saved: datetime.datetime
    finished: datetime.datetime | None
    urgent: tuple[str, ...]
    """The urgent rules that are raised."""


def list_entry_of(record: StoredResponse, saved: datetime.datetime) -> ListEntry:
    return ListEntry(
        record.reference,
        record.questionnaire,
        record.name,
        record.started,
        saved,
        record.finished,
        record.urgent,
    )


def pack(label: ListEntry) -> bytes:
    written = json.dumps(asdict(label), default=datetime.datetime.isoformat, ensure_ascii=False, separators=(",", ":"))
    return written.encode("utf-8", "surrogatepass")


def unpack(content: bytes) -> ListEntry:
    """Return the list entry. Raise ``ValueError`` if it is none: a manipulated terminal can seal anything."""
    values = json.loads(content)
    try:
        for moment in ("started", "saved", "finished"):
            values[moment] = values[moment] and datetime.datetime.fromisoformat(values[moment])
        label = ListEntry(**{**values, "urgent": tuple(values["urgent"])})
    except (AttributeError, KeyError, TypeError):
        raise ValueError("not a label") from None
    texts = (label.reference, label.questionnaire, label.name or "", *label.urgent)
    moments = (label.started, label.saved, label.finished or label.saved)
    if not all(isinstance(text, str) for text in texts) or not all(map(_is_moment, moments)):
        raise ValueError("not a label")
    return label


def _is_moment(value: object) -> bool:
    return isinstance(value, datetime.datetime) and value.tzinfo is not None
