"""What changed, topic by topic: raised, no longer raised, not assessed, or not to be compared. No verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from screener.engine.rules import Outcome
from screener.expressions import tree
from screener.i18n.gettext import _
from screener.model.questionnaire import Score
from screener.model.ruleset import Priority
from screener.series.alarms import SeriesAlarm
from screener.series.points import score_point
from screener.series.response import SeriesResponse

Change = Literal["raised", "raised-again", "no-longer-raised", "open", "clear", "not-compared", "not-in-questions"]
"""``raised``: and not in the last response before it that could tell. ``open``: missing answers decide it, and that is
never "no longer raised". ``not-compared``: the questions or the condition changed since the response before it.
``not-in-questions``: its content does not have the rule."""
_MOST_FIGURES = 4


@dataclass(frozen=True)
class TopicStep:
    """What one response says of a topic. ``outcome`` is ``None`` where its content does not have the rule."""

    response: SeriesResponse
    outcome: Outcome | None
    change: Change
    figures: str
    """The answers or scores that it rests on, or the questions that would settle it."""
    alarms: tuple[SeriesAlarm, ...] = ()
    """The alarms of its rule that stood by then, of this response and those before it."""


@dataclass(frozen=True)
class TopicHistory:
    """One topic over all responses, oldest first."""

    rule: str
    topic: str
    priority: Priority
    steps: tuple[TopicStep, ...]

    @property
    def latest(self) -> TopicStep:
        return self.steps[-1]

    @property
    def is_reported(self) -> bool:
        """Return whether there is anything to tell: it was raised or open at some time, or an alarm stands."""
        return any(step.outcome not in (Outcome.CLEAR, None) or step.alarms for step in self.steps)


def topic_histories(responses: tuple[SeriesResponse, ...], alarms: tuple[SeriesAlarm, ...]) -> tuple[TopicHistory, ...]:
    """Return every topic of every content, the most urgent first, then in the order in which they appear."""
    rules: dict[str, tuple[str, Priority]] = {}
    for response in responses:
        for rule in response.content.ruleset:
            rules[rule.id] = (response.context.plain(rule), rule.priority)
    order = list(Priority)
    return tuple(
        TopicHistory(name, topic, priority, tuple(_steps(name, responses, alarms)))
        for name, (topic, priority) in sorted(rules.items(), key=lambda each: order.index(each[1][1]))
    )


def _steps(name: str, responses: tuple[SeriesResponse, ...], alarms: Iterable[SeriesAlarm]) -> Iterator[TopicStep]:
    """Yield the steps of one topic. Each reads the responses before it and none after it."""
    of_rule = [alarm for alarm in alarms if alarm.rule.id == name]
    last_decided: SeriesResponse | None = None
    """The last response with an answer to it: a blank in between hides no change."""
    open_alarms: list[SeriesAlarm] = []
    for response in responses:
        open_alarms += [alarm for alarm in of_rule if alarm.response is response and alarm.stands]
        outcome = response.outcomes.get(name)
        change = _change(name, last_decided, response, outcome)
        yield TopicStep(response, outcome, change, _figures(response, name, outcome), tuple(open_alarms))
        if outcome in (Outcome.RAISED, Outcome.CLEAR):
            last_decided = response


def _change(name: str, before: SeriesResponse | None, now: SeriesResponse, outcome: Outcome | None) -> Change:
    if outcome is None:
        return "not-in-questions"
    if outcome is Outcome.UNDETERMINED:
        return "open"
    raised = outcome is Outcome.RAISED
    if before is None:
        return "raised" if raised else "clear"
    if before.definitions.rule(name) != now.definitions.rule(name):
        return "not-compared"
    if before.outcomes[name] is Outcome.RAISED:
        return "raised-again" if raised else "no-longer-raised"
    return "raised" if raised else "clear"


def _figures(response: SeriesResponse, name: str, outcome: Outcome | None) -> str:
    """Return what an outcome rests on, in a few words: scores where the rule reads nothing else, else answers."""
    if outcome is None:
        return ""
    context, symbols = response.context, response.content.form.symbols
    names = tree.names(context.assessment.rules.rules[name].tree)
    scores = [symbol for each in sorted(names) if isinstance(symbol := symbols[each], Score)]
    figures = [f"{score.title}: {score_point(response, score).figure}" for score in scores]
    if previous_words := context.previous_words(name):
        figures.append(previous_words)
    elif outcome is Outcome.UNDETERMINED and context.assessment.previous_names(name):
        figures.append(context.undecided_by_previous)
    if outcome is Outcome.UNDETERMINED:
        deciding = context.assessment.deciding_questions(name)
        return _some([*figures, *(f"{context.question(each).name}: {context.blank_reason(each)}" for each in deciding)])
    if len(scores) == len(names):
        return _some(figures)
    answers = (
        f"{context.question(each).name}: {context.short_answer(each) or context.blank_reason(each)}"
        for each in context.assessment.supporting_answers(name)
    )
    return _some([*answers, *([previous_words] if previous_words else [])])


def _some(parts: Iterable[str]) -> str:
    """Return the first parts, and how many there are besides."""
    listed = list(parts)
    more = len(listed) - _MOST_FIGURES
    first_parts = listed[:_MOST_FIGURES] + ([_("and {count} more").format(count=more)] if more > 0 else [])
    return "; ".join(first_parts)
