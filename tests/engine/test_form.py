"""The enabled questions and the facts of a form, updated with each answer."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.content.compiled import Content
from screener.content.validate import validated
from screener.engine.form import ConditionPath, compile_form
from screener.engine.response_state import ResponseState
from screener.expressions.evaluate import Missing, Range
from screener.expressions.mistakes import Mistake
from screener.model.questionnaire import Questionnaire
from screener.model.response import AbsentReason, Entry
from tests.strategies import entries, entry, forms


def questionnaire(*sections: list[dict[str, Any]]) -> Questionnaire:
    """Return a questionnaire with these questions, section by section; a question is yes/no unless it has a type."""
    return validated(
        Questionnaire,
        {
            "id": "example",
            "version": "1.0.0",
            "title": "Example",
            "language": "en-GB",
            "welcome": {"heading": "Welcome", "paragraphs": ["Hello."]},
            "completion": ["Thank you."],
            "sections": [
                {
                    "id": f"s{number}",
                    "title": f"Section {number}",
                    "questions": [{"type": "yes_no", "text": "Yes?"} | question for question in section],
                }
                for number, section in enumerate(sections)
            ],
        },
    )


def mistakes(asked: Questionnaire) -> list[tuple[ConditionPath, str]]:
    found: list[tuple[ConditionPath, str]] = []
    compile_form(asked, lambda where, mistake: found.append((where, mistake.message)))
    return found


def form_of(*sections: list[dict[str, Any]]) -> Any:
    def refuse(where: ConditionPath, mistake: Mistake) -> None:
        raise AssertionError((where, mistake))

    return compile_form(questionnaire(*sections), refuse)


def test_every_mistake_has_its_place() -> None:
    """Check that all mistakes of a questionnaire are reported at once, each with its question and key."""
    asked = questionnaire(
        [
            {"id": "a", "enable_when": "b and"},
            {"id": "b", "enable_when": "c > 1"},
            {"id": "c", "please_check": [{"when": "a", "text": "?"}, {"when": "nobody", "text": "?"}]},
        ]
    )
    assert [where for where, _ in mistakes(asked)] == [
        ("a", "enable_when"),
        ("b", "enable_when"),
        ("c", "please_check", 1, "when"),
    ]


@pytest.mark.parametrize(
    "conditions",
    [{"a": "a"}, {"a": "b", "b": "a"}, {"a": "c", "b": "a", "c": "not b"}],
    ids=["itself", "each other", "in a circle"],
)
def test_circles_are_refused(conditions: dict[str, str]) -> None:
    """Check that a question that depends on itself, even through others, is a mistake that names the circle."""
    asked = questionnaire(
        [{"id": name} | ({"enable_when": conditions[name]} if name in conditions else {}) for name in "abc"]
    )
    ((where, what),) = mistakes(asked)
    assert where[1] == "enable_when"
    assert what.startswith("This depends on itself: ")
    assert all(name in what for name in conditions)


def test_hiding_is_transitive() -> None:
    """Check that if A hides B, questions that depend on B are hidden too, even if B has an answer from before."""
    state = ResponseState(form_of([{"id": "a"}, {"id": "b", "enable_when": "a"}, {"id": "c", "enable_when": "b"}]))
    for name in "abc":
        state.record(name, True)
    assert [state.is_enabled(name) for name in "abc"] == [True, True, True]
    state.record("a", False)
    assert [state.is_enabled(name) for name in "abc"] == [True, False, False]
    assert state.enabled_entries() == {"a": False}


def test_uncertain_is_passed_on() -> None:
    """Check that if it is not known whether B is asked, B and questions that depend on it are unknown, never "no"."""
    state = ResponseState(form_of([{"id": "a"}, {"id": "b", "enable_when": "a"}, {"id": "c", "enable_when": "not b"}]))
    state.record("a", AbsentReason.DECLINED)
    assert state.facts == {"a": Missing.DECLINED, "b": Missing.UNCERTAIN, "c": Missing.UNCERTAIN}


def test_an_unanswered_score_is_its_whole_range(flight: Content) -> None:
    """Check that a score without answers ranges from its lowest to its highest value."""
    assert ResponseState(flight.form).facts["nerves_total"] == Range(0, 6)


def test_source_questions_of_a_score_are_its_items(flight: Content) -> None:
    """Check that the source questions of a score are its items, and that of a question is the question."""
    assert flight.form.source_questions(["nerves_total", "age"]) == {"nerves_1", "nerves_2", "nerves_3", "age"}


def test_fixed_sections() -> None:
    """Check that a section is fixed if no answer in it or in a later one decides how many questions it has."""
    form = form_of(
        [{"id": "a"}],
        [{"id": "b", "enable_when": "a"}, {"id": "c"}],
        [{"id": "d"}, {"id": "e", "enable_when": "d"}],
        [{"id": "f", "enable_when": "e"}, {"id": "g", "enable_when": "h"}],
        [{"id": "h"}],
    )
    assert form.fixed_sections == {"s0", "s1", "s4"}


@given(data=st.data())
def test_updated_facts_equal_computed_facts(data: st.DataObject) -> None:
    """Check that updating the facts answer by answer gives the same as computing all of them, also after changes."""
    form = data.draw(forms())
    state = ResponseState(form)
    known: dict[str, Entry] = {}
    questions = list(form.questionnaire)
    for _ in range(data.draw(st.integers(1, 12))):
        question = data.draw(st.sampled_from(questions))
        given_entry = data.draw(st.none() | entry(question))
        before = dict(state.facts)
        changed = state.record(question.id, given_entry)
        if given_entry is None:
            known.pop(question.id, None)
        else:
            known[question.id] = given_entry
        assert changed == {name for name, fact in state.facts.items() if fact != before[name]}
        assert state.facts == ResponseState(form, known).facts
        assert state.entries == known


@given(data=st.data())
def test_forgetting_an_answer_undoes_it(data: st.DataObject) -> None:
    """Check that removing an answer restores the state before it was given."""
    form = data.draw(forms())
    known = data.draw(entries(form))
    state = ResponseState(form, known)
    before = dict(state.facts)
    question = data.draw(st.sampled_from(list(form.questionnaire)))
    state.record(question.id, data.draw(entry(question)))
    state.record(question.id, known.get(question.id))
    assert state.facts == before


@given(data=st.data())
def test_supposing_changes_nothing(data: st.DataObject) -> None:
    """Check that the facts with an entry can be read without recording it."""
    form = data.draw(forms())
    state = ResponseState(form, data.draw(entries(form)))
    facts, known = dict(state.facts), dict(state.entries)
    question = data.draw(st.sampled_from(list(form.questionnaire)))
    given_entry = data.draw(entry(question))
    supposed = state.facts_with(question.id, given_entry)
    assert (state.facts, state.entries) == (facts, known)
    state.record(question.id, given_entry)
    assert supposed[question.id] == state.facts[question.id]


@given(data=st.data())
def test_only_enabled_questions_count(data: st.DataObject) -> None:
    """Check that exactly the entries for surely enabled questions count."""
    form = data.draw(forms())
    state = ResponseState(form, data.draw(entries(form)))
    assert state.enabled_entries() == {
        name: given_entry for name, given_entry in state.entries.items() if state.is_enabled(name) is True
    }
