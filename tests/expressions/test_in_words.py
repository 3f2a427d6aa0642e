"""A condition as an English clause, in the words of the questions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.content.compiled import Content
from screener.expressions import tree
from screener.expressions.in_words import in_words, joined
from screener.expressions.parse import parse_condition
from screener.model.questionnaire import Score
from tests.strategies import conditions, forms

GOLDEN = {
    "alone": 'the answer to "flying alone" is yes',
    "not alone": 'the answer to "flying alone" is no',
    "not pain_now": 'the answer to "chest pain now" is not yes',
    "not (age < 18)": "it is not so that the age in years is less than 18",
    "departure == 'north'": 'the answer to "place of departure" is "The north"',
    "departure != 'north'": 'the answer to "place of departure" is not "The north"',
    "departure in ('north', 'south')": 'the answer to "place of departure" is "The north" or "The south"',
    "departure not in ('north', 'south')": 'the answer to "place of departure" is not "The north" or "The south"',
    "'oxygen' in items": 'the answer to "things carried" includes "Oxygen"',
    "'oxygen' not in items": 'the answer to "things carried" does not include "Oxygen"',
    "'oxygen' in items or 'stick' in items or 'inhaler' in items": (
        'the answer to "things carried" includes "Oxygen", "A walking stick" or "An inhaler"'
    ),
    "'oxygen' not in items and 'stick' not in items": (
        'the answer to "things carried" includes neither "Oxygen" nor "A walking stick"'
    ),
    "chest_pain and not pain_now": 'the answer to "chest pain" is yes, and the answer to "chest pain now" is no',
    "age >= 18 and age < 25": "the age in years is 18 or more and less than 25",
    "alone and age < 18 and bag > 20": (
        'the answer to "flying alone" is yes, the age in years is less than 18, '
        "and the weight of the bag is more than 20"
    ),
    "age < 18": "the age in years is less than 18",
    "age <= 18": "the age in years is 18 or less",
    "age > 18": "the age in years is more than 18",
    "age >= 18": "the age in years is 18 or more",
    "age == 18": "the age in years is 18",
    "age != 18": "the age in years is not 18",
    "oxygen_flow >= 2.5": "the oxygen flow is 2.5 or more",
    "oxygen_flow < 1234567.5": "the oxygen flow is less than 1234567.5",
    "bag > bag_limit": "the weight of the bag is more than the allowed weight",
    "bag * 2 - age / 4 + 1 >= 0": (
        "the weight of the bag times 2 minus the age in years divided by 4 plus 1 is 0 or more"
    ),
    "nerves_1 >= 1": 'the answer to "shaky" is "Sometimes" or "Often"',
    "nerves_1 > 2": 'the answer to "shaky" is never so',
    "nerves_1 + nerves_2 > 2": 'the score of "shaky" plus the score of "sweaty" is more than 2',
    "nerves_1 + nerves_2 + nerves_3 > 2": (
        'the sum of the scores of "shaky", "sweaty" and "running away" is more than 2'
    ),
    "nerves_total >= 3": "the NS-3 total is 3 or more",
    "first_flight < '2020-02-09'": "the first flight is before 9 February 2020",
    "first_flight <= '2020-02-09'": "the first flight is 9 February 2020 or earlier",
    "first_flight > '2020-02-09'": "the first flight is after 9 February 2020",
    "'2020-02-09' <= first_flight": "the first flight is 9 February 2020 or later",
    "first_flight < last_flight": "the first flight is before the last flight",
    "first_flight >= last_flight": "the first flight is the last flight or later",
    "alone and age < 18": 'the answer to "flying alone" is yes, and the age in years is less than 18',
    "alone or age < 18": 'the answer to "flying alone" is yes, or the age in years is less than 18',
    "alone or age < 18 and chest_pain": (
        'the answer to "flying alone" is yes, '
        'or both the age in years is less than 18, and the answer to "chest pain" is yes'
    ),
    "alone and (age < 18 or chest_pain)": (
        'the answer to "flying alone" is yes, '
        'and either the age in years is less than 18, or the answer to "chest pain" is yes'
    ),
    "count(alone, chest_pain, pain_now) >= 2": (
        'at least 2 of these are answered yes: "flying alone", "chest pain" and "chest pain now"'
    ),
    "count(alone, chest_pain) > 1": 'more than 1 of these is answered yes: "flying alone" and "chest pain"',
    "count(alone, chest_pain) <= 1": 'at most 1 of these is answered yes: "flying alone" and "chest pain"',
    "count(alone, chest_pain) < 1": 'none of these is answered yes: "flying alone" and "chest pain"',
    "count(alone, chest_pain) == 1": 'exactly 1 of these is answered yes: "flying alone" and "chest pain"',
    "count(alone, chest_pain) != 1": 'not exactly 1 of these is answered yes: "flying alone" and "chest pain"',
    "count(alone, age < 18) >= 2": (
        'at least 2 of these hold: the answer to "flying alone" is yes; the age in years is less than 18'
    ),
    "declined(alone)": 'the answer to "flying alone" is "Prefer not to say"',
    "alone or declined(alone)": 'the answer to "flying alone" is yes or "Prefer not to say"',
    "age < 18 and (declined(alone) or declined(chest_pain))": (
        "the age in years is less than 18, "
        'and either the answer to "flying alone" is "Prefer not to say", '
        'or the answer to "chest pain" is "Prefer not to say"'
    ),
    "declined(alone) or declined(age) or declined(chest_pain)": (
        '"Prefer not to say" is the answer to any of these: "flying alone", "age in years" or "chest pain"'
    ),
    "age < 18 and declined(alone) and declined(bag) and declined(chest_pain)": (
        '"Prefer not to say" is the answer to all of these: "flying alone", "weight of the bag" and "chest pain", '
        "and the age in years is less than 18"
    ),
    "count(declined(alone), declined(age)) >= 2": (
        'at least 2 of these hold: the answer to "flying alone" is "Prefer not to say"; '
        'the answer to "age in years" is "Prefer not to say"'
    ),
    "count(alone) > count(chest_pain)": (
        'the number of yes answers to "flying alone" is more than the number of yes answers to "chest pain"'
    ),
}


@pytest.mark.parametrize("text", GOLDEN)
def test_golden(flight: Content, text: str) -> None:
    """Check the sentence of each kind of condition."""
    assert in_words(parse_condition(text, flight.form.symbols), flight.form.symbols) == GOLDEN[text]


@given(data=st.data())
def test_every_name_is_in_the_clause(data: st.DataObject) -> None:
    """Check that the clause names each question and score of the condition, and shows no Python."""
    symbols = data.draw(forms()).symbols
    node = parse_condition(data.draw(conditions(symbols)), symbols)
    words = in_words(node, symbols)
    assert not any(sign in words for sign in ("==", "!=", "<", ">", "None", "Fraction", "True", "False"))
    for name in tree.names(node):
        symbol = symbols[name]
        assert (symbol.title if isinstance(symbol, Score) else symbol.name) in words


def test_every_rule_has_a_clause(content: Content) -> None:
    """Check that every rule and every condition of a question has a clause."""
    symbols = content.form.symbols
    trees = [rule.tree for rule in content.rules.rules.values()] + list(content.form.enable_when.values())
    assert all("  " not in in_words(node, symbols) for node in trees)


@pytest.mark.parametrize(
    ("words", "expected"),
    [([], ""), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")],
)
def test_joined(words: list[str], expected: str) -> None:
    """Check that a list reads as in a sentence."""
    assert joined(words, "or") == expected
