"""Stores, clinics and responses for tests, made quickly."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from screener.engine.interview_parts import Acknowledgement, Position
from screener.model.response import AbsentReason
from screener.store.clinic_setup import set_up_clinic
from screener.store.crypto import Cost
from screener.store.database import Database
from screener.store.history import HistoryEntry
from screener.store.outbox_rows import waiting_responses
from screener.store.record import StoredResponse
from screener.store.signature import Signer
from screener.store.staff_store import StaffStore
from screener.store.store import Store
from screener.store.terminal_identity import TerminalIdentity
from screener.store.unlock import unlock

QUICK = Cost(64, 1, 1)
"""What a guess costs in tests: next to nothing."""
STAFF, PASSPHRASE = "Alex", "four quiet grey geese"
START = datetime.datetime(2026, 1, 5, 9, tzinfo=datetime.UTC)


class Clock:
    """One second later every time it is looked at."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime.datetime:
        self.now += datetime.timedelta(seconds=1)
        return self.now


def a_store(database: Database, place: Path | None = None, terminal: str = "desk") -> Store:
    return Store(database, now=Clock(), key_folder=place, terminal=terminal, cost=QUICK, identity=an_identity(terminal))


def an_identity(terminal: str) -> TerminalIdentity:
    """The same key each time that a terminal of this name is made."""
    return TerminalIdentity(Signer(hashlib.sha256(terminal.encode()).digest()))


def a_clinic(database: Database, place: Path | None = None) -> tuple[Store, str]:
    """A store that belongs to a clinic, and the clinic's recovery key."""
    store = a_store(database, place)
    return store, set_up_clinic(store, "North Clinic", "england", 30, STAFF, PASSPHRASE)


def unlocked(store: Store) -> StaffStore:
    return unlock(store, STAFF, PASSPHRASE)


def a_record(answers: int = 3, **changes: Any) -> StoredResponse:
    """A response with so many answers; the first of them was not given, and the second changed afterwards."""
    record = StoredResponse("K7QP-3MXD", "before-a-flight", "0" * 64, "en-GB", "screen", START)
    return replace(record, history=tuple(map(_given, range(answers))), **changes)


def an_urgent_record(answers: int = 3, **changes: Any) -> StoredResponse:
    acknowledgement = Acknowledgement("in-danger", START + datetime.timedelta(minutes=1), "Alex")
    return a_record(
        answers,
        urgent=("in-danger",),
        acknowledgements=(acknowledgement,),
        position=Position("question_2", 2),
        **changes,
    )


def _given(number: int) -> HistoryEntry:
    entry = AbsentReason.DECLINED if number == 0 else number
    question = 1 if number == 2 else number
    return HistoryEntry(f"question_{question}", entry, START + datetime.timedelta(seconds=number))


SECRETS = ("Zebulon Quartermaine", "mauve elephants", "about_the_elephants", "4711.25", "1987-03-14")
"""A name, an answer in words, the id of a question, a number and a date: nothing of it may be found on a disk."""


def a_secret_record(answers: int = 3) -> StoredResponse:
    """A response in which all secrets are."""
    name, words, question, number, date = SECRETS
    first_answers = [
        HistoryEntry(question, words, START),
        HistoryEntry("weight", Decimal(number), START),
        HistoryEntry("born", datetime.date.fromisoformat(date), START),
    ]
    return replace(a_record(answers), name=name, history=(*first_answers, *a_record(answers).history))


def linked_person(staff_store: StaffStore, response: str) -> str:
    """Return the id of the person whom a response is linked to."""
    link = next(listed.link for listed in staff_store.responses() if listed.id == response)
    assert link
    return link.person


def is_empty(outbox: Database) -> bool:
    """Return whether the server has all that the outbox holds."""
    with outbox.reading() as rows:
        return not waiting_responses(rows)
