"""What conditions ask of the previous response: never a no where it is unknown, and only where no terminal needs it."""

from __future__ import annotations

import datetime
import itertools
from dataclasses import replace
from pathlib import Path

import pytest
import z3
from hypothesis import given
from hypothesis import strategies as st

from screener.cli.main import run
from screener.content.load import load
from screener.document.formats import render
from screener.engine.interview import Interview
from screener.engine.previous import PreviousResponse, previous_response
from screener.engine.response_state import ResponseState
from screener.engine.rules import Assessment, Outcome
from screener.errors import ContentError
from screener.expressions import tree, z3_formula
from screener.expressions.evaluate import truth
from screener.expressions.in_words import in_words
from screener.expressions.mistakes import Mistake
from screener.expressions.parse import parse_condition
from screener.expressions.previous import is_previous
from screener.expressions.support import support
from screener.model.name_list import ListedName, NameGroup, NameList
from screener.model.question_parts import Option
from screener.model.questionnaire import Question
from screener.model.response import AbsentReason, Entry
from screener.proofs.variables import SymbolicResponses
from screener.summary.build import clinician_summary
from screener.summary.metadata import SessionMetadata
from tests.check.copies import BODY, CASES, JOURNEY, NERVES, RULES, Edit, change
from tests.expressions.previous_content import HEAVIER, SOON, previous_folder, with_previous
from tests.strategies import entries, flight

DAY = datetime.date(2026, 1, 5)
FORM = flight().form
CONDITIONS = {
    "previous.alone": 'the answer to "flying alone in the previous response" is yes',
    "not previous.alone": 'the answer to "flying alone in the previous response" is no',
    "'oxygen' in items and 'oxygen' not in previous.items": (
        'the answer to "things carried" includes "Oxygen", '
        'and the answer to "things carried in the previous response" does not include "Oxygen"'
    ),
    "departure == 'north' and previous.departure != 'north'": (
        'the answer to "place of departure" is "The north", '
        'and the answer to "place of departure in the previous response" is not "The north"'
    ),
    HEAVIER: "the weight of the bag is more than the weight of the bag in the previous response plus 5",
    SOON: "the number of days since the previous response is less than 14",
    "count(previous.alone, previous.chest_pain) >= 1": (
        "at least 1 of these is answered yes: "
        '"flying alone in the previous response" and "chest pain in the previous response"'
    ),
    "previous.first_flight < first_flight": ("the first flight in the previous response is before the first flight"),
}


def then(answers: dict[str, Entry], days: int = 14) -> PreviousResponse:
    today = DAY + datetime.timedelta(days=days)
    return previous_response(FORM, FORM, answers, reference="2222-2222", day=DAY, today=today)


NEVER = ("previous.bag > 99", "previous.bag < 0", "days_since_previous < 0")


def parsed_true(condition: str, responses: SymbolicResponses) -> z3.BoolRef:
    return z3_formula.truth(parse_condition(condition, FORM.symbols), responses.facts).true


@pytest.mark.parametrize(("condition", "words"), CONDITIONS.items())
def test_a_condition_is_told_in_words(condition: str, words: str) -> None:
    assert in_words(parse_condition(condition, FORM.symbols), FORM.symbols) == words


@pytest.mark.parametrize("condition", CONDITIONS)
def test_without_a_previous_response_nothing_is_decided(condition: str) -> None:
    """Whatever is answered now: neither raised nor clear, but for what the present answers decide alone."""
    node = parse_condition(condition, FORM.symbols)
    answers: dict[str, Entry] = {"alone": True, "items": frozenset({"oxygen"}), "departure": "north", "bag": 99}
    answers["first_flight"] = DAY
    state = ResponseState(FORM, answers)
    assert truth(node)(state.facts) is None
    assert any(name.startswith("previous.") or name == "days_since_previous" for name in support(node, state.facts))


@pytest.mark.parametrize("blank", [AbsentReason.DECLINED, AbsentReason.UNKNOWN, None])
@pytest.mark.parametrize("condition", ["not previous.alone", "previous.bag >= 0", "answered(previous.alone)"])
def test_a_blank_of_last_time_is_never_a_no(condition: str, blank: AbsentReason | None) -> None:
    """Nor a number: not even one that every answer would be."""
    answers: dict[str, Entry] = {} if blank is None else {"alone": blank, "bag": blank}
    state = ResponseState(FORM, {}, then(answers).facts)
    assert truth(parse_condition(condition, FORM.symbols))(state.facts) is None


def test_what_was_not_asked_last_time_was_not_so() -> None:
    known = then({"chest_pain": False})
    state = ResponseState(FORM, {}, known.facts)
    assert truth(parse_condition("previous.pain_now", FORM.symbols))(state.facts) is False


