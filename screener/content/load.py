"""Load one questionnaire with its rules from a content folder, compiled, or report all of their mistakes at once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import field, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from screener.content import course_checks, cross_checks, name_list_checks
from screener.content.compiled import Content
from screener.content.folder_files import folders, stray_files, yaml_files
from screener.content.locations import question_locations, report_to, rule_locations
from screener.content.translation_files import LanguageFiles, read_languages
from screener.content.validate import File, read_model
from screener.engine.form import compile_form
from screener.engine.rules import compile_rules
from screener.errors import ContentError, Place, Problem, closest, nearest
from screener.file_text import is_archived
from screener.model.base import Authored
from screener.model.crisis_lines import CrisisLines
from screener.model.name_list import NameList
from screener.model.question_types import NAME_LISTS
from screener.model.questionnaire import Instrument, Question, Questionnaire, QuestionnaireFile, Section
from screener.model.response import LEFT_BLANK_BY_STAFF
from screener.model.ruleset import Rules, Ruleset, RulesetFile, Sources
from screener.model.types.base import ListedText
from screener.paths import questionnaires
from screener.values import dataclass

M = TypeVar("M", bound=Authored)


@dataclass(frozen=True)
class LoadedContent(Content):
    """Content together with its files, to be checked or explained."""

    folder: Path = field(repr=False)
    front: File[QuestionnaireFile] = field(repr=False)
    sections: tuple[File[Section], ...] = field(repr=False)
    ruleset_file: File[RulesetFile] = field(repr=False)
    rule_files: tuple[File[Rules], ...] = field(repr=False)
    lines: File[CrisisLines] = field(repr=False)
    language_files: LanguageFiles = field(repr=False)


def load(folder: Path, questionnaire: str) -> LoadedContent:
    """Read, check and compile one questionnaire with its rules.

    Raise ``ContentError`` with every mistake in its files, each with its place and remedy.
    """
    return _ContentLoader(folder).load(questionnaire)


class _ContentLoader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []

    def name_lists(self) -> dict[str, File[NameList]]:
        """Return the lists of names that are there, by their names; read in any case, so that mistakes are found."""
        paths = {name: self.folder / "questions" / f"{name}.yaml" for name in NAME_LISTS}
        read = {name: self.read(path, NameList) for name, path in paths.items() if path.exists()}
        return {name: file for name, file in read.items() if file}

    def load(self, name: str) -> LoadedContent:
        self.problems += stray_files(self.folder, name)
        front = self.read(self.folder / "questions" / name / "questionnaire.yaml", QuestionnaireFile)
        sections = self.sections(front, name) if front else self.unlisted(self.folder / "questions" / name, Section)
        ruleset_file = self.ruleset_file(name)
        rule_files = (
            self.rule_files(ruleset_file) if ruleset_file else self.unlisted(self.folder / "rules" / name, Rules)
        )
        sources = self.read(self.folder / "rules" / "sources.yaml", Sources)
        lines = self.read(self.folder / "rules" / "crisis-lines.yaml", CrisisLines)
        self.problems += cross_checks.names_used_twice(sections, rule_files)
        self.problems += cross_checks.reserved_names(sections)
        self.problems += cross_checks.entries_twice(sources, lines)
        if sources and lines:
            self.problems += cross_checks.unknown_sources(sources.model, sections, rule_files, lines, front)
        name_lists = self.name_lists()
        language_files = read_languages(self.folder, front, sections, ruleset_file, self.problems)
        self.problems += name_list_checks.name_lists_there(sections, name_lists, sources)
        self.problems += name_list_checks.names_with_one_meaning(name_lists.values())
        if front:
            self.problems += cross_checks.repeating_sections(front, sections)
        if self.problems or not (front and ruleset_file and sources and lines):
            raise ContentError(self.problems)

        questionnaire: Questionnaire = _assembled(front.model, Questionnaire, sections=_models(sections))
        ruleset: Ruleset = _assembled(
            ruleset_file.model,
            Ruleset,
            rules=tuple(rule for file in rule_files for rule in file.model.rules),
            sources=sources.model.sources,
            crisis_lines=lines.model,
        )
        questionnaire = with_name_lists(questionnaire, name_lists)
        self.problems += cross_checks.blanks(questionnaire, sections)
        questionnaire = with_blanks_of_staff(questionnaire)
        form = compile_form(questionnaire, report_to(self.problems, question_locations(sections)))
        rules = compile_rules(ruleset, form, report_to(self.problems, rule_locations(rule_files)))
        self.problems += cross_checks.roles(front, questionnaire, lines.model)
        self.problems += course_checks.course(front, questionnaire)
        self.problems += cross_checks.first_page(ruleset_file, rule_files, questionnaire.question)
        if not self.problems:
            self.problems += cross_checks.score_maxima(form, sections)
            self.problems += cross_checks.other_questions(questionnaire, sections, rule_files)
            self.problems += cross_checks.carried_over(sections, rules, form)
        if self.problems:
            raise ContentError(self.problems)
        return LoadedContent(
            form,
            rules,
            _digest(
                [
                    front,
                    *sections,
                    *name_lists.values(),
                    *language_files.questions,
                    *language_files.instruments.values(),
                ]
            ),
            _digest([ruleset_file, *rule_files, sources, lines, *language_files.rules]),
            self.folder,
            front,
            tuple(sections),
            ruleset_file,
            tuple(rule_files),
            lines,
            language_files,
            languages=language_files.by_language(),
        )

    def read(self, path: Path, model: type[M]) -> File[M] | None:
        return read_model(path, self.folder, model, self.problems)

    def unlisted(self, home: Path, model: type[M]) -> list[File[M]]:
        """Read all files of a folder whose index cannot be read, so that their mistakes are reported too."""
        paths = (path for path in yaml_files(home) if path.stem not in ("questionnaire", "ruleset"))
        return [file for path in paths if (file := self.read(path, model))]

    def sections(self, front: File[QuestionnaireFile], name: str) -> list[File[Section]]:
        home = self.folder / "questions" / name
        instruments = self.folder / "questions" / "instruments"
        if front.model.id != name:
            self.problem(
                front, ("id",), f'The id "{front.model.id}" is not the name of its folder.', f'Write "{name}".'
            )
        available = {path.stem: path for path in (*yaml_files(instruments), *yaml_files(home))}
        del available["questionnaire"]
        unused = {stem: path for stem, path in available.items() if path.parent == home}
        unused = {stem: path for stem, path in unused.items() if stem not in front.model.sections}
        files: list[File[Section]] = []
        for position, listed in enumerate(front.model.sections):
            path_of_name = ("sections", position)
            if listed not in available:
                self.missing(front, path_of_name, f'There is no file for the section "{listed}".', listed, unused)
                continue
            if listed in front.model.sections[:position]:
                self.problem(front, path_of_name, f'The section "{listed}" is listed twice.', "Remove one.")
                continue
            model = Instrument if available[listed].parent == instruments else Section
            if file := self.read(available[listed], model):
                files.append(file)
                if file.model.id != listed:
                    message = f'The id "{file.model.id}" is not the name of its file.'
                    self.problem(file, ("id",), message, f'Write "{listed}".')
        self.unused(unused, front, "sections")
        return files

    def ruleset_file(self, questionnaire: str) -> File[RulesetFile] | None:
        homes = folders(self.folder / "rules")
        paths = [path for home in homes if (path := home / "ruleset.yaml").exists()]
        files = [file for path in paths if (file := self.read(path, RulesetFile))]
        fitting = [file for file in files if file.model.questionnaire == questionnaire]
        existing = questionnaires(self.folder)
        # An archive holds the questions of one response, and what says which rules are for them.
        strays = [] if is_archived() else [file for file in files if file.model.questionnaire not in existing]
        for file in strays:
            message = f'There is no questionnaire "{file.model.questionnaire}".'
            self.problem(file, ("questionnaire",), message, nearest(file.model.questionnaire, existing))
        if not fitting and not strays and len(files) == len(paths):
            message = f"No ruleset reads the questionnaire {questionnaire}."
            remedy = f"Write rules/{questionnaire}/ruleset.yaml, and name the questionnaire in it."
            home = self.folder / "rules" / questionnaire
            place = Place(f"rules/{questionnaire}" if home.is_dir() else "rules")
            self.problems.append(Problem(place, message, remedy))
        for file in fitting[1:]:
            self.problem(file, ("questionnaire",), f"A second ruleset reads {questionnaire}.", "Keep one.")
        return fitting[0] if fitting else None

    def rule_files(self, ruleset: File[RulesetFile]) -> list[File[Rules]]:
        home = (self.folder / ruleset.source.file).parent
        available = {path.stem: path for path in yaml_files(home) if path.name != "ruleset.yaml"}
        unused = {stem: path for stem, path in available.items() if stem not in ruleset.model.files}
        files = []
        for position, listed in enumerate(ruleset.model.files):
            path_of_name = ("files", position)
            if listed not in available:
                self.missing(ruleset, path_of_name, f'There is no file "{listed}.yaml".', listed, unused)
            elif listed in ruleset.model.files[:position]:
                self.problem(ruleset, path_of_name, f'The file "{listed}" is listed twice.', "Remove one.")
            elif file := self.read(available[listed], Rules):
                files.append(file)
        self.unused(unused, ruleset, "files")
        return files

    def missing(
        self, index: File[Any], path: tuple[str | int, ...], message: str, listed: str, unused: dict[str, Path]
    ) -> None:
        """Report a file that an index names and that is missing; suggest an unused file with a similar name."""
        meant = closest(listed, unused)
        if meant:
            del unused[meant]
        remedy = f'Did you mean "{meant}"?' if meant else "Add the file, or remove the name here."
        self.problem(index, path, message, remedy)

    def unused(self, unused: dict[str, Path], index: File[Any], key: str) -> None:
        """Report each file that no index names, because it would be left out without notice."""
        for name, path in unused.items():
            place = Place(path.relative_to(self.folder).as_posix())
            remedy = f"Add {name} to the {key} of {index.source.file}, or remove the file."
            self.problems.append(Problem(place, "Nothing uses this file.", remedy))

    def problem(self, file: File[Any], path: tuple[str | int, ...], message: str, remedy: str) -> None:
        self.problems.append(Problem(file.source.place(*path), message, remedy))


def _assembled(front: Authored, model: Any, **parts: object) -> Any:
    """Return a model built from parts that are already validated."""
    own_fields = {field.name for field in fields(model)} - parts.keys()
    return model(**{name: part for name, part in vars(front).items() if name in own_fields}, **parts)


def _models(files: Sequence[File[Any]]) -> tuple[Any, ...]:
    return tuple(file.model for file in files)


def _digest(files: Sequence[File[Any]]) -> str:
    lines = sorted(f"{file.source.digest}  {file.source.file}\n" for file in files)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def with_blanks_of_staff(questionnaire: Questionnaire) -> Questionnaire:
    """Return a questionnaire for staff with the one way in which they leave a question blank: it is not recorded."""
    if not questionnaire.is_for_staff:
        return questionnaire

    def unexcused(section: Section) -> Section:
        questions = tuple(replace(question, absent=LEFT_BLANK_BY_STAFF) for question in section.questions)
        return replace(section, questions=questions)

    return replace(questionnaire, sections=tuple(map(unexcused, questionnaire.sections)))


def with_name_lists(questionnaire: Questionnaire, name_lists: Mapping[str, File[NameList]]) -> Questionnaire:
    """Return the questionnaire with its list of names in each question whose type has one."""
    if not any(isinstance(question.answer_type, ListedText) for question in questionnaire):
        return questionnaire

    def listed(question: Question) -> Question:
        kind = question.answer_type
        return (
            replace(question, name_list=name_lists[kind.name_list].model) if isinstance(kind, ListedText) else question
        )

    def filled(section: Section) -> Section:
        return replace(section, questions=tuple(map(listed, section.questions)))

    return replace(questionnaire, sections=tuple(map(filled, questionnaire.sections)))
