"""What depends on what, by the ids that an author wrote: those of all occurrences of a repeating section are one."""

from __future__ import annotations

from collections.abc import Iterable

from screener.engine.form import Form
from screener.engine.rules import CompiledRules
from screener.model.occurrences import keys_of, question_of
from screener.model.questionnaire import Question


def template_questions(form: Form, names: Iterable[str]) -> list[Question]:
    """Return the questions that these names depend on, each score replaced by those in its value, in their order."""
    read = {question_of(name) for name in form.source_questions(names)}
    return [question for question in form.template if question.id in read]


def template_dependents(form: Form, name: str) -> list[str]:
    """Return the questions and scores whose conditions name a question or score, each once."""
    after = (dependent for key in _keys(form, name) for dependent in form.dependents[key])
    return list(dict.fromkeys(map(question_of, after)))


def rules_that_read(form: Form, rules: CompiledRules, name: str) -> list[str]:
    """Return the rules whose conditions name a question or score, each once."""
    return list(dict.fromkeys(rule for key in _keys(form, name) for rule in rules.dependents.get(key, ())))


def _keys(form: Form, name: str) -> list[str]:
    if name in form.dependents:
        return [name]
    return list(keys_of(form.template.section_of[name], name))
