"""The files with the texts of one questionnaire and its rules in other languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Annotated, Literal

from screener.content.compiled import InLanguage
from screener.content.folder_files import folders, yaml_files
from screener.content.validate import File, read_model
from screener.errors import Problem
from screener.model.base import Authored, Language, ListLength, SourceId, Text, Version
from screener.model.questionnaire import Instrument, QuestionnaireFile, Section
from screener.model.ruleset import RulesetFile
from screener.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Translation(Authored):
    """``questions/<questionnaire>/languages/<language>.yaml`` and ``rules/<ruleset>/languages/<language>.yaml``."""

    language: Language
    of: Version
    """The version of the questionnaire or ruleset that was translated."""
    texts: dict[str, Text] = field(default_factory=dict)
    """The key of each text, e.g. ``questions.age.help``, and its translation."""


@dataclass(frozen=True, kw_only=True)
class Published(Authored):
    """A translation of an instrument that its publisher released."""

    edition: Text
    sources: Annotated[tuple[SourceId, ...], ListLength(1, 10)]
    """Ids of ``rules/sources.yaml``."""
    mark: Literal["verified", "to-be-checked"]
    """Whether somebody read the wording in the named sources."""


@dataclass(frozen=True, kw_only=True)
class InstrumentTranslation(Authored):
    """``questions/instruments/languages/<language>/<instrument>.yaml``."""

    language: Language
    published: Published | None = None
    """The publisher's edition. Without it the instrument's wording must stay as authored."""
    texts: dict[str, Text] = field(default_factory=dict)


@dataclass(frozen=True)
class LanguageFiles:
    """The translation files of one questionnaire and its rules; any of them may be missing."""

    questions: tuple[File[Translation], ...]
    rules: tuple[File[Translation], ...]
    instruments: Mapping[tuple[str, str], File[InstrumentTranslation]]
    """By language and instrument id."""

    def languages(self) -> list[str]:
        """Return the languages that have at least one file."""
        own = {file.model.language for file in (*self.questions, *self.rules)}
        return sorted(own | {language for language, _ in self.instruments})

    def by_language(self) -> tuple[InLanguage, ...]:
        """Return the texts of each language, as they are shown."""
        return tuple(map(self._in_language, self.languages()))

    def _in_language(self, language: str) -> InLanguage:
        files = {name: file.model for (of, name), file in self.instruments.items() if of == language}
        return InLanguage(
            language,
            _texts(self.questions, language),
            _texts(self.rules, language),
            {name: model.texts for name, model in files.items()},
            {name: model.published.edition for name, model in files.items() if model.published},
        )


def _texts(files: Sequence[File[Translation]], language: str) -> Mapping[str, str]:
    return next((file.model.texts for file in files if file.model.language == language), {})


def read_languages(
    folder: Path,
    front: File[QuestionnaireFile] | None,
    sections: Sequence[File[Section]],
    ruleset: File[RulesetFile] | None,
    problems: list[Problem],
) -> LanguageFiles:
    """Read the translations of a questionnaire, its instruments and its rules; add mistakes to ``problems``."""
    instruments = {}
    for file in sections:
        if not isinstance(file.model, Instrument):
            continue
        for home in folders(folder / "questions" / "instruments" / "languages"):
            path = home / f"{file.model.id}.yaml"
            if not path.exists():
                continue
            translation = read_model(path, folder, InstrumentTranslation, problems)
            if translation and _is_named(translation, path.parent.name, problems):
                instruments[translation.model.language, file.model.id] = translation
    return LanguageFiles(
        tuple(_beside(folder, front, problems)), tuple(_beside(folder, ruleset, problems)), instruments
    )


def _beside(
    folder: Path, index: File[QuestionnaireFile] | File[RulesetFile] | None, problems: list[Problem]
) -> list[File[Translation]]:
    """Read the translations in the folder ``languages`` beside an index."""
    if index is None:
        return []
    files = []
    for path in yaml_files((folder / index.source.file).parent / "languages"):
        file = read_model(path, folder, Translation, problems)
        if file and _is_named(file, path.stem, problems):
            files.append(file)
    return files


def _is_named(file: File[Translation] | File[InstrumentTranslation], name: str, problems: list[Problem]) -> bool:
    """Return whether the language of a file is the one in its path; add a problem if not."""
    if file.model.language == name:
        return True
    message = f'The language is "{file.model.language}" here, but "{name}" in the path of the file.'
    problems.append(Problem(file.source.place("language"), message, f'Write "{name}", or move the file.'))
    return False
