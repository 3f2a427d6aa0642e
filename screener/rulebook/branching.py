"""The questions that are enabled by answers: a drawing for each section, and a table with the same content."""

from __future__ import annotations

from itertools import groupby

from screener.document.model import Block, BlockPart, Paragraph, Picture, Table, Words, line
from screener.engine.form import Form
from screener.engine.template import template_questions
from screener.expressions import tree
from screener.expressions.in_words import in_words
from screener.model.questionnaire import Question, Section
from screener.rulebook.context import BookContext, between
from screener.rulebook.flowchart import Gate, draw


def branching(setting: BookContext) -> Block:
    """Return one drawing for each section, the first at the top, then all gates as a table."""
    form = setting.content.form
    sections, conditions = form.template.sections, form.conditions.enable_when
    lead = (
        "The questions are asked from the top down. On the left stand those that everybody is asked. A gate in the "
        "middle says when the questions to its right are asked as well. A gate with a broken line depends on a section "
        "before."
    )
    pictures: list[BlockPart] = []
    for number, section in enumerate(sections, 1):
        gates = _gates(setting, section)
        gated = sum(len(gate.opens) for gate in gates)
        always = [_name(setting, question) for question in section.questions if question.id not in conditions]
        svg = draw(f"{number} {section.title}", always, gates, last=number == len(sections))
        says = (
            f"Section {number}, {section.title}: {len(always)} questions are asked of everybody, {gated} behind a gate."
        )
        pictures.append(Picture(svg, says))
    table = _table(setting)
    return Block("branching", "What opens what", (Paragraph(line(lead)), *pictures, table))


def _gates(setting: BookContext, section: Section) -> list[Gate]:
    """Return the gates of a section in order; adjacent questions with the same condition share one."""
    form = setting.content.form
    numbers = {question.id: setting.numbers[question.id] for question in section.questions}
    gates = []
    conditions = form.conditions.enable_when
    gated = [question for question in section.questions if question.id in conditions]
    for condition, opened in groupby(gated, lambda question: conditions[question.id]):
        deciding = [name for name in _deciding(form, condition) if name in numbers]
        gates.append(
            Gate(
                f"if {in_words(condition, form.symbols)}",
                tuple(_name(setting, question) for question in opened),
                tuple(numbers[name] for name in deciding),
                elsewhere=len(deciding) < len(_deciding(form, condition)),
            )
        )
    return gates


def _deciding(form: Form, condition: tree.Truth) -> list[str]:
    """Return the questions that a condition depends on."""
    return [question.id for question in template_questions(form, tree.names(condition))]


def _name(setting: BookContext, question: Question) -> tuple[str, str]:
    return setting.numbers[question.id], question.name


def _table(setting: BookContext) -> BlockPart:
    form = setting.content.form
    conditions = form.conditions.enable_when
    gated = [question for question in form.template if question.id in conditions]
    rows: list[tuple[Words, ...]] = []
    for condition, opened in groupby(gated, lambda question: conditions[question.id]):
        words = in_words(condition, form.symbols)
        rows.append(
            (line(f"{words[:1].upper()}{words[1:]}"), between([setting.asked(question) for question in opened], "; "))
        )
    if not rows:
        return Paragraph(line("Every question is asked of everybody."))
    return Table("All gates", ("When", "These are asked"), tuple(rows), (55, 45))
