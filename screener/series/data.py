"""A series as data for other programs. ``screener schema series`` prints the schema."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from screener import __version__
from screener.engine.rules import Outcome
from screener.model.ruleset import Priority
from screener.series.alarms import SeriesAlarm
from screener.series.changes import Change, TopicStep
from screener.series.points import PointState, ScorePoint
from screener.series.recall import Days
from screener.series.response import SeriesResponse
from screener.series.series import ResponsesFrom, Series
from screener.summary.data import ContentVersion


@dataclass(frozen=True)
class SeriesResponseData:
    """One response. ``history`` says whether changes of its answers are known."""

    reference: str
    started: datetime.datetime
    finished: datetime.datetime | None
    complete: bool
    history: bool
    questionnaire: ContentVersion
    rules: ContentVersion
    carried_over: list[str]
    """The questions whose answer is that of the previous response, which the person confirmed."""
    raised: list[str]
    """The rules that it raised, and the last response before it that could tell did not; of the first one, all."""
    no_longer_raised: list[str]


@dataclass(frozen=True)
class UnreadData:
    """A response that cannot be read. Nothing of it is in any figure."""

    reference: str
    started: datetime.datetime


@dataclass(frozen=True)
class PersonData:
    """The person, as the clinic keeps them; ``reference`` is the clinic's own."""

    name: str
    reference: str
    year_of_birth: int | None


@dataclass(frozen=True)
class DaysData:
    """Days, both ends included."""

    first: datetime.date
    last: datetime.date


@dataclass(frozen=True)
class PointData:
    """A score of one response. ``low`` and ``high`` are ``null`` where nothing is known, for the reason ``state``."""

    reference: str
    day: datetime.date
    state: PointState
    low: int | None
    high: int | None
    blank: int
    covers: DaysData | None


@dataclass(frozen=True)
class ScoreSeriesData:
    """One score over all responses, in one form of its questions, which ``form`` names."""

    score: str
    instrument: str
    form: str
    maximum: int
    recall: str | None
    loinc: str | None
    label: str
    points: list[PointData]


@dataclass(frozen=True)
class StepData:
    """A topic in one response. ``outcome`` is ``null`` where its content does not have the rule."""

    reference: str
    day: datetime.date
    outcome: Outcome | None
    change: Change
    figures: str


@dataclass(frozen=True)
class TopicHistoryData:
    rule: str
    label: str
    priority: Priority
    steps: list[StepData]


@dataclass(frozen=True)
class SeriesAlarmData:
    """An alarm. ``closed_by`` is ``null`` also where ``closing_known`` is false."""

    reference: str
    rule: str
    label: str
    raised: datetime.datetime
    ended: datetime.datetime | None
    closing_known: bool
    closed_by: str | None
    closed_at: datetime.datetime | None


@dataclass(frozen=True)
class SeriesData:
    """One person's responses, oldest first. Days that nobody named are ``null``, which is not the same as none."""

    language: str
    program: str
    linked_by: ResponsesFrom
    audit: str | None
    treatment_days: list[datetime.date] | None
    dose_changes: list[datetime.date] | None
    missed: list[datetime.date] | None
    person: PersonData | None
    responses: list[SeriesResponseData]
    unread: list[UnreadData]
    alarms: list[SeriesAlarmData]
    scores: list[ScoreSeriesData]
    topics: list[TopicHistoryData]
    format: Literal["screener-series"] = "screener-series"
    version: Literal[1] = 1


@dataclass(frozen=True)
class SeriesFile(SeriesData):
    """A series exported as JSON: its data between the two notices, each a list of its heading and paragraphs."""

    notice: tuple[str, ...] = ()
    closing_notice: tuple[str, ...] = ()


def series_data(series: Series) -> Mapping[str, Any]:
    """Return the data as plain lists and dictionaries; ``format`` and ``version`` come first."""
    course = series.course
    exported = SeriesData(
        series.language,
        __version__,
        series.linked_by,
        series.audit,
        None if course.treatment_days is None else list(course.treatment_days),
        None if course.dose_changes is None else list(course.dose_changes),
        None if course.missed is None else list(course.missed),
        PersonData(person.name, person.reference, person.year_of_birth) if (person := series.person) else None,
        [_response(response, _changed(series, number)) for number, response in enumerate(series.responses)],
        [UnreadData(each.reference, each.at) for each in series.unread],
        list(map(_alarm, series.alarms)),
        [
            ScoreSeriesData(
                scores.score.id,
                scores.instrument.id,
                scores.form,
                scores.score.maximum,
                scores.score.recall,
                scores.score.loinc,
                scores.title,
                list(map(_point, scores.points)),
            )
            for scores in series.scores
        ],
        [
            TopicHistoryData(history.rule, history.topic, history.priority, list(map(_step, history.steps)))
            for history in series.topics
            if history.is_reported
        ],
    )
    values: dict[str, Any] = _plain(asdict(exported))
    return {"format": values.pop("format"), "version": values.pop("version")} | values


def _changed(series: Series, number: int) -> Mapping[Change, list[str]]:
    """Return the rules of each change in a response."""
    changed: dict[Change, list[str]] = {}
    for history in series.topics:
        changed.setdefault(history.steps[number].change, []).append(history.rule)
    return changed


def _response(response: SeriesResponse, changed: Mapping[Change, list[str]]) -> SeriesResponseData:
    content, metadata = response.content, response.context.metadata
    return SeriesResponseData(
        response.reference,
        response.at,
        metadata.finished,
        response.context.interview.complete,
        response.has_history,
        ContentVersion(content.questionnaire.id, content.questionnaire.version, content.questionnaire_hash),
        ContentVersion(content.ruleset.id, content.ruleset.version, content.ruleset_hash),
        sorted(response.context.interview.carried_over),
        changed.get("raised", []),
        changed.get("no-longer-raised", []),
    )


def _alarm(alarm: SeriesAlarm) -> SeriesAlarmData:
    closing = alarm.closing
    return SeriesAlarmData(
        alarm.response.reference,
        alarm.rule.id,
        alarm.rule.topic,
        alarm.raised,
        alarm.ended,
        alarm.is_closing_known,
        closing.by if closing else None,
        closing.at if closing else None,
    )


def _point(point: ScorePoint) -> PointData:
    response, covers = point.response, _days(point.covers)
    return PointData(response.reference, response.day, point.state, point.low, point.high, point.blank, covers)


def _days(days: Days | None) -> DaysData | None:
    return DaysData(days.first, days.last) if days else None


def _step(step: TopicStep) -> StepData:
    return StepData(step.response.reference, step.response.day, step.outcome, step.change, step.figures)


def _plain(exported: Any) -> Any:
    """Return values as JSON has them."""
    match exported:
        case dict():
            return {name: _plain(part) for name, part in exported.items()}
        case list() | tuple():
            return [_plain(part) for part in exported]
        case datetime.date():
            return exported.isoformat()
        case Outcome() | Priority():
            return str(exported)
    return exported
