"""A condition is true, false or unknown; its value for a partial response holds for every completion of it."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.content.compiled import Content
from screener.engine.form import Form
from screener.engine.response_state import ResponseState
from screener.expressions import tree
from screener.expressions.evaluate import Fact, Missing, Range, number, truth
from screener.expressions.parse import parse_condition, parse_number
from screener.model.response import AbsentReason, AnswerValue, Entry
from tests.expressions.oracle import NOTHING, completions, possible, total
from tests.strategies import FINITE, conditions, entries, facts, forms, often, refined, refused

VALUES = (True, None, False)
FACT: dict[bool | None, Fact] = {True: True, False: False, None: Missing.UNANSWERED}
SYMBOLS = {True: "T", None: "?", False: "F"}
A, B, C = tree.YesNo("a"), tree.YesNo("b"), tree.YesNo("c")


def table(make: Callable[[tree.Truth, tree.Truth], tree.Truth]) -> list[str]:
    """Return one row for each value of the first operand, one letter for each value of the second."""
    return ["".join(SYMBOLS[truth(make(A, B))({"a": FACT[one], "b": FACT[two]})] for two in VALUES) for one in VALUES]


def test_and() -> None:
    """Check that ``and`` is Kleene's: one false side makes it false, and only two true sides make it true."""
    assert table(lambda a, b: tree.All((a, b))) == [
        "T?F",
        "??F",
        "FFF",
    ]


def test_or() -> None:
    """Check that ``or`` is Kleene's: one true side makes it true, and only two false sides make it false."""
    assert table(lambda a, b: tree.Any((a, b))) == [
        "TTT",
        "T??",
        "T?F",
    ]


def test_not() -> None:
    """Check that ``not`` swaps true and false and leaves unknown unknown."""
    assert [truth(tree.Not(A))({"a": FACT[value]}) for value in VALUES] == [False, None, True]


@given(values=st.lists(st.sampled_from(VALUES), min_size=3, max_size=3))
def test_de_morgan(values: list[bool | None]) -> None:
    """Check that a condition rewritten with ``not`` has the same value, with unknown parts too."""
    known = dict(zip("abc", (FACT[value] for value in values), strict=True))
    negated = tuple(tree.Not(part) for part in (A, B, C))
    assert truth(tree.Not(tree.All((A, B, C))))(known) is truth(tree.Any(negated))(known)
    assert truth(tree.Not(tree.Any((A, B, C))))(known) is truth(tree.All(negated))(known)


@pytest.mark.parametrize("values", list(itertools.product(VALUES, repeat=3)))
def test_count_is_a_range(values: tuple[bool | None, ...]) -> None:
    """Check that ``count`` lies between the number of true parts and the number of parts that are not false."""
    known = dict(zip("abc", (FACT[value] for value in values), strict=True))
    expected = Range(values.count(True), values.count(True) + values.count(None))
    assert number(tree.Count((A, B, C)))(known) == expected


@pytest.mark.parametrize(
    ("low", "high", "less", "at_most", "equal"),
    [
        # the range against 10: <, <=, ==
        (0, 9, True, True, False),
        (0, 10, None, True, None),
        (0, 11, None, None, None),
        (10, 10, False, True, True),
        (10, 20, False, None, None),
        (11, 20, False, False, False),
    ],
)
def test_ranges(low: int, high: int, less: bool | None, at_most: bool | None, equal: bool | None) -> None:
    """Check that a comparison of a range is decided as soon as no number in it could change the result."""
    known = {"n": Range(low, high)}
    opposite = {True: False, False: True, None: None}

    def of(relation: tree.Relation) -> bool | None:
        return truth(tree.Compare(relation, tree.NumericAnswer("n", 0, 99), tree.Constant(10)))(known)

    assert (of("<"), of("<="), of("==")) == (less, at_most, equal)
    assert (of(">="), of(">"), of("!=")) == (opposite[less], opposite[at_most], opposite[equal])


def phq9(answered: list[int]) -> Range:
    """Return the range of a nine-item score of 0 to 3 each, with the later items missing."""
    scores = tuple((f"o{score}", score) for score in range(4))
    items = [tree.ItemScore(f"i{position}", scores) for position in range(9)]
    sum_of: Any = items[0]
    for item in items[1:]:
        sum_of = tree.Arithmetic("+", sum_of, item)
    known: dict[str, Fact] = {f"i{position}": Missing.UNANSWERED for position in range(9)}
    known |= {f"i{position}": f"o{score}" for position, score in enumerate(answered)}
    return number(sum_of)(known)


