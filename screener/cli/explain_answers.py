"""What ``screener explain`` says for one response: how a rule, question or score stands, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from screener.changes import Change, Changes, smallest_changes
from screener.content.answers import read_answers
from screener.content.compiled import Content
from screener.content.source import read_file
from screener.entry import ABSENT_LABELS, shown
from screener.form import Standing
from screener.language.evaluate import Range
from screener.problem import ContentError, Problem
from screener.response import AbsentReason, Entry
from screener.rules import Assessment, Outcome

_MOST = 12
"""Changes that are listed; a score has many alike."""


def read_given(content: Content, path: Path) -> dict[str, Entry]:
    """The answers in a file. Raises ``ContentError`` with every mistake in it."""
    problems: list[Problem] = []
    entries = read_answers(content.questionnaire, read_file(path), problems)
    if problems:
        raise ContentError(problems)
    return entries


def explain_answers(content: Content, name: str, entries: Mapping[str, Entry]) -> Iterator[str]:
    """How the named rule, question or score stands with these answers."""
    standing = Standing(content.form, entries)
    if name in content.rules.rules:
        yield from _rule(content, name, standing)
    if name in content.questionnaire.question:
        yield from _question(content, name, standing)
    if name in content.form.scores:
        yield from _score(name, standing)


def _rule(content: Content, rule: str, standing: Standing) -> Iterator[str]:
    assessment = Assessment(content.rules, standing)
    outcome = assessment.outcomes[rule]
    yield f"With these answers the rule is {outcome}."
    undetermined = outcome is Outcome.UNDETERMINED
    listed = assessment.would_settle(rule) if undetermined else assessment.answers_behind(rule)
    if listed:
        yield "An answer to these questions would settle it:" if undetermined else "It rests on these answers:"
        yield from (f"  {_given(content, question, standing.entries.get(question))}" for question in listed)
    yield ""
    yield "What would change this:"
    for changes in smallest_changes(content.rules, standing, rule):
        yield from _changes(content, changes, standing)


def _changes(content: Content, changes: Changes, standing: Standing) -> Iterator[str]:
    if not changes.found:
        more = "" if changes.exhausted else ", as far as could be tried"
        yield f"  No change of one or two answers would make it {changes.outcome}{more}."
        return
    which = "this" if len(changes.found) == 1 else "any one of these"
    yield f"  It would be {changes.outcome} with {which}:"
    for change in changes.found[:_MOST]:
        yield "    - " + _change(content, change, standing)
    if len(changes.found) > _MOST:
        yield f"    - and {len(changes.found) - _MOST} more, in other questions"


def _change(content: Content, change: Change, standing: Standing) -> str:
    return "; and ".join(
        f"{_given(content, name, entry)} (instead of: {_shown(content, name, standing.entries.get(name))})"
        for name, entry in change.items()
    )


def _question(content: Content, name: str, standing: Standing) -> Iterator[str]:
    asked = {True: "it is asked", False: "it is not asked", None: "it is not known yet whether it is asked"}
    yield f"With these answers {asked[standing.applies(name)]}."
    if name in standing.entries:
        yield f"The answer is: {_shown(content, name, standing.entries[name])}."


def _score(name: str, standing: Standing) -> Iterator[str]:
    known = standing.facts[name]
    assert isinstance(known, Range)
    value = f"it is {known.low}" if known.low == known.high else f"it is between {known.low} and {known.high}"
    yield f"With these answers {value if known.applies is not False else 'it does not apply'}."


def _given(content: Content, name: str, entry: Entry | None) -> str:
    return f"{content.questionnaire.question[name].name}: {_shown(content, name, entry)}"


def _shown(content: Content, name: str, entry: Entry | None) -> str:
    """The entry in words; whatever the reason is, no answer reads as left blank."""
    if entry is None:
        return "no answer"
    if isinstance(entry, AbsentReason):
        return f"left blank ({ABSENT_LABELS[entry].lower()})" if entry is not AbsentReason.DECLINED else "left blank"
    return shown(content.questionnaire.question[name], entry)
