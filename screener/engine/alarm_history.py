"""The alarms of a response: which urgent rules were raised, and which of them the answers no longer raise.

Outcomes are a function of the answers. Alarms are a function of their history: people take an answer back because they
fear what follows from it. A rule that persists therefore keeps its alarm until staff close it by name.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace

from screener.engine.rules import Assessment, CompiledRules, Outcome
from screener.model.response import Entry
from screener.values import dataclass

_NUMBERED = "#"


@dataclass(frozen=True)
class DatedEntry:
    entry: Entry
    at: datetime.datetime


@dataclass(frozen=True)
class RuleAlarm:
    """One time that an urgent rule was raised."""

    rule: str
    number: int
    """1 for the first time. If the rule is raised again after its alarm was closed, that is a new alarm."""
    raised: datetime.datetime
    questions: frozenset[str]
    """The ids of the questions whose answers raised it, and of the one whose answer ended that."""
    ended: datetime.datetime | None = None
    """When the answers stopped raising the rule; ``None`` while they raise it."""

    @property
    def id(self) -> str:
        return self.rule if self.number == 1 else f"{self.rule}{_NUMBERED}{self.number}"


def rule_of(alarm: str) -> str:
    """Return the rule of an alarm by the id of the alarm."""
    return alarm.partition(_NUMBERED)[0]


class AlarmHistory:
    """The alarms of one response so far. ``note`` is called after every entry, in the order of the entries."""

    def __init__(self, rules: CompiledRules) -> None:
        self._rules = rules
        self._latest: dict[str, RuleAlarm] = {}
        self._entries: dict[str, list[DatedEntry]] = {}

    def note(self, assessment: Assessment, question: str, at: datetime.datetime) -> None:
        """Note an entry that was recorded just now, and what it raised and ended."""
        self._entries.setdefault(question, []).append(DatedEntry(assessment.state.entries[question], at))
        for compiled in self._rules.urgent:
            rule = compiled.rule.id
            latest = self._latest.get(rule)
            present = latest if latest and latest.ended is None else None
            if assessment.outcomes[rule] is Outcome.RAISED:
                questions = frozenset(assessment.supporting_answers(rule))
                if present is None:
                    self._latest[rule] = RuleAlarm(rule, latest.number + 1 if latest else 1, at, questions)
                else:
                    self._latest[rule] = replace(present, questions=present.questions | questions)
            elif present is not None:
                self._latest[rule] = replace(present, ended=at, questions=present.questions | {question})

    @property
    def entries(self) -> Mapping[str, Sequence[DatedEntry]]:
        """Return every entry of each question, oldest first."""
        return self._entries

    @property
    def current(self) -> list[RuleAlarm]:
        """Return the alarms that stand until staff close them, in the order of the rules: at most one a rule."""
        latest = (self._latest.get(compiled.rule.id) for compiled in self._rules.urgent)
        rules = self._rules.rules
        return [alarm for alarm in latest if alarm and (alarm.ended is None or rules[alarm.rule].rule.persists)]

    @property
    def taken_back(self) -> list[RuleAlarm]:
        """Return the current alarms of rules that the answers no longer raise."""
        return [alarm for alarm in self.current if alarm.ended is not None]