def test_score_with_missing_items_is_a_range() -> None:
    """Check that a nine-item score with seven items answered (sum 12) is 12 to 18: at least 10, not 20, perhaps 15."""
    known = {"phq9": phq9([3, 3, 2, 2, 1, 1, 0])}
    assert known["phq9"] == Range(12, 18)

    def at_least(limit: int) -> bool | None:
        return truth(tree.Compare(">=", tree.Total("phq9"), tree.Constant(limit)))(known)

    assert (at_least(10), at_least(20), at_least(15)) == (True, False, None)


def test_score_with_all_items_is_exact() -> None:
    """Check that a score with every item answered is one number."""
    assert phq9([1] * 9) == Range(9, 9)


LEAVES = [
    "alone", "departure == 'north'", "departure != 'north'", "departure in ('north', 'south')",
    "departure not in ('north',)", "'oxygen' in items", "'oxygen' not in items", "age < 18", "age >= 0", "age != 5",
    "nerves_1 <= 2", "nerves_1 == 'often'", "nerves_total >= 0", "first_flight < '2020-01-01'",
    "first_flight <= last_flight", "bag * 0 == 0", "-bag <= 0", "bag - bag_limit < 1000",
    "declined(alone)", "declined(departure)", "declined(items)", "declined(age)", "declined(oxygen_flow)",
    "declined(first_flight)", "declined(remarks)", "declined(nerves_1)",
]  # fmt: skip


def missing_everywhere(flight: Content, why: Missing) -> dict[str, Fact]:
    """Return facts in which every question is missing for this reason."""
    known: dict[str, Fact] = {}
    for name, fact in ResponseState(flight.form).facts.items():
        known[name] = fact._replace(enabled=why.enabled) if isinstance(fact, Range) else why
    return known


@pytest.mark.parametrize("text", LEAVES)
def test_not_applicable_is_false(flight: Content, text: str) -> None:
    """Check that any comparison with a question that is not enabled is false, even if every answer satisfies it."""
    condition = truth(parse_condition(text, flight.form.symbols))
    assert condition(missing_everywhere(flight, Missing.NOT_APPLICABLE)) is False


@pytest.mark.parametrize("text", LEAVES)
def test_uncertain_is_never_true(flight: Content, text: str) -> None:
    """Check that a comparison with a question that may not be enabled is unknown or false, never true."""
    condition = truth(parse_condition(text, flight.form.symbols))
    assert condition(missing_everywhere(flight, Missing.UNCERTAIN)) is not True


@pytest.mark.parametrize("text", [text for text in LEAVES if "0 == 0" not in text])
def test_unanswered_is_not_no(flight: Content, text: str) -> None:
    """Check that a comparison with an unanswered question is never false because the answer is missing."""
    condition = truth(parse_condition(text, flight.form.symbols))
    assert condition(missing_everywhere(flight, Missing.UNANSWERED)) is not False


ANSWERS: dict[str, AnswerValue] = {
    "alone": False, "departure": "north", "items": frozenset({"none"}), "age": 40, "oxygen_flow": Decimal(3),
    "first_flight": datetime.date(2020, 1, 1), "remarks": "nothing", "nerves_1": "never",
}  # fmt: skip


@pytest.mark.parametrize("question", ANSWERS)
def test_declined_is_a_refusal_and_no_other_blank(flight: Content, question: str) -> None:
    """Check for every type: true after "prefer not to say", false after any answer, and otherwise unknown."""
    condition = truth(parse_condition(f"declined({question})", flight.form.symbols))

    def after(entry: Entry | None) -> bool | None:
        entries: dict[str, Entry] = {"items": frozenset({"oxygen"})} if question == "oxygen_flow" else {}
        entries |= {} if entry is None else {question: entry}
        return condition(ResponseState(flight.form, entries).facts)

    assert after(AbsentReason.DECLINED) is True
    assert after(ANSWERS[question]) is False
    assert after(AbsentReason.UNKNOWN) is None
    assert after(None) is None


@pytest.mark.parametrize(
    ("chest_pain", "expected"), [(True, True), (False, False), (AbsentReason.DECLINED, None), (None, None)]
)
def test_declined_counts_only_where_the_question_is_asked(
    flight: Content, chest_pain: Entry | None, expected: bool | None
) -> None:
    """Check that a refusal of a question that is not enabled is false, and unknown if that is not known."""
    entries: dict[str, Entry] = {"pain_now": AbsentReason.DECLINED}
    entries |= {} if chest_pain is None else {"chest_pain": chest_pain}
    condition = truth(parse_condition("declined(pain_now)", flight.form.symbols))
    assert condition(ResponseState(flight.form, entries).facts) is expected


