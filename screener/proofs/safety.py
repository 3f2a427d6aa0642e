"""Urgent rules are decided in time, and nobody reaches the end without being asked the safety questions.

A safety question is one that an urgent rule names, directly or in a score. It may depend on other safety questions
("right now?" after a yes), never on other questions, because then an answer that is not about safety could hide it. A
question that only says for whom a refusal counts, such as the age beside ``declined``, is no safety question.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from screener.engine.rules import Assessment, Outcome
from screener.expressions import tree
from screener.model.response import Entry
from screener.proofs.context import ProofContext, Shows
from screener.proofs.result import Result, Task, Verdict

IN_TIME = "Every urgent rule is decided, and so raised, at the latest with the last answer, or refusal, that it needs."
PASSED = "Nobody reaches the end without being asked every safety question, unless other safety answers rule it out."


def urgent_in_time(setting: ProofContext) -> Iterator[Task]:
    """Yield a task for each urgent rule; other rules need none, because they are read at the end."""
    for compiled in setting.content.rules.urgent:
        name = compiled.rule.id
        yield Task(f"{name} is decided in time", partial(_in_time, setting, name))


def _in_time(setting: ProofContext, name: str) -> list[Result]:
    source_questions, place = setting.source_questions[name], setting.rule_place(name)
    answered = setting.responses.all_answered(source_questions, _only_declined(setting, name))
    entries = setting.smallest(source_questions, *answered, setting.rules[name].unknown)
    if entries is None:
        return [Result(Verdict.PROVED, name, place)]
    says = f'The urgent rule "{name}" is still undetermined when everything it needs is answered.'
    example = setting.example(f"late-{name}", says, entries, lambda tried: tried.outcomes[name] is Outcome.UNDETERMINED)
    return [Result(Verdict.REFUTED, name, place, says, "Make its condition simpler.", (example,))]


def safety_questions(setting: ProofContext) -> list[str]:
    """Return the questions that urgent rules name, in the order asked."""
    named = {name for compiled in setting.content.rules.urgent for name in _about_safety(compiled.tree)}
    questions = setting.form.source_questions(named)
    return [question.id for question in setting.content.questionnaire if question.id in questions]


def _about_safety(condition: tree.Truth) -> frozenset[str]:
    """Return the names of an urgent condition, without those that only say for whom a refusal counts."""
    if not tree.refusals(condition) or not isinstance(condition, tree.All | tree.Any):
        return tree.names(condition)
    parts = condition.parts
    if isinstance(condition, tree.All):
        parts = tuple(part for part in parts if tree.refusals(part))
    return frozenset().union(*map(_about_safety, parts))


def _only_declined(setting: ProofContext, rule: str) -> frozenset[str]:
    """Return the questions that the rule names in ``declined`` only; a refusal decides them for it."""
    node = setting.content.rules.rules[rule].tree
    return tree.refusals(node) - setting.form.source_questions(tree.names_of_answers(node))


def safety_never_passed(setting: ProofContext) -> Iterator[Task]:
    safety = safety_questions(setting)
    for name in safety:
        yield Task(f"{name} is never passed over", partial(_never_passed, setting, name, safety))


def _never_passed(setting: ProofContext, name: str, safety: Sequence[str]) -> list[Result]:
    if name not in setting.form.enable_when:
        return [Result(Verdict.PROVED, name, setting.question_place(name))]
    results = [*_hidden(setting, name, safety), *_out_of_order(setting, name)]
    if not any(proof.verdict is Verdict.REFUTED for proof in results):
        results.append(_by_blanks(setting, name))
    return results


def _gate(setting: ProofContext, name: str) -> list[str]:
    return setting.form.with_gates(tree.names(setting.form.enable_when[name]))


def _hidden(setting: ProofContext, name: str, safety: Sequence[str]) -> Iterator[Result]:
    """Yield results if an answer not about safety hides it, or if its gate raises an urgent rule and still hides it."""
    gate = _gate(setting, name)
    responses, place = setting.responses, setting.question_place(name, "enable_when")
    path = responses.all_answered(gate)
    foreign = [question for question in gate if question not in safety]
    if foreign:
        entries = setting.smallest(gate, *path, responses.is_enabled(name).false)
        if entries is None:
            return
        by = ", ".join(f'"{question}"' for question in foreign)
        says = f'The safety question "{name}" can be passed over: {by} decides whether it is asked.'
        example = setting.example(f"hidden-{name}", f'"{name}" is not asked.', entries, _not_asked(name))
        yield Result(Verdict.REFUTED, name, place, says, "Ask it of everybody.", (example,))
        return
    for compiled in setting.content.rules.urgent:
        if exclusion := _left_out(setting, name, gate, compiled.rule.id):
            yield exclusion


def _left_out(setting: ProofContext, name: str, gate: Sequence[str], rule: str) -> Result | None:
    """Return a result if its gate raises an urgent rule, alone or with other answers, and it is not asked."""
    source_questions = setting.source_questions[rule]
    if not set(source_questions) & set(gate):
        return None
    responses, place = setting.responses, setting.question_place(name, "enable_when")
    questions = responses.form.with_gates({*gate, *source_questions})
    path = responses.all_answered(questions, _only_declined(setting, rule))
    entries = setting.smallest(questions, *path, responses.is_enabled(name).false, setting.rules[rule].true)
    if entries is None:
        return None

    def shows(tried: Assessment) -> bool:
        return tried.state.is_enabled(name) is False and tried.outcomes[rule] is Outcome.RAISED

    description = f'"{rule}" is raised, and "{name}" is not asked.'
    example = setting.example(f"hidden-{name}-{rule}", description, entries, shows)
    if set(source_questions) <= set(gate):
        says = f'The safety question "{name}" is not asked although its gate raises the urgent rule "{rule}".'
        return Result(Verdict.REFUTED, name, place, says, "Correct its enable_when.", (example,))
    others = ", ".join(f'"{question}"' for question in source_questions if question not in gate)
    says = f'The safety question "{name}" is not asked where only {others} raises the urgent rule "{rule}".'
    return Result(Verdict.LISTED, name, place, says, examples=(example,))


def _out_of_order(setting: ProofContext, name: str) -> Iterator[Result]:
    """Yield a result if the questions that decide it follow it, so that the interview asks it only by going back."""
    order = [question.id for question in setting.content.questionnaire]
    gate = _gate(setting, name)
    later = [question for question in gate if order.index(question) > order.index(name)]
    if not later:
        return
    place = setting.question_place(name, "enable_when")
    entries = setting.smallest(gate, setting.responses.is_enabled(name).true)
    by = ", ".join(f'"{question}"' for question in later)
    says = f'The safety question "{name}" is asked late, after all others: it depends on {by}, which is asked after it.'
    description = f'Only now is "{name}" asked.'
    examples = (
        (setting.example(f"late-{name}", description, entries, lambda tried: tried.state.is_enabled(name) is True),)
        if entries is not None
        else ()
    )
    yield Result(Verdict.REFUTED, name, place, says, "Move it after the questions that decide it.", examples)


def _by_blanks(setting: ProofContext, name: str) -> Result:
    """Return the result that says and shows that the question is not asked if its gate is left blank."""
    gate = _gate(setting, name)
    place = setting.question_place(name, "enable_when")
    unknown = setting.responses.is_enabled(name).unknown
    entries = setting.smallest(gate, unknown)
    if entries is None:
        return Result(Verdict.PROVED, name, place)
    path: dict[str, Entry] = setting.blanks(gate) | entries
    rules = [
        compiled.rule.id
        for compiled in setting.content.rules.urgent
        if name in setting.form.source_questions(tree.names(compiled.tree))
    ]
    outcomes = setting.assess(path).outcomes
    consequences = ", ".join(f'the urgent rule "{rule}" is then {outcomes[rule]}' for rule in rules)
    says = f'If the answers that decide it are left blank, the safety question "{name}" is not asked; {consequences}.'
    example = setting.example(
        f"blank-gate-{name}", f'"{name}" is not asked.', path, lambda t: t.state.is_enabled(name) is None
    )
    return Result(Verdict.LISTED, name, place, says, examples=(example,))


def _not_asked(name: str) -> Shows:
    def shows(tried: Assessment) -> bool:
        return tried.state.is_enabled(name) is False

    return shows
