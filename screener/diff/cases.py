"""The cases of two versions: those that changed, and those with another outcome under the other version's rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from screener.check.cases import expected_outcomes, read_cases, state_of
from screener.content.load import LoadedContent
from screener.content.yaml_source import Value, YamlSource
from screener.diff.change import ContentChange, Group, changed
from screener.engine.rules import Assessment, Outcome
from screener.errors import ContentError, Problem
from screener.expressions.previous import DAYS, PREFIX
from screener.model.ruleset import Case

CaseName = tuple[str, str]
"""The file without its ending, and the name of the case in it; a repeated name gets a number."""


@dataclass(frozen=True)
class AuthoredCase:
    """A case with the file that holds its answers."""

    source: YamlSource
    position: int
    case: Case

    @property
    def answers(self) -> Mapping[str, Value]:
        """Return what was answered, and in the previous response, in the order of the file."""
        answers: Mapping[str, Value] = self.case.answers  # type: ignore[assignment]
        previous: Mapping[str, Value] = self.case.previous  # type: ignore[assignment]
        days = self.case.days_since_previous
        since = {} if days is None else {DAYS: str(days)}
        return {**answers, **{PREFIX + name: answer for name, answer in previous.items()}, **since}


@dataclass(frozen=True)
class Flip:
    """A rule with another outcome in one case; ``None`` if one version does not have the rule."""

    case: str
    file: str
    rule: str
    old: Outcome | None
    new: Outcome | None
    whose: str = ""
    """If the two versions have different answers for the case, the version whose answers these are."""
    lost: tuple[str, ...] = ()
    """The questions that one of the versions does not know, so that their answers are dropped."""


def cases_of(content: LoadedContent) -> dict[CaseName, AuthoredCase]:
    """Return the cases of one version by file and name. Raise ``ContentError`` if a file of cases cannot be read."""
    problems: list[Problem] = []
    cases: dict[CaseName, AuthoredCase] = {}
    for file in read_cases(content, problems):
        for position, case in enumerate(file.model.cases):
            name = (Path(file.source.file).stem, case.name)
            times = 1
            while name in cases:
                times += 1
                name = (name[0], f"{case.name} ({times})")
            cases[name] = AuthoredCase(file.source, position, case)
    if problems:
        raise ContentError(problems)
    return cases


def case_changes(old: Mapping[CaseName, AuthoredCase], new: Mapping[CaseName, AuthoredCase]) -> Iterator[ContentChange]:
    """Yield cases that were added or removed, that have other answers, or that expect other outcomes."""
    for name in old:
        if name not in new:
            yield ContentChange(Group.CASES, _subject(name), "removed")
    for name in new:
        if name not in old:
            yield ContentChange(Group.CASES, _subject(name), "added")
    for name in new:
        if name in old:
            before, now = old[name], new[name]
            for question in dict.fromkeys((*before.answers, *now.answers)):
                answers = [_in_words(written.answers.get(question)) for written in (before, now)]
                yield from changed(Group.CASES, _subject(name), f"answer to {question}", *answers)
            expected = [_expected(written.case) for written in (before, now)]
            for rule in dict.fromkeys((*expected[0], *expected[1])):
                label = f"what it expects of {rule}"
                yield from changed(Group.CASES, _subject(name), label, expected[0].get(rule), expected[1].get(rule))


def _subject(name: CaseName) -> str:
    return f'case "{name[1]}" ({name[0]})'


def _in_words(answer: Value | None) -> str | None:
    if isinstance(answer, dict):
        return " ".join(str(part) for part in answer.values())
    return ", ".join(map(str, answer)) if isinstance(answer, list) else answer


def _expected(case: Case) -> dict[str, str]:
    return {rule: str(outcome) for outcome, rules in expected_outcomes(case) for rule in rules}


def flips(
    old: LoadedContent,
    new: LoadedContent,
    old_cases: Mapping[CaseName, AuthoredCase],
    new_cases: Mapping[CaseName, AuthoredCase],
) -> Iterator[Flip]:
    """Yield, for every case of either version, each rule that has different outcomes under the two versions' rules."""
    for name, written in old_cases.items():
        twin = new_cases.get(name)
        differs = twin is not None and twin.answers != written.answers
        yield from _flips(old, new, name, written, "answers of the old version" if differs else "")
        if twin is not None and differs:
            yield from _flips(old, new, name, twin, "answers of the new version")
    for name, written in new_cases.items():
        if name not in old_cases:
            yield from _flips(old, new, name, written, "")


def _flips(old: LoadedContent, new: LoadedContent, name: CaseName, written: AuthoredCase, whose: str) -> Iterator[Flip]:
    states = [state_of(content, written.source, written.position, written.case, []) for content in (old, new)]
    answered = [{*state.entries, *state.previous} & written.answers.keys() for state in states]
    lost = tuple(sorted(answered[0] ^ answered[1]))
    before, now = (Assessment(content.rules, state).outcomes for content, state in zip((old, new), states, strict=True))
    for rule in dict.fromkeys((*now, *before)):
        outcome_before, outcome_now = before.get(rule), now.get(rule)
        if outcome_before is not outcome_now and (
            None not in (outcome_before, outcome_now) or Outcome.RAISED in (outcome_before, outcome_now)
        ):
            yield Flip(name[1], name[0], rule, outcome_before, outcome_now, whose, lost)


def flip_changes(flips: Iterable[Flip]) -> Iterator[ContentChange]:
    """Yield the flips as changes, those of one case together."""
    for flip in flips:
        annotations = [flip.whose] if flip.whose else []
        annotations += [f"without the answers to {', '.join(flip.lost)}"] if flip.lost else []
        subject = _subject((flip.file, flip.case)) + "".join(f", {annotation}" for annotation in annotations)
        yield ContentChange(
            Group.OUTCOMES,
            subject,
            f"rule {flip.rule}",
            str(flip.old or "no such rule"),
            str(flip.new or "no such rule"),
        )
