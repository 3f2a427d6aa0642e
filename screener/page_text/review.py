"""The check of all answers before the person finishes."""

from __future__ import annotations

from collections.abc import Iterator

from screener.engine.interview import Interview
from screener.i18n.gettext import N_, _, ngettext
from screener.page_text.paragraph import PageParagraph, Purpose

HOW_TO_CHECK = N_("Select an answer to change it. If everything is right, press F4 to finish.")
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
