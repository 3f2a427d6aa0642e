"""A summary as data for other programs: built from the response and the outcomes, not from the document.

Labels stand beside codes and never instead of them. ``screener schema summary`` prints the schema.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from screener import __version__
from screener.document.notice import Audience
from screener.engine.rules import Outcome
from screener.expressions.evaluate import Range
from screener.model.response import AbsentReason
from screener.model.ruleset import Priority
from screener.summary.alarm_data import AlarmData, alarm_data
from screener.summary.answer_data import AnswerData, answer_data
from screener.summary.context import SummaryContext
from screener.summary.data_parts import CitedData, PageRead, previous_data
from screener.summary.metadata import Mode, PersonReference, ResponseName
from screener.summary.scores import has_items, score_numbers

FORMAT: Literal["screener-summary"] = "screener-summary"
VERSION: Literal[2] = 2


@dataclass(frozen=True)
class ContentVersion:
    """A version of the questions or rules. ``sha256`` is over all of its files."""

    id: str
    version: str
    sha256: str


@dataclass(frozen=True)
class ScoreData:
    """A score. ``low`` equals ``high`` where no item is missing; both are ``null`` where an item does not apply
    or none was asked."""

    score: str
    instrument: str
    low: int | None
    high: int | None
    maximum: int
    missing: int
    loinc: str | None
    label: str


@dataclass(frozen=True)
class OutcomeData:
    """The outcome of one rule. ``questions`` are those whose answers decided it, or would decide it; ``previous`` are
    such names of the previous response."""

    rule: str
    outcome: Outcome
    priority: Priority
    questions: list[str]
    previous: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class TopicData:
    """A rule that is raised, with its text for the reader of the copy. ``note`` is its number in the document.

    The person's copy does not name a sensitive rule, because its id may tell the answer.
    """

    rule: str | None
    note: int
    label: str
    text: str
    questions: list[str]
    sources: list[CitedData]


@dataclass(frozen=True)
class SummaryData:
    """One copy of a summary. The person's has no scores and no outcomes."""

    copy: Audience
    title: str
    language: str
    answered_in: str
    reference: str
    terminal: str | None
    name: str | None
    """The name that staff gave the response; only in the clinician's copy."""
    mode: Mode
    started: datetime.datetime | None
    finished: datetime.datetime | None
    complete: bool
    audit: str | None
    program: str
    questionnaire: ContentVersion
    rules: ContentVersion
    answers: list[AnswerData]
    scores: list[ScoreData]
    outcomes: list[OutcomeData]
    topics: list[TopicData]
    pages_read: list[PageRead]
    alarms: list[AlarmData] | None = None
    """The alarms that stand until staff close them; ``null`` where no history of the answers is known."""
    previous: ResponseName | None = None
    """``null`` where nothing of a previous response was known."""
    person: PersonReference | None = None
    """Whose response it is for the clinic; ``null`` in the person's copy, and where it is linked to nobody."""
    format: Literal["screener-summary"] = FORMAT
    version: Literal[2] = VERSION


@dataclass(frozen=True)
class SummaryFile(SummaryData):
    """A summary exported as JSON: its data between the two notices, each a list of its heading and paragraphs."""

    notice: tuple[str, ...] = ()
    closing_notice: tuple[str, ...] = ()


def summary_data(context: SummaryContext, audience: Audience) -> Mapping[str, Any]:
    """Return the data of one copy as plain lists and dictionaries; ``format`` and ``version`` come first."""
    content, metadata = context.content, context.metadata
    for_clinic = audience == "clinician"
    copy = SummaryData(
        audience,
        content.questionnaire.title,
        content.questionnaire.language,
        context.interview.form.questionnaire.language,
        metadata.reference,
        metadata.terminal,
        metadata.name if for_clinic else None,
        metadata.mode,
        metadata.started,
        metadata.finished,
        context.interview.complete,
        metadata.audit,
        __version__,
        ContentVersion(content.questionnaire.id, content.questionnaire.version, content.questionnaire_hash),
        ContentVersion(content.ruleset.id, content.ruleset.version, content.ruleset_hash),
        [
            answer_data(context, question, withheld=not for_clinic)
            for question in context.questions
            if for_clinic or question.id not in context.silent
        ],
        list(_scores(context)) if for_clinic else [],
        list(_outcomes(context)) if for_clinic else [],
        list(_topics(context, audience)),
        [PageRead(page.rule, page.at, page.by, page.checked) for page in context.interview.acknowledgements],
        alarm_data(context) if for_clinic else None,
        previous_data(context),
        metadata.person if for_clinic else None,
    )
    values = asdict(copy)
    return {"format": values.pop("format"), "version": values.pop("version")} | {
        name: _plain(value) for name, value in values.items()
    }


def _scores(context: SummaryContext) -> Iterator[ScoreData]:
    for instrument in context.content.questionnaire.instruments:
        for score in instrument.scores:
            fact = context.interview.state.facts[score.id]
            assert isinstance(fact, Range)
            low, high, missing = score_numbers(context, score)
            is_whole = fact.enabled is not False and has_items(context, score)
            yield ScoreData(
                score.id,
                instrument.id,
                low if is_whole else None,
                high if is_whole else None,
                score.maximum,
                missing,
                score.loinc,
                score.title,
            )


def _outcomes(context: SummaryContext) -> Iterator[OutcomeData]:
    assessment = context.assessment
    for name, outcome in assessment.outcomes.items():
        undetermined = outcome is Outcome.UNDETERMINED
        questions = assessment.deciding_questions(name) if undetermined else assessment.supporting_answers(name)
        previous = assessment.previous_names(name)
        yield OutcomeData(name, outcome, context.content.ruleset.rule[name].priority, questions, previous)


def _topics(context: SummaryContext, audience: Audience) -> Iterator[TopicData]:
    for topic in context.topics:
        rule = topic.rule
        if rule.silent and audience == "patient":
            continue
        text = rule.clinician if audience == "clinician" else rule.patient
        sources = [CitedData(citation.source, citation.section, citation.mark) for citation in rule.sources]
        hidden = rule.sensitive and audience == "patient"
        named = None if hidden else rule.id
        yield TopicData(named, topic.number, rule.topic, text, [] if hidden else list(topic.questions), sources)


def _plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    match value:
        case dict():
            return {name: _plain(part) for name, part in value.items()}
        case list() | tuple():
            return [_plain(part) for part in value]
        case datetime.date():
            return value.isoformat()
        case AbsentReason() | Outcome() | Priority():
            return str(value)
    return value
