"""The circumstances in which a response was given, printed in its summary."""

from __future__ import annotations

import datetime
import secrets
from dataclasses import dataclass
from typing import Literal

Mode = Literal["screen", "plain", "file"]
"""How the answers came in: the terminal screens, plain prompts, or a file."""

_LETTERS = "23456789BCDFGHJKLMNPQRSTVWXZ"


@dataclass(frozen=True)
class SessionMetadata:
    """One sitting. ``reference`` is random and says nothing about the person; times are aware of their zone."""

    reference: str
    mode: Mode
    started: datetime.datetime | None = None
    finished: datetime.datetime | None = None
    name: str | None = None
    """How staff call the response; only in the clinician's copy."""
    entered_by: tuple[str | None, ...] = (None,)
    """Who entered answers: members of staff by name, ``None`` for the person."""
    audit: str | None = None
    """The head of the audit trail when this was exported, where there is one."""
    region: str | None = None
    """The region of the clinic, whose crisis lines are shown where the person chose none."""
    terminal: str | None = None
    """What the clinic calls the terminal at which it was answered."""


def new_reference() -> str:
    """A reference such as ``K7QP-3MXD``: without vowels, so that it spells nothing, and without lookalikes."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"
