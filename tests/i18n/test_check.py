"""``screener check`` names the mistakes in a translation, with file, line and key."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from screener.check.folder import check_folder
from screener.errors import ContentError
from tests.check.copies import FLIGHT, FRONT, WORDING, Edit, copied, write
from tests.i18n.test_files import NERVES, QUESTIONS, RULES

AGE = "  questions.age.text: ¿Cuántos años tiene?\n"
STEM = "  stem: ¿Con qué frecuencia ha sentido hoy\n"
PUBLISHED = "published:\n  edition: inventada para las pruebas, en español\n  sources: [T1]\n  mark: verified\n"


def problems(folder: Path) -> str:
    with pytest.raises(ContentError) as found:
        check_folder(folder)
    return str(found.value)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        ((QUESTIONS, AGE, ""), '3:1: The text "questions.age.text" has no translation. Add it.'),
        ((QUESTIONS, AGE, AGE.replace("age", "aeg")), '18:3: There is no text "questions.aeg.text". Did you mean'),
        ((QUESTIONS, AGE, "  questions.age.text: ''\n"), "18:23: This is empty."),
        ((QUESTIONS, "of: 2.1.0", "of: 2.0.9"), f"2:5: This translates version 2.0.9, but {FRONT} has version 2.1.0."),
        ((QUESTIONS, "language: es-US", "language: es-MX"), '1:11: The language is "es-MX" here, but "es-US" in'),
        ((RULES, "al 0002", "al 002"), '29:30: The numbers and placeholders of "regions.north.lines.1.how" are not'),
        (
            (RULES, "de 16 años", "de dieciséis años"),
            '5:30: The numbers and placeholders of "rules.child-alone.patient"',
        ),
        ((NERVES, "  title: Sus nervios\n", ""), '6:1: The text "title" has no translation. Add it.'),
        ((NERVES, STEM, ""), '6:1: The text "stem" has no translation. Add it.'),
        ((NERVES, PUBLISHED, ""), '4:3: "stem" is the published wording of the instrument, and this names no'),
        ((NERVES, "sources: [T1]", "sources: [T9]"), '4:13: There is no source "T9" in the bibliography.'),
    ],
)
def test_each_mistake_is_named_where_it_is(tmp_path: Path, edit: Edit, said: str) -> None:
    """Try a missing text, one that translates nothing, one that lost a number, and one of another version."""
    assert f"{edit[0]}:{said}" in problems(copied(FLIGHT, tmp_path, edit))


def test_a_new_version_asks_for_its_translations(tmp_path: Path) -> None:
    """Check that a new version of the questionnaire names every translation to compare with it."""
    found = problems(copied(FLIGHT, tmp_path, (FRONT, "version: 2.1.0", "version: 2.2.0")))
    assert f"{QUESTIONS}:2:5: This translates version 2.1.0" in found
    assert "Compare the texts that have changed, then write 2.2.0." in found


def test_a_missing_text_is_shown_to_be_translated(tmp_path: Path) -> None:
    """Check that below the sentence is the line to add, with the authored text."""
    assert "\n    questions.age.text: How old are you?" in problems(copied(FLIGHT, tmp_path, (QUESTIONS, AGE, "")))


@pytest.mark.parametrize("file", [QUESTIONS, RULES, NERVES])
def test_a_language_is_there_in_whole(tmp_path: Path, file: str) -> None:
    """Check that a language with any file must have all three: questions, rules and each instrument's texts."""
    folder = copied(FLIGHT, tmp_path)
    (folder / file).unlink()
    assert f"{file}: There is no such file, so these texts have no translation. Write it." in problems(folder)


def test_a_variant_of_the_language_may_be_partial(tmp_path: Path) -> None:
    """Check that British content needs only the American texts that differ, and that a wrong key is still reported."""
    folder = copied(FLIGHT, tmp_path)
    american = QUESTIONS.replace("es-US", "en-US")
    write(folder, american, "language: en-US\nof: 2.1.0\ntexts:\n  questions.items.text: What do you take along?\n")
    assert len(check_folder(folder)) == 1
    write(folder, american, "language: en-US\nof: 2.1.0\ntexts:\n  questions.things.text: What?\n")
    assert 'There is no text "questions.things.text".' in problems(folder)


def test_a_translation_into_its_own_language_is_one_too_many(tmp_path: Path) -> None:
    folder = copied(FLIGHT, tmp_path)
    british = QUESTIONS.replace("es-US", "en-GB")
    write(folder, british, "language: en-GB\nof: 2.1.0\ntexts: {}\n")
    assert "The questionnaire is written in en-GB, so this translates nothing." in problems(folder)


def test_a_translation_of_no_instrument_is_noticed(tmp_path: Path) -> None:
    folder = copied(FLIGHT, tmp_path)
    shutil.copy(folder / NERVES, folder / NERVES.replace("nerves", "nervous"))
    assert re.search(r'nervous\.yaml: Nothing uses this file\. Did you mean "nerves"\?', problems(folder))


def test_words_that_must_not_be_used_are_found_in_translations(tmp_path: Path) -> None:
    """Check that the banned words of a language apply to that language and its variants, and to no other."""
    banned = "  - {words: [apto para volar], why: The crew decides., instead: temas, language: es-US}\n"
    edits = (
        (WORDING, "banned:\n", f"banned:\n{banned}"),
        (QUESTIONS, "completion.1: Muestre esto", "completion.1: Es apto para volar. Fit to fly. Muestre esto"),
    )
    found = problems(copied(FLIGHT, tmp_path, *edits))
    assert f'{QUESTIONS}:7:20: Text for a person must not say "apto para volar"' in found
    assert "Fit to fly" not in found


def test_words_that_must_not_be_used_are_found_in_variants(tmp_path: Path) -> None:
    folder = copied(FLIGHT, tmp_path)
    american = QUESTIONS.replace("es-US", "en-US")
    write(folder, american, "language: en-US\nof: 2.1.0\ntexts:\n  completion.1: You are fit to fly.\n")
    assert 'must not say "fit to fly"' in problems(folder)
