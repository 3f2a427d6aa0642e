"""What the question page says of the current question, in words."""

from __future__ import annotations

from collections.abc import Iterator

from screener.engine.interview import Interview
from screener.i18n.gettext import _
from screener.model.answers import format_answer, parse_answer, split_numbers
from screener.model.name_list import is_closed
from screener.model.questionnaire import Question
from screener.model.response import AbsentReason, Entry
from screener.model.types.base import Amount, FreeText, InvalidAnswer, ListedText
from screener.page_text.paragraph import PageParagraph, Purpose
from screener.page_text.question import place, time_left
from screener.session.session import InterviewSession
from screener.tui.widgets.progress_line import ProgressText


def progress_text(session: InterviewSession) -> ProgressText:
    """Return the title of the section, where the person is, how far they have come, and about how long is left.

    Staff are not told how long: what they record takes as long as what they look at.
    """
    interview = session.interview
    section, progress = interview.section, interview.progress
    left = "" if session.for_staff else time_left(interview)
    notes = tuple(filter(None, (left, _("saved") if session.saved else "")))
    title = section.title if section else ""
    return ProgressText(title, place(interview), progress.furthest, progress.sections, notes)


def typed_form(question: Question, entry: Entry | None) -> str:
    """An answer as the person would type it; nothing for what is chosen from a list."""
    if entry is None or isinstance(entry, AbsentReason):
        return ""
    typed: str = question.answer_type.as_typed(entry)
    return typed


def signs_between(question: Question) -> str:
    """Return what an answer may have between its digits: a sign before it, or a slash between two numbers."""
    below_zero = question.limits is not None and question.limits.minimum < 0
    return question.answer_type.signs + ("-" if below_zero else "") + ("/" if question.written_with else "")


def chosen_row(question: Question, entry: Entry | None) -> Entry | None:
    """The row that an entry stands for; a list has one only where it was closed."""
    if isinstance(question.answer_type, ListedText) and isinstance(entry, str) and not isinstance(entry, AbsentReason):
        return "" if is_closed(entry) else None
    return entry


def notes_below(interview: Interview, typed: str) -> Iterator[PageParagraph]:
    """Yield what stands below the field of the current question: how a measure is understood, and what Enter does.

    The line of a measure is there before anything is typed, so that no button moves away from a mouse.
    """
    question = interview.current
    if question is None:
        return
    if isinstance(question.answer_type, Amount):
        try:
            understood = _("Read as {answer}").format(answer=read_back(interview, question, typed))
        except InvalidAnswer:
            understood = ""
        yield PageParagraph(understood, Purpose.NOTE)
    if isinstance(question.answer_type, FreeText):
        yield PageParagraph(_("Enter continues. Ctrl+J begins a new line."), Purpose.NOTE)


def read_back(interview: Interview, question: Question, typed: str) -> str:
    """How typed text is understood: one answer, or two numbers that were typed as one. Raise ``InvalidAnswer``."""
    numbers = split_numbers(question, typed)
    if numbers is None or question.written_with is None:
        return format_answer(question, parse_answer(question, typed))
    questions = (question, interview.form.questionnaire.question[question.written_with])
    return "; ".join(
        f"{one.label}: {format_answer(one, parse_answer(one, number))}"
        for one, number in zip(questions, numbers, strict=True)
    )
