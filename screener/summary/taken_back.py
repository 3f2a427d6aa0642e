"""Urgent rules that were raised and taken back, as the copies tell it.

Whoever takes a yes back may fear what follows from it. So the clinician reads what was answered before, with the times.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from screener.content.compiled import Content
from screener.engine.alarm_history import AlarmHistory, RuleAlarm
from screener.engine.interview import Interview
from screener.i18n.formats import local
from screener.i18n.gettext import _
from screener.model.answers import format_answer
from screener.model.questionnaire import Question
from screener.model.ruleset import Rule
from screener.summary.phrases import cited, moment


@dataclass(frozen=True)
class Closing:
    """A member of staff said that they see to an alarm."""

    by: str
    at: datetime.datetime


@dataclass(frozen=True)
class ReportedAlarms:
    """The alarms of a response with who closed them, by the id of the alarm; ``None`` if this copy cannot know that."""

    alarms: AlarmHistory
    closings: Mapping[str, Closing] | None = None


@dataclass(frozen=True)
class TakenBackTopic:
    """An urgent rule that is no longer raised: when it was, and every answer to its questions with its time."""

    rule: Rule
    text: str
    changes: tuple[tuple[str, str], ...]
    """Questions in words, each with its answers."""
    sources: tuple[str, ...]


@dataclass(frozen=True)
class TakenBackTopics:
    """The topics of a copy about alarms that the answers no longer raise; none if ``reported`` is ``None``."""

    content: Content
    interview: Interview
    reported: ReportedAlarms | None

    def clinician(self) -> list[TakenBackTopic]:
        return [self._topic(alarm, self._text(alarm), frozenset(), frozenset()) for alarm in self._alarms()]

    def patient(self, sensitive: frozenset[str], silent: frozenset[str]) -> list[TakenBackTopic]:
        """Return the topics for the person, without answers to ``sensitive`` questions, and without ``silent`` ones."""
        text = _("You changed an answer about this. You can still talk about it with the clinic.")
        topics = []
        for alarm in self._alarms():
            hidden = alarm.questions if self.content.ruleset.rule[alarm.rule].sensitive else sensitive
            topics.append(self._topic(alarm, text, hidden, silent))
        return topics

    @property
    def rules(self) -> frozenset[str]:
        return frozenset(alarm.rule for alarm in self._alarms())

    def _alarms(self) -> list[RuleAlarm]:
        return self.reported.alarms.taken_back if self.reported else []

    def _topic(self, alarm: RuleAlarm, text: str, sensitive: frozenset[str], silent: frozenset[str]) -> TakenBackTopic:
        assert self.reported is not None
        rule = self.content.ruleset.rule[alarm.rule]
        changes = tuple(
            (question.label, _("as you told us") if question.id in sensitive else self._changes(question))
            for question in self.content.questionnaire
            if question.id in alarm.questions & self.reported.alarms.entries.keys() - silent
        )
        return TakenBackTopic(rule, text, changes, tuple(cited(rule.sources)))

    def _text(self, alarm: RuleAlarm) -> str:
        raised = _("Raised {moment}. An answer was changed afterwards, and the answers no longer raise it.")
        text = raised.format(moment=moment(alarm.raised))
        if self.reported is None or self.reported.closings is None:
            return text
        closing = self.reported.closings.get(alarm.id)
        seen_to = _("Nobody has seen to it.")
        if closing:
            seen_to = _("Seen to by {name}, {moment}.").format(name=closing.by, moment=moment(closing.at))
        return f"{text} {seen_to}"

    def _changes(self, question: Question) -> str:
        return "; ".join(self._each_change(question))

    def _each_change(self, question: Question) -> Iterator[str]:
        """Yield every answer to a question with its time, oldest first."""
        assert self.reported is not None
        first, *later = self.reported.alarms.entries[question.id]
        answered, changed = _("{answer}, answered {moment}"), _("changed to {answer}, {moment}")
        yield answered.format(answer=format_answer(question, first.entry), moment=moment(first.at))
        for dated in later:
            time = f"{local(dated.at):%H:%M}" if local(dated.at).date() == local(first.at).date() else moment(dated.at)
            yield changed.format(answer=format_answer(question, dated.entry), moment=time)
        if self.interview.state.is_enabled(question.id) is False:
            yield _("its question does not apply now")
