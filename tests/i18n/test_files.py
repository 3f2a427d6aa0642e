"""The files of other languages: part of the content and of its hash, cached with it, and chosen by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from screener.content.cache import load_cached
from screener.content.load import load
from screener.content.translate import in_language, in_language_if_there, languages_of
from screener.errors import ScreenerError
from tests.check.copies import FLIGHT, change, copied
from tests.strategies import flight

QUESTIONS = "questions/before-a-flight/languages/es-US.yaml"
RULES = "rules/before-a-flight/languages/es-US.yaml"
NERVES = "questions/instruments/languages/es-US/nerves.yaml"


@pytest.mark.parametrize(
    ("file", "old", "of"),
    [
        (QUESTIONS, "¿Cuántos años tiene?", "questionnaire"),
        (NERVES, "Sus nervios", "questionnaire"),
        (RULES, "Llame al 0001.", "ruleset"),
    ],
)
def test_hashes_cover_the_files_of_other_languages(tmp_path: Path, file: str, old: str, of: str) -> None:
    """Check that a changed translation changes the version of its content, and of nothing else."""
    changed = load(copied(FLIGHT, tmp_path, (file, old, old.upper())), "before-a-flight")
    for name in ("questionnaire", "ruleset"):
        same = getattr(changed, f"{name}_hash") == getattr(flight(), f"{name}_hash")
        assert same == (name != of)


def test_cached_content_has_its_languages(tmp_path: Path) -> None:
    """Check that cached content is Spanish like content from files, and is not used after a translation changed."""
    folder, kept = copied(FLIGHT, tmp_path / "content"), tmp_path / "kept"
    spanish = in_language(flight(), "es-US")
    for _again in range(2):
        content = in_language(load_cached(folder, "before-a-flight", kept), "es-US")
        assert (content.questionnaire, content.ruleset) == (spanish.questionnaire, spanish.ruleset)
        assert len(list(kept.iterdir())) == 1
    change(folder, (QUESTIONS, "¿Cuántos años tiene?", "¿Qué edad tiene?"))
    content = in_language(load_cached(folder, "before-a-flight", kept), "es-US")
    assert content.questionnaire.question["age"].text == "¿Qué edad tiene?"


def test_the_languages_of_a_content() -> None:
    """Check the order: the authored language, those with texts, and those that differ in usage only."""
    assert languages_of(flight()) == ["en-GB", "en-US", "es-US"]
    assert languages_of(in_language(flight(), "es-US")) == languages_of(flight())


@pytest.mark.parametrize("wanted", ["es-US", "es_US", "ES-us", "es-us"])
def test_a_language_may_be_written_as_elsewhere(wanted: str) -> None:
    assert in_language(flight(), wanted).questionnaire.language == "es-US"


@pytest.mark.parametrize(
    ("wanted", "nearest"), [("es-ES", "es-US"), ("es", "es-US"), ("en-GR", "en-GB"), ("", "en-GB")]
)
def test_an_unknown_language_is_an_error_with_the_nearest_one(wanted: str, nearest: str) -> None:
    """Check that the sentence names the closest language, or all languages if none is close."""
    with pytest.raises(ScreenerError, match=f"^The questionnaire before-a-flight is not available in .* .*{nearest}"):
        in_language(flight(), wanted)


def test_content_of_another_version_may_lack_a_language() -> None:
    """Check that an old response is read as it was authored if its content did not have the language yet."""
    assert in_language_if_there(in_language(flight(), "es-US"), "fr-FR") is flight()
    assert in_language_if_there(flight(), "es-US").questionnaire.language == "es-US"
