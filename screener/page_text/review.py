"""The check of all answers before the person finishes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from screener.engine.interview import Interview
from screener.engine.occurrences import occurrence_of
from screener.i18n.gettext import N_, _, ngettext
from screener.model.occurrences import question_of
from screener.model.response import AbsentReason
from screener.page_text.paragraph import PageParagraph, Purpose
from screener.values import dataclass

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


@dataclass(frozen=True)
class ReviewPart:
    """A section on the list, of a repeating one an occurrence, with the questions of it that have an entry."""

    id: str
    title: str
    names: tuple[str, ...]


def review_parts(interview: Interview) -> list[ReviewPart]:
    """Return the parts of the list, in its order."""
    questionnaire, entries = interview.form.questionnaire, interview.response.entries

    def part_of(name: str) -> tuple[str, str]:
        section, here = questionnaire.section_of[name], occurrence_of(questionnaire, entries, name)
        return (f"{section.id}.{here.number}", here.words) if here else (section.id, section.title)

    grouped = groupby(listed(interview), part_of)
    return [ReviewPart(identity, title, tuple(names)) for (identity, title), names in grouped]


def short_label(interview: Interview, name: str) -> str:
    """Return the label of a question below the title of its part, which says of which occurrence it is."""
    return interview.form.template.question[question_of(name)].label


def how_many(count: int) -> str:
    """Return how many answers a part has."""
    return ngettext("{count} answer", "{count} answers", count).format(count=count)
