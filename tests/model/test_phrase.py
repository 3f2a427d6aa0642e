"""Phrases of the first page: a few words that answers fill, and nothing where an answer is missing."""

from __future__ import annotations

import pytest

from screener.model.phrase import filled, phrase_names, phrase_parts, plain_words

READING = "recalled reading above 140/90[: {systolic}/{diastolic}][; medicine: {bp_medicine}]"


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, "recalled reading above 140/90"),
        ({"systolic": "142"}, "recalled reading above 140/90"),
        ({"systolic": "142", "diastolic": "91"}, "recalled reading above 140/90: 142/91"),
        ({"bp_medicine": "yes"}, "recalled reading above 140/90; medicine: yes"),
    ],
)
def test_brackets_are_left_out_where_an_answer_in_them_is_missing(answers: dict[str, str], said: str) -> None:
    assert filled(READING, answers.get) == said


def test_phrase_with_a_missing_answer_outside_of_brackets_says_nothing() -> None:
    assert filled("own list: {medicines}", {}.get) is None
    assert filled("own list: {medicines}", {"medicines": "one"}.get) == "own list: one"


def test_answer_is_never_read_as_a_phrase() -> None:
    """Check that curly and square brackets which a person types stay as they are."""
    assert filled("own list: {a}", {"a": "[{b}] \\1 {a}"}.get) == "own list: [{b}] \\1 {a}"


def test_plain_words_and_names_of_a_phrase() -> None:
    assert plain_words(READING) == "recalled reading above 140/90"
    assert phrase_names(READING) == ("systolic", "diastolic", "bp_medicine")


@pytest.mark.parametrize("phrase", ["a [{b}", "a {b", "a }", "a ]", "a []", "[[{a}]]", "a {B}"])
def test_phrase_that_cannot_be_read_is_refused_with_a_remedy(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"; "):
        phrase_parts(phrase)
