"""Cases: examples beside the rules, each with the outcomes that must follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from screener.content.answers_file import read_answers
from screener.content.folder_files import yaml_files
from screener.content.load import LoadedContent
from screener.content.locations import rule_places
from screener.content.validate import File, read_model
from screener.content.yaml_source import YamlSource
from screener.engine.previous import written_previous
from screener.engine.response_state import ResponseState
from screener.engine.rules import Assessment, Outcome
from screener.errors import Place, Problem, nearest, quoted
from screener.model.response import Entry
from screener.model.ruleset import Case, Cases


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
    cases = [case for file in files for case in file.model.cases]
    covered = {
        Outcome.RAISED: {rule for case in cases for rule in case.raised},
        Outcome.CLEAR: {rule for case in cases for rule in case.clear},
    }
    beside = {Path(file.source.file).name: file.source.file for file in files}
    for name, source, path in rule_places(content.rule_files):
        for outcome, rules in covered.items():
            if name not in rules:
                complaint = f'No case shows the rule "{name}" {outcome}.'
                yield Problem(source.place(*path, "id"), complaint, f"Add one to {beside[Path(source.file).name]}.")


def state_of(
    content: LoadedContent, source: YamlSource, position: int, case: Case, problems: list[Problem]
) -> ResponseState:
    """Return what a case says of the person, with the previous response. Add mistakes in it to ``problems``."""

    def entries(part: str) -> dict[str, Entry]:
        return read_answers(content.questionnaire, source, problems, ("cases", position, part))

    answers, previous = entries("answers") if case.answers else {}, None
    if case.previous or case.days_since_previous is not None:
        before = entries("previous") if case.previous else {}
        previous = written_previous(content.form, before, case.days_since_previous).facts
    return ResponseState(content.form, answers, previous)


def expected_outcomes(case: Case) -> Iterator[tuple[Outcome, tuple[str, ...]]]:
    """Yield each outcome with the rules that must have it in a case."""
    yield Outcome.RAISED, case.raised
    yield Outcome.CLEAR, case.clear
    yield Outcome.UNDETERMINED, case.undetermined


def _check_case(content: LoadedContent, file: File[Cases], position: int, case: Case) -> Iterator[Problem]:
    path = ("cases", position)
    problems: list[Problem] = []
    state = state_of(content, file.source, position, case, problems)
    yield from problems
    if problems:
        return
    for name in state.entries:
        if state.is_enabled(name) is not True:
            complaint = f'"{name}" is not asked with these answers, so its answer is set aside.'
            yield Problem(file.source.key(*path, "answers", name), complaint, "Add the answers that lead to it.")
    outcomes = Assessment(content.rules, state).outcomes
    for expected, rules in expected_outcomes(case):
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
