"""A questionnaire with its conditions compiled: what is asked when, in which order facts are computed, and how."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

from screener.engine.facts import Compute, blank_facts, compute_question, compute_score
from screener.expressions import tree
from screener.expressions.evaluate import Fact, Missing, missing_range
from screener.expressions.mistakes import Mistake
from screener.expressions.occurrence import at_occurrence, occurrence_gate
from screener.expressions.parse import Symbols, parse_condition, parse_number
from screener.expressions.previous import DAYS, MOST_DAYS, PREFIX, condition_symbols, is_previous
from screener.model.occurrences import keys_of, number_of, question_of, repeating, unrolled
from screener.model.questionnaire import Questionnaire, Score
from screener.values import dataclass

ConditionPath = tuple[str | int, ...]
"""A question or score id, then the path of the condition within it, e.g. ``("diastolic", "enable_when")``."""
Checks = Mapping[str, tuple[tuple[tree.Truth, str], ...]]
"""What the person is asked to check: question id to pairs of condition and text."""
ReportMistake = Callable[[ConditionPath, Mistake], None]


@dataclass(frozen=True)
class FormConditions:
    """When each question of the template is asked, and what the person is asked to check."""

    enable_when: Mapping[str, tree.Truth]
    please_check: Checks


@dataclass(frozen=True)
class Form:
    """A questionnaire ready to be answered. Build it with ``compile_form``."""

    questionnaire: Questionnaire
    """What is asked: a repeating section has its questions once for each occurrence."""
    template: Questionnaire
    """What the author wrote: a repeating section has its questions once."""
    symbols: Symbols
    """The questions of both by their ids, and the scores."""
    enable_when: Mapping[str, tree.Truth]
    """Question id to condition; a question without one is always asked."""
    please_check: Checks
    scores: Mapping[str, tree.Number]
    evaluation_order: Mapping[str, int]
    """Every name with its position; each name follows the names it depends on."""
    dependents: Mapping[str, tuple[str, ...]]
    """Name to the questions and scores whose conditions name it."""
    compute: Mapping[str, Compute] = field(repr=False)
    """Name to the function that computes its fact from the earlier facts and the entries, in the evaluation order."""
    fixed_sections: frozenset[str]
    """The sections in which no answer decides whether another question of the same section is asked."""
    conditions: FormConditions
    """The conditions as they were written, by the ids of the template."""

    def source_questions(self, names: Iterable[str]) -> frozenset[str]:
        """Return the questions that the names depend on, each score replaced by the questions in its value.

        Those of the previous response are left out.
        """
        questions: set[str] = set()
        for name in names:
            if is_previous(name):
                continue
            if name in self.scores:
                questions |= self.source_questions(tree.names(self.scores[name]))
            else:
                questions.add(name)
        return frozenset(questions)

    def with_gates(self, names: Iterable[str]) -> list[str]:
        """Return the questions that the names depend on, and those that decide whether these are asked, in order."""
        questions: set[str] = set()
        waiting = set(self.source_questions(names))
        while waiting:
            name = waiting.pop()
            questions.add(name)
            if gate := self.enable_when.get(name):
                waiting |= self.source_questions(tree.names(gate)) - questions
        return [question.id for question in self.questionnaire if question.id in questions]

    @cached_property
    def unknown_previous(self) -> Mapping[str, Fact]:
        """Return the facts of a previous response that is not known: not even what it asked.

        Items of instruments and questions of repeating sections have none.
        """
        items = {question.id for instrument in self.questionnaire.instruments for question in instrument.questions}
        facts: dict[str, Fact] = {
            PREFIX + question.id: blank_facts(question)[Missing.UNCERTAIN]
            for question in self.questionnaire
            if question.id not in items and number_of(question.id) is None
        }
        return facts | {DAYS: missing_range(0, MOST_DAYS, Missing.UNCERTAIN)}


def compile_form(template: Questionnaire, report: ReportMistake) -> Form:
    """Parse and type-check every condition of a questionnaire; each mistake goes to ``report`` with its place.

    After a mistake was reported, the form lacks that condition and must not be used to ask anybody.
    """
    questionnaire = unrolled(template)
    scores = {score.id: score for instrument in template.instruments for score in instrument.scores}
    symbols: Symbols = condition_symbols(template, questionnaire)
    repeats = repeating(template)

    def parsed(where: ConditionPath, text: str) -> tree.Truth | None:
        inside = repeats.get(str(where[0]))
        try:
            return parse_condition(text, symbols, in_rule=False, repeating=repeats, inside=inside)
        except Mistake as mistake:
            report(where, mistake)
            return None

    enable_when = {}
    please_check = {}
    for question in template:
        if question.enable_when and (node := parsed((question.id, "enable_when"), question.enable_when)):
            enable_when[question.id] = node
        checks = (
            (parsed((question.id, "please_check", position, "when"), check.when), check.text)
            for position, check in enumerate(question.please_check)
        )
        please_check[question.id] = tuple((node, text) for node, text in checks if node)
    written = FormConditions(enable_when, please_check)
    if questionnaire is not template:
        enable_when, please_check = _unrolled_conditions(template, written)
    totals = {}
    for score in scores.values():
        try:
            totals[score.id] = parse_number(score.value, symbols, repeating=repeats)
        except Mistake as mistake:
            report((score.id, "value"), mistake)

    needs = {name: sorted(tree.names(node)) for name, node in (enable_when | totals).items()}
    names = [*questionnaire.question, *scores]
    evaluation_order = _evaluation_order(names, needs, scores, report)
    dependents: dict[str, list[str]] = {name: [] for name in names}
    for name, needed in needs.items():
        for need in needed:
            dependents[need].append(name)
    compute: dict[str, Compute] = {
        name: compute_score(totals[name])
        if name in totals
        else compute_question(questionnaire.question[name], enable_when.get(name))
        for name in evaluation_order
        if name in totals or name not in scores
    }
    return Form(
        questionnaire,
        template,
        symbols,
        enable_when,
        please_check,
        totals,
        evaluation_order,
        {name: tuple(after) for name, after in dependents.items()},
        compute,
        _fixed_sections(questionnaire, needs, evaluation_order),
        written,
    )


def _unrolled_conditions(
    template: Questionnaire, written: FormConditions
) -> tuple[dict[str, tree.Truth], dict[str, tuple[tuple[tree.Truth, str], ...]]]:
    """Return the conditions by the keys of the occurrences; the occurrence before decides whether the next is asked."""
    enable_when, please_check = dict(written.enable_when), dict(written.please_check)
    for section in template.sections:
        for question in section.questions if section.repeats else ():
            own, checks = enable_when.pop(question.id, None), please_check.pop(question.id)
            for occurrence, key in enumerate(keys_of(section, question.id), 1):
                conditions = (at_occurrence(own, section, occurrence),) if own else ()
                gates = (*occurrence_gate(section, occurrence), *conditions)
                if gates:
                    enable_when[key] = gates[0] if len(gates) == 1 else tree.All(gates)
                please_check[key] = tuple((at_occurrence(node, section, occurrence), text) for node, text in checks)
    return enable_when, please_check


def _fixed_sections(
    questionnaire: Questionnaire, needs: Mapping[str, list[str]], evaluation_order: Mapping[str, int]
) -> frozenset[str]:
    """Return the sections whose conditions depend only on questions of earlier sections."""
    number = {section.id: position for position, section in enumerate(questionnaire.sections)}
    latest: dict[str, int] = {}
    fixed = {section.id for section in questionnaire.sections}
    for name in evaluation_order:
        section = questionnaire.section_of.get(name)
        needed = max((latest.get(need, -1) for need in needs.get(name, ())), default=-1)
        latest[name] = needed if section is None else max(needed, number[section.id])
        if section is not None and needed >= number[section.id]:
            fixed.discard(section.id)
    return frozenset(fixed)


def _evaluation_order(
    names: Iterable[str], needs: Mapping[str, list[str]], scores: Mapping[str, Score], report: ReportMistake
) -> dict[str, int]:
    graph = {name: needs.get(name, []) for name in names}
    try:
        return {name: position for position, name in enumerate(TopologicalSorter(graph).static_order())}
    except CycleError as error:
        cycle: list[str] = list(reversed(error.args[1]))
        message = "This depends on itself: " + " needs ".join(map(question_of, cycle)) + "."
        kind = "value" if cycle[0] in scores else "enable_when"
        report((question_of(cycle[0]), kind), Mistake(message, "Break the circle at one of them."))
        return {name: position for position, name in enumerate(graph)}
