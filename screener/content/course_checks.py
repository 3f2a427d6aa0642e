"""Checks of what a questionnaire says of its course: the moment from which minutes count, and a form with its items."""

from __future__ import annotations

from collections.abc import Iterator

from screener.content.validate import File
from screener.errors import Problem, nearest
from screener.model.front_parts import FormItem
from screener.model.questionnaire import Questionnaire, QuestionnaireFile


def course(front: File[QuestionnaireFile], questionnaire: Questionnaire) -> Iterator[Problem]:
    """Check that what a questionnaire says of its course is for staff, and names questions of the right type.

    Whoever answers, the occurrences of a section can count from a moment.
    """
    timed = any(section.repeats and section.repeats.time for section in questionnaire.sections)
    for role, part, type in (("moment", front.model.moment, "time"), ("form", front.model.form, "yes_no")):
        if part is None:
            continue
        question, place = questionnaire.question.get(part.question), front.source.place(role, "question")
        if not questionnaire.is_for_staff and not (role == "moment" and timed):
            yield Problem(front.source.place(role), f"Only staff see {role}.", "Remove it, or write respondent: staff.")
        elif question is None:
            remedy = nearest(part.question, questionnaire.question) or "Name an existing one."
            yield Problem(place, f'There is no question "{part.question}".', remedy)
        elif question.type != type:
            message = f'"{part.question}" is a question of the type {question.type}.'
            yield Problem(place, message, f"Name one of the type {type}.")
    yield from _form_items(front, questionnaire)


def _form_items(front: File[QuestionnaireFile], questionnaire: Questionnaire) -> Iterator[Problem]:
    """Check that the items of a form name questions, and occurrences only where a section repeats."""
    for number, item in enumerate(front.model.form.items if front.model.form else ()):
        unknown = [name for name in item.questions if name not in questionnaire.question]
        for name in unknown:
            place = front.source.place("form", "items", number, "questions", item.questions.index(name))
            remedy = nearest(name, questionnaire.question) or "Name an existing one."
            yield Problem(place, f'There is no question "{name}".', remedy)
        if not unknown and (item.minutes or item.last) and not _is_of_occurrences(item, questionnaire):
            message = "Only the questions of one section that repeats have minutes or last, and minutes need its time."
            yield Problem(front.source.place("form", "items", number), message, "Remove them, or name such questions.")


def _is_of_occurrences(item: FormItem, questionnaire: Questionnaire) -> bool:
    sections = {section.id: section for section in map(questionnaire.section_of.__getitem__, item.questions)}
    repeats = [section.repeats for section in sections.values()]
    return len(repeats) == 1 and repeats[0] is not None and (item.minutes is None or repeats[0].time is not None)
