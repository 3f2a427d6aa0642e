"""Completeness is reported exactly as trying every completion of every partial response shows it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from screener.engine.form import Form
from screener.engine.response_state import ResponseState
from screener.engine.rules import Outcome
from screener.expressions import evaluate, tree
from screener.expressions.parse import parse_condition
from screener.proofs.completeness import _BlankSearch
from screener.proofs.context import ProofContext
from tests.proofs.test_z3_formula import every_response
from tests.strategies import FINITE, conditions, forms

BOUND = 600


def _setting(form: Form, node: tree.Truth) -> ProofContext:
    rules = SimpleNamespace(rules={"rule": SimpleNamespace(tree=node)})
    content: Any = SimpleNamespace(form=form, rules=rules, sections=(), rule_files=())
    return ProofContext(content)


@pytest.mark.parametrize("outcome", [Outcome.RAISED, Outcome.CLEAR])
@given(data=st.data())
@settings(max_examples=40)
def test_completeness_agrees_with_trying_everything(outcome: Outcome, data: st.DataObject) -> None:
    form = data.draw(forms(types=FINITE, small=True, sections=2, questions=2))
    condition = data.draw(conditions(form.symbols, depth=1))
    # Half of the conditions say the same in two ways, which three-valued logic cannot see.
    if outcome is Outcome.RAISED and data.draw(st.booleans()):
        twice = data.draw(conditions(form.symbols, depth=1, in_rule=False))
        alone = data.draw(st.booleans())
        condition = f"({twice}) or not ({twice})"
        if not alone:
            beside = data.draw(conditions(form.symbols, depth=0))
            condition = f"({twice}) and ({beside}) or not ({twice}) and ({beside})"
    node = parse_condition(condition, form.symbols)
    refusable = tree.refusals(node)
    partial = every_response(form, BOUND, refusable)
    assume(partial)
    value = evaluate.truth(node)
    source_questions = _setting(form, node).source_questions["rule"]
    full = [entries for entries in partial if len(entries) == len(form.questionnaire.question)]
    ends = [(entries, value(ResponseState(form, entries).facts)) for entries in full]
    wanted = outcome is Outcome.RAISED
    sizes = []
    for entries in partial:
        state = ResponseState(form, entries)
        if value(state.facts) is not None or any(state.is_enabled(name) is not True for name in entries):
            continue
        completions = [end for other, end in ends if entries.items() <= other.items()]
        if all(end is wanted for end in completions):
            sizes.append(len(entries.keys() & set(source_questions)))
    setting = _setting(form, node)
    model = _BlankSearch(setting, "rule", outcome).run()
    assert (model is not None) is bool(sizes)
    if model is not None:
        found = setting.responses.read(model, source_questions)
        assert len(found) == min(sizes)
        assert value(ResponseState(form, found).facts) is None
