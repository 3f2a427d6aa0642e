"""Cases: examples beside the rules, each with the outcomes that must follow."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

from screener.content.answers_file import read_answers
from screener.content.folder_files import yaml_files
from screener.content.load import LoadedContent
from screener.content.locations import rule_places
from screener.content.validate import File, read_model
from screener.engine.form import ResponseState
from screener.engine.previous import previous_response
from screener.engine.rules import Assessment, Outcome
from screener.errors import Place, Problem, nearest, quoted
from screener.expressions.evaluate import Facts
from screener.expressions.previous import DAYS
from screener.model.ruleset import Case, Cases

_SOME_DAY = datetime.date(2026, 1, 1)


def read_cases(content: LoadedContent, problems: list[Problem]) -> list[File[Cases]]:
    """Read the case files of a ruleset, one for each file of rules; add mistakes to ``problems``."""
    home = (content.folder / content.ruleset_file.source.file).parent / "cases"
    stems = content.ruleset_file.model.files
    files = []
    for path in yaml_files(home):
        if path.stem not in stems:
            place = Place(path.relative_to(content.folder).as_posix())
            remedy = nearest(path.stem, stems) or "Name it after the file whose rules it shows."
            problems.append(Problem(place, f'There is no file of rules "{path.stem}.yaml".', remedy))
        elif file := read_model(path, content.folder, Cases, problems):
            files.append(file)
    for rules in content.rule_files:
        path = home / Path(rules.source.file).name
        if not path.exists():
            remedy = f"Write them in {path.relative_to(content.folder).as_posix()}."
            problems.append(Problem(Place(rules.source.file), "No cases show what these rules do.", remedy))
    return files


def check_cases(content: LoadedContent, files: Sequence[File[Cases]]) -> Iterator[Problem]:
    """Check that every case holds, and that every rule is raised in one case and clear in another."""
    for file in files:
        for position, case in enumerate(file.model.cases):
            yield from _check_case(content, file, position, case)
    if len(files) == len(content.rule_files):
        yield from _check_coverage(content, files)


def _check_coverage(content: LoadedContent, files: Sequence[File[Cases]]) -> Iterator[Problem]:
    covered: dict[Outcome, set[str]] = {outcome: set() for outcome in Outcome}
    beside = {Path(file.source.file).name: file.source.file for file in files}
    for file in files:
        for case in file.model.cases:
            covered[Outcome.RAISED].update(case.raised)
            covered[Outcome.CLEAR].update(case.clear)
    for name, source, path in rule_places(content.rule_files):
        for outcome in (Outcome.RAISED, Outcome.CLEAR):
            if name not in covered[outcome]:
                complaint = f'No case shows the rule "{name}" {outcome}.'
                yield Problem(source.place(*path, "id"), complaint, f"Add one to {beside[Path(source.file).name]}.")


def previous_facts(content: LoadedContent, file: File[Cases], position: int, problems: list[Problem]) -> Facts | None:
    """Return the facts of the previous response of a case; ``None`` where it has none. Add mistakes to ``problems``."""
    case, entries = file.model.cases[position], {}
    if not case.previous and case.days_since_previous is None:
        return None
    if case.previous:
        entries = read_answers(content.questionnaire, file.source, problems, ("cases", position, "previous"))
    day = _SOME_DAY - datetime.timedelta(days=case.days_since_previous or 0)
    form = content.form
    previous = previous_response(form, form, entries, reference="", day=day, today=_SOME_DAY)
    facts = dict(previous.facts)
    if case.days_since_previous is None:
        del facts[DAYS]
    return facts


def _check_case(content: LoadedContent, file: File[Cases], position: int, case: Case) -> Iterator[Problem]:
    path = ("cases", position)
    problems: list[Problem] = []
    entries = {}
    if case.answers:
        entries = read_answers(content.questionnaire, file.source, problems, (*path, "answers"))
    state = ResponseState(content.form, entries, previous_facts(content, file, position, problems))
    yield from problems
    if problems:
        return
    for name in entries:
        if state.is_enabled(name) is not True:
            complaint = f'"{name}" is not asked with these answers, so its answer is set aside.'
            yield Problem(file.source.key(*path, "answers", name), complaint, "Add the answers that lead to it.")
    outcomes = Assessment(content.rules, state).outcomes
    for expected, rules in (
        (Outcome.RAISED, case.raised),
        (Outcome.CLEAR, case.clear),
        (Outcome.UNDETERMINED, case.undetermined),
    ):
        for number, rule in enumerate(rules):
            place = file.source.place(*path, str(expected), number)
            if rule not in outcomes:
                yield Problem(place, f'There is no rule "{rule}".', nearest(rule, outcomes) or "Name an existing one.")
            elif outcomes[rule] is not expected:
                complaint = f"In the case {quoted(case.name)} the rule {rule} is {outcomes[rule]}, not {expected}."
                yield Problem(place, complaint, "Correct the rule or the case.")
    if not (case.raised or case.clear or case.undetermined):
        yield Problem(
            file.source.place(*path), f"The case {quoted(case.name)} expects nothing.", "Say what must follow."
        )
