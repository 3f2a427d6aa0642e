"""Row 4: every rule of the shipped ruleset for complete responses, beside zen-engine."""

from __future__ import annotations

import functools
import importlib.util
from collections.abc import Callable, Mapping, Sequence

from screener.content.compiled import Content
from screener.engine.response_state import ResponseState
from screener.engine.rules import Assessment, Outcome
from screener.model.response import Entry
from tests.benchmarks.measure import Aim, Row, in_turn
from tests.benchmarks.responses import complete_response
from tests.benchmarks.zen_language import Zen, data, value_of

_RESPONSES = 40
_AGAINST = "zen-engine, one list"
_MISSING = 'zen-engine is not installed; it is in the extra "benchmark"'
_VALUES: dict[Outcome, bool | None] = {Outcome.RAISED: True, Outcome.CLEAR: False, Outcome.UNDETERMINED: None}


def is_there() -> bool:
    return importlib.util.find_spec("zen") is not None


def all_rules(content: Content, rounds: int) -> list[Row]:
    """The rules from given facts, and the same together with the facts."""
    only_rules, whole = f"all {len(content.rules.rules)} rules, one response", "the same from raw answers"
    if not is_there():
        return [Row(what, _AGAINST, skipped=_MISSING) for what in (only_rules, whole)]
    standings = [ResponseState(content.form, complete_response(content.form, seed)) for seed in range(_RESPONSES)]
    verify(content, standings)
    given = [data(state.facts) for state in standings]
    rules = compiled(rules_of(content))
    everything = compiled(rules_of(content) + facts_of(content))
    first = in_turn(
        [functools.partial(Assessment, content.rules, state) for state in standings],
        [functools.partial(rules, facts) for facts in given],
        rounds,
    )
    second = in_turn(
        [functools.partial(_from_entries, content, state.entries) for state in standings],
        [functools.partial(everything, facts) for facts in given],
        rounds,
    )
    note = (
        f"Standing and Assessment; zen is given the scores and also evaluates the {len(content.form.enable_when)} "
        f"conditions of questions and {len(content.form.scores)} scores."
    )
    return [
        Row(only_rules, _AGAINST, *first, Aim(1.0, later=0.25), note="Assessment from given facts; results verified."),
        Row(whole, _AGAINST, *second, note=note),
    ]


def rules_of(content: Content) -> list[str]:
    """The conditions of all rules in zen's language."""
    zen = Zen(content.form)
    return [zen.expression(rule.tree) for rule in content.rules.rules.values()]


def facts_of(content: Content) -> list[str]:
    """The conditions of all questions and the values of all scores in zen's language."""
    zen = Zen(content.form)
    conditions = [zen.expression(condition) for condition in content.form.enable_when.values()]
    return conditions + [zen.total(value) for value in content.form.scores.values()]


def verify(content: Content, standings: Sequence[ResponseState]) -> None:
    """Raise ``AssertionError`` unless both come to the same for every response and nothing is left open."""
    theirs = compiled(rules_of(content) + facts_of(content))
    form = content.form
    for state in standings:
        assessment = Assessment(content.rules, state)
        ours: dict[str, object] = {rule: _VALUES[outcome] for rule, outcome in assessment.outcomes.items()}
        ours |= {f"condition of {question}": state.is_enabled(question) for question in form.enable_when}
        ours |= {score: value_of(state.facts[score]) for score in form.scores}
        for (name, expected), found in zip(ours.items(), theirs(data(state.facts)), strict=True):
            if expected != found or isinstance(expected, bool) is not isinstance(found, bool):
                raise AssertionError(f"{name}: ours is {expected}, but zen says {found}")


def compiled(expressions: Sequence[str]) -> Callable[[dict[str, object]], list[object]]:
    """A function from data to the values of them all, as one expression of zen."""
    import zen

    evaluate: Callable[[dict[str, object]], list[object]] = zen.compile_expression(
        f"[{', '.join(expressions)}]"
    ).evaluate
    return evaluate


def _from_entries(content: Content, entries: Mapping[str, Entry]) -> Assessment:
    return Assessment(content.rules, ResponseState(content.form, entries))
