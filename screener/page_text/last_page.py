"""The page after the last question: what happens next, and the person's own copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from screener.i18n.gettext import _
from screener.page_text.help_now import emergency
from screener.page_text.paragraph import PageParagraph, Purpose, plain_paragraphs
from screener.session.session import InterviewSession


def finished(session: InterviewSession, about_the_copy: Iterable[str]) -> Iterator[PageParagraph]:
    """Yield the reference, where help is, what happens next, and where the person's own copy is.

    Help comes so early that it is seen without scrolling in the smallest window.
    """
    yield PageParagraph(_("You have finished"), Purpose.HEADING)
    reference = _("Your reference is {reference}.").format(reference=session.metadata.reference)
    yield PageParagraph(reference, Purpose.TAKE_AWAY)
    yield from emergency(session.region)
    if session.changed_after_end:
        not_in_it = _("You changed an answer after you had finished. The change is not saved. Tell a member of staff.")
        yield PageParagraph(not_in_it, Purpose.WARNING)
    if not session.at_clinic:
        not_delivered = _(
            "Your answers are saved here, but they have not reached the clinic yet. They are sent as soon as its "
            "server responds. Tell a member of staff."
        )
        yield PageParagraph(not_delivered, Purpose.WARNING)
    yield from plain_paragraphs(session.content.questionnaire.completion)
    yield from plain_paragraphs(about_the_copy)
