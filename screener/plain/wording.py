"""The paragraphs of pages that only plain mode says: the list of options, and of all answers, by their numbers."""

from __future__ import annotations

from collections.abc import Iterator

from screener.engine.interview import Interview
from screener.i18n.gettext import _
from screener.model.answers import format_answer
from screener.page_text import question as page_text
from screener.page_text.paragraph import texts
from screener.page_text.review import listed
from screener.plain.answers import options


def whereabouts(interview: Interview) -> str:
    """Return where the person is, and the title of the section."""
    section = interview.section
    return f"{page_text.place(interview)}: {section.title}" if section else ""


def asked(interview: Interview) -> Iterator[str]:
    """Yield the current question, how to answer it, and the answer so far."""
    question = interview.current
    if question is None:
        return
    yield from texts(page_text.asked(interview))
    yield from options(question)
    if how := question.answer_type.hint(question):
        yield how
    yield from texts(page_text.credit(interview))
    if interview.entry is not None:
        so_far = _("Your answer so far: {answer}. Type k to keep it.")
        yield so_far.format(answer=format_answer(question, interview.entry))


def answers(interview: Interview) -> Iterator[str]:
    """Yield all answers, numbered, below the titles of their sections."""
    questionnaire, entries = interview.form.questionnaire, interview.response.entries
    section = None
    for number, name in enumerate(listed(interview), 1):
        if questionnaire.section_of[name] is not section:
            section = questionnaire.section_of[name]
            yield section.title
        question = questionnaire.question[name]
        yield f"{number} {question.label}: {format_answer(question, entries[name])}"