@pytest.mark.parametrize("question", ANSWERS)
def test_a_refusal_is_no_answer(flight: Content, question: str) -> None:
    """Check that any other condition on a declined question is as unknown as if it were not answered yet."""
    for text in LEAVES:
        node = parse_condition(text, flight.form.symbols)
        if question in tree.names(node) - tree.refusals(node):
            refused = ResponseState(flight.form, {question: AbsentReason.DECLINED}).facts
            assert truth(node)(refused) is truth(node)(ResponseState(flight.form).facts), text


def test_arithmetic_is_exact(flight: Content) -> None:
    """Check that decimals are not rounded: 0.1 + 0.2 is 0.3, and three thirds are one."""
    assert truth(parse_condition("0.1 + 0.2 == 0.3", flight.form.symbols))({}) is True
    assert number(parse_number("1 / 3", flight.form.symbols))({}).low == Fraction(1, 3)
    assert truth(parse_condition("1 / 3 * 3 == 1", flight.form.symbols))({}) is True


ends = st.lists(st.integers(-5, 5), min_size=2, max_size=2).map(sorted)


@pytest.mark.parametrize("sign", ["+", "-", "*"])
@given(one=ends, two=ends, data=st.data())
def test_arithmetic_holds_all_results(sign: Any, one: list[int], two: list[int], data: st.DataObject) -> None:
    """Check that the range of a sum, difference or product holds every result, and that both ends can be reached."""
    node = tree.Arithmetic(sign, tree.NumericAnswer("a", -5, 5), tree.NumericAnswer("b", -5, 5))
    combine: Callable[[int, int], int] = {
        "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b,
    }[sign]  # fmt: skip
    results = [combine(a, b) for a in range(one[0], one[1] + 1) for b in range(two[0], two[1] + 1)]
    found = number(node)({"a": Range(*one), "b": Range(*two)})
    assert (found.low, found.high) == (min(results), max(results))


@given(one=ends, divisor=st.integers(-5, 5).filter(bool))
def test_division_holds_all_results(one: list[int], divisor: int) -> None:
    """Check that the range of a quotient holds every result, also for a negative divisor."""
    node = tree.Arithmetic("/", tree.NumericAnswer("a", -5, 5), tree.Constant(divisor))
    results = [Fraction(a, divisor) for a in range(one[0], one[1] + 1)]
    found = number(node)({"a": Range(*one)})
    assert (found.low, found.high) == (min(results), max(results))


@given(left=st.sampled_from(VALUES), right=st.sampled_from(VALUES), sign=st.sampled_from("+-*"))
def test_sum_applies_like_its_parts(left: bool | None, right: bool | None, sign: Any) -> None:
    """Check that a sum is enabled, not enabled or perhaps enabled like its parts."""
    node = tree.Arithmetic(sign, tree.NumericAnswer("a", 0, 1), tree.NumericAnswer("b", 0, 1))
    found = number(node)({"a": Range(0, 1, left), "b": Range(0, 1, right)})
    both = truth(tree.All((A, B)))({"a": FACT[left], "b": FACT[right]})
    assert found.enabled is both


# Against the second reading

SMALL: dict[str, Any] = {"types": FINITE, "small": True, "sections": 2, "questions": 3}


def few_unanswered(form: Form, given_entries: dict[str, Entry], most: int = 4) -> dict[str, Entry]:
    """Return the entries with answers added, until few enough are missing to try all completions."""
    missing = [
        question
        for question in form.questionnaire
        if question.id not in given_entries or isinstance(given_entries[question.id], AbsentReason)
    ]
    return given_entries | {question.id: possible(question)[0] for question in missing[most:]}


@often
@given(data=st.data())
def test_sound(data: st.DataObject) -> None:
    """Check that the value of a condition for a partial response is right for everybody who could have given it."""
    form = data.draw(forms(**SMALL))
    given_entries = few_unanswered(form, data.draw(entries(form)))
    texts = [data.draw(conditions(form.symbols)) for _ in range(3)]
    decided = {
        text: truth(parse_condition(text, form.symbols))(ResponseState(form, given_entries).facts) for text in texts
    }
    refusable = frozenset().union(*(tree.refusals(parse_condition(text, form.symbols)) for text in texts))
    for world in completions(form.questionnaire, given_entries, refusable):
        for text, value in decided.items():
            assert value in (None, world.holds(text)), text


