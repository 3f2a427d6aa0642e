"""Content in another language has other texts and the same logic; a missing text is visible, and never blank."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.content.compiled import Content
from screener.content.load import load
from screener.content.translatable import translatable_texts
from screener.content.translate import in_language, languages_of
from screener.document.model import Document
from screener.engine.interview import Interview
from screener.engine.response_state import ResponseState
from screener.engine.rules import Assessment
from screener.i18n.gettext import speaking
from screener.model.questionnaire import Instrument
from screener.plain import wording
from screener.summary.build import clinician_summary, patient_summary
from screener.summary.metadata import SessionMetadata
from tests.check.copies import FLIGHT, copied
from tests.strategies import entries, flight, shipped
from tests.tui.screens import screens

QUESTIONS = "questions/before-a-flight/languages/es-US.yaml"
RULES = "rules/before-a-flight/languages/es-US.yaml"
NERVES = "questions/instruments/languages/es-US/nerves.yaml"
SESSION = SessionMetadata("K7QP-3MXD", "plain")
NOT_PUBLISHED = "published:\n  edition: inventada para las pruebas, en español\n  sources: [T1]\n  mark: verified\n"
OF_THE_PUBLISHER = re.compile(
    r"^  (stem|licence\..*|options\..*|questions\.nerves_\d\.text|scores\..*\.label): .*\n", re.M
)


def spanish(*edits: tuple[str, str, str], home: Path | None = None) -> Content:
    return in_language(flight() if home is None else load(copied(FLIGHT, home, *edits), "before-a-flight"), "es-US")


def without_published_nerves(home: Path) -> Content:
    """Return content without a published translation of the instrument, whose wording is not in the file then."""
    folder = copied(FLIGHT, home, (NERVES, NOT_PUBLISHED, ""))
    text = (folder / NERVES).read_text("utf-8")
    (folder / NERVES).write_text(OF_THE_PUBLISHER.sub("", text), "utf-8")
    return in_language(load(folder, "before-a-flight"), "es-US")


def models(content: Content) -> list[object]:
    return [content.questionnaire, content.ruleset, *content.questionnaire.instruments]


def words(document: Document) -> str:
    return repr(document.blocks)


# Equal and different parts


def test_every_text_of_the_second_content_is_spanish() -> None:
    """Check that every text differs, except for names, units and words that both languages write alike."""
    same = {"l/min", "kg"}
    for english, other in zip(models(flight()), models(spanish()), strict=True):
        before, after = translatable_texts(english), translatable_texts(other)  # type: ignore[arg-type]
        assert list(before) == list(after)
        assert {text.text for key, text in before.items() if text == after[key]} <= same


def test_conditions_codes_and_scores_are_the_very_same() -> None:
    """Check that all languages share one tree for each condition, so that they cannot differ."""
    english, other = flight(), spanish()
    for name, tree in english.form.enable_when.items():
        assert other.form.enable_when[name] is tree
    for name, checks in english.form.please_check.items():
        assert [tree for tree, _ in other.form.please_check[name]] == [tree for tree, _ in checks]
    for name, compiled in english.rules.rules.items():
        assert other.rules.rules[name].evaluate is compiled.evaluate
    for before, after in zip(english.questionnaire, other.questionnaire, strict=True):
        assert (before.id, before.type, before.limits, before.absent) == (
            after.id,
            after.type,
            after.limits,
            after.absent,
        )
        assert [(o.code, o.score, o.exclusive) for o in before.options] == [
            (o.code, o.score, o.exclusive) for o in after.options
        ]


@settings(max_examples=15)
@pytest.mark.parametrize(("made", "language"), [(flight, "es-US"), (flight, "en-US"), (shipped, "en-US")])
@given(data=st.data())
def test_the_same_answers_give_the_same_topics_in_every_language(
    made: Callable[[], Content], language: str, data: st.DataObject
) -> None:
    """Check that each rule has the same outcome, for the same reasons, with any answers."""
    content = made()
    known = data.draw(entries(content.form))
    one, other = (
        Assessment(told_in.rules, ResponseState(told_in.form, known))
        for told_in in (content, in_language(content, language))
    )
    assert one.outcomes == other.outcomes
    for rule in one.outcomes:
        assert one.supporting_answers(rule) == other.supporting_answers(rule)
        assert one.deciding_questions(rule) == other.deciding_questions(rule)


def test_going_there_and_back_changes_nothing() -> None:
    """Check that the authored content is the same object again, from every language."""
    assert in_language(spanish(), "en-GB") is flight()
    assert in_language(in_language(spanish(), "en-US"), "es-US").questionnaire == spanish().questionnaire
    assert in_language(flight(), None) is flight()


# Copies


def test_the_clinic_reads_answers_of_another_language_in_its_own() -> None:
    """Check that the clinician's copy is English and names Spanish answers; the person's copy is Spanish."""
    other = spanish()
    interview = Interview(other.form, other.rules, {"age": 12, "alone": True, "departure": "north"})
    clinician = words(clinician_summary(flight(), interview, SESSION))
    assert "Unaccompanied minor by own report." in clinician
    assert "Spanish (US) (es-US)" in clinician
    assert "12 years" in clinician
    assert "años" not in clinician
    patient = words(patient_summary(other, interview, SESSION))
    assert "Menor sin compañía" in patient
    assert "12 años" in patient
    assert "es-US" not in patient


def test_a_copy_in_the_language_of_the_answers_says_nothing_of_it() -> None:
    for content in (flight(), spanish()):
        interview = Interview(content.form, content.rules, {"age": 12})
        copy = words(clinician_summary(content, interview, SESSION))
        assert "Answered in" not in copy
        assert "Idioma de las respuestas" not in copy


# Missing texts


def test_a_missing_text_is_shown_in_the_authored_language_and_marked(tmp_path: Path) -> None:
    """Check that a person can read a missing text, and which language it is in; ``screener check`` reports it."""
    question = "  questions.age.text: ¿Cuántos años tiene?\n"
    line = "  regions.north.emergency: Llame al 0001.\n"
    content = spanish((QUESTIONS, question, ""), (RULES, line, ""), home=tmp_path)
    assert content.questionnaire.question["age"].text == "[en inglés] How old are you?"
    assert content.ruleset.crisis_lines.region["north"].emergency == "[en inglés] Call 0001."
    assert content.questionnaire.question["alone"].text == "¿Vuela sin compañía?"


def test_without_any_translation_nothing_is_blank(tmp_path: Path) -> None:
    """Check that with only one file of a language all other texts are shown as they were authored."""
    folder = copied(FLIGHT, tmp_path)
    (folder / RULES).unlink()
    shutil.rmtree((folder / NERVES).parent)
    content = in_language(load(folder, "before-a-flight"), "es-US")
    for model in models(content):
        assert all(text.text.strip() for text in translatable_texts(model).values())  # type: ignore[arg-type]
    assert content.ruleset.rule["oxygen"].patient.startswith("[en inglés] You told us")


def test_a_variant_inherits_equal_texts() -> None:
    """Check that American readers of a British questionnaire see no marks, and see American words if there are any."""
    content = in_language(flight(), "en-US")
    assert translatable_texts(content.questionnaire) == translatable_texts(flight().questionnaire)
    assert content.questionnaire.language == "en-US"


# Instruments


def test_an_instrument_without_a_published_translation_keeps_its_words(tmp_path: Path) -> None:
    """Check that its wording stays as published, that our texts are translated, and nothing is marked as missing."""
    content = without_published_nerves(tmp_path)
    [nerves] = content.questionnaire.instruments
    [original] = flight().questionnaire.instruments
    assert (nerves.stem, nerves.options, nerves.licence) == (original.stem, original.options, original.licence)
    assert [question.text for question in nerves.questions] == [question.text for question in original.questions]
    assert nerves.title == "Sus nervios"
    assert nerves.questions[0].short_text == "temblores"
    assert (nerves.edition, nerves.language) == (original.edition, "en-GB")
    assert nerves.stem_of(nerves.questions[0])


async def test_screens_prompts_and_copies_say_that_an_instrument_is_in_english(tmp_path: Path) -> None:
    """Check that the person is told on its pages and in the copies, in their language."""
    content = without_published_nerves(tmp_path)
    interview = Interview(content.form, content.rules)
    interview.change("nerves_1")
    said = "El texto de esta pregunta se muestra en inglés."
    with speaking("es-US"):
        assert said in list(wording.asked(interview))
        async with screens(content, "nerves_1") as person:
            assert said in person.text
    in_spanish = "Las preguntas de estos se mostraron en inglés: NS-3."
    assert in_spanish in words(patient_summary(content, interview, SESSION))
    assert in_spanish in words(clinician_summary(content, interview, SESSION))
    english = words(clinician_summary(content.authored, interview, SESSION))  # type: ignore[arg-type]
    assert "The questions of these were shown in English: NS-3." in english


def test_a_published_translation_is_used_and_named() -> None:
    other = spanish()
    [nerves] = other.questionnaire.instruments
    assert nerves.stem == "¿Con qué frecuencia ha sentido hoy"
    assert nerves.language is None
    interview = Interview(other.form, other.rules)
    assert "inventada para las pruebas, en español" in words(clinician_summary(flight(), interview, SESSION))
    assert list(wording.asked(interview))


def test_words_of_a_publisher_without_a_named_edition_are_not_used(tmp_path: Path) -> None:
    """Check that a translation of an instrument is not shown, even if the file has it, without a published edition."""
    content = spanish((NERVES, NOT_PUBLISHED, ""), home=tmp_path)
    [nerves] = content.questionnaire.instruments
    assert nerves.options == flight().questionnaire.instruments[0].options


def test_no_language_changes_an_instrument_that_is_shipped() -> None:
    """Check that the published wording is the same, letter by letter, in every language of the shipped content."""
    content = shipped()
    for language in languages_of(content):
        for before, after in zip(
            content.questionnaire.instruments, in_language(content, language).questionnaire.instruments, strict=True
        ):
            assert published(before) == published(after)


def published(instrument: Instrument) -> list[str]:
    return [text.text for text in translatable_texts(instrument).values() if text.published]
