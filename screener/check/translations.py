"""Check that the texts in other languages are complete, of the current version, and have the same numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from screener.content.folder_files import folders, yaml_files
from screener.content.load import LoadedContent
from screener.content.translatable import TranslatableText, translatable_texts
from screener.content.translation_files import InstrumentTranslation, Translation
from screener.content.validate import File
from screener.content.yaml_source import YamlSource
from screener.errors import Place, Problem, nearest, quoted
from screener.i18n.gettext import is_variant
from screener.model.base import Authored
from screener.model.questionnaire import Instrument

_FIXED = re.compile(r"\{\w*\}|\d+")
"""The parts that a translation must keep: placeholders and numbers; no digit of a phone number may be lost."""


def check_languages(content: LoadedContent) -> Iterator[Problem]:
    """Check every text in every language of one questionnaire and its rules."""
    files, authored = content.language_files, content.questionnaire.language
    questions = {file.model.language: file for file in files.questions}
    rules = {file.model.language: file for file in files.rules}
    for language in files.languages():
        if language == authored:
            yield from _in_its_own_language(content, language)
            continue
        translated: list[tuple[File[Translation] | None, str, str, Authored]] = [
            (questions.get(language), content.front.source.file, content.questionnaire.version, content.template),
            (rules.get(language), content.ruleset_file.source.file, content.ruleset.version, content.ruleset),
        ]
        for translation, index, version, model in translated:
            if translation:
                yield from _of_version(translation, version, index)
                partial = is_variant(language, authored)
                yield from _texts(
                    translation.source, translation.model.texts, translatable_texts(model), partial=partial
                )
            elif not is_variant(language, authored):
                yield _no_file(f"{Path(index).parent.as_posix()}/languages/{language}.yaml")
        for instrument in content.questionnaire.instruments:
            file = files.instruments.get((language, instrument.id))
            if file:
                yield from _instrument(file, instrument, content, authored)
            elif not is_variant(language, authored):
                yield _no_file(f"questions/instruments/languages/{language}/{instrument.id}.yaml")


def unused_languages(folder: Path, contents: Iterable[LoadedContent]) -> Iterator[Problem]:
    """Yield translations of instruments that no questionnaire uses."""
    used = {file.source.file for content in contents for file in content.language_files.instruments.values()}
    homes = folders(folder / "questions" / "instruments" / "languages")
    for path in (path for home in homes for path in yaml_files(home)):
        name = path.relative_to(folder).as_posix()
        if name not in used:
            instruments = [file.stem for file in yaml_files(folder / "questions" / "instruments")]
            yield Problem(Place(name), "Nothing uses this file.", nearest(path.stem, instruments) or "Remove it.")


def _in_its_own_language(content: LoadedContent, language: str) -> Iterator[Problem]:
    files = content.language_files
    sources = [file.source for file in (*files.questions, *files.rules) if file.model.language == language]
    sources += [file.source for (told_in, _), file in files.instruments.items() if told_in == language]
    for source in sources:
        complaint = f"The questionnaire is written in {language}, so this translates nothing."
        yield Problem(source.place("language"), complaint, "Remove the file, or change the texts themselves.")


def _no_file(name: str) -> Problem:
    return Problem(Place(name), "There is no such file, so these texts have no translation.", "Write it.")


def _of_version(file: File[Translation], version: str, index: str) -> Iterator[Problem]:
    if file.model.of != version:
        complaint = f"This translates version {file.model.of}, but {index} has version {version}."
        remedy = f"Compare the texts that have changed, then write {version}."
        yield Problem(file.source.place("of"), complaint, remedy)


def _instrument(
    file: File[InstrumentTranslation], instrument: Instrument, content: LoadedContent, authored: str
) -> Iterator[Problem]:
    originals, texts, published = translatable_texts(instrument), file.model.texts, file.model.published
    if published is None:
        for key in texts:
            if key in originals and originals[key].published:
                complaint = (
                    f"{quoted(key)} is the published wording of the instrument, and this names no translation of it."
                )
                remedy = "Name the edition that its publisher released below published, or remove the text."
                yield Problem(file.source.key("texts", key), complaint, remedy)
        originals = {key: text for key, text in originals.items() if not text.published or key in texts}
    else:
        for position, source in enumerate(published.sources):
            if source not in content.ruleset.source:
                place = file.source.place("published", "sources", position)
                complaint = f'There is no source "{source}" in the bibliography.'
                yield Problem(place, complaint, "Add it to rules/sources.yaml, or cite one that is there.")
    yield from _texts(file.source, texts, originals, partial=is_variant(file.model.language, authored))


def _texts(
    source: YamlSource, texts: Mapping[str, str], originals: Mapping[str, TranslatableText], *, partial: bool
) -> Iterator[Problem]:
    for key, text in originals.items():
        if key not in texts:
            if not partial:
                complaint = f"The text {quoted(key)} has no translation."
                yield Problem(source.key("texts"), complaint, "Add it.", f"    {key}: {text.text}")
        elif _fixed(text.text) != _fixed(texts[key]):
            complaint = f"The numbers and placeholders of {quoted(key)} are not those of the text: {quoted(text.text)}."
            yield Problem(source.place("texts", key), complaint, "Write the same ones.")
    for key in texts.keys() - originals.keys():
        yield Problem(
            source.key("texts", key), f"There is no text {quoted(key)}.", nearest(key, originals) or "Remove it."
        )


def _fixed(text: str) -> Counter[str]:
    return Counter(_FIXED.findall(text))
