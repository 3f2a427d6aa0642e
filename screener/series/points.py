"""What one response says of one score: a total, a range, or why neither is known; never a guess."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from screener.expressions.evaluate import Range
from screener.i18n.gettext import N_, _
from screener.model.questionnaire import Instrument, Score
from screener.series.recall import Days, covered_days
from screener.series.response import SeriesResponse
from screener.summary.scores import score_numbers

PointState = Literal[
    "total", "range", "none-answered", "not-reached", "not-asked", "no-total", "not-in-questions", "in-another-form"
]
"""``total`` and ``range`` have figures. Of all others, nothing is known but the reason."""

_REASONS: dict[PointState, str] = {
    "none-answered": N_("none of its questions answered"),
    "not-reached": N_("not reached"),
    "not-asked": N_("its questions were not asked"),
    "no-total": N_("not all of its questions apply"),
    "not-in-questions": N_("not among the questions"),
    "in-another-form": N_("asked in another form"),
}


@dataclass(frozen=True)
class ScorePoint:
    """A score of one response. ``low`` and ``high`` are set for a total and a range only, and equal in a total."""

    response: SeriesResponse
    state: PointState
    low: int | None = None
    high: int | None = None
    blank: int = 0
    """How many of its questions have no answer."""
    answered: Days | None = None
    """The days on which it was answered; ``None`` without a figure."""
    covers: Days | None = None
    """The days that the answers cover; ``None`` without a figure, or where the content does not state the recall."""

    @property
    def figure(self) -> str:
        """Return the figure in words, e.g. ``12 to 18``."""
        if self.low is None or self.high is None:
            return _("not known")
        if self.low == self.high:
            return str(self.low)
        return _("{low} to {high}").format(low=self.low, high=self.high)

    @property
    def reason(self) -> str:
        """Return why there is no figure, or what is missing in it; empty for a total."""
        if self.state in _REASONS:
            return _(_REASONS[self.state])
        return _("{count} blank").format(count=self.blank) if self.blank else ""


def score_point(response: SeriesResponse, score: Score) -> ScorePoint:
    """Return what a response says of a score of its own content."""
    context = response.context
    state, form = context.interview.state, context.interview.form
    fact = state.facts[score.id]
    assert isinstance(fact, Range)
    questions = form.source_questions([score.id])
    asked_questions = [name for name in questions if state.is_enabled(name) is not False]
    if fact.enabled is False:
        return ScorePoint(response, "no-total")
    if not asked_questions:
        return ScorePoint(response, "not-asked")
    if not questions & context.entries.keys():
        return ScorePoint(response, "none-answered" if context.interview.complete else "not-reached")
    low, high, blank = score_numbers(context, score)
    if blank >= len(asked_questions):
        return ScorePoint(response, "none-answered", blank=blank)
    answered = response.answered_on(questions)
    covers = covered_days(score.recall, answered) if score.recall else None
    state_of_point: PointState = "total" if low == high and not blank else "range"
    return ScorePoint(response, state_of_point, low, high, blank, answered, covers)


@dataclass(frozen=True)
class ScoreSeries:
    """One score over all responses, oldest first, in one form of its questions."""

    score: Score
    instrument: Instrument
    form: str
    """The questionnaire and version in which this form was asked first."""
    points: tuple[ScorePoint, ...]
    other_forms: bool = False
    """Whether a response of the series has this score in another form of its questions."""

    @property
    def title(self) -> str:
        return self.score.title


def score_series(responses: tuple[SeriesResponse, ...]) -> tuple[ScoreSeries, ...]:
    """Return every score that any response has, in the order in which they appear. A changed form is another score."""
    forms: dict[tuple[str, object], tuple[Score, Instrument, str]] = {}
    by_response: list[dict[str, object]] = []
    for response in responses:
        questionnaire = response.content.questionnaire
        definitions: dict[str, object] = {}
        for instrument in questionnaire.instruments:
            for score in instrument.scores:
                definition = definitions[score.id] = response.definitions.score(score.id)
                named = f"{questionnaire.id} {questionnaire.version}"
                forms.setdefault((score.id, definition), (score, instrument, named))
        by_response.append(definitions)
    names = [name for name, _definition in forms]
    return tuple(
        ScoreSeries(
            score,
            instrument,
            named,
            tuple(
                _point(response, score, definition, definitions)
                for response, definitions in zip(responses, by_response, strict=True)
            ),
            names.count(score.id) > 1,
        )
        for (_name, definition), (score, instrument, named) in forms.items()
    )


def _point(response: SeriesResponse, score: Score, definition: object, definitions: dict[str, object]) -> ScorePoint:
    if score.id not in definitions:
        return ScorePoint(response, "not-in-questions")
    if definitions[score.id] != definition:
        return ScorePoint(response, "in-another-form")
    own = response.content.form.symbols[score.id]
    assert isinstance(own, Score)
    return score_point(response, own)
