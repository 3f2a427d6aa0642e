"""A person at the prompts: text goes in, text comes out."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from screener.content.compiled import Content
from screener.model.response import AbsentReason, Entry
from screener.plain.console import EndOfInput, LineConsole
from screener.plain.interview import PlainInterview
from screener.session.session import InterviewSession

NOON = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
REFERENCE = "K7QP-3MXD"
FOLDER = Path("/home/person")


class Talked(NamedTuple):
    """How it went. ``code`` is ``None`` where the input ended before the questionnaire did."""

    code: int | None
    told: str
    printed: str
    session: InterviewSession

    @property
    def entries(self) -> dict[str, Entry]:
        return dict(self.session.interview.state.entries)

    @property
    def asked(self) -> str | None:
        """The id of the question that the interview is at."""
        current = self.session.interview.current
        return current.id if current else None


def session(content: Content, folder: Path = FOLDER) -> InterviewSession:
    return InterviewSession(content, folder, mode="plain", now=lambda: NOON, reference=REFERENCE)


def console(
    content: Content, lines: Sequence[str], at: InterviewSession | None = None, folder: Path = FOLDER
) -> Talked:
    """Type these lines, each with Enter, and then nothing more."""
    told, printed = io.StringIO(), io.StringIO()
    at = at or session(content, folder)
    walk = PlainInterview(LineConsole(io.StringIO("".join(f"{line}\n" for line in lines)), told, printed), at)
    try:
        code = walk.run()
    except EndOfInput:
        code = None
    return Talked(code, told.getvalue(), printed.getvalue(), at)


def talk_from(content: Content, question: str | None, *lines: str, **entries: Entry) -> Talked:
    """Type these lines at a question, all before it answered as given or declined; ``None``: at the check."""
    at = session(content)
    interview = at.interview
    while interview.current and interview.current.id != question:
        interview.record(interview.current.id, entries.get(interview.current.id, AbsentReason.DECLINED))
        for rule in interview.interruptions:
            interview.acknowledge(rule.id, NOON, by="Jo")
        interview.next()
    return console(content, lines, at)
