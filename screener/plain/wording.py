"""The paragraphs of pages that only plain mode says: the list of options, and of all answers, by their numbers."""

from __future__ import annotations

from collections.abc import Iterator

from screener.engine.interview import Interview
from screener.i18n.gettext import _
from screener.model.answers import format_answer
from screener.page_text import question as page_text
from screener.page_text.paragraph import texts
from screener.page_text.review import LEFT_BLANK, left_blank, listed, review_parts, short_label
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
    if which := page_text.occurrence(interview):
        yield which
    yield from texts(page_text.asked(interview))
    yield from options(question)
    if how := question.answer_type.hint(question):
        yield how
    yield from texts(page_text.credit(interview))
    if interview.entry is not None:
        so_far = _("Your answer so far: {answer}. Type k to keep it.")
        yield so_far.format(answer=format_answer(question, interview.entry))


def parts(interview: Interview) -> Iterator[str]:
    """Yield what was left blank, and each part with the numbers of its answers."""
    questionnaire, number_of = interview.form.questionnaire, {name: n for n, name in enumerate(listed(interview), 1)}
    if blank := left_blank(interview):
        yield _(LEFT_BLANK)
        yield from (f"{number_of[name]} {questionnaire.question[name].label}" for name in blank)
    for part in review_parts(interview):
        numbered = _("{title}: {first} to {last}") if len(part.names) > 1 else "{title}: {first}"
        yield numbered.format(title=part.title, first=number_of[part.names[0]], last=number_of[part.names[-1]])


def answers(interview: Interview) -> Iterator[str]:
    """Yield all answers, numbered, below the titles of their sections."""
    questionnaire, entries, number = interview.form.questionnaire, interview.response.entries, 0
    for part in review_parts(interview):
        yield part.title
        for name in part.names:
            number += 1
            answer = format_answer(questionnaire.question[name], entries[name])
            yield f"{number} {short_label(interview, name)}: {answer}"
