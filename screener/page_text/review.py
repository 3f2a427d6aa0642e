"""The check of all answers before the person finishes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from screener.engine.interview import Interview
from screener.i18n.gettext import N_, _, ngettext
from screener.model.questionnaire import Section
from screener.model.response import AbsentReason
from screener.page_text.paragraph import PageParagraph, Purpose

HOW_TO_CHECK = N_("Select an answer to change it. If everything is right, press F4 to finish.")
HOW_TO_CHECK_PARTS = N_(
    "Select a part to see its answers, or an answer to change it. If everything is right, press F4 to finish."
)
LEFT_BLANK = N_("Left blank")
FOLDS_FROM = 30
"""Answers from which on the list shows what was left blank and the parts, each of which opens."""
UNFIT = N_("These answers may not fit together")


def review(interview: Interview, how_to: str = "") -> Iterator[PageParagraph]:
    """Yield what stands above the list of all answers; ``how_to`` says how to go on, where no prompt does."""
    yield PageParagraph(_("Check your answers before you finish"), Purpose.HEADING)
    if how_to:
        yield PageParagraph(how_to)
    if count := len(interview.set_aside):
        no_longer_used = ngettext(
            "Because you changed an answer, {count} answer is no longer used.",
            "Because you changed an answer, {count} answers are no longer used.",
            count,
        ).format(count=count)
        yield PageParagraph(no_longer_used, Purpose.NOTE)
    if unfit := interview.unfit:
        yield PageParagraph(_(UNFIT), Purpose.SUBHEADING)
        yield from (PageParagraph(each.sentence, joined=True) for each in unfit)


def listed(interview: Interview) -> list[str]:
    """Return the ids of the questions on the list of all answers, in its order."""
    entries = interview.response.entries
    return [question.id for question in interview.form.questionnaire if question.id in entries]


def folds(interview: Interview) -> bool:
    """Return whether the list is so long that it shows the parts first."""
    return len(listed(interview)) >= FOLDS_FROM


def left_blank(interview: Interview) -> list[str]:
    """Return the ids of the questions that have no answer, for whatever reason."""
    entries = interview.response.entries
    return [name for name in listed(interview) if isinstance(entries[name], AbsentReason)]


def by_section(interview: Interview) -> list[tuple[Section, list[str]]]:
    """Return each part that has a question on the list, with the ids of these questions."""
    section_of = interview.form.questionnaire.section_of
    return [(section, list(names)) for section, names in groupby(listed(interview), section_of.__getitem__)]


def how_many(count: int) -> str:
    """Return how many answers a part has."""
    return ngettext("{count} answer", "{count} answers", count).format(count=count)
