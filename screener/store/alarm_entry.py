"""What a locked console may still know of an urgent response: its terminal and since when, and nothing else.

The key of the alarms follows from the clinic's secret key, and does not lead back to it. A console that was unlocked
keeps it after the lock; it opens alarms and nothing else. Every response of a clinic has one row, written anew at each
save and always of one size, so that nobody without the key can tell which of them are urgent.
"""

from __future__ import annotations

import datetime
import hmac
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from screener.store.crypto import Unreadable, public_key_of, seal_to
from screener.store.database import Rows, one
from screener.store.decoding import as_bytes, decoding, is_moment
from screener.store.list_entry import ListEntry

KEY_NAME = "alarm public key"
PADDED_TO = 512
_LONGEST_TERMINAL = 60
AlarmKind = Literal["urgent", "emergency", "unreadable"]
"""``emergency``: the person is at an emergency page; ``unreadable``: somebody else than a terminal wrote the row."""


@dataclass(frozen=True)
class AlarmEntry:
    """An urgent answer that nobody has seen to. ``since`` is in UTC."""

    kind: AlarmKind
    terminal: str
    since: datetime.datetime | None


UNREADABLE = AlarmEntry("unreadable", "", None)


def alarm_of(entry: ListEntry, acknowledged: Iterable[str]) -> AlarmEntry | None:
    """Return the alarm of a response, ``None`` once somebody has seen to each of its urgent rules."""
    if set(entry.urgent) <= set(acknowledged):
        return None
    kind: AlarmKind = "emergency" if entry.emergency_since else "urgent"
    return AlarmEntry(kind, entry.terminal or "", entry.waiting_since)


def alarm_to_json(alarm: AlarmEntry) -> list[Any]:
    """Return an alarm as values of JSON."""
    return [alarm.kind, alarm.terminal, alarm.since and alarm.since.isoformat()]


def alarm_from_json(values: list[Any]) -> AlarmEntry:
    """Return the alarm of which these are the values."""
    kind, terminal, since = values
    return AlarmEntry(kind, terminal, since and datetime.datetime.fromisoformat(since))


# The key


def alarm_key_of(secret: bytes) -> bytes:
    """Return the secret key that opens the alarms of the clinic with this secret key."""
    return hmac.digest(secret, b"screener/1|alarm key", "sha256")


def ensure_alarm_key(rows: Rows, secret: bytes) -> bool:
    """Let terminals seal alarms for the clinic; return whether somebody had put another key there."""
    public = public_key_of(alarm_key_of(secret))
    present = _public_key(rows)
    if present is None:
        rows.run("INSERT INTO meta (name, value) VALUES (?, ?)", (KEY_NAME, public))
    elif present != public:
        rows.run("UPDATE meta SET value = ? WHERE name = ?", (public, KEY_NAME))
        return True
    return False


def _public_key(rows: Rows) -> bytes | None:
    row = one(rows, "SELECT value FROM meta WHERE name = ?", (KEY_NAME,))
    return (row[0] if isinstance(row[0], bytes) else b"") if row else None


# The rows


def put_alarm(rows: Rows, response: str, alarm: AlarmEntry | None) -> None:
    """Write the row of a response in the transaction that changes it.

    Where there is no key yet, or one that seals nothing, the answers are saved all the same; unlocking puts that right.
    """
    public = _public_key(rows)
    if public is None:
        return
    try:
        sealed = seal_to(public, _pack(alarm), _associated_data(response))
    except ValueError:
        return
    rows.run(
        "INSERT INTO alarm (response, sealed) VALUES (?, ?)"
        " ON CONFLICT (response) DO UPDATE SET sealed = excluded.sealed",
        (response, sealed),
    )


def read_alarms(
    rows: Rows, responses: Iterable[str], unseal: Callable[[bytes, bytes], bytes]
) -> dict[str, AlarmEntry | None]:
    """Return the alarms of these responses, ``None`` for those that are not urgent.

    Those that have no row are left out; those whose row does not open are urgent, for somebody meddled with them.
    """
    alarms: dict[str, AlarmEntry | None] = {}
    for response in responses:
        row = one(rows, "SELECT sealed FROM alarm WHERE response = ?", (response,))
        if row is not None:
            try:
                with decoding():
                    alarms[response] = _unpack(unseal(as_bytes(row[0]), _associated_data(response)))
            except Unreadable:
                alarms[response] = UNREADABLE
    return alarms


def _pack(alarm: AlarmEntry | None) -> bytes:
    if alarm is None:
        return b" " * PADDED_TO
    values = asdict(alarm) | {"terminal": alarm.terminal[:_LONGEST_TERMINAL]}
    written = json.dumps(values, default=datetime.datetime.isoformat, ensure_ascii=False)
    return written.encode("utf-8", "surrogatepass").ljust(PADDED_TO)


def _unpack(content: bytes) -> AlarmEntry | None:
    """Raise ``ValueError`` where it is none: a terminal that was tampered with can seal anything."""
    if not content.strip():
        return None
    try:
        values = json.loads(content.decode("utf-8", "surrogatepass"))
        alarm = AlarmEntry(**{**values, "since": datetime.datetime.fromisoformat(values["since"])})
    except (AttributeError, KeyError, RecursionError):
        raise ValueError("not an alarm") from None
    valid = alarm.kind in get_args(AlarmKind) and isinstance(alarm.terminal, str)
    if not valid or not is_moment(alarm.since):
        raise ValueError("not an alarm")
    return alarm


def _associated_data(response: str) -> bytes:
    return f"screener/1|alarm|{response}".encode()
