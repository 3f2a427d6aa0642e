"""What a score or rule depends on: two versions of the content can be compared where this is the same in both.

Only what decides a figure or an outcome counts: conditions, the published or asked wording, options and their scores.
Help texts, titles and translations do not.
"""

from __future__ import annotations

from collections.abc import Iterable

from screener.content.compiled import Content
from screener.expressions import tree
from screener.model.questionnaire import Instrument, Question, Score

Definition = tuple[object, ...]
"""A value that is equal for two versions exactly where they can be compared."""


class Definitions:
    """The definitions of one content, each computed once. It reads the content as it was authored."""

    def __init__(self, content: Content) -> None:
        self._content = content.authored or content
        self._scores: dict[str, Definition] = {}
        self._rules: dict[str, Definition] = {}

    def score(self, score: str) -> Definition:
        """Return what a score depends on."""
        if score not in self._scores:
            self._scores[score] = self._score(score)
        return self._scores[score]

    def rule(self, rule: str) -> Definition:
        """Return what the outcome of a rule depends on."""
        if rule not in self._rules:
            compiled = self._content.rules.rules[rule]
            names = tree.names(compiled.tree)
            scores = sorted(name for name in names if name in self._content.form.scores)
            parts = (self.score(name) for name in scores)
            condition = _plain(compiled.rule.when)
            self._rules[rule] = (rule, condition, *parts, *self._questions(names))
        return self._rules[rule]

    def _score(self, name: str) -> Definition:
        score = self._content.form.symbols[name]
        assert isinstance(score, Score)
        total = self._content.form.scores[name]
        return (name, _plain(score.value), score.maximum, *self._questions(tree.names(total)))

    def _questions(self, names: Iterable[str]) -> tuple[Definition, ...]:
        """Return the questions that names depend on, with those whose answers decide that they are asked."""
        form = self._content.form
        return tuple(self._question(form.questionnaire.question[name]) for name in sorted(form.with_gates(names)))

    def _question(self, question: Question) -> Definition:
        section = self._content.questionnaire.section_of[question.id]
        stem = section.stem_of(question) if isinstance(section, Instrument) else None
        scores = tuple(option.score for option in question.options)
        return (question.id, stem, question.asked_form, scores, _plain(question.enable_when or ""))


def _plain(condition: str) -> str:
    """Return a condition without line ends and spaces that have no meaning."""
    return " ".join(condition.split())
