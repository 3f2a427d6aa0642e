"""Check a whole content folder in one run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from screener.check.cases import check_cases, read_cases
from screener.check.hazards import check_hazards, evidences, read_hazards
from screener.check.topics import check_topics, read_topics
from screener.check.translations import check_languages, unused_languages
from screener.check.wording import check_wording
from screener.content.folder_files import folders, stray_files, yaml_files
from screener.content.load import LoadedContent, load
from screener.content.locations import question_places, rule_places
from screener.content.validate import File, read_model
from screener.engine.response_state import ResponseState
from screener.engine.rules import Assessment, Outcome
from screener.errors import ContentError, Place, Problem, nearest
from screener.model.ruleset import Cases, Wording
from screener.paths import DEFAULT, default_questionnaire, questionnaires


@dataclass(frozen=True)
class QuestionnaireCounts:
    """The counts of one questionnaire, for the line that reports it."""

    questionnaire: str
    version: str
    questions: int
    rules: int
    cases: int
    warnings: tuple[str, ...] = ()
    """Sentences about what could be better; none of them is a mistake."""


def check_folder(folder: Path) -> list[QuestionnaireCounts]:
    """Check every questionnaire of a content folder, its rules, their cases and wording, its topics and hazards.

    Raise ``ContentError`` with all problems of the folder.
    """
    problems: list[Problem] = []
    checked = []
    contents: list[LoadedContent] = []
    all_cases: list[File[Cases]] = []
    names = questionnaires(folder)
    problems += stray_files(folder)
    if not names and not problems:
        remedy = "Name a folder that has questions/ and rules/ in it."
        raise ContentError([Problem(Place(str(folder)), "There is no questionnaire here.", remedy)])
    problems += _unused(folder, names)
    if (default := default_questionnaire(folder)) is not None and default not in names:
        complaint = f'There is no questionnaire "{default}".'
        problems.append(Problem(Place(DEFAULT), complaint, nearest(default, names) or "Name an existing one."))
    wording = read_model(folder / "rules" / "wording.yaml", folder, Wording, problems)
    for name in names:
        try:
            content = load(folder, name)
        except ContentError as error:
            problems.extend(error.problems)
            continue
        cases = read_cases(content, problems)
        contents.append(content)
        all_cases += cases
        problems += check_cases(content, cases)
        problems += check_reach(content)
        problems += check_languages(content)
        if wording:
            problems += check_wording(content, wording.model)
        counted = sum(len(file.model.cases) for file in cases)
        questions = len(content.template.question)
        rules = len(content.rules.rules)
        warnings = tuple(without_phrase(content))
        checked.append(QuestionnaireCounts(name, content.questionnaire.version, questions, rules, counted, warnings))
    if len(contents) == len(names):
        problems += check_review(folder, contents, all_cases)
        problems += unused_languages(folder, contents)
    if problems:
        raise ContentError(problems)
    return checked


def _unused(folder: Path, names: Sequence[str]) -> Iterator[Problem]:
    """Yield folders that no questionnaire and no ruleset reads, so that a file left out by mistake is noticed."""
    for parent, index in (("questions", "questionnaire.yaml"), ("rules", "ruleset.yaml")):
        for home in folders(folder / parent):
            if home.name in ("instruments", *names) or not yaml_files(home) or (home / index).exists():
                continue
            place = Place(home.relative_to(folder).as_posix())
            yield Problem(place, "Nothing uses the files of this folder.", f"Write {index} in it, or remove it.")


def without_phrase(content: LoadedContent) -> Iterator[str]:
    """Yield a sentence for each rule that the first page of the summary can only name by its topic."""
    for file in content.rule_files:
        for number, rule in enumerate(file.model.rules):
            missing = " and ".join(key for key in ("phrase", "theme") if not getattr(rule, key))
            if missing:
                place = file.source.place("rules", number, "id")
                yield f'{place}: The rule "{rule.id}" has no {missing} for the first page of the summary. Add it.'


def check_reach(content: LoadedContent) -> Iterator[Problem]:
    """Check that every condition is open before the first answer; one that is decided already will never change."""
    blank = ResponseState(content.form)
    outcomes = Assessment(content.rules, blank).outcomes
    for name, source, path in question_places(content.sections):
        if name in content.form.enable_when and blank.is_enabled(name) is not None:
            frequency = "always" if blank.is_enabled(name) else "never"
            complaint = f'The question "{name}" is {frequency} asked, whatever the answers are.'
            yield Problem(source.place(*path, "enable_when"), complaint, "Correct its condition.")
    for name, source, path in rule_places(content.rule_files):
        if outcomes[name] is not Outcome.UNDETERMINED:
            complaint = f'The rule "{name}" is always {outcomes[name]}, whatever the answers are.'
            yield Problem(source.place(*path, "when"), complaint, "Correct its condition.")


def check_review(folder: Path, contents: Sequence[LoadedContent], cases: Iterable[File[Cases]]) -> Iterator[Problem]:
    """Check that the names in the lists exist; ``contents`` and ``cases`` are those of the whole folder."""
    problems: list[Problem] = []
    if topics := read_topics(folder, problems):
        rules = [rule for content in contents for rule in content.ruleset.rule]
        sources = [source for content in contents for source in content.ruleset.source]
        yield from check_topics(topics, rules, sources)
    if hazards := read_hazards(folder, problems):
        yield from check_hazards(hazards, evidences(folder, cases))
    yield from problems
