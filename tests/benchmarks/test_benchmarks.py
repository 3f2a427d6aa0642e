"""What the benchmarks compare is the same on both sides. Nothing here is timed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.content.compiled import Content
from screener.content.load import load
from screener.engine.response_state import ResponseState
from screener.engine.rules import Assessment, Outcome
from screener.expressions.evaluate import truth
from screener.expressions.parse import parse_condition
from screener.model.response import AbsentReason
from screener.paths import questionnaires
from tests.benchmarks import people, rules, worklist
from tests.benchmarks.answering import written
from tests.benchmarks.generated import Form
from tests.benchmarks.measure import Aim, Row, Times, in_turn
from tests.benchmarks.responses import complete_response
from tests.benchmarks.table import table
from tests.benchmarks.zen_language import Zen
from tests.benchmarks.zen_language import data as zen_data
from tests.strategies import contents

CONTENT = Path(__file__).parents[2], Path(__file__).parents[1] / "fixtures"


@pytest.mark.skipif(not rules.is_there(), reason="zen-engine is not installed")
@pytest.mark.parametrize("folder", CONTENT, ids=("shipped", "test"))
def test_zen_comes_to_the_same_for_complete_responses(folder: Path) -> None:
    content = load(folder, questionnaires(folder)[0])
    rules.verify(content, [ResponseState(content.form, complete_response(content.form, seed)) for seed in range(200)])


@pytest.mark.skipif(not rules.is_there(), reason="zen-engine is not installed")
@given(contents(), st.integers(0, 10_000))
def test_zen_comes_to_the_same_for_generated_rules(content: Content, seed: int) -> None:
    rules.verify(
        content, [ResponseState(content.form, complete_response(content.form, seed + step)) for step in range(3)]
    )


@pytest.mark.skipif(not rules.is_there(), reason="zen-engine is not installed")
@given(contents(), st.data())
def test_zen_hears_the_same_refusals(content: Content, data: st.DataObject) -> None:
    """Check that a condition over refusals only has the same value in both languages."""
    complete = complete_response(content.form, data.draw(st.integers(0, 10_000)))
    refused = data.draw(st.sets(st.sampled_from(sorted(complete))))
    state = ResponseState(content.form, complete | dict.fromkeys(refused, AbsentReason.DECLINED))
    for question in content.questionnaire:
        node = parse_condition(f"declined({question.id})", content.form.symbols)
        if (expected := truth(node)(state.facts)) is not None:
            assert rules.compiled([Zen(content.form).expression(node)])(zen_data(state.facts)) == [expected]


@pytest.mark.parametrize("folder", CONTENT, ids=("shipped", "test"))
def test_complete_responses_leave_nothing_open_and_differ(folder: Path) -> None:
    content = load(folder, questionnaires(folder)[0])
    responses = [complete_response(content.form, seed) for seed in range(50)]
    outcomes = [Assessment(content.rules, ResponseState(content.form, response)).outcomes for response in responses]
    seen = {(rule, outcome) for some in outcomes for rule, outcome in some.items()}
    assert not any(outcome is Outcome.UNDETERMINED for _, outcome in seen)
    assert len(seen) > len(content.rules.rules), "every response came to the same"


def test_a_generated_form_is_the_same_for_both_sides() -> None:
    form = Form(12, follow_ups=True)
    content = written(form)
    items = form.as_fhir()["item"]
    assert isinstance(items, list)
    assert [question.id for question in content.questionnaire] == [item["linkId"] for item in items]
    assert set(content.form.enable_when) == {item["linkId"] for item in items if "enableWhen" in item}
    assert set(dict(form.answers(1))) == {question.id for question in content.questionnaire} - set(
        content.form.enable_when
    )


def test_a_row_says_whether_its_aim_is_met() -> None:
    row = Row("ours", "peer", Times([1.0, 1.0, 3.0]), Times([2.0, 2.0, 2.0]), Aim(1.0))
    assert (row.ratio("p50"), row.ratio("p99"), row.ratio("cpu")) == (0.5, 1.5, None)
    assert row.met
    assert Row("ours", "peer", row.ours, row.peer, Aim(1.0, "p99")).met is False


def test_the_table_names_what_was_skipped() -> None:
    text = table([Row("one thing", "another", skipped="it is not there"), Row("a", "b", Times([1.0]))])
    assert "skipped" in text
    assert "one thing: it is not there" in text


def test_what_is_no_time_is_printed_with_its_unit() -> None:
    text = table([Row("memory", "a peer", Times([44.04]), Times([33.1]), unit="MB")])
    assert "44.04 MB  33.1 MB" in " ".join(text.split()).replace(" MB ", " MB  ")
    assert " ms" not in text
    assert " us" not in text


def test_two_sides_are_measured_equally_often() -> None:
    calls: list[str] = []
    ours, peer = in_turn([lambda: calls.append("ours")] * 2, [lambda: calls.append("peer")], rounds=3)
    assert (len(ours.wall), len(peer.wall)) == (6, 3)
    assert (calls.count("ours"), calls.count("peer")) == (8, 4), "each ran once more, untimed, to warm up"


def test_the_list_by_person_is_in_the_same_order_on_both_sides() -> None:
    of = people.clinic(40, 5)
    assert people.listed(of) == people.listed_plainly(of)
    assert len(people.listed(of)) == 40


def test_both_lists_of_responses_are_the_same(tmp_path: Path) -> None:
    """What the worklist is compared with holds the same columns of the same responses."""
    staff_store = worklist.filled(tmp_path, 5)
    plain = worklist.plain_table(tmp_path / "plain.db", staff_store.responses())
    opened = sorted(worklist.opened_list(staff_store), key=lambda entry: entry.reference)
    assert sorted(plain(), key=lambda entry: entry.reference) == opened
    assert len(opened) == 5
