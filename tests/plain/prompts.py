"""A person at the prompts: text goes in, text comes out."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from screener.content.compiled import Content
from screener.plain.talk import EndOfInput, Talk
from screener.plain.walk import Walk
from screener.response import AbsentReason, Entry
from screener.sitting import Sitting

NOON = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
REFERENCE = "K7QP-3MXD"
FOLDER = Path("/home/person")


class Talked(NamedTuple):
    """How it went. ``code`` is ``None`` where the input ended before the questionnaire did."""

    code: int | None
    told: str
    printed: str
    sitting: Sitting

    @property
    def entries(self) -> dict[str, Entry]:
        return dict(self.sitting.interview.standing.entries)

    @property
    def asked(self) -> str | None:
        """The id of the question that the interview is at."""
        current = self.sitting.interview.current
        return current.id if current else None


def sitting(content: Content, folder: Path = FOLDER) -> Sitting:
    return Sitting(content, folder, face="plain", now=lambda: NOON, reference=REFERENCE)


def talk(content: Content, lines: Sequence[str], at: Sitting | None = None, folder: Path = FOLDER) -> Talked:
    """Type these lines, each with Enter, and then nothing more."""
    told, printed = io.StringIO(), io.StringIO()
    at = at or sitting(content, folder)
    walk = Walk(Talk(io.StringIO("".join(f"{line}\n" for line in lines)), told, printed), at)
    try:
        code = walk.run()
    except EndOfInput:
        code = None
    return Talked(code, told.getvalue(), printed.getvalue(), at)


def talk_from(content: Content, question: str | None, *lines: str, **entries: Entry) -> Talked:
    """Type these lines at a question, all before it answered as given or declined; ``None``: at the check."""
    at = sitting(content)
    interview = at.interview
    while interview.current and interview.current.id != question:
        interview.record(interview.current.id, entries.get(interview.current.id, AbsentReason.DECLINED))
        for rule in interview.interruptions:
            interview.acknowledge(rule.id, NOON, by="Jo")
        interview.next()
    return talk(content, lines, at)