@pytest.mark.parametrize(
    ("bag", "last", "outcome"),
    [
        (16, 10, Outcome.RAISED),
        (15, 10, Outcome.CLEAR),
        (99, None, Outcome.UNDETERMINED),
        (None, 10, Outcome.UNDETERMINED),
    ],
)
def test_two_responses_are_compared(bag: int | None, last: int | None, outcome: Outcome) -> None:
    content = with_previous()
    answers: dict[str, Entry] = {} if bag is None else {"bag": bag}
    known = then({} if last is None else {"bag": last})
    assessment = Assessment(content.rules, ResponseState(content.form, answers, known.facts))
    assert assessment.outcomes["heavier"] is outcome
    assert assessment.outcomes["soon"] is Outcome.CLEAR
    assert assessment.previous_names("heavier") == ([] if last and bag is None else ["previous.bag"])


MISTAKES = {
    "previous.bagg > 1": ('There is no question "bagg".', 'Did you mean "bag"?'),
    "previous.nerves_1 == 'often'": ('"nerves_1" belongs to an instrument', "Staff see its figures over time"),
    "previous.nerves_total > 3": ('"nerves_total" belongs to an instrument', "Staff see its figures over time"),
    "declined(previous.alone)": ("Only a question of this response can be declined.", "Name it without previous."),
    "previous > 3": ('There is no question or score "previous".', ""),
    "earlier.bag > 3": ("This is not part of the condition language.", ""),
    "previous.bag": ('"previous.bag" is a number, not a yes or no.', "Compare it with a number"),
}


@pytest.mark.parametrize(("condition", "mistake"), MISTAKES.items())
def test_a_mistake_is_named_with_its_remedy(condition: str, mistake: tuple[str, str]) -> None:
    with pytest.raises(Mistake) as raised:
        parse_condition(condition, FORM.symbols)
    assert raised.value.message.startswith(mistake[0])
    assert mistake[1] in raised.value.remedy


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        (BODY, "enable_when: chest_pain", "enable_when: previous.chest_pain", "can be named in a rule only"),
        (BODY, "when: bag_limit < bag", "when: days_since_previous < 3", "can be named in a rule only"),
        (NERVES, "value: nerves_1 +", "value: previous.bag + nerves_1 +", "can be named in a rule only"),
        (RULES, "when: chest_pain\n", "when: chest_pain or previous.chest_pain\n", "An urgent rule cannot name"),
        (RULES, "when: chest_pain\n", "when: chest_pain and days_since_previous > 1\n", "An urgent rule cannot name"),
        (BODY, "short_text: chest pain\n", "short_text: chest pain\n    carry_over: true\n", "An urgent rule reads"),
        (NERVES, "text: sweaty?", "text: sweaty?, carry_over: true", "An item of an instrument is asked anew"),
        (JOURNEY, "id: flown_before", "id: days_since_previous", "is what conditions call the previous response"),
    ],
)
def test_content_that_cannot_have_it_is_refused(tmp_path: Path, file: str, old: str, new: str, complaint: str) -> None:
    """No terminal needs to know an earlier answer, and nothing urgent rests on one that was not asked anew."""
    folder = previous_folder(tmp_path / "content", (file, old, new))
    with pytest.raises(ContentError) as refused:
        load(folder, "before-a-flight")
    assert any(complaint in str(problem) for problem in refused.value.problems)


@given(data=st.data())
def test_a_blank_of_last_time_takes_a_decision_back_and_never_turns_it(data: st.DataObject) -> None:
    """Law 1 holds of the previous response too: what is left out of it makes a rule at most undetermined."""
    content = with_previous()
    now, before = data.draw(entries(content.form)), data.draw(entries(content.form))
    left_out = data.draw(st.sets(st.sampled_from(sorted(before)))) if before else set()
    shorter = {name: entry for name, entry in before.items() if name not in left_out}
    outcomes = [
        Assessment(content.rules, ResponseState(content.form, now, known and known.facts)).outcomes
        for known in (then(before), then(shorter), None)
    ]
    for full, short in itertools.combinations(outcomes, 2):
        assert {full[rule] for rule in full if short[rule] not in (full[rule], Outcome.UNDETERMINED)} == set()


@pytest.mark.parametrize("condition", [*CONDITIONS, "previous.pain_now and not previous.alone"])
@given(data=st.data())
def test_proofs_take_every_previous_response_into_account(condition: str, data: st.DataObject) -> None:
    """Whatever one response and the one before it decide, the formulas allow, with the very same outcome."""
    node = parse_condition(condition, FORM.symbols)
    names = sorted(filter(is_previous, tree.names(node)))
    responses = SymbolicResponses(FORM, read_previous=names)
    known = then(data.draw(entries(FORM)), data.draw(st.integers(0, 400)))
    holds = truth(node)(ResponseState(FORM, {}, known.facts).facts)
    formula = z3_formula.truth(node, responses.facts)
    claim = {True: formula.true, False: formula.false, None: formula.unknown}[holds]
    solver = z3.Solver()
    solver.add(*responses.possible(FORM.questionnaire.question), claim)
    assert solver.check() == z3.sat


