"""What the question page says of the current question, in words."""

from __future__ import annotations

from collections.abc import Iterator

from screener import page_text
from screener.engine.interview import Interview
from screener.i18n.gettext import _, language_name
from screener.model.answers import format_answer, parse_answer, split_numbers
from screener.model.medicines import is_closed
from screener.model.questionnaire import Instrument, Question, Section
from screener.model.response import AbsentReason, Entry
from screener.model.types.base import Medicines
from screener.tui.rendering import Tone
from screener.tui.widgets.progress_line import ProgressText
from screener.tui.widgets.text_block import Passage


def progress_text(interview: Interview, *, saved: bool = False) -> ProgressText:
    """Return the title of the section, where the person is, how far they have come, and about how long is left."""
    section, progress = interview.section, interview.progress
    left = page_text.time_left(interview)
    notes = tuple(filter(None, (left, _("saved") if saved else "")))
    title = section.title if section else ""
    return ProgressText(title, page_text.place(interview), progress.section, progress.sections, notes)


def question_passages(interview: Interview, problem: str = "") -> Iterator[Passage]:
    """The question with what leads up to it, and what is wrong with the answer, if anything is."""
    question, section = interview.current, interview.section
    if question is None or section is None:
        return
    if problem:
        yield Passage(_("There is a problem"), Tone.ERROR)
    if section.introduction and question.id == _first_of(section, interview):
        yield Passage(section.introduction)
    if language := interview.form.questionnaire.other_language(section):
        shown_in = _("The words of this question are shown in {language}.")
        yield Passage(shown_in.format(language=language_name(language)), Tone.MUTED)
    if isinstance(section, Instrument) and (stem := section.stem_of(question)):
        yield Passage(stem)
    yield Passage(question.text, Tone.STRONG)
    if question.help:
        yield Passage(question.help, Tone.MUTED, gap=0)
    if problem:
        yield Passage(_("Error: {problem}").format(problem=problem), Tone.ERROR)


def credit(interview: Interview) -> Iterator[Passage]:
    """Yield the line below the first item of an instrument that names whose it is."""
    section, question = interview.section, interview.current
    if isinstance(section, Instrument) and question and question.id == _first_of(section, interview):
        yield Passage(section.licence.credit, Tone.MUTED)


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
    """The row that an entry stands for; a list of medicines has one only where it was closed."""
    if isinstance(question.answer_type, Medicines) and isinstance(entry, str) and not isinstance(entry, AbsentReason):
        return "" if is_closed(entry) else None
    return entry


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


def _first_of(section: Section, interview: Interview) -> str:
    applying = (question.id for question in section.questions if interview.state.is_enabled(question.id))
    return next(applying, "")
