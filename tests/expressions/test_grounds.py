"""The support of a value: it names what the value rests on, completely."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.content.compiled import Content
from screener.expressions.evaluate import Fact, Missing, Range, truth
from screener.expressions.parse import parse_condition
from screener.expressions.support import is_missing, support, supporting_refusals
from tests.strategies import conditions, facts, forms, often, refined

YES, NO, LATER, REFUSED = True, False, Missing.UNANSWERED, Missing.DECLINED


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("alone", {"alone": YES}, {"alone"}),
        ("not alone", {"alone": YES}, {"alone"}),
        ("alone or chest_pain", {"alone": YES, "chest_pain": NO}, {"alone"}),
        ("alone or chest_pain", {"alone": YES, "chest_pain": YES}, {"alone", "chest_pain"}),
        ("alone or chest_pain", {"alone": NO, "chest_pain": NO}, {"alone", "chest_pain"}),
        ("alone and chest_pain", {"alone": NO, "chest_pain": LATER}, {"alone"}),
        ("alone and chest_pain", {"alone": YES, "chest_pain": LATER}, {"chest_pain"}),
        ("age < 18 and alone", {"age": Range(12, 12), "alone": YES}, {"age", "alone"}),
        ("bag > bag_limit", {"bag": Range(30, 30), "bag_limit": Range(0, 99)}, {"bag_limit"}),
        ("nerves_total >= 3", {"nerves_total": Range(4, 6)}, {"nerves_total"}),
        ("count(alone, chest_pain) >= 1", {"alone": YES, "chest_pain": NO}, {"alone"}),
        ("count(alone, chest_pain) < 2", {"alone": YES, "chest_pain": NO}, {"chest_pain"}),
        ("count(alone, chest_pain) >= 2", {"alone": YES, "chest_pain": NO}, {"chest_pain"}),
        ("count(alone, chest_pain) >= 2", {"alone": YES, "chest_pain": LATER}, {"chest_pain"}),
        ("1 <= count(alone, chest_pain)", {"alone": YES, "chest_pain": NO}, {"alone"}),
        ("count(alone, chest_pain) == 1", {"alone": YES, "chest_pain": NO}, {"alone", "chest_pain"}),
        ("count(alone, chest_pain) <= 1", {"alone": NO, "chest_pain": LATER}, {"alone"}),
        ("declined(alone) or declined(age)", {"alone": REFUSED, "age": Range(5, 5)}, {"alone"}),
        ("declined(alone) or declined(age)", {"alone": NO, "age": Range(5, 5)}, {"alone", "age"}),
        ("declined(alone) or declined(age)", {"alone": NO, "age": Range(0, 120, True, None)}, {"age"}),
        ("alone or declined(age)", {"alone": REFUSED, "age": Range(0, 120, True, True)}, {"age"}),
        ("count(declined(alone), chest_pain) >= 1", {"alone": REFUSED, "chest_pain": NO}, {"alone"}),
    ],
)
def test_examples(flight: Content, text: str, known: dict[str, Fact], expected: set[str]) -> None:
    """Check that the support is the names that decide: the true side of an ``or``, the false side of an ``and``"""
    assert support(parse_condition(text, flight.form.symbols), known) == expected


def test_a_refusal_that_is_asked_for_is_what_it_rests_on(flight: Content) -> None:
    """Check that a refusal is named if it raises the rule, and not if it is only a missing answer."""
    symbols = flight.form.symbols
    refused: dict[str, Fact] = {"alone": REFUSED, "age": Range(0, 120, True, True), "chest_pain": YES}
    assert supporting_refusals(parse_condition("declined(alone) and declined(age)", symbols), refused) == {
        "alone",
        "age",
    }
    assert supporting_refusals(parse_condition("chest_pain or age >= 0 or alone", symbols), refused) == set()
    assert supporting_refusals(parse_condition("declined(chest_pain)", symbols), refused) == set()


@often
@given(data=st.data())
def test_sufficient(data: st.DataObject) -> None:
    """Check that a decided condition stays decided while the facts of its support stay, for any other facts."""
    symbols = data.draw(forms(sections=2, questions=3)).symbols
    node = parse_condition(data.draw(conditions(symbols)), symbols)
    known = data.draw(facts(symbols))
    value = truth(node)(known)
    resting_on = support(node, known)
    if value is None:
        assert resting_on
        return
    other = data.draw(facts(symbols)) | {name: known[name] for name in resting_on}
    assert truth(node)(other) is value


@often
@given(data=st.data())
def test_settling(data: st.DataObject) -> None:
    """Check that exact facts for its support decide an unknown condition, and that facts for other names do not."""
    symbols = data.draw(forms(sections=2, questions=3)).symbols
    node = parse_condition(data.draw(conditions(symbols)), symbols)
    known = data.draw(facts(symbols))
    if truth(node)(known) is not None:
        return
    resting_on = support(node, known)
    assert all(is_missing(name, known) for name in resting_on)
    settled = known | {name: data.draw(refined(symbols[name], known[name])) for name in sorted(resting_on)}
    assert truth(node)(settled) is not None


@given(data=st.data())
def test_only_what_is_named(data: st.DataObject) -> None:
    """Check that the support of a condition are names that it contains."""
    symbols = data.draw(forms(sections=2, questions=3)).symbols
    text = data.draw(conditions(symbols))
    found = support(parse_condition(text, symbols), data.draw(facts(symbols)))
    assert all(name in text for name in found)


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (Missing.UNANSWERED, True),
        (Missing.DECLINED, True),
        (Missing.UNCERTAIN, True),
        (Missing.NOT_APPLICABLE, False),
        (Range(0, 5), True),
        (Range(0, 5, None), True),
        (Range(0, 5, False), False),
        (Range(5, 5), False),
        (True, False),
        ("often", False),
        (frozenset(["a"]), False),
    ],
)
def test_is_missing(fact: Fact, expected: bool) -> None:
    """Check that a fact is missing if it may be enabled and is not known exactly, and not if it is not enabled."""
    assert is_missing("name", {"name": fact}) is expected
