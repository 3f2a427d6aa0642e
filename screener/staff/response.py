"""One response, opened: the content that it was given under, its interview, and its summaries as they were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from screener.content.compiled import Content
from screener.content.translate import in_language_if_there
from screener.document.model import Document, DocumentKind
from screener.document.notice import Audience
from screener.document.text import render
from screener.engine.alarm_history import AlarmHistory
from screener.engine.interview import Interview
from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.model.answers import carried_over_words, format_answer
from screener.model.ruleset import Rule
from screener.store.annotation import Annotation, closings
from screener.store.base_store import NoContent
from screener.store.content_archive import content_hash, unpack
from screener.store.crypto import Unreadable
from screener.store.history import HistoryEntry, earlier
from screener.store.record import StoredResponse
from screener.store.staff_store import StaffStore
from screener.store.stored_interview import alarms_of, interview_of, metadata_of
from screener.summary.metadata import PersonReference


class NotReadable(ScreenerError):
    """This response cannot be read, whoever tries; the sentence says why."""


@dataclass(frozen=True)
class ReadingContext:
    """The content for reading a response: the current one, and the cache folder of those that were checked before."""

    current: Content
    cache_folder: Path
    language: str | None = None
    """In which the clinic reads; ``None``: that in which the content was authored."""
    others: tuple[Content, ...] = ()
    """The other questionnaires that are asked here, for the topics of their urgent rules."""
    folder: Path | None = None
    """The files of the current content, from which staff begin to record."""

    def content_of(self, questionnaire: str) -> Content | None:
        """Return the content of a questionnaire that is asked here."""
        return next((each for each in (self.current, *self.others) if each.questionnaire.id == questionnaire), None)

    @property
    def rules(self) -> Mapping[str, Rule]:
        """The rules of all questionnaires; rules of the same id are those of the current one."""
        return {id: rule for each in (*self.others, self.current) for id, rule in each.ruleset.rule.items()}

    @property
    def for_staff(self) -> Mapping[str, Content]:
        """The questionnaires that staff answer, by their ids."""
        contents = (self.current, *self.others)
        return {each.questionnaire.id: each for each in contents if each.questionnaire.is_for_staff}


@dataclass(frozen=True)
class ReviewedAnswer:
    """A question with its current answer and those before it, oldest first."""

    label: str
    now: str
    latest: HistoryEntry
    before: tuple[tuple[str, HistoryEntry], ...]
    counts: bool
    """Whether its question is enabled; otherwise its answer does not count."""


@dataclass(frozen=True)
class ReviewedResponse:
    """One response as staff read it."""

    id: str
    record: StoredResponse
    content: Content
    """In the language in which it was answered."""
    for_clinic: Content
    """The same in the language of the clinic."""
    interview: Interview
    alarms: AlarmHistory
    previous: str | None = None
    """The id of the previous response that it was read with."""

    def summary(
        self,
        audience: Audience,
        *,
        head: str | None = None,
        name: str | None = None,
        annotations: Iterable[Annotation] = (),
        days_kept: int | None = None,
        with_appendix: bool = True,
        signed_by: str | None = None,
        person: PersonReference | None = None,
        document: DocumentKind = "summary",
    ) -> Document:
        """Return the summary as it was on the day, and which alarms staff closed by their ``annotations``.

        ``name`` is the current name, ``head`` that of the audit trail, ``days_kept`` for how long a return code opens
        it, ``signed_by`` who signed its content for the clinic, ``person`` whose it is, where it is linked. Only what
        staff recorded has another ``document``, and a form only where its questionnaire names one.
        """
        from screener.summary.build import clinician_summary, patient_summary, recorded_copy
        from screener.summary.taken_back import ReportedAlarms

        metadata = metadata_of(self.record, head)
        metadata = replace(metadata, name=name or metadata.name, days_kept=days_kept, signed_by=signed_by)
        if audience == "clinician":
            metadata = replace(metadata, person=person)
            if document != "summary":
                return recorded_copy(self.for_clinic, self.interview, metadata, document)
            alarms = ReportedAlarms(self.alarms, closings(annotations))
            return clinician_summary(self.for_clinic, self.interview, metadata, alarms, with_appendix=with_appendix)
        return patient_summary(self.content, self.interview, metadata)

    def answers(self) -> Iterator[tuple[str, list[ReviewedAnswer]]]:
        """Yield the answers by section, in the order of the questionnaire."""
        last = {past.question: past for past in self.record.history}
        for section in self.for_clinic.questionnaire.sections:
            answered = [self._answered(last[question.id]) for question in section.questions if question.id in last]
            if answered:
                yield section.title, answered

    def _answered(self, entry: HistoryEntry) -> ReviewedAnswer:
        question = self.for_clinic.questionnaire.question[entry.question]
        before = tuple(
            (format_answer(question, each.entry), each) for each in earlier(self.record.history, entry.question)
        )
        now = format_answer(question, entry.entry)
        counts = self.interview.state.is_enabled(entry.question) is not False
        return ReviewedAnswer(
            question.label, carried_over_words(now) if entry.carried_over else now, entry, before, counts
        )


@dataclass(frozen=True)
class SealedReview:
    """A response as read from the store; ``packed`` is its content if that is not the current one."""

    id: str
    record: StoredResponse
    packed: bytes | None


def read_sealed(staff_store: StaffStore, identity: str, current: Content) -> SealedReview:
    """Read a response, and log that. Raise ``NotReadable``, or another ``ScreenerError`` where the store fails."""
    try:
        record = staff_store.read(identity)
        packed = None if record.content == content_hash(current) else staff_store.store.content(record.content)
    except LookupError:
        raise NotReadable(_("This response cannot be read: it was removed, or is not one of this program.")) from None
    except (Unreadable, NoContent) as error:
        raise NotReadable(str(error)) from None
    return SealedReview(identity, record, packed)


def open_response(sealed: SealedReview, contents: ReadingContext) -> ReviewedResponse:
    """Open a response with the content it was answered under. This takes a second if that content is an old one.

    Raise ``NotReadable`` if that content cannot be read, is another one, or does not fit the response.
    """
    record, content = sealed.record, contents.current
    if sealed.packed is not None:
        try:
            content = unpack(sealed.packed, record.questionnaire, record.content, contents.cache_folder)
        except ScreenerError as error:
            raise NotReadable(str(error)) from None
    try:
        answered_in = in_language_if_there(content, record.language)
        for_clinic = in_language_if_there(content, contents.language) if contents.language else content
        interview, alarms = interview_of(answered_in, record), alarms_of(answered_in, record)
        response = ReviewedResponse(sealed.id, record, answered_in, for_clinic, interview, alarms)
        # A manipulated terminal can seal anything: a response that cannot be drawn must not reach a page.
        render(response.summary("clinician"))
        render(response.summary("patient"))
        list(response.answers())
    except Exception:
        raise NotReadable(_("This response does not fit the questions that it was given under.")) from None
    return response
