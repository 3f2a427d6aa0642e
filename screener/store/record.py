"""The stored response: who, when, every answer with the earlier ones, and the page where the person was."""

from __future__ import annotations

import datetime
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from screener.engine.interview_parts import Acknowledgement, Position
from screener.model.question_types import from_json, to_json
from screener.model.response import AbsentReason, Entry
from screener.store.decoding import decoding, decompressed, is_moment
from screener.store.history import HistoryEntry
from screener.summary.metadata import Mode, ResponseName

_FORMAT = 1


@dataclass(frozen=True)
class StoredResponse:
    """One response with all that belongs to it."""

    reference: str
    questionnaire: str
    content: str
    """The hash of the questionnaire and rules it was answered under."""
    language: str
    mode: Mode
    started: datetime.datetime
    finished: datetime.datetime | None = None
    name: str | None = None
    """The name that staff gave it, if any."""
    region: str | None = None
    """The region of the clinic, whose crisis lines are shown where the person chose none."""
    history: tuple[HistoryEntry, ...] = ()
    """Every answer in the order in which they were given; a later one replaces the earlier to the same question."""
    acknowledgements: tuple[Acknowledgement, ...] = ()
    position: Position = field(default_factory=lambda: Position(None))
    urgent: tuple[str, ...] = ()
    """The alarms that stand (``RuleAlarm.id``), so that staff see them without evaluating anything."""
    taken_back: tuple[str, ...] = ()
    """Those of them that the answers no longer raise."""
    terminal: str | None = None
    """Where the person was when it was last saved, in a clinic."""
    urgent_since: datetime.datetime | None = None
    """When the last of the urgent rules was raised; ``None`` also in what 0.1.0 wrote."""
    emergency_since: datetime.datetime | None = None
    """Since when the person is at an emergency page; ``None`` while they are at none."""
    ticket: str | None = None
    """Whose appointment it is, sealed for the staff; ``None`` for a response without the code of one."""
    carried_from: ResponseName | None = None
    """The previous response of the person, where answers of it were shown to be confirmed."""
    handed_over: Mapping[str, Entry] = field(default_factory=dict)
    """The answers of that response which staff handed over with it; none once this one is finished."""
    form_due: datetime.date | None = None
    """The last day for a form of the clinic that is not recorded as sent; ``None`` where there is none."""

    @property
    def entries(self) -> Mapping[str, Entry]:
        """The current answers, by question."""
        return {past.question: past.entry for past in self.history}


def pack(record: StoredResponse) -> bytes:
    """Return the response as compressed JSON. A lone surrogate, as a terminal may send it, is stored unchanged."""
    written = json.dumps(_as_json(record), ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(written.encode("utf-8", "surrogatepass"))


def unpack(content: bytes) -> StoredResponse:
    """Return the response. Raise ``Unreadable`` for what is none, or of a format that this version does not know."""
    with decoding():
        response = _from_json(json.loads(decompressed(content)))
        moments = (response.started, *(past.at for past in response.history))
        optional = (response.finished, response.urgent_since, response.emergency_since)
        if not all(map(is_moment, (*moments, *(moment for moment in optional if moment is not None)))):
            raise ValueError("no time of this world")
    return response


def _from_json(values: Any) -> StoredResponse:
    if values["format"] != _FORMAT:
        raise ValueError(f"a record of format {values['format']}")
    started = datetime.datetime.fromisoformat(values["started"])
    where, carried_over, before = values["position"], values.get("carried_over", ()), values.get("carried_from")
    reasons = dict(values.get("reasons", ()))
    return StoredResponse(
        reference=values["reference"],
        questionnaire=values["questionnaire"],
        content=values["content"],
        language=values["language"],
        mode=values["face"],
        started=started,
        finished=_moment(values["finished"]),
        name=values["name"],
        region=values.get("region"),
        history=tuple(
            HistoryEntry(
                question,
                entry_from_json(entry),
                _after(started, seconds),
                by,
                number in carried_over,
                reasons.get(number),
            )
            for number, (question, entry, seconds, by) in enumerate(values["history"])
        ),
        acknowledgements=tuple(
            Acknowledgement(
                rule,
                _after(started, seconds),
                by,
                was_shown=number not in values.get("unshown", ()),
                checked=number in values.get("checked", ()),
            )
            for number, (rule, seconds, by) in enumerate(values["acknowledgements"])
        ),
        position=Position(where[0], where[1], where[2], frozenset(where[3])),
        urgent=tuple(values["urgent"]),
        taken_back=tuple(values.get("taken_back", ())),
        terminal=values.get("terminal"),
        urgent_since=_moment(values.get("urgent_since")),
        emergency_since=_moment(values.get("emergency_since")),
        ticket=values.get("ticket"),
        carried_from=_response_name(before) if before else None,
        handed_over={name: entry_from_json(entry) for name, entry in values.get("handed_over", {}).items()},
        form_due=datetime.date.fromisoformat(values["form_due"]) if values.get("form_due") else None,
    )


def _response_name(written: Any) -> ResponseName:
    reference, day = written
    if not isinstance(reference, str):
        raise TypeError("not a reference")
    return ResponseName(reference, datetime.date.fromisoformat(day))


def _as_json(record: StoredResponse) -> dict[str, Any]:
    def since(moment: datetime.datetime) -> float:
        return (moment - record.started).total_seconds()

    position = record.position
    carried_over = [number for number, each in enumerate(record.history) if each.carried_over]
    before = record.carried_from
    handed_over = {name: entry_to_json(entry) for name, entry in record.handed_over.items()}
    reasons = [[number, past.reason] for number, past in enumerate(record.history) if past.reason]
    unshown = [number for number, each in enumerate(record.acknowledgements) if not each.was_shown]
    checked = [number for number, each in enumerate(record.acknowledgements) if each.checked]
    return {
        "format": _FORMAT,
        "reference": record.reference,
        "questionnaire": record.questionnaire,
        "content": record.content,
        "language": record.language,
        "face": record.mode,
        "started": record.started.isoformat(),
        "finished": _written(record.finished),
        "name": record.name,
        "region": record.region,
        "history": [[g.question, entry_to_json(g.entry), since(g.at), g.by] for g in record.history],
        **({"reasons": reasons} if reasons else {}),
        "acknowledgements": [[a.rule, since(a.at), a.by] for a in record.acknowledgements],
        **({"unshown": unshown} if unshown else {}),
        **({"checked": checked} if checked else {}),
        "position": [position.question, position.reached, position.changing, sorted(position.acknowledged)],
        "urgent": list(record.urgent),
        "taken_back": list(record.taken_back),
        "terminal": record.terminal,
        "urgent_since": _written(record.urgent_since),
        "emergency_since": _written(record.emergency_since),
        **({"ticket": record.ticket} if record.ticket else {}),
        **({"carried_over": carried_over} if carried_over else {}),
        **({"carried_from": [before.reference, before.day.isoformat()]} if before else {}),
        **({"handed_over": handed_over} if handed_over else {}),
        **({"form_due": record.form_due.isoformat()} if record.form_due else {}),
    }


def entry_to_json(entry: Entry) -> Any:
    """Return an entry as JSON with its type."""
    return {"absent": str(entry)} if isinstance(entry, AbsentReason) else to_json(entry)


def entry_from_json(written: Any) -> Entry:
    """Return the entry that JSON holds."""
    match written:
        case {"absent": reason}:
            return AbsentReason(reason)
    return from_json(written)


def _after(start: datetime.datetime, seconds: float) -> datetime.datetime:
    return start + datetime.timedelta(seconds=seconds)


def _written(moment: datetime.datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(written: str | None) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(written) if written else None
