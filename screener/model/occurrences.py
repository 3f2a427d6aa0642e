"""The occurrences of a repeating section: each of its questions once for every occurrence, such as ``bp_top.3``.

An author writes a question once, in the *template*. What is asked, stored and copied are ordinary questions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from screener.model.questionnaire import Question, Questionnaire, Section


def key_of(question: str, number: int) -> str:
    """Return the key of a question of a repeating section in one of its occurrences, which are numbered from 1."""
    return f"{question}.{number}"


def question_of(key: str) -> str:
    """Return the id that the author wrote for a question."""
    question, _, number = key.rpartition(".")
    return question if number.isdecimal() else key


def number_of(key: str) -> int | None:
    """Return the occurrence of a question; ``None`` if its section does not repeat."""
    question, _, number = key.rpartition(".")
    return int(number) if question and number.isdecimal() else None


def unrolled(template: Questionnaire) -> Questionnaire:
    """Return the questionnaire with the questions of every repeating section once for each occurrence."""
    if not any(section.repeats for section in template.sections):
        return template
    sections = tuple(
        replace(section, questions=tuple(_questions(section))) if section.repeats else section
        for section in template.sections
    )
    return replace(template, sections=sections)


def with_at_most(template: Questionnaire, most: int) -> Questionnaire:
    """Return the template with at most so many occurrences of each repeating section."""
    sections = tuple(
        replace(section, repeats=replace(section.repeats, up_to=min(section.repeats.up_to, most)))
        if section.repeats
        else section
        for section in template.sections
    )
    return replace(template, sections=sections)


class Repeating(dict[str, Section]):
    """The section of each question of a repeating section, by the id that the author wrote.

    ``moment`` is the time question from whose answer the minutes of occurrences count.
    """

    def __init__(self, sections: Mapping[str, Section], moment: str | None = None) -> None:
        super().__init__(sections)
        self.moment = moment


NOTHING_REPEATS = Repeating({})


def repeating(template: Questionnaire) -> Repeating:
    """Return what repeats in a questionnaire."""
    sections = (section for section in template.sections if section.repeats)
    by_question = {question.id: section for section in sections for question in section.questions}
    return Repeating(by_question, template.moment.question if template.moment else None)


def keys_of(section: Section, question: str) -> Iterator[str]:
    """Yield the keys of a question of a repeating template section; the last occurrence asks for no other one."""
    assert section.repeats
    last = section.repeats.up_to - (question == section.repeats.another)
    return (key_of(question, number) for number in range(1, last + 1))


def _questions(section: Section) -> Iterator[Question]:
    """Yield the questions of all occurrences, in the order in which they are asked."""
    assert section.repeats
    own = {question.id for question in section.questions}
    for number in range(1, section.repeats.up_to + 1):
        for question in section.questions:
            if question.id == section.repeats.another and number == section.repeats.up_to:
                continue
            second = question.written_with
            yield replace(
                question,
                id=key_of(question.id, number),
                short_text=f"{section.repeats.title} {number}: {question.name}",
                written_with=key_of(second, number) if second in own else second,
            )
