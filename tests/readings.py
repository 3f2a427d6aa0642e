"""A questionnaire with a repeating section, readings after a start, and the readings of one response as values."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from screener.content.compiled import Content
from screener.content.validate import validated
from screener.engine.form import ConditionPath, Form, compile_form
from screener.engine.rules import compile_rules
from screener.expressions.mistakes import Mistake
from screener.model.questionnaire import Questionnaire, Section
from screener.model.response import Entry
from screener.model.ruleset import Ruleset
from tests.strategies import flight

URGENT: dict[str, Any] = {
    "priority": "urgent",
    "persists": "true",
    "interruption": {"page": "support", "heading": "Please tell somebody", "paragraphs": ["Please tell somebody now."]},
}
FIXTURES = Path(__file__).parent / "fixtures"
MOMENT = {"question": "start_at", "name": "the start"}
START: dict[str, Any] = {
    "id": "start",
    "title": "The start",
    "questions": [
        {"id": "start_at", "type": "time", "text": "When did it start?", "short_text": "start"},
        {"id": "alone", "type": "yes_no", "text": "Is nobody else here?", "short_text": "nobody else here"},
    ],
}
READINGS: dict[str, Any] = {
    "id": "readings",
    "title": "Readings",
    "introduction": "Fill this in at each reading.",
    "questions": [
        {
            "id": "read_at",
            "type": "time",
            "text": "When was this reading?",
            "short_text": "time of the reading",
            "please_check": [
                {"when": "minutes(before(read_at), read_at) < 0", "text": "This is before the reading before it."}
            ],
        },
        {
            "id": "top",
            "type": "integer",
            "text": "What was the top number?",
            "short_text": "top number",
            "limits": {"minimum": "50", "maximum": "260"},
            "written_with": "bottom",
        },
        {
            "id": "bottom",
            "type": "integer",
            "text": "What was the bottom number?",
            "short_text": "bottom number",
            "limits": {"minimum": "20", "maximum": "200"},
            "please_check": [{"when": "bottom >= top", "text": "The bottom number is the larger one."}],
        },
        {"id": "calm", "type": "yes_no", "text": "Was the person calm?", "short_text": "calm"},
        {
            "id": "why_not",
            "type": "choice",
            "text": "Why not?",
            "short_text": "reason",
            "enable_when": "not calm",
            "options": [{"code": "noise", "label": "Noise"}, {"code": "else", "label": "Something else"}],
        },
        {"id": "more", "type": "yes_no", "text": "Is there another reading?", "short_text": "another reading"},
    ],
    "repeats": {
        "up_to": "5",
        "title": "Reading",
        "another": "more",
        "time": "read_at",
    },
}
END: dict[str, Any] = {
    "id": "end",
    "title": "The end",
    "questions": [
        {
            "id": "seen",
            "type": "yes_no",
            "text": "Did somebody look at the highest reading?",
            "short_text": "somebody looked",
            "enable_when": "any(top >= 180)",
        },
        {"id": "left_at", "type": "time", "text": "When did the person leave?", "short_text": "leaving"},
    ],
}


def questionnaire(up_to: int = 5, *sections: dict[str, Any]) -> Questionnaire:
    """Return the questionnaire, or one of other sections, with so many occurrences at most."""
    parts = [validated(Section, dict(part)) for part in sections or (START, limited(READINGS, up_to), END)]
    return validated(
        Questionnaire,
        {
            "id": "readings",
            "version": "1.0.0",
            "title": "Readings after a start",
            "language": "en-GB",
            "welcome": {"heading": "Welcome", "paragraphs": ["Hello."]},
            "moment": MOMENT,
            "completion": ["Thank you."],
            "sections": tuple(parts),
        },
    )


def limited(section: dict[str, Any], up_to: int) -> dict[str, Any]:
    return section | {"repeats": section["repeats"] | {"up_to": str(up_to)}}


def _refuse(where: ConditionPath, mistake: Mistake) -> None:
    raise AssertionError(f"{where}: {mistake}")


@cache
def form(up_to: int = 5) -> Form:
    return compile_form(questionnaire(up_to), _refuse)


def content(rules: Mapping[str, str], up_to: int = 5) -> Content:
    """Return the questionnaire with one rule for each condition."""
    written = [_rule(name, when) for name, when in rules.items()]
    ruleset = validated(
        Ruleset,
        {
            "id": "readings",
            "version": "1.0.0",
            "title": "Rules",
            "language": "en-GB",
            "questionnaire": "readings",
            "rules": written,
            "sources": flight().ruleset.sources,
            "crisis_lines": flight().ruleset.crisis_lines,
        },
    )
    return Content(form(up_to), compile_rules(ruleset, form(up_to), _refuse), "0" * 64, "1" * 64)


@dataclass(frozen=True)
class Reading:
    """One occurrence in which everything was answered; ``at`` in minutes since midnight."""

    at: int
    top: int
    bottom: int
    calm: bool
    reason: str = "noise"


@dataclass(frozen=True)
class Day:
    """All of one response: nothing is missing."""

    start: int
    readings: Sequence[Reading]
    alone: bool = False

    def since(self, reading: Reading) -> int:
        """Return the minutes since the start by the nearest way round the clock."""
        turns = (reading.at - self.start + turn for turn in (-1440, 0, 1440))
        return min(turns, key=lambda minutes: (abs(minutes), minutes))

    def entries(self, up_to: int) -> dict[str, Entry]:
        """Return the answers; whether there is another reading is answered for each of them."""
        entries: dict[str, Entry] = {"start_at": clock(self.start), "alone": self.alone}
        for number, reading in enumerate(self.readings, 1):
            entries[f"read_at.{number}"] = clock(reading.at)
            entries[f"top.{number}"] = reading.top
            entries[f"bottom.{number}"] = reading.bottom
            entries[f"calm.{number}"] = reading.calm
            if not reading.calm:
                entries[f"why_not.{number}"] = reading.reason
            if number < up_to:
                entries[f"more.{number}"] = number < len(self.readings)
        return entries


def clock(minutes: int) -> datetime.time:
    return datetime.time(*divmod(minutes % 1440, 60))


_MINUTE = st.integers(0, 1439)
READING = st.builds(
    Reading, _MINUTE, st.integers(50, 260), st.integers(20, 200), st.booleans(), st.sampled_from(["noise", "else"])
)


def days(most: int) -> st.SearchStrategy[Day]:
    return st.builds(Day, _MINUTE, st.lists(READING, min_size=1, max_size=most), st.booleans())


def _pairs(day: Day) -> list[tuple[Reading, Reading]]:
    return list(zip(day.readings, day.readings[1:], strict=False))


def _apart(before: Reading, after: Reading) -> int:
    return Day(before.at, []).since(after)


EXPECTED: dict[str, Callable[[Day], bool]] = {
    "any(top >= 180)": lambda day: any(reading.top >= 180 for reading in day.readings),
    "any(not calm)": lambda day: any(not reading.calm for reading in day.readings),
    "any(not calm and why_not == 'noise')": lambda day: any(
        not reading.calm and reading.reason == "noise" for reading in day.readings
    ),
    "any(top - first(top) >= 40)": lambda day: any(reading.top - day.readings[0].top >= 40 for reading in day.readings),
    "any(top >= 180 and alone)": lambda day: day.alone and any(reading.top >= 180 for reading in day.readings),
    "any(count(calm, top >= 180) == 0)": lambda day: any(
        not reading.calm and reading.top < 180 for reading in day.readings
    ),
    "not any(calm)": lambda day: not any(reading.calm for reading in day.readings),
    "first(top) >= 140": lambda day: day.readings[0].top >= 140,
    "first(calm)": lambda day: day.readings[0].calm,
    "last(top) > first(top)": lambda day: day.readings[-1].top > day.readings[0].top,
    "last(calm)": lambda day: day.readings[-1].calm,
    "last(not calm)": lambda day: not day.readings[-1].calm,
    "last(not calm or top >= 180)": lambda day: not day.readings[-1].calm or day.readings[-1].top >= 180,
    "last(why_not == 'noise')": lambda day: not day.readings[-1].calm and day.readings[-1].reason == "noise",
    "change(top) > 0": lambda day: len(day.readings) > 1 and day.readings[-1].top > day.readings[0].top,
    "change(top) <= 0": lambda day: len(day.readings) > 1 and day.readings[-1].top <= day.readings[0].top,
    "none_between(top, 30, 60)": lambda day: not any(30 <= day.since(reading) <= 60 for reading in day.readings),
    "none_between(top, -720, 719)": lambda day: False,
    "any(minutes(start_at, read_at) < 0)": lambda day: any(day.since(reading) < 0 for reading in day.readings),
    "any(minutes(before(read_at), read_at) < 0)": lambda day: any(
        _apart(before, after) < 0 for before, after in _pairs(day)
    ),
    "any(top > before(top))": lambda day: any(after.top > before.top for before, after in _pairs(day)),
    "minutes(start_at, last(read_at)) < 120": lambda day: day.since(day.readings[-1]) < 120,
    "any(read_at >= '12:00')": lambda day: any(reading.at >= 720 for reading in day.readings),
    "last(read_at) == first(read_at)": lambda day: day.readings[-1].at == day.readings[0].at,
    "count(any(calm), last(calm), alone) >= 2": lambda day: (
        any(reading.calm for reading in day.readings) + day.readings[-1].calm + day.alone >= 2
    ),
}
"""Each kind of condition on occurrences, with what it means of a response in which nothing is missing."""


def folder(home: Path, rules: Mapping[str, str], up_to: int = 24) -> Path:
    """Write the questionnaire with these rules as a content folder, and return the folder."""
    for kind in ("questions", "rules"):
        (home / kind / "readings").mkdir(parents=True)
    for name in ("sources.yaml", "crisis-lines.yaml", "wording.yaml"):
        shutil.copy(FIXTURES / "rules" / name, home / "rules")
    front = {
        "id": "readings",
        "version": "1.0.0",
        "title": "Readings after a start",
        "language": "en-GB",
        "moment": MOMENT,
        "welcome": {"heading": "Welcome", "paragraphs": ["Hello."]},
        "completion": ["Thank you."],
        "sections": ["start", "readings", "end"],
    }
    ruleset = {
        "id": "readings",
        "version": "1.0.0",
        "title": "Rules",
        "language": "en-GB",
        "questionnaire": "readings",
        "files": ["noted"],
    }
    files = {
        "questions/readings/questionnaire": front,
        "questions/readings/start": START,
        "questions/readings/readings": limited(READINGS, up_to),
        "questions/readings/end": END,
        "rules/readings/ruleset": ruleset,
        "rules/readings/noted": {"rules": [_rule(name, when) for name, when in rules.items()]},
    }
    for name, written in files.items():
        (home / f"{name}.yaml").write_text(yaml.safe_dump(written, sort_keys=False, allow_unicode=True), "utf-8")
    return home


def _rule(name: str, when: str) -> dict[str, Any]:
    return {
        "id": name,
        "topic": f"Topic {name}",
        "priority": "discuss",
        "when": when,
        "patient": "You told us something.",
        "clinician": "Something was noted.",
        "sources": [{"source": "T1", "section": "page 3", "mark": "to-be-checked"}],
    } | (URGENT if "declined" in when else {})


@cache
def every_condition() -> Content:
    """Return the questionnaire with a rule for each kind of condition, and one for what nobody wanted to say."""
    rules = {f"rule-{number}": when for number, when in enumerate([*EXPECTED, "any(declined(calm))"])}
    return content(rules, up_to=3)
