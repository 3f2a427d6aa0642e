"""The metadata of a response, printed in its summary."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from screener.model.response import Entry
from screener.values import dataclass

Mode = Literal["screen", "plain", "file"]
"""The mode of administration: screens, plain prompts, or a file."""

_LETTERS = "23456789BCDFGHJKLMNPQRSTVWXZ"


@dataclass(frozen=True)
class RecordedEntry:
    """One entry for a question: by whom (``None``: the person), when, and why it corrects the one before it."""

    entry: Entry
    by: str | None
    at: datetime.datetime
    reason: str | None = None


@dataclass(frozen=True)
class PersonReference:
    """The clinic's own reference of a person, and the year of birth, where it is known."""

    reference: str
    year_of_birth: int | None


@dataclass(frozen=True)
class ResponseName:
    """An earlier response of the same person: its reference, and the day on which it was begun."""

    reference: str
    day: datetime.date


@dataclass(frozen=True)
class SessionMetadata:
    """The metadata of one session. ``reference`` is random and reveals nothing about the person; times have a zone."""

    reference: str
    mode: Mode
    started: datetime.datetime | None = None
    finished: datetime.datetime | None = None
    name: str | None = None
    """The name that staff gave the response; only in the clinician's copy."""
    entered_by: tuple[str | None, ...] = (None,)
    """The people who entered answers: members of staff by name, ``None`` for the person."""
    audit: str | None = None
    """The head of the audit trail at the time of the export, if there is a trail."""
    region: str | None = None
    """The region of the clinic; its crisis lines are shown if the person chose no region."""
    terminal: str | None = None
    """The clinic's name for the terminal at which it was answered."""
    ticket: str | None = None
    """Whose appointment it is, sealed for the staff of the clinic; in no copy."""
    entered: Mapping[str, tuple[str | None, datetime.datetime]] = field(default_factory=dict)
    """By question: who entered its answer (``None``: the person), and when."""
    recorded: Mapping[str, tuple[RecordedEntry, ...]] = field(default_factory=dict)
    """By question: everything that was entered for it, oldest first; only copies of what staff record tell it."""
    carried_from: ResponseName | None = None
    """The previous response, where the person was shown answers of it, to confirm or change."""
    person: PersonReference | None = None
    """Whose response it is, where staff or a code linked it; only in the clinician's copy."""
    signed_by: str | None = None
    """Who signed the content for the clinic; ``None`` without a clinic."""
    days_kept: int | None = None
    """The days for which a return code opens the response at least; ``None`` if it is finished or cannot be opened."""


def new_reference() -> str:
    """Return a random reference such as ``K7QP-3MXD``, without vowels, so that it spells no word, or lookalikes."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"
