"""The test ``answered(question)``: true where there is an answer, unknown for every blank."""

from __future__ import annotations

from pathlib import Path

import pytest
import z3

from screener.content.compiled import Content
from screener.engine.response_state import ResponseState
from screener.expressions import z3_formula
from screener.expressions.evaluate import truth
from screener.expressions.in_words import in_words
from screener.expressions.mistakes import Mistake
from screener.expressions.parse import parse_condition
from screener.model.answers import format_answer, parse_answer, split_numbers, validate_answer
from screener.model.response import AbsentReason, Entry
from screener.model.types.base import InvalidAnswer
from screener.proofs.variables import SymbolicResponses
from tests.strategies import shipped

ROOT = Path(__file__).parents[2]
CASES: list[tuple[str, dict[str, Entry], bool | None]] = [
    ("answered(medicines_list)", {"medicines_list": "Nardil"}, True),
    ("answered(medicines_list)", {"medicines_list": ""}, False),
    ("answered(medicines_list)", {}, None),
    ("answered(medicines_list)", {"medicines_list": AbsentReason.DECLINED}, None),
    ("answered(medicines_list)", {"medicines_list": AbsentReason.UNKNOWN}, None),
    ("not answered(medicines_list)", {"medicines_list": AbsentReason.DECLINED}, None),
    ("answered(systolic)", {"systolic": 142}, True),
    ("answered(systolic)", {}, None),
    ("answered(reasons)", {"reasons": frozenset({"anxiety"})}, True),
    ("answered(worse_lately)", {"worse_lately": False}, True),
    ("answered(other_reason)", {"reasons": frozenset({"anxiety"})}, False),
]


@pytest.mark.parametrize(("text", "entries", "expected"), CASES)
def test_true_with_an_answer_and_unknown_for_a_blank(
    text: str, entries: dict[str, Entry], expected: bool | None
) -> None:
    """Check that a blank is never false; only "nothing", and a question that is not asked, are."""
    content = shipped()
    node = parse_condition(text, content.form.symbols)
    assert truth(node)(ResponseState(content.form, entries).facts) is expected


@pytest.mark.parametrize("name", ["medicines_list", "systolic", "worse_lately", "other_reason"])
def test_the_solver_reads_it_alike(name: str) -> None:
    """Check that no response makes it false but "nothing" and a question that is not asked."""
    responses = SymbolicResponses(shipped().form)
    reading = z3_formula.truth(parse_condition(f"answered({name})", shipped().form.symbols), responses.facts)
    answer = responses.answer(name)
    solver = z3.Solver()
    solver.add(reading.false, z3.Not(answer.enabled.false))
    if answer.nothing is not None:
        solver.add(z3.Not(answer.nothing))
    assert solver.check() == z3.unsat
    solver = z3.Solver()
    solver.add(reading.true, z3.Not(answer.has_answer))
    assert solver.check() == z3.unsat


def test_it_has_words_and_mistakes() -> None:
    symbols = shipped().form.symbols
    assert in_words(parse_condition("answered(systolic)", symbols), symbols) == (
        'the answer to "top blood pressure number" is given'
    )
    for text, said in (
        ("answered(phq9_total)", "A score is computed, not answered."),
        ("answered(1)", "answered(...) takes one question."),
        ("answered(nobody)", 'There is no question or score "nobody".'),
    ):
        with pytest.raises(Mistake) as raised:
            parse_condition(text, symbols)
        assert raised.value.message == said


def test_nothing_is_an_answer_of_its_own() -> None:
    """Check that only a question that offers "nothing" takes it, and that it is told in its own words."""
    questions = shipped().questionnaire.question
    assert validate_answer(questions["other_health"], "") == ""
    assert format_answer(questions["other_health"], "") == "No other allergies or conditions"
    with pytest.raises(InvalidAnswer):
        validate_answer(questions["medicines_past"], "")
    with pytest.raises(InvalidAnswer):
        parse_answer(questions["other_health"], "  ")


@pytest.mark.parametrize("typed", ["142/91", " 142 / 91 ", "142 over 91", "142:91", "142/91 mmHg", "١٤٢/٩١"])
def test_two_numbers_are_read_from_one_text(typed: str) -> None:
    assert split_numbers(shipped().questionnaire.question["systolic"], typed) == ("142", "91")


@pytest.mark.parametrize("typed", ["142", "142/", "/91", "142/91/3", "142.91", "142/91 kg", "142-91"])
def test_nothing_else_is_read_as_two_numbers(typed: str) -> None:
    assert split_numbers(shipped().questionnaire.question["systolic"], typed) is None


def test_other_numbers_are_not_split(flight: Content) -> None:
    assert split_numbers(flight.questionnaire.question["age"], "14/2") is None
