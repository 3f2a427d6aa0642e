"""The part of ``screener explain`` about one response: the outcome or value, and what would change it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from screener.content.answers_file import read_answers
from screener.content.compiled import Content
from screener.content.yaml_source import Value, YamlSource, read_file
from screener.engine.previous import PreviousResponse, written_previous
from screener.engine.response_state import ResponseState
from screener.engine.rules import Assessment, Outcome
from screener.engine.what_if import AnswerChange, AnswerChanges, smallest_changes
from screener.errors import ContentError, Problem
from screener.expressions import tree
from screener.expressions.evaluate import Range
from screener.expressions.previous import DAYS, PREFIX, RESERVED
from screener.model.answers import format_answer
from screener.model.occurrences import keys_of
from screener.model.questionnaire import Question
from screener.model.response import ABSENT_LABELS, AbsentReason, Entry

_MOST = 12
"""The number of changes that are listed; a score can have many similar ones."""


@dataclass(frozen=True)
class WrittenAnswers:
    """The answers in a file, and those of the previous response, written as in a case."""

    entries: Mapping[str, Entry]
    previous: PreviousResponse | None


def read_answers_in_file(content: Content, path: Path) -> WrittenAnswers:
    """Return the answers in a file. Raise ``ContentError`` with every mistake in it."""
    problems: list[Problem] = []
    source = read_file(path)
    entries = read_answers(content.questionnaire, source, problems, beside=RESERVED)
    previous = _previous(content, source, source.value, problems) if isinstance(source.value, dict) else None
    if problems:
        raise ContentError(problems)
    return WrittenAnswers(entries, previous)


def _previous(
    content: Content, source: YamlSource, answers: Mapping[str, Value], problems: list[Problem]
) -> PreviousResponse | None:
    if not any(name in answers for name in RESERVED):
        return None
    entries = read_answers(content.questionnaire, source, problems, ("previous",)) if "previous" in answers else {}
    days = answers.get(DAYS)
    if days is not None and not re.fullmatch("[0-9]{1,5}", str(days)):
        problems.append(Problem(source.place(DAYS), f"{DAYS} is not a whole number.", "Write one such as 14."))
        return None
    return written_previous(content.form, entries, None if days is None else int(str(days)))


def explain_answers(content: Content, name: str, answers: WrittenAnswers) -> Iterator[str]:
    """Yield what these answers mean for the named rule, question or score."""
    entries, previous = answers.entries, answers.previous
    state = ResponseState(content.form, entries, previous.facts if previous else None)
    if name in content.rules.rules:
        yield from _rule(content, name, state, previous)
    if name in content.questionnaire.question:
        yield from _question(content, name, state)
    elif name in content.template.question:
        for key in keys_of(content.template.section_of[name], name):
            if key in entries:
                yield f"{content.questionnaire.question[key].label}."
                yield from _question(content, key, state)
    if name in content.form.scores:
        yield from _score(name, state)


def _rule(content: Content, rule: str, state: ResponseState, previous: PreviousResponse | None) -> Iterator[str]:
    assessment = Assessment(content.rules, state)
    outcome = assessment.outcomes[rule]
    yield f"With these answers the rule is {outcome}."
    undetermined = outcome is Outcome.UNDETERMINED
    refusals = tree.refusals(content.rules.rules[rule].tree)
    listed = assessment.deciding_questions(rule) if undetermined else assessment.supporting_answers(rule)
    if listed:
        yield "Answers to these questions would decide it:" if undetermined else "It rests on these answers:"
        yield from (
            f"  {_named_answer(content, question, state.entries.get(question), refusals)}" for question in listed
        )
    if names := assessment.previous_names(rule):
        yield "The previous response would help to decide it:" if undetermined else "It rests on the previous response:"
        yield from (f"  {_of_previous(content, name, previous)}" for name in names)
    yield ""
    yield "What would change this:"
    for changes in smallest_changes(content.rules, state, rule):
        yield from _changes(content, changes, state, refusals)


def _of_previous(content: Content, name: str, previous: PreviousResponse | None) -> str:
    """Return what is known of a name of the previous response, such as "weight of the bag: 10 kg"."""
    symbol = content.form.symbols[name]
    assert isinstance(symbol, Question)
    label = symbol.name
    if previous is None or name not in previous.facts:
        return f"{label}: not known"
    if name == DAYS:
        return f"{label}: {previous.days}"
    entry = previous.entries.get(name.removeprefix(PREFIX))
    return f"{label}: {'not asked' if entry is None else _answer_in_words(content, name.removeprefix(PREFIX), entry)}"


def _changes(content: Content, changes: AnswerChanges, state: ResponseState, refusals: frozenset[str]) -> Iterator[str]:
    if not changes.alternatives:
        more = "" if changes.exhausted else ", as far as could be tried"
        yield f"  No change of one or two answers would make it {changes.outcome}{more}."
        return
    which_change = "this" if len(changes.alternatives) == 1 else "any one of these"
    yield f"  It would be {changes.outcome} with {which_change}:"
    for change in changes.alternatives[:_MOST]:
        yield "    - " + _change(content, change, state, refusals)
    if len(changes.alternatives) > _MOST:
        yield f"    - and {len(changes.alternatives) - _MOST} more, in other questions"


def _change(content: Content, change: AnswerChange, state: ResponseState, refusals: frozenset[str]) -> str:
    return "; and ".join(
        f"{_named_answer(content, name, entry, refusals)} "
        f"(instead of: {_answer_in_words(content, name, state.entries.get(name), refusals)})"
        for name, entry in change.items()
    )


def _question(content: Content, name: str, state: ResponseState) -> Iterator[str]:
    sentences = {True: "it is asked", False: "it is not asked", None: "it is not known yet whether it is asked"}
    yield f"With these answers {sentences[state.is_enabled(name)]}."
    if name in state.entries:
        yield f"The answer is: {_answer_in_words(content, name, state.entries[name])}."


def _score(name: str, state: ResponseState) -> Iterator[str]:
    score_range = state.facts[name]
    assert isinstance(score_range, Range)
    amount = (
        f"it is {score_range.low}"
        if score_range.low == score_range.high
        else f"it is between {score_range.low} and {score_range.high}"
    )
    yield f"With these answers {amount if score_range.enabled is not False else 'it does not apply'}."


def _named_answer(content: Content, name: str, entry: Entry | None, refusals: frozenset[str]) -> str:
    return f"{content.questionnaire.question[name].name}: {_answer_in_words(content, name, entry, refusals)}"


def _answer_in_words(content: Content, name: str, entry: Entry | None, refusals: frozenset[str] = frozenset()) -> str:
    """Return the entry in words; a refusal reads as left blank, except for a question in ``refusals``."""
    if entry is None:
        return "no answer"
    if isinstance(entry, AbsentReason):
        plain = entry is AbsentReason.DECLINED and name not in refusals
        return "left blank" if plain else f'left blank ("{ABSENT_LABELS[entry]}")'
    return format_answer(content.questionnaire.question[name], entry)
