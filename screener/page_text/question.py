"""What stands on the page of a question, and why it is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from screener.engine.interview import Interview
from screener.engine.occurrences import occurrence_of
from screener.i18n.gettext import N_, _, language_name
from screener.model.answers import format_answer
from screener.model.questionnaire import Instrument, Question, Section
from screener.model.response import Entry
from screener.page_text.paragraph import PageParagraph, Purpose, error_paragraph

WELCOME_BACK = N_("Welcome back. You go on where you were; your answers so far are here.")
WHY = N_("It helps the clinic get ready to talk with you.")
LEAVE_OUT = N_("You can leave out any question. You do not have to say why.")


def asked(
    interview: Interview, problem: str = "", how_to_keep: str = "", *, returned: bool = False
) -> Iterator[PageParagraph]:
    """Yield the current question with what leads up to it, and what is wrong with the answer, if anything is.

    ``how_to_keep``: how the answer of the previous response is kept; it is told where that can be done. ``returned``:
    whether the person has just come back to it.
    """
    question, section = interview.current, interview.section
    if question is None or section is None:
        return
    if problem:
        yield PageParagraph(_("There is a problem"), Purpose.WARNING)
    if returned:
        yield PageParagraph(_(WELCOME_BACK), Purpose.NOTE)
    if section.introduction and question.id == _first_of(section, interview):
        yield PageParagraph(section.introduction)
    if language := interview.form.questionnaire.other_language(section):
        shown_in = _("The words of this question are shown in {language}.")
        yield PageParagraph(shown_in.format(language=language_name(language)), Purpose.NOTE)
    if isinstance(section, Instrument) and (stem := section.stem_of(question)):
        yield PageParagraph(stem)
    yield PageParagraph(question.text, Purpose.QUESTION)
    if question.help:
        yield PageParagraph(question.help, Purpose.HINT, joined=True)
    if how_to_keep:
        yield from previous_answer(interview, how_to_keep)
    if problem:
        yield error_paragraph(problem)


def to_confirm(interview: Interview) -> Entry | None:
    """Return the previous answer to the question on the page; ``None`` where there is none, or it is answered."""
    question, previous = interview.current, interview.previous
    return previous.carried_over(question) if question and previous and interview.entry is None else None


def previous_answer(interview: Interview, how_to_keep: str) -> Iterator[PageParagraph]:
    """Yield what the person answered last time, or that their answer is the one from then."""
    question, previous, entry = interview.current, interview.previous, to_confirm(interview)
    if question and previous and entry is not None:
        last_time = _("On {day} you answered: {answer}").format(day=previous.day, answer=format_answer(question, entry))
        yield PageParagraph(last_time, Purpose.SUBHEADING)
        yield PageParagraph(how_to_keep, joined=True)
    elif question and question.id in interview.carried_over:
        yield PageParagraph(_("You kept this answer from last time."), Purpose.NOTE)


def credit(interview: Interview) -> Iterator[PageParagraph]:
    """Yield whose an instrument is, below its first item."""
    section, question = interview.section, interview.current
    if isinstance(section, Instrument) and question and question.id == _first_of(section, interview):
        yield PageParagraph(section.licence.credit, Purpose.NOTE)


def why(question: Question) -> Iterator[PageParagraph]:
    """Yield why a question is asked."""
    yield PageParagraph(_("Why we ask"), Purpose.HEADING)
    yield PageParagraph(question.text, Purpose.NOTE)
    yield PageParagraph(question.why or _(WHY))
    if question.help:
        yield PageParagraph(question.help)
    yield PageParagraph(_(LEAVE_OUT))


def please_check(doubts: Iterable[str]) -> Iterator[PageParagraph]:
    """Yield what asks whether an unusual answer is right."""
    yield PageParagraph(_("Please check your answer"), Purpose.HEADING)
    yield from map(PageParagraph, doubts)


def occurrence(interview: Interview) -> str:
    """Return which occurrence of its section the question is about, and how long after the moment that was."""
    question, state = interview.current, interview.state
    here = occurrence_of(interview.form.questionnaire, state.entries, question.id) if question else None
    return here.words if here else ""


def place(interview: Interview) -> str:
    """Return where the person is: the part, the occurrence of it, and the question where its number is exact."""
    return ", ".join(filter(None, (_part(interview), occurrence(interview))))


def _part(interview: Interview) -> str:
    progress = interview.progress
    numbers = {"part": progress.section, "parts": progress.sections}
    if progress.section < progress.furthest:
        return _("Part {part} of {parts} (changing an earlier answer)").format(**numbers)
    if progress.question:
        numbered = _("Part {part} of {parts}, question {question} of {questions}")
        return numbered.format(**numbers, question=progress.question, questions=progress.questions)
    return _("Part {part} of {parts}").format(**numbers)


def time_left(interview: Interview) -> str:
    """Return about how long the questions that are left take."""
    seconds = sum(question.answer_type.seconds for question in interview.unanswered)
    minutes = -(-seconds // 60)
    return _("~{count} min left").format(count=minutes)


def _first_of(section: Section, interview: Interview) -> str:
    applying = (question.id for question in section.questions if interview.state.is_enabled(question.id))
    return next(applying, "")
