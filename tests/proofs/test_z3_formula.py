"""The formulas agree with ``evaluate`` for every response."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from itertools import islice, product
from typing import Any

import pytest
import z3
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from screener.content.answers_file import read_answers
from screener.content.answers_format import written
from screener.content.yaml_source import read_text
from screener.engine.form import Form
from screener.engine.response_state import ResponseState
from screener.expressions import evaluate, tree, z3_formula
from screener.expressions.evaluate import Fact, Missing, Range, missing_range
from screener.expressions.parse import Symbols, parse_condition
from screener.model.name_list import ListedGroups
from screener.model.question_types import amount_of
from screener.model.questionnaire import Question, Score
from screener.model.response import AbsentReason, Entry
from screener.proofs.solver import is_possible, smallest
from screener.proofs.variables import SymbolicResponses
from tests.strategies import FINITE, RELATIONS, conditions, entries, facts, flight, forms, shipped

ENABLED = {True: (True, False), None: (False, False), False: (False, True)}


def said(pair: z3_formula.Z3Truth) -> bool | None:
    """Return the value of a pair of formulas without variables, as ``evaluate`` gives it."""
    true, false = (z3.simplify(part) for part in pair)
    assert z3.is_true(true) or z3.is_false(true)
    assert z3.is_true(false) or z3.is_false(false)
    assert not (z3.is_true(true) and z3.is_true(false))
    return True if z3.is_true(true) else False if z3.is_true(false) else None


def worth(term: Any) -> Fraction:
    value = z3.simplify(term)
    return Fraction(value.as_long()) if z3.is_int_value(value) else Fraction(value.as_fraction())


def as_range(number: z3_formula.Z3Number) -> Amount:
    return worth(number.low), worth(number.high), said(number.enabled)


Amount = tuple[int | Fraction, int | Fraction, bool | None]
"""A range without its refusal, which only ``declined`` reads."""


def amount(fact: Fact) -> Amount:
    assert isinstance(fact, Range)
    return fact[:3]


# One condition, any facts


def concrete(symbol: Question | Score, fact: Fact) -> z3_formula.Z3Answer | z3_formula.Z3Number:
    """Return a fact in the form that the formulas read."""
    if isinstance(symbol, Score):
        assert isinstance(fact, Range)
        return z3_formula.Z3Number(z3_formula.term(fact.low), z3_formula.term(fact.high), _applies(fact.enabled))
    if isinstance(fact, Missing):
        missing = fact
    elif isinstance(fact, Range) and (fact.low != fact.high or fact.enabled is not True):
        missing = next(why for why in Missing if missing_range(fact.low, fact.high, why) == fact)
    else:
        missing = None
    number = fact.low if isinstance(fact, Range) else 0
    listed = fact if isinstance(fact, ListedGroups) else ListedGroups(frozenset(), False, fact == "")
    chosen = {fact} if isinstance(fact, str) else fact if isinstance(fact, frozenset) else listed.groups
    return z3_formula.Z3Answer(
        z3.BoolVal(missing is None),
        _applies(True if missing is None else missing.enabled),
        z3.BoolVal(fact is True),
        {code: z3.BoolVal(code in chosen) for code in symbol.option},
        z3_formula.term(number),
        z3.BoolVal(missing is Missing.DECLINED),
        nothing=z3.BoolVal(listed.empty) if symbol.nothing else None,
        complete=z3.BoolVal(listed.complete) if symbol.name_list else None,
    )


def _applies(enabled: bool | None) -> z3_formula.Z3Truth:
    true, false = ENABLED[enabled]
    return z3_formula.Z3Truth(z3.BoolVal(true), z3.BoolVal(false))


CONDITIONS = {"flight": flight().form.symbols, "shipped": shipped().form.symbols}


@st.composite
def conditions_and_facts(draw: st.DrawFn) -> tuple[tree.Truth, Symbols, Mapping[str, Fact]]:
    symbols = draw(st.sampled_from(list(CONDITIONS.values())) | forms().map(lambda form: form.symbols))
    node = parse_condition(draw(conditions(symbols, depth=2)), symbols)
    named = {name: symbols[name] for name in sorted(tree.names(node))}
    return node, named, draw(facts(named))


@given(conditions_and_facts())
@settings(max_examples=100)
def test_a_condition_is_worth_the_same(drawn: tuple[tree.Truth, Symbols, Mapping[str, Fact]]) -> None:
    """Check any condition over any facts, even facts that no response could have."""
    node, symbols, known = drawn
    read = {name: concrete(symbols[name], fact) for name, fact in known.items()}
    assert said(z3_formula.truth(node, read)) is evaluate.truth(node)(known)
    for part in tree.walk(node):
        if isinstance(
            part, tree.Constant | tree.NumericAnswer | tree.ItemScore | tree.Total | tree.Arithmetic | tree.Count
        ):
            assert as_range(z3_formula.number(part, read)) == amount(evaluate.number(part)(known))


LOWEST, HIGHEST = -2, 3
NUMBERS = [Range(value, value) for value in (-2, 0, 3)] + [missing_range(LOWEST, HIGHEST, why) for why in Missing]
A, B = (tree.NumericAnswer(name, LOWEST, HIGHEST) for name in "ab")


@pytest.mark.parametrize("one", NUMBERS, ids=str)
@pytest.mark.parametrize("other", NUMBERS, ids=str)
def test_two_numbers_are_worth_the_same(one: Range, other: Range) -> None:
    """Check each relation and each operator, with each kind of number on either side."""
    known = {"a": one, "b": other}
    read = {name: _number(fact) for name, fact in known.items()}
    for relation in RELATIONS:
        node = tree.Compare(relation, A, B)
        assert said(z3_formula.truth(node, read)) is evaluate.truth(node)(known), relation
    results = [tree.Arithmetic(sign, A, B) for sign in ("+", "-", "*")]
    results += [tree.Arithmetic("/", A, tree.Constant(divisor)) for divisor in (-2, 3, Fraction(1, 2))]
    for result in results:
        assert as_range(z3_formula.number(result, read)) == amount(evaluate.number(result)(known)), result


def _number(fact: Range) -> z3_formula.Z3Answer:
    exactly = fact.low == fact.high
    return z3_formula.Z3Answer(z3.BoolVal(exactly), _applies(fact.enabled), number=z3_formula.term(fact.low))


# A whole response


def pinned(
    responses: SymbolicResponses, names: Iterable[str], entries: Mapping[str, Entry], highest: bool
) -> list[Any]:
    """Return claims that fix the variables of one response; nothing may read the value of an unanswered question."""
    pairs: list[Any] = []
    for name in responses.form.with_gates(names):
        variable = responses.given[name]
        entry = entries.get(name)
        answered = entry is not None and not isinstance(entry, AbsentReason)
        pairs.append((variable, z3.BoolVal(answered)))
        declined = entry is AbsentReason.DECLINED or (answered and highest)
        pairs.append((responses.refused[name], z3.BoolVal(declined)))
        pairs += _value(responses, name, entry) if answered else responses.extreme(name, highest)
    return pairs


def _value(responses: SymbolicResponses, name: str, entry: Any) -> list[Any]:
    answer = responses.answer(name)
    if answer.yes is not None:
        return [(answer.yes, z3.BoolVal(entry))]
    if answer.number is not None:
        number = amount_of(entry)
        assert number is not None
        value = Fraction(number)
        real = z3.is_real(answer.number)
        return [(answer.number, z3.Q(value.numerator, value.denominator) if real else z3.IntVal(int(value)))]
    question = responses.form.questionnaire.question[name]
    if question.name_list:
        listed = question.name_list.read(entry)
        own = [(answer.nothing, z3.BoolVal(listed.empty)), (answer.complete, z3.BoolVal(listed.complete))]
        return own + [(variable, z3.BoolVal(code in listed.groups)) for code, variable in answer.chosen.items()]
    if answer.nothing is not None:
        return [(answer.nothing, z3.BoolVal(entry == ""))]
    chosen = {entry} if isinstance(entry, str) else entry
    return [(variable, z3.BoolVal(code in chosen)) for code, variable in answer.chosen.items()]


FORMS = st.integers(0, 7).flatmap(
    lambda turn: st.builds(lambda: (flight() if turn else shipped()).form) if turn < 3 else forms()
)


@given(st.data(), st.booleans())
def test_a_response_is_worth_the_same(data: st.DataObject, highest: bool) -> None:
    """Check the enabled questions, every score and a condition, for any partial response to any form."""
    form = data.draw(FORMS)
    node = parse_condition(data.draw(conditions(form.symbols)), form.symbols)
    given_entries = data.draw(entries(form))
    state = ResponseState(form, given_entries)
    responses = SymbolicResponses(form, form.questionnaire.question)

    def put(names: Iterable[str], parts: Iterable[Any]) -> list[Any]:
        pairs = pinned(responses, names, given_entries, highest)
        return [z3.substitute(part, *pairs) for part in parts]

    known = put(tree.names(node), z3_formula.truth(node, responses.facts))
    assert said(z3_formula.Z3Truth(*known)) is evaluate.truth(node)(state.facts)
    for name in form.enable_when:
        assert said(z3_formula.Z3Truth(*put([name], responses.is_enabled(name)))) is state.is_enabled(name)
    for name in form.scores:
        score = responses.facts[name]
        assert isinstance(score, z3_formula.Z3Number)
        low, high, applies, not_at_all = put([name], [score.low, score.high, *score.enabled])
        found = z3_formula.Z3Number(low, high, z3_formula.Z3Truth(applies, not_at_all))
        assert as_range(found) == amount(state.facts[name])


BLANKS: tuple[Entry | None, ...] = (None, AbsentReason.UNKNOWN, AbsentReason.DECLINED, True, False)


@pytest.mark.parametrize("chest_pain", BLANKS)
@pytest.mark.parametrize("pain_now", BLANKS)
@pytest.mark.parametrize("highest", [False, True])
def test_a_refusal_behind_a_gate_is_worth_the_same(
    chest_pain: Entry | None, pain_now: Entry | None, highest: bool
) -> None:
    """Check every combination of entries for a question and for the question that decides whether it is asked."""
    form = flight().form
    entered = {"chest_pain": chest_pain, "pain_now": pain_now}
    entries = {name: entry for name, entry in entered.items() if entry is not None}
    responses = SymbolicResponses(form, form.questionnaire.question)
    node = parse_condition("declined(pain_now)", form.symbols)
    pairs = pinned(responses, ["pain_now"], entries, highest)
    known = (z3.substitute(part, *pairs) for part in z3_formula.truth(node, responses.facts))
    assert said(z3_formula.Z3Truth(*known)) is evaluate.truth(node)(ResponseState(form, entries).facts)


# The search, compared with trying everything


def every_response(form: Form, most: int, refusable: Collection[str] = ()) -> list[dict[str, Entry]]:
    """Return all partial responses to a small form, or none if there are more than ``most``.

    The questions in ``refusable`` are also declined.
    """
    choices = [
        [None, *([AbsentReason.DECLINED] if question.id in refusable else []), *_answers(question)]
        for question in form.questionnaire
    ]
    total = 1
    for choice in choices:
        total *= len(choice)
    if total > most:
        return []
    names = [question.id for question in form.questionnaire]
    return [
        {name: entry for name, entry in zip(names, combination, strict=True) if entry is not None}
        for combination in islice(product(*choices), most)
    ]


def _answers(question: Question) -> list[Any]:
    match question.type:
        case "yes_no":
            return [True, False]
        case "choice":
            return [option.code for option in question.options]
        case "choices":
            alone = [frozenset([option.code]) for option in question.options if option.exclusive]
            plain = [option.code for option in question.options if not option.exclusive]
            sets = [
                frozenset(c for c, on in zip(plain, bits, strict=True) if on)
                for bits in product((0, 1), repeat=len(plain))
            ]
            return alone + [codes for codes in sets if codes]
    assert question.limits
    return list(range(int(question.limits.minimum), int(question.limits.maximum) + 1))


@pytest.mark.parametrize("wanted", [True, False, None])
@given(data=st.data())
@settings(max_examples=25)
def test_the_search_agrees_with_trying_everything(wanted: bool | None, data: st.DataObject) -> None:
    """Compare the search of a small form with trying everything: the same answer, and the same fewest answers."""
    form = data.draw(forms(types=FINITE, small=True, sections=2, questions=2))
    node = parse_condition(data.draw(conditions(form.symbols)), form.symbols)
    tried = every_response(form, 1500, tree.refusals(node))
    assume(tried)
    value = evaluate.truth(node)
    sizes = [len(entries) for entries in tried if value(ResponseState(form, entries).facts) is wanted]
    responses = SymbolicResponses(form, tree.refusals(node))
    questions = responses.form.with_gates(tree.names(node))
    known = z3_formula.truth(node, responses.facts)
    claim = {True: known.true, False: known.false, None: known.unknown}[wanted]
    assert is_possible(responses, questions, claim) is bool(sizes)
    model = smallest(responses, questions, claim)
    if model is None:
        assert not sizes
        return
    found = responses.read(model, questions)
    assert len(found) == min(sizes)
    assert value(ResponseState(form, found).facts) is wanted


@given(st.data())
def test_answers_are_written_as_they_are_read(data: st.DataObject) -> None:
    """Check that an example printed as a file is read back as the same answers."""
    form = data.draw(st.sampled_from([flight().form, shipped().form]))
    texts = {question.id for question in form.questionnaire if question.type == "text"}
    drawn = {name: entry for name, entry in data.draw(entries(form)).items() if name not in texts}
    problems: list[Any] = []
    assert read_answers(form.questionnaire, read_text(written(drawn).encode(), "answers"), problems) == drawn
    assert not problems
