"""What both faces tell a person about saving their answers."""

from __future__ import annotations

from collections.abc import Iterator

from screener.errors import ScreenerError
from screener.i18n.gettext import N_, _
from screener.session.session import InterviewSession
from screener.summary.phrases import return_code_lapses

DO_YOU_LEAVE = N_("Do you want to leave?")
COME_BACK = N_("Come back later")
HAVE_CODE = N_("I have four words")
ASK_CODE = N_("Your four words:")
GO_ON = N_("Go on")
START_ANEW = N_("Start anew")
UNFIT = N_("These answers may not fit together")
TRY_AGAIN = N_("Try again")
NOT_SAVED = N_("Your last answer is not saved")
WRITTEN_DOWN = N_("I have written them down")
YOUR_CODE = N_("Your four words to come back")
CHECKING = N_("Checking…")
TELL_STAFF = N_("If you are at the clinic, tell a member of staff now.")


def not_saved_notice() -> Iterator[str]:
    """Yield the notice of an urgent page that the answer is not saved, so that the person tells staff themselves."""
    yield f"{_(NOT_SAVED)}."
    yield _(TELL_STAFF)


def not_delivered_notice() -> Iterator[str]:
    """Yield the notice of an urgent page that the clinic does not have the answer yet."""
    yield _("Your answer is saved here, but it has not reached the clinic yet.")
    yield _(TELL_STAFF)


def finished_not_delivered() -> str:
    """Return the notice of the last page while the clinic does not have the answers yet."""
    return _(
        "Your answers are saved here, but they have not reached the clinic yet. They are sent as soon as its server "
        "responds. Tell a member of staff."
    )


def about_saving(session: InterviewSession, *, by_code: bool = True) -> Iterator[str]:
    """Yield what happens to the answers, for the first page.

    ``by_code``: whether the person can leave with a return code.
    """
    autosave = session.autosave
    if autosave is None:
        return
    if clinic := autosave.clinic:
        yield _(
            "Your answers are kept for the staff of {clinic}. This terminal cannot show them to anyone else."
        ).format(clinic=clinic)
    else:
        yield _(
            "Your answers are kept locked on this computer while you answer. When you are done they are removed, and "
            "only the copies that you save stay."
        )
    if not autosave.survives_a_crash:
        yield (
            _(
                "If the program stops without warning, this computer cannot open your answers again by itself. A "
                "member of staff can, or you with the four words that you get when you choose to come back later."
            )
            if clinic and by_code
            else _("If the program stops without warning, this computer cannot open your answers again by itself.")
        )


def about_leaving(session: InterviewSession) -> str:
    """Return what happens to the answers if the person leaves now."""
    if session.finished:
        if session.kept_by_clinic:
            return _("Your answers are kept for the clinic. Save a copy for yourself first if you want one.")
        return _("When this ends, nothing is kept here. Save a copy first if it is needed.")
    if not session.can_come_back:
        return _("You have not finished. Your answers are not kept when you leave, unless you save a copy of them.")
    later = _("You have not finished. You can come back later: then you get four words that open your answers again.")
    if session.kept_by_clinic:
        return f"{later} " + _("If you leave without them, the clinic still keeps what you answered.")
    return f"{later} " + _("If you leave for good, your answers are removed.")


def leave_for_good(session: InterviewSession) -> str:
    """Return the label of the choice to leave without a way back."""
    return _("Leave") if session.kept_by_clinic else _("Leave for good")


def code_paragraphs(days: int) -> Iterator[str]:
    """Yield the text below the return code, which opens the answers for so many days at least."""
    yield _("Write these four words down and take them with you. They are not shown again.")
    yield _(
        "With them you can go on from where you are. Whoever has them can read your answers, so keep them to yourself."
    )
    yield return_code_lapses(days)


def interrupted_paragraphs() -> Iterator[str]:
    """Yield the offer to go on with an interrupted questionnaire; it shows none of the answers."""
    yield _("A questionnaire was interrupted on this terminal. The answers given so far are kept.")
    yield _("If they are yours, you can go on with them. If they are not, start anew: then nobody sees them here.")


def not_saved_paragraphs(error: ScreenerError) -> Iterator[str]:
    """Yield why an answer could not be saved, and what the person can do."""
    yield str(error)
    yield _("What you answered before is safe. Try again, or tell a member of staff.")