def test_proofs_take_no_previous_response_into_account_that_cannot_be() -> None:
    """A number is within its limits, an answer was asked for, and what was not asked was not answered."""
    nodes = {text: parse_condition(text, FORM.symbols) for text in (*CONDITIONS, *NEVER, "answered(previous.bag)")}
    names = {name for node in nodes.values() for name in tree.names(node) if is_previous(name)}
    responses = SymbolicResponses(FORM, read_previous=sorted(names))
    formulas = {text: z3_formula.truth(node, responses.facts) for text, node in nodes.items()}
    answered = formulas["answered(previous.bag)"].true
    claims = [z3.And(formula.true, formula.false) for formula in formulas.values()]
    claims += [formulas[text].true for text in NEVER]
    claims.append(z3.And(z3.Not(answered), parsed_true("previous.bag >= 0", responses)))
    for claim in claims:
        solver = z3.Solver()
        solver.add(*responses.possible(FORM.questionnaire.question), claim)
        assert solver.check() == z3.unsat, claim


def test_cases_show_rules_about_the_previous_response(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The check of a folder takes them as they are written, and complains of a wrong one."""
    folder = previous_folder(tmp_path / "content")
    assert run(["check", str(folder)]) == 0
    change(folder, (CASES, "answers: {bag: 16}", "answers: {bag: 15}"))
    assert run(["check", str(folder)]) == 2
    assert "the rule heavier is clear, not raised" in capsys.readouterr().err


ROUTE = FORM.questionnaire.question["departure"]
NAMED = NameList(
    groups=(NameGroup(code="maoi", label="MAOIs"), NameGroup(code="other", label="Others")),
    names=(ListedName(name="phenelzine", groups=("maoi",), mark="to-be-checked"),),
)
MEDICINES = Question(id="names", type="medicines", text="Which?", nothing="Nothing else", name_list=NAMED)
NAMED_OTHERWISE = replace(NAMED, names=(replace(NAMED.names[0], groups=("other",)),))


@pytest.mark.parametrize(
    ("question", "other", "is_same"),
    [
        (ROUTE, replace(ROUTE, help="Or near there.", short_text="start"), True),
        (ROUTE, replace(ROUTE, text="Where do you go?"), False),
        (ROUTE, replace(ROUTE, options=(*ROUTE.options[:1], replace(ROUTE.options[1], label="The deep south"))), False),
        (ROUTE, replace(ROUTE, options=(*ROUTE.options[:1], replace(ROUTE.options[1], code="east"))), False),
        (ROUTE, replace(ROUTE, options=(*ROUTE.options, Option(code="east", label="The east"))), False),
        (MEDICINES, replace(MEDICINES, name_list=replace(NAMED)), True),
        (MEDICINES, replace(MEDICINES, name_list=NAMED_OTHERWISE), False),
    ],
)
def test_another_option_or_another_group_of_a_name_is_another_question(
    question: Question, other: Question, is_same: bool
) -> None:
    assert (question.asked_form == other.asked_form) is is_same


OTHERWISE = {
    "another text": (BODY, "text: How heavy is your bag?", "text: How heavy is your luggage?"),
    "another unit": (
        BODY,
        "short_text: weight of the bag\n    carry_over: true\n    unit: kg",
        "short_text: bag\n    unit: lb",
    ),
    "other limits": (
        BODY,
        "limits: {minimum: 0, maximum: 99}\n  - id: bag_limit",
        "limits: {minimum: 0, maximum: 9}\n  - id: bag_limit",
    ),
}


@pytest.mark.parametrize("edit", OTHERWISE.values(), ids=OTHERWISE)
def test_an_answer_to_another_question_is_not_known(tmp_path: Path, edit: Edit) -> None:
    """A question that was asked in another form then is another one: neither compared nor shown to be confirmed."""
    older = load(previous_folder(tmp_path / "content", edit), "before-a-flight").form
    now = with_previous().form
    answers: dict[str, Entry] = {"bag": 9, "alone": True}
    known = previous_response(now, older, answers, reference="2222-2222", day=DAY, today=DAY)
    assert "previous.bag" not in known.facts
    assert known.carried_over(now.questionnaire.question["bag"]) is None
    assert known.carried_over(now.questionnaire.question["alone"]) is True
    same = previous_response(now, now, answers, reference="2222-2222", day=DAY, today=DAY)
    assert same.carried_over(now.questionnaire.question["bag"]) == 9


def test_the_first_page_says_why_nothing_was_compared() -> None:
    """For rules of every priority: no previous response is known, or the question was left blank then."""
    content, blank = with_previous(), then({"bag": AbsentReason.DECLINED})
    first_pages = []
    for previous in (None, blank):
        interview = Interview(content.form, content.rules, {"bag": 16}, previous=previous)
        document = clinician_summary(content, interview, SessionMetadata("K7QP-3MXD", "file"))
        first_pages.append(" ".join(render(document).partition("Page 2")[0].split()))
    assert "Not compared a heavier bag (no previous response is known here)" in first_pages[0]
    assert "Not compared asked again soon (no previous response is known here)" in first_pages[0]
    assert "Not compared a heavier bag (the previous response leaves it open)" in first_pages[1]
    assert "asked again soon (" not in first_pages[1]
