"""Leaving before the end, the four words to come back, and an answer that could not be saved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from screener.errors import ScreenerError
from screener.i18n.gettext import N_, _
from screener.page_text.paragraph import PageParagraph, Purpose, plain_paragraphs
from screener.page_text.saved_copy import COPY_SAVED
from screener.page_text.urgent import NOT_SAVED
from screener.session.session import InterviewSession
from screener.summary.phrases import return_code_lapses

COME_BACK = N_("Come back later")
HAVE_CODE = N_("I have four words")
ASK_CODE = N_("Your four words:")
GO_ON = N_("Go on")
START_ANEW = N_("Begin a new one")
REMOVE = N_("Delete them and begin")
TRY_AGAIN = N_("Try again")
WRITTEN_DOWN = N_("I have written them down")
YOUR_CODE = N_("Your four words to come back")
CHECKING = N_("Checking\u2026")
ONE_MOMENT = N_("One moment\u2026")


SAVED_NOW = N_("All your answers are saved now.")
SAVING = N_("Your answers are being saved")


def not_saved_yet() -> str:
    """Return what stands on every page while something is not saved."""
    return _("Your last answers are not saved yet. Saving goes on.")


def last_not_saved() -> str:
    """Return what stands on every page once the last answer could not be saved, and that was not tried again."""
    return f"{_(NOT_SAVED)}."


def do_you_leave(session: InterviewSession) -> Iterator[PageParagraph]:
    """Yield the question whether to leave, and what happens to the answers then."""
    yield PageParagraph(_("Do you want to leave?"), Purpose.HEADING)
    if session.unsaved:
        yield PageParagraph(last_not_saved(), Purpose.WARNING)
    yield PageParagraph(_about_leaving(session))


def _about_leaving(session: InterviewSession) -> str:
    if session.finished:
        if session.kept_by_clinic:
            return _("Your answers are kept for the clinic. Save a copy for yourself first if you want one.")
        return _("Your answers are deleted when you leave. Save a copy first if you want one.")
    if not session.can_come_back:
        return _("You have not finished. Your answers are not kept when you leave, unless you save a copy of them.")
    later = _("You have not finished. If you come back later, you get four words now. They open your answers again.")
    if session.kept_by_clinic:
        return f"{later} " + _("If you leave without them, the clinic still keeps what you answered.")
    return f"{later} " + _("If you leave for good, your answers are deleted.")


def leave_for_good(session: InterviewSession) -> str:
    """Return the label of the choice to leave without a way back."""
    return _("Leave") if session.kept_by_clinic else _("Leave for good")


def your_code(code: str, days: int) -> Iterator[PageParagraph]:
    """Yield the return code, which opens the answers for so many days at least, and how to keep it."""
    yield PageParagraph(_(YOUR_CODE), Purpose.HEADING)
    yield PageParagraph(code, Purpose.TAKE_AWAY)
    yield from plain_paragraphs(
        (
            _("Write these four words down and take them with you. They are not shown again."),
            _(
                'To go on, choose "I have four words" on the first page. Whoever has them can read your answers, so '
                "keep them to yourself."
            ),
            return_code_lapses(days),
        )
    )


def last_words(copies: Iterable[Path], days: int | None) -> Iterator[str]:
    """Yield what stands on the usual screen after the program: where copies are, and how long four words open it."""
    for path in copies:
        yield f"{_(COPY_SAVED)} {path}"
    if days is not None:
        yield _('To come back, start this program again and choose "I have four words".')
        yield return_code_lapses(days)


def not_saved(error: ScreenerError, tries: int = 1) -> Iterator[PageParagraph]:
    """Yield why an answer could not be saved, and what the person can do."""
    yield PageParagraph(_(NOT_SAVED), Purpose.HEADING)
    yield PageParagraph(str(error), Purpose.WARNING)
    if tries > 1:
        yield PageParagraph(_("Tried {count} times.").format(count=tries))
    yield PageParagraph(_("What you answered before is safe. Try again, or tell a member of staff."))
