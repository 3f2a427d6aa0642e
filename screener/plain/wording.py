"""The paragraphs of each page, in the words and the order of the screens."""

from __future__ import annotations

from collections.abc import Iterator

from screener import page_text
from screener.engine.interview import Interview
from screener.engine.occurrences import occurrence_of
from screener.i18n.gettext import N_, _, language_name, ngettext
from screener.model.answers import format_answer
from screener.model.crisis_lines import Region
from screener.model.occurrences import question_of
from screener.model.questionnaire import Instrument, Question, Section
from screener.model.ruleset import Rule
from screener.plain.answers import options
from screener.session.session import InterviewSession

DANGER = N_("If your life is in danger now:")
WHY = N_("It helps the clinic get ready to talk with you.")
LEAVE_OUT = N_("You can leave out any question. You do not have to say why.")


def welcome(session: InterviewSession) -> Iterator[str]:
    """Yield what the questionnaire is for, and where help is."""
    page = session.content.questionnaire.welcome
    yield page.heading
    yield from emergency(session.region)
    yield from page_text.welcome_paragraphs(session)
    yield from page_text.about_saving(session)


def emergency(region: Region) -> Iterator[str]:
    """Yield what to do when a life is in danger."""
    yield _(DANGER)
    yield region.emergency


def crisis_help(region: Region) -> Iterator[str]:
    """Yield what to do when a life is in danger, then the lines to call."""
    yield from emergency(region)
    yield _(page_text.TELL_STAFF)
    for line in region.lines:
        yield line.name
        yield line.how
        if line.when:
            yield line.when


def urgent(rule: Rule, region: Region) -> Iterator[str]:
    """Yield the page of an urgent rule."""
    page = rule.interruption
    if page is not None:
        yield _("Please stay here and get help now") if page.page == "emergency" else _("Please read this")
        yield page.heading
    yield from crisis_help(region)
    if page is not None:
        yield from page.paragraphs


def whereabouts(interview: Interview) -> str:
    """Return the section of the current question, and how far the questionnaire has come."""
    section, progress = interview.section, interview.progress
    if section is None:
        return ""
    is_furthest = section is interview.form.questionnaire.sections[progress.section - 1]
    place = _("Part {part} of {parts}") if is_furthest else _("Part {part} of {parts} reached")
    return f"{place.format(part=progress.section, parts=progress.sections)}: {section.title}"


def asked(interview: Interview) -> Iterator[str]:
    """Yield the current question, how to answer it, and the answer so far."""
    question, section = interview.current, interview.section
    if question is None or section is None:
        return
    if section.introduction and question.id == _first_of(interview, section):
        yield section.introduction
    if which := page_text.occurrence(interview):
        yield which
    if language := interview.form.questionnaire.other_language(section):
        yield _("The words of this question are shown in {language}.").format(language=language_name(language))
    if isinstance(section, Instrument) and (stem := section.stem_of(question)):
        yield stem
    yield question.text
    if question.help:
        yield question.help
    yield from options(question)
    if how := question.answer_type.hint(question):
        yield how
    if isinstance(section, Instrument) and question.id == _first_of(interview, section):
        yield section.licence.credit
    if interview.entry is not None:
        so_far = _("Your answer so far: {answer}. Type k to keep it.")
        yield so_far.format(answer=format_answer(question, interview.entry))


def why(question: Question) -> Iterator[str]:
    """Yield why the question is asked."""
    yield _("Why we ask")
    yield question.text
    yield question.why or _(WHY)
    if question.help:
        yield question.help
    yield _(LEAVE_OUT)


def kept_back(interview: Interview) -> Iterator[str]:
    """Yield how many answers are kept back, if any are."""
    if count := len(interview.set_aside):
        yield ngettext(
            "Because you changed an answer, {count} answer is no longer used.",
            "Because you changed an answer, {count} answers are no longer used.",
            count,
        ).format(count=count)


def unfit(interview: Interview) -> Iterator[str]:
    """Yield the answers that do not fit together, below a heading, if there are any."""
    if sentences := [each.sentence for each in interview.unfit]:
        yield _(page_text.UNFIT)
        yield from sentences


def listed(interview: Interview) -> list[str]:
    """Return the ids of the questions on the list of all answers, in its order."""
    entries = interview.response.entries
    return [question.id for question in interview.form.questionnaire if question.id in entries]


def answers(interview: Interview) -> Iterator[str]:
    """Yield all answers, numbered, below the titles of their sections."""
    questionnaire, entries = interview.form.questionnaire, interview.response.entries
    section = which = None
    for number, name in enumerate(listed(interview), 1):
        if questionnaire.section_of[name] is not section:
            section = questionnaire.section_of[name]
            yield section.title
        here = occurrence_of(questionnaire, entries, name)
        if here and here != which:
            which = here
            yield here.words
        question = questionnaire.question[name]
        label = interview.form.template.question[question_of(name)].label
        yield f"{number} {label}: {format_answer(question, entries[name])}"


def _first_of(interview: Interview, section: Section) -> str:
    enabled = (question.id for question in section.questions if interview.state.is_enabled(question.id))
    return next(enabled, "")
