"""The data that every chapter of the book reads, and phrases that they share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from screener.check.hazards import Hazards
from screener.content.load import LoadedContent
from screener.content.validate import File
from screener.document.model import Badge, Inline, Link, Pair, Pairs, Words, line
from screener.model.crisis_lines import Mark
from screener.model.questionnaire import Question
from screener.model.ruleset import Cases, Wording
from screener.proofs.result import Finding
from screener.rulebook.reading_grade import Grader


@dataclass(frozen=True)
class BookContext:
    """One questionnaire with its rules, their cases, and the results of the proofs."""

    content: LoadedContent
    cases: Sequence[File[Cases]]
    wording: Wording
    hazards: Hazards | None = None
    findings: Sequence[Finding] | None = None
    """The results of the proofs; ``None`` if they were not run."""
    grade: Grader | None = None

    @cached_property
    def numbers(self) -> dict[str, str]:
        """Return the number of each question, such as ``3.2``: the section and the position in it."""
        return {
            question.id: f"{number}.{place}"
            for number, section in enumerate(self.content.template.sections, 1)
            for place, question in enumerate(section.questions, 1)
        }

    def asked(self, question: Question) -> Link:
        """Return a link to a question by its number and short name."""
        return Link(f"{self.numbers[question.id]} {question.name}", question_place(question.id))

    def graded(self, text: str) -> Words:
        """Return the reading grade, to follow a text."""
        grade = self.grade(text) if self.grade else ""
        return line(" ", Badge(grade)) if grade else ()


def labelled(pairs: Sequence[tuple[str, Words]]) -> Pairs:
    """Return labels with their texts."""
    return Pairs(tuple(Pair(label, words) for label, words in pairs))


def question_place(question: str) -> str:
    return f"question-{question}"


def rule_place(rule: str) -> str:
    return f"rule-{rule}"


def source_place(source: str) -> str:
    return f"source-{source}"


def marked(mark: Mark) -> Inline:
    """Return whether somebody read it in the source; an unread source is marked visibly."""
    return "verified" if mark == "verified" else Badge("to be checked", "alert")


def between(inlines: Sequence[Inline], sign: str = ", ") -> Words:
    """Join the inlines with a separator between them."""

    def spread() -> Iterator[Inline]:
        for number, inline in enumerate(inlines):
            if number:
                yield sign
            yield inline

    return tuple(spread())