@often
@given(data=st.data())
def test_complete_responses_are_decided(data: st.DataObject) -> None:
    """Check that with every question answered every condition is true or false, as in two-valued logic."""
    form = data.draw(forms(**SMALL))
    given_entries = {q.id: data.draw(st.sampled_from(possible(q))) for q in form.questionnaire}
    (world,) = completions(form.questionnaire, given_entries)
    known = ResponseState(form, given_entries).facts
    for _ in range(3):
        text = data.draw(conditions(form.symbols))
        assert truth(parse_condition(text, form.symbols))(known) is world.holds(text)


@often
@given(data=st.data())
def test_scores_are_sound(data: st.DataObject) -> None:
    """Check that the range of a score holds its value for everybody who could have given these entries."""
    form = data.draw(forms(**SMALL))
    given_entries = few_unanswered(form, data.draw(entries(form)))
    known = ResponseState(form, given_entries).facts
    scores = [score for part in form.questionnaire.instruments for score in part.scores]
    for world in completions(form.questionnaire, given_entries):
        for score in scores:
            fact, value = known[score.id], total(world, score)
            assert isinstance(fact, Range)
            if value is NOTHING:
                assert fact.enabled is not True
            else:
                assert fact.enabled is not False
                assert fact.low <= value <= fact.high


@often
@given(data=st.data())
def test_asked_is_sound(data: st.DataObject) -> None:
    """Check that a question is enabled only if everybody would be asked it, and not enabled only if nobody would."""
    form = data.draw(forms(**SMALL))
    given_entries = few_unanswered(form, data.draw(entries(form)))
    state = ResponseState(form, given_entries)
    for world in completions(form.questionnaire, given_entries):
        for question in form.questionnaire:
            assert state.is_enabled(question.id) in (None, world.asked(question))


@given(data=st.data())
def test_tight_where_nothing_is_named_twice(data: st.DataObject) -> None:
    """Check that a condition that names each question once is unknown only if the missing answers could decide it."""
    form = data.draw(forms(types=("yes_no",), sections=1, instruments=False, conditional=False))
    names = [question.id for question in form.questionnaire]
    text = data.draw(once_each(data.draw(st.permutations(names))))
    given_entries = data.draw(entries(form))
    value = truth(parse_condition(text, form.symbols))(ResponseState(form, given_entries).facts)
    really = {world.holds(text) for world in completions(form.questionnaire, given_entries)}
    assert value == (really.pop() if len(really) == 1 else None)


@st.composite
def once_each(draw: st.DrawFn, names: list[str]) -> str:
    text = names[0]
    for name in names[1:]:
        text = draw(st.sampled_from([f"({text}) and {name}", f"({text}) or not {name}", f"not ({text}) or {name}"]))
    return text


@often
@given(data=st.data())
def test_more_answers_never_overturn(data: st.DataObject) -> None:
    """Check that one more entry may decide an unknown condition, and never reverses a true or false one.

    The exception: an answer after a refusal takes the refusal back, so that a condition that it made true can be false.
    """
    form = data.draw(forms())
    known = data.draw(facts(form.symbols))
    node = parse_condition(data.draw(conditions(form.symbols)), form.symbols)
    condition = truth(node)
    later, taken_back = dict(known), False
    for name, fact in known.items():
        if data.draw(st.booleans()):
            later[name] = data.draw(refined(form.symbols[name], fact) | refused(form.symbols[name], fact))
            taken_back |= name in tree.refusals(node) and is_refusal(fact) and not is_refusal(later[name])
    before = condition(known)
    if before and taken_back:
        return
    assert before is None or condition(later) is before


def is_refusal(fact: Fact) -> bool:
    return fact is Missing.DECLINED or (isinstance(fact, Range) and fact.refused is True)


@often
@given(data=st.data())
def test_a_refusal_never_makes_false(data: st.DataObject) -> None:
    """Check that a refusal after an answer makes a condition unknown, or true if it asks for that refusal."""
    form = data.draw(forms(sections=2, questions=3))
    node = parse_condition(data.draw(conditions(form.symbols)), form.symbols)
    entries_before = data.draw(entries(form))
    question = data.draw(st.sampled_from(list(form.questionnaire)))
    before = truth(node)(ResponseState(form, entries_before).facts)
    after = truth(node)(ResponseState(form, entries_before | {question.id: AbsentReason.DECLINED}).facts)
    assert after in ({before, None, True} if question.id in tree.refusals(node) else {before, None})


@given(data=st.data())
def test_evaluating_changes_nothing(data: st.DataObject) -> None:
    """Check that evaluating twice gives the same value and leaves the facts unchanged."""
    symbols = data.draw(forms()).symbols
    condition = truth(parse_condition(data.draw(conditions(symbols)), symbols))
    known = data.draw(facts(symbols))
    before = dict(known)
    assert condition(known) is condition(known)
    assert known == before
