"""One response, opened: the content that it was given under, its interview, and its summaries as they were."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from screener.content.compiled import Content
from screener.content.translate import in_language_if_there
from screener.entry import shown
from screener.export.text import render
from screener.interview import Interview
from screener.problem import ScreenerError
from screener.store.pinned import hash_of, unpack
from screener.store.record import Given, Record, earlier
from screener.store.reopen import interview_of, session_of
from screener.store.vault import Vault
from screener.summary.document import Document
from screener.summary.parts import Copy
from screener.translation import _


@dataclass(frozen=True)
class Contents:
    """Where the content of a response is found: that in use, and the folder of those that were checked before."""

    current: Content
    kept: Path
    language: str | None = None
    """In which the clinic reads; ``None``: that in which the content was authored."""


@dataclass(frozen=True)
class Answered:
    """A question with the entry that holds now and those before it, oldest first."""

    label: str
    now: str
    given: Given
    before: tuple[tuple[str, Given], ...]
    counts: bool
    """Whether its question applies; an answer that is set aside does not count."""


@dataclass(frozen=True)
class Opened:
    """What staff read of one response."""

    id: str
    record: Record
    content: Content
    """In the language in which it was answered."""
    for_clinic: Content
    """The same in the language of the clinic."""
    interview: Interview

    def summary(self, copy: Copy, *, head: str | None = None, name: str | None = None) -> Document:
        """The copy as it was on the day. ``name`` is how staff call it now, ``head`` that of the audit trail."""
        from screener.summary.build import clinician_summary, patient_summary

        session = session_of(self.record, head)
        session = replace(session, name=name or session.name)
        if copy == "clinician":
            return clinician_summary(self.for_clinic, self.interview, session)
        return patient_summary(self.content, self.interview, session)

    def answers(self) -> Iterator[tuple[str, list[Answered]]]:
        """Everything that was answered, by section, in the order of the questionnaire."""
        last = {given.question: given for given in self.record.history}
        for section in self.for_clinic.questionnaire.sections:
            answered = [self._answered(last[question.id]) for question in section.questions if question.id in last]
            if answered:
                yield section.title, answered

    def _answered(self, given: Given) -> Answered:
        question = self.for_clinic.questionnaire.question[given.question]
        before = tuple((shown(question, each.entry), each) for each in earlier(self.record.history, given.question))
        counts = self.interview.standing.applies(given.question) is not False
        return Answered(question.label, shown(question, given.entry), given, before, counts)


@dataclass(frozen=True)
class Taken:
    """What was read from the store of one response; ``packed`` is its content where that is not the one in use."""

    id: str
    record: Record
    packed: bytes | None


def take(vault: Vault, identity: str, current: Content) -> Taken:
    """Read a response, which is written down. Raises ``ScreenerError`` where it cannot be read."""
    try:
        record = vault.read(identity)
    except (LookupError, ValueError, TypeError, AttributeError, zlib.error):
        raise ScreenerError(_("This response cannot be read: it was removed, or is not one of this program.")) from None
    packed = None if record.content == hash_of(current) else vault.store.content(record.content)
    return Taken(identity, record, packed)


def open_under(taken: Taken, contents: Contents) -> Opened:
    """Open a response under the content that it was given under. Takes a second where that content is an old one.

    Raises ``ScreenerError`` where that content cannot be read, is another one, or does not fit the response.
    """
    record, content = taken.record, contents.current
    if taken.packed is not None:
        content = unpack(taken.packed, record.questionnaire, record.content, contents.kept)
    try:
        answered_in = in_language_if_there(content, record.language)
        for_clinic = in_language_if_there(content, contents.language) if contents.language else content
        response = Opened(taken.id, record, answered_in, for_clinic, interview_of(answered_in, record))
        # A terminal that somebody tampered with can seal anything: what cannot be shown must not get as far as a page.
        render(response.summary("clinician"))
        render(response.summary("patient"))
        list(response.answers())
    except (LookupError, ValueError, TypeError, AttributeError, OverflowError):
        raise ScreenerError(_("This response does not fit the questions that it was given under.")) from None
    return response
