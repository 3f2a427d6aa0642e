"""Each catalogue has every text of the program, with the same meaning, and is the one that the program reads."""

from __future__ import annotations

import io
import re
import string
from typing import Any

import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import read_mo

from screener.display_text import UNPRINTABLE
from screener.document.model import Paragraph, closing_notice, opening_notice, plain
from screener.document.notice import Audience
from screener.i18n.formats import MONTHS, months
from screener.i18n.gettext import SOURCE, catalogues, is_variant, speaking
from tests.i18n.catalogues import LOCALE, PROGRAM, catalogue, compiled, languages, messages, updated

COMPLETE = [language for language in languages() if not is_variant(language, SOURCE)]
VARIANTS = [language for language in languages() if is_variant(language, SOURCE)]
UPDATE = "run: python -m tests.i18n.catalogues"
CLINICIAN = {"es": "profesional clínico", "en": "clinician"}
"""The word of each language for the clinician whom every notice names."""


def entries(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


def strings(text: Any) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ("",))


def translations(message: Message) -> list[str]:
    """Return the existing translations; another test checks that none is missing."""
    return [text for text in strings(message.string) if text]


def words_of(made: bytes) -> dict[Any, Any]:
    """Return the texts of a compiled catalogue, without its header, in which its tool names itself."""
    return {
        (strings(message.id), message.context): message.string for message in read_mo(io.BytesIO(made)) if message.id
    }


def placeholders(text: str) -> set[str | None]:
    return {name for _text, name, _format, _conversion in string.Formatter().parse(text)} - {None}


def test_there_are_a_complete_and_a_partial_catalogue() -> None:
    assert (COMPLETE, VARIANTS) == (["es-US"], ["en-US"])


@pytest.mark.parametrize("language", COMPLETE)
def test_every_word_is_translated(language: str) -> None:
    """Check that a new text of the code is named with its file and line until every complete catalogue has it."""
    known = catalogue(language)
    missing = []
    for message in messages():
        found = known.get(message.id, message.context)
        if found is None or not all(strings(found.string)):
            missing.append(f"{message.place}: {message.id!r} has no translation into {language}; {UPDATE}")
    assert missing == []


@pytest.mark.parametrize("language", languages())
def test_no_translation_is_left_of_words_that_are_gone(language: str) -> None:
    known = {(message.id, message.context) for message in messages()}
    gone = [message.id for message in entries(language) if (message.id, message.context) not in known]
    assert gone == [], UPDATE


@pytest.mark.parametrize("language", VARIANTS)
def test_a_variant_holds_only_what_differs(language: str) -> None:
    """Check that American English has only its own spellings and dates, and takes the rest from British English."""
    same = [message.id for message in entries(language) if message.string == message.id]
    assert same == []
    assert 0 < len(entries(language)) < 20


@pytest.mark.parametrize("language", languages())
def test_every_form_says_the_same_with_the_same_placeholders(language: str) -> None:
    """Check that no placeholder is lost, added or misspelt, and that plural forms are complete."""
    known = catalogue(language)
    for message in entries(language):
        assert len(strings(message.string)) == (known.num_plurals if message.pluralizable else 1), message.id
        for translation in translations(message):
            assert placeholders(translation) == placeholders(strings(message.id)[-1]), message.id


@pytest.mark.parametrize("language", languages())
def test_no_translation_hides_or_shifts_anything(language: str) -> None:
    """Check for control characters, spaces lost at the ends, line breaks, and another character at the end."""
    for message in entries(language):
        original = strings(message.id)[-1]
        for translation in translations(message):
            assert not UNPRINTABLE.search(translation), message.id
            assert "\n" not in translation, message.id
            assert translation == translation.strip() or original != original.strip(), message.id
            for end in (".", ":", "?"):
                assert original.endswith(end) == translation.endswith(end), message.id


@pytest.mark.parametrize("language", languages())
def test_numbers_stay_what_they_are(language: str) -> None:
    for message in entries(language):
        expected = sorted(re.findall(r"\d+", strings(message.id)[-1]))
        for translation in translations(message):
            assert sorted(re.findall(r"\d+", translation)) == expected, message.id


@pytest.mark.parametrize("language", languages())
def test_the_compiled_catalogue_is_the_text_catalogue(language: str) -> None:
    """Check that the compiled catalogue is that of the text file, and that both have the texts of the code."""
    kept = words_of((LOCALE / f"{language}.mo").read_bytes())
    assert kept == words_of(compiled(catalogue(language))), UPDATE
    assert kept == words_of(compiled(updated(language))), UPDATE


def test_every_catalogue_can_be_spoken() -> None:
    assert catalogues() == languages()


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("copy", ["patient", "clinician"])
def test_the_notice_is_there_in_every_language(language: str, copy: Audience) -> None:
    """Check law 4: each notice names a clinician in its language, and the opening one says that it is no diagnosis."""
    for notice in (opening_notice, closing_notice):
        source, told = notice(copy), notice(copy, language)
        assert len(told.parts) == len(source.parts)
        words = " ".join((told.title, *(plain(part.words) for part in told.parts if isinstance(part, Paragraph))))
        assert CLINICIAN[language.partition("-")[0]] in words
        if language in COMPLETE:
            assert told.title != source.title
            assert not set(source.parts) & set(told.parts)
            assert "diagnóstico" in words


@pytest.mark.parametrize("language", languages())
def test_the_months_of_a_language_are_twelve(language: str) -> None:
    """Check that each month differs from the others, so that a typed month is one month."""
    with speaking(language):
        assert set(months().values()) == set(range(1, 13))
        assert len(MONTHS) == 12


def test_the_catalogues_come_with_the_program() -> None:
    """Check that an installed program has every language."""
    wheel = pytest.importorskip("hatchling.builders.wheel")
    root = str(PROGRAM.parent)
    included = {file.distribution_path for file in wheel.WheelBuilder(root).recurse_included_files()}
    assert {f"screener/i18n/locale/{language}.mo" for language in languages()} <= included
    assert "screener/shipped/rules/ketamine-pre-screening/languages/en-US.yaml" in included
