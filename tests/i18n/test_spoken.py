"""There is one current language at a time; each has its dates and numbers, and stored values have no language."""

from __future__ import annotations

import datetime
import subprocess
import sys
import threading
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from hypothesis import given
from hypothesis import strategies as st

from screener.i18n.formats import MONTHS, format_number
from screener.i18n.gettext import _, catalogues, language_name, ngettext, speaking, spoken, use
from screener.model.answers import format_answer, parse_answer
from screener.model.questionnaire import Question
from screener.model.types.base import InvalidAnswer
from screener.plain.answers import answer
from screener.tui.question_text import typed_form
from tests.i18n.catalogues import compiled
from tests.model.test_answers import asked

EVERY = ["en-GB", *catalogues()]
DAY, NUMBER = asked("date"), asked("decimal", unit="kg")
MARCH = datetime.date(2024, 3, 5)


# The current language


def test_a_language_is_current_everywhere_or_only_here() -> None:
    """Check that ``use`` is for the whole program, and ``speaking`` for its context and no other thread."""
    heard: list[str] = []
    use("es-US")
    with speaking("en-US"):
        assert (spoken(), _("colours"), _("Yes")) == ("en-US", "colors", "Yes")
        other = threading.Thread(target=lambda: heard.append(_("Yes")))
        other.start()
        other.join()
    assert heard == ["Sí"]
    assert (spoken(), _("Yes"), _("")) == ("es-US", "Sí", "")


@pytest.mark.parametrize(
    ("language", "said"),
    [("en-GB", "colours"), ("en", "colours"), ("en-AU", "colours"), ("es", "colores"), ("es-MX", "colores"),
     ("fr-FR", "colours"), ("../../etc", "colours")],
)  # fmt: skip
def test_the_nearest_catalogue_is_used(language: str, said: str) -> None:
    """Check that an existing variant of the language is used, else English, never nothing."""
    with speaking(language):
        assert _("colours") == said


def test_plural_forms() -> None:
    for language, one, many in (("en-GB", "1 minute", "2 minutes"), ("es-US", "1 minuto", "2 minutos")):
        with speaking(language):
            for count, expected in ((1, one), (2, many)):
                assert ngettext("{count} minute", "{count} minutes", count).format(count=count) == expected


def test_languages_have_names() -> None:
    assert [language_name(code) for code in ("en-GB", "en-US", "es-US", "es-MX", "fr-FR")] == [
        "English", "English (US)", "Spanish (US)", "Spanish", "fr-FR",
    ]  # fmt: skip
    with speaking("es-US"):
        assert language_name("en-GB") == "inglés"


def test_english_reads_no_catalogue() -> None:
    """Check that nothing is looked up or imported in the source language."""
    code = """
import sys
from screener.i18n.gettext import _, speaking, use
use("en-GB")
with speaking("en-AU"):
    _("Yes")
assert "gettext" not in sys.modules and "babel" not in sys.modules
with speaking("es-US"):
    assert _("Yes") == "S\\u00ed"
assert "gettext" in sys.modules and "babel" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


# Dates and numbers


@pytest.mark.parametrize(
    ("language", "written"), [("en-GB", "5 March 2024"), ("en-US", "March 5, 2024"), ("es-US", "5 de marzo de 2024")]
)
def test_dates_are_written_in_the_order_of_the_language(language: str, written: str) -> None:
    with speaking(language):
        assert format_answer(DAY, MARCH) == written
        assert parse_answer(DAY, written) == MARCH


@pytest.mark.parametrize("language", EVERY)
@given(day=st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)))
def test_every_date_can_be_typed_as_it_is_shown(language: str, day: datetime.date) -> None:
    """Check this in every language, so that a draft can be typed again, also in digits with the year first."""
    with speaking(language):
        for typed in (format_answer(DAY, day), format_answer(DAY, day).upper(), typed_form(DAY, day), day.isoformat()):
            assert parse_answer(DAY, typed) == day


@pytest.mark.parametrize(
    "typed",
    ["5 marzo 2024", "5 de Marzo, 2024", "5 MAR 2024", "5o de marzo de 2024", "5.º de marzo de 2024", "5/mar/2024"],
)
def test_spanish_dates(typed: str) -> None:
    """Check that short months, missing small words and raised letters are read."""
    with speaking("es-US"):
        assert parse_answer(DAY, typed) == MARCH


@pytest.mark.parametrize("typed", ["5 March 2024", "marzo de 2024", "5 de 6 de 2024", "05/03/2024", "5 m 2024"])
def test_an_invalid_spanish_date_is_refused_in_spanish(typed: str) -> None:
    """Check that an ambiguous day and month are refused, whatever order is usual."""
    with speaking("es-US"), pytest.raises(InvalidAnswer, match=r"Escriba|confundir"):
        parse_answer(DAY, typed)


@pytest.mark.parametrize("typed", ["sí", "si", "SÍ", "y", "1"])
def test_yes_in_spanish(typed: str) -> None:
    """Check the letter y and the word; s skips the question in every language, and so is not yes."""
    question = Question(id="q", type="yes_no", text="?")
    with speaking("es-US"):
        assert answer(question, typed) is True
        with pytest.raises(InvalidAnswer):
            answer(question, "s")


@pytest.mark.parametrize("language", EVERY)
@given(number=st.decimals(-999, 999, places=2))
def test_every_number_can_be_typed_as_it_is_shown(language: str, number: Decimal) -> None:
    with speaking(language):
        assert parse_answer(NUMBER, format_answer(NUMBER, number)) == number
        assert parse_answer(NUMBER, typed_form(NUMBER, number)) == number


def test_a_language_with_a_decimal_comma(tmp_path: Path, catalogues_in: Callable[[Path], None]) -> None:
    """Check that its catalogue alone shows ``12,5``, and that it is read as the number ``12.5`` everywhere."""
    german = Catalog(locale="de_DE")
    german.add(".", ",", context="decimal sign")
    german.add("{day} {month} {year}", "{day}. {month} {year}", context="a date")
    for name, own in zip(MONTHS, ("Januar", "Februar", "März", *MONTHS[3:]), strict=True):
        german.add(name, own)
    (tmp_path / "de-DE.mo").write_bytes(compiled(german))
    catalogues_in(tmp_path)
    with speaking("de-DE"):
        assert format_answer(NUMBER, Decimal("12.5")) == "12,5 kg"
        assert typed_form(NUMBER, Decimal("12.5")) == "12,5"
        assert format_number(1000) == "1000"
        assert {parse_answer(NUMBER, typed) for typed in ("12,5", "12,5 kg", "12.5")} == {Decimal("12.5")}
        with pytest.raises(InvalidAnswer):
            parse_answer(NUMBER, "1.000,5")
        assert format_answer(DAY, MARCH) == "5. März 2024"
        assert {parse_answer(DAY, typed) for typed in ("5. März 2024", "5 marz 2024", "5.mär.2024")} == {MARCH}
    assert format_answer(NUMBER, Decimal("12.5")) == "12.5 kg"
