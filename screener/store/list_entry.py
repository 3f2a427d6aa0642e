"""The part of a response that the list shows: so small that ten thousand are read at once."""

from __future__ import annotations

import datetime
import json
from dataclasses import asdict, dataclass

from screener.store.decoding import decoding, is_moment, small_json
from screener.store.record import StoredResponse

PADDED_TO = 1024
"""Bytes. No list entry shows by its length whether anything in it is urgent."""


@dataclass(frozen=True)
class ListEntry:
    """The little that a list shows of one response. Times are in UTC."""

    reference: str
    questionnaire: str
    name: str | None
    started: datetime.datetime
    saved: datetime.datetime
    finished: datetime.datetime | None
    urgent: tuple[str, ...]
    """The alarms that stand."""
    terminal: str | None = None
    """Where the person was when it was last saved."""
    urgent_since: datetime.datetime | None = None
    """When the last of the urgent rules was raised."""
    emergency_since: datetime.datetime | None = None
    """Since when the person is at an emergency page; ``None`` while they are at none."""
    taken_back: tuple[str, ...] = ()
    """Those of the alarms that the answers no longer raise."""
    ticket: str | None = None
    """Whose appointment it is, sealed for the staff."""
    form_due: datetime.date | None = None
    """The last day for a form of the clinic that is not recorded as sent."""

    @property
    def waiting_since(self) -> datetime.datetime:
        """Return since when somebody waits for staff; what 0.1.0 wrote does not tell when it became urgent."""
        return self.urgent_since or self.finished or self.started


def list_entry_of(record: StoredResponse, saved: datetime.datetime) -> ListEntry:
    return ListEntry(
        record.reference,
        record.questionnaire,
        record.name,
        record.started,
        saved,
        record.finished,
        record.urgent,
        record.terminal,
        record.urgent_since,
        record.emergency_since,
        record.taken_back,
        record.ticket,
        record.form_due,
    )


def pack(entry: ListEntry) -> bytes:
    """Return the list entry as JSON; a day for a form only where there is one, as versions without it wrote it."""
    values = asdict(entry)
    if entry.form_due is None:
        del values["form_due"]
    written = json.dumps(values, default=_in_json, ensure_ascii=False, separators=(",", ":"))
    return written.encode("utf-8", "surrogatepass")


def _in_json(moment: datetime.date) -> str:
    return moment.isoformat()


def unpack(content: bytes) -> ListEntry:
    """Return the list entry; one of 0.1.0 has no terminal and does not say since when anything is urgent.

    Raise ``Unreadable`` if it is none: a manipulated terminal can seal anything.
    """
    with decoding():
        values = small_json(content)
        for moment in ("started", "saved", "finished"):
            values[moment] = values[moment] and datetime.datetime.fromisoformat(values[moment])
        for moment in ("urgent_since", "emergency_since"):
            values[moment] = values.get(moment) and datetime.datetime.fromisoformat(values[moment])
        due = values.get("form_due")
        values["form_due"] = datetime.date.fromisoformat(due) if due is not None else None
        alarms = {"urgent": tuple(values["urgent"]), "taken_back": tuple(values.get("taken_back", ()))}
        entry = ListEntry(**{**values, **alarms})
        texts = (entry.reference, entry.questionnaire, entry.name or "", entry.terminal or "", entry.ticket or "")
        alarm_ids = (*entry.urgent, *entry.taken_back)
        optional = (entry.finished, entry.urgent_since, entry.emergency_since)
        moments = (entry.started, entry.saved, *(moment for moment in optional if moment is not None))
        if not all(isinstance(text, str) for text in (*texts, *alarm_ids)) or not all(map(is_moment, moments)):
            raise ValueError("not a list entry")
    return entry
