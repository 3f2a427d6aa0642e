"""A clinic for the tests: a real store in a file, staff, and people who answer on other terminals."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from screener.content.compiled import Content
from screener.engine.interview import Interview
from screener.engine.rules import Outcome
from screener.model.response import Entry
from screener.staff.copies import Destinations
from screener.staff.locked_watch import LockedWatch
from screener.staff.response import ReadingContext
from screener.staff.session import StaffSession
from screener.store.clinic_setup import set_up_clinic
from screener.store.content_archive import content_hash, pack
from screener.store.crypto import Cost
from screener.store.history import HistoryEntry
from screener.store.open_response import OpenResponse
from screener.store.record import StoredResponse
from screener.store.sqlite import SQLite
from screener.store.staff_store import StaffStore
from screener.store.store import Store
from screener.store.unlock import unlock
from tests.store.making import an_identity
from tests.strategies import flight

QUICK = Cost(64, 1, 1)
NOON = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
STAFF, PASSPHRASE = "Jo Field", "a long enough passphrase"
OTHER, OTHER_PASSPHRASE = "Kim Oak", "another long passphrase"
FLIGHT = Path(__file__).parents[1] / "fixtures"
CALM: Mapping[str, Entry] = {"departure": "north", "age": 43, "chest_pain": False}
URGENT: Mapping[str, Entry] = {"departure": "north", "chest_pain": True}
ACUTE: Mapping[str, Entry] = {"departure": "north", "chest_pain": True, "pain_now": True}


class Clock:
    """A time that only goes on when a test says so."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime.datetime:
        return self.at

    def go_on(self, **step: float) -> None:
        self.at += datetime.timedelta(**step)


@dataclass
class Clinic:
    """A store in a folder. Everything opens it anew, as terminals do."""

    folder: Path
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self.exports.mkdir(mode=0o700, exist_ok=True)
        store = self.store()
        if store.clinic is None:
            set_up_clinic(store, "Invented Clinic", "north", 365, STAFF, PASSPHRASE)
            unlock(store, STAFF, PASSPHRASE).admit(OTHER, OTHER_PASSPHRASE)
        store.database.close()

    @property
    def exports(self) -> Path:
        return self.folder / "exports"

    def store(self) -> Store:
        """Another terminal's connection."""
        return Store(
            SQLite(self.folder / "responses.db"),
            now=self.clock,
            terminal="front desk",
            cost=QUICK,
            identity=an_identity("front desk"),
        )

    def staff_store(self, name: str = OTHER, passphrase: str = OTHER_PASSPHRASE) -> StaffStore:
        """Another console, by default another person's."""
        return unlock(self.store(), name, passphrase)

    def staff_session(
        self, content: Content | None = None, printer: str | None = None, watch: LockedWatch | None = None
    ) -> StaffSession:
        contents = ReadingContext(content or flight(), self.folder / "contents")
        return StaffSession(self.store, contents, Destinations(self.exports, printer), self.clock, watch)

    def answers(
        self,
        reference: str,
        entries: Mapping[str, Entry],
        *,
        name: str | None = None,
        finished: bool = True,
        ticket: str | None = None,
    ) -> OpenResponse:
        """Somebody answers on another terminal, perhaps with the ticket of an appointment, and finishes or not."""
        record = replace(self.record(reference, entries, name=name), ticket=ticket)
        open_response = self.store().begin(record, pack(FLIGHT, "before-a-flight"))
        if finished:
            open_response.finish(replace(self.record(reference, entries, name=name, finished=True), ticket=ticket))
        return open_response

    def record(
        self, reference: str, entries: Mapping[str, Entry], *, name: str | None = None, finished: bool = False
    ) -> StoredResponse:
        """What a terminal keeps of these answers, in the order in which they are given."""
        content, now = flight(), self.clock()
        interview = Interview(content.form, content.rules, entries)
        outcomes = interview.assessment.outcomes
        urgent = tuple(each.rule.id for each in content.rules.urgent if outcomes[each.rule.id] is Outcome.RAISED)
        pages = [rule.interruption.page for rule in interview.interruptions if rule.interruption]
        return StoredResponse(
            reference=reference,
            questionnaire="before-a-flight",
            content=content_hash(content),
            language="en-GB",
            mode="screen",
            started=now,
            finished=now if finished else None,
            name=name,
            history=tuple(HistoryEntry(question, entry, now) for question, entry in entries.items()),
            position=interview.position,
            urgent=urgent,
            urgent_since=now if urgent else None,
            emergency_since=now if "emergency" in pages and not finished else None,
        )
