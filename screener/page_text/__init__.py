"""What both faces tell a person about saving their answers."""

from __future__ import annotations

from collections.abc import Iterator

from screener.engine.interview import Interview
from screener.engine.occurrences import occurrence_of
from screener.engine.walk_length import walk_minutes
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
REMOVE = N_("Remove them and start anew")
UNFIT = N_("These answers may not fit together")
TRY_AGAIN = N_("Try again")
NOT_SAVED = N_("Your last answer is not saved")
WRITTEN_DOWN = N_("I have written them down")
YOUR_CODE = N_("Your four words to come back")
HOW_TO_CHECK = N_("Select an answer to change it. If everything is right, press F4 to finish.")
CHECKING = N_("Checking…")
ONE_MOMENT = N_("One moment…")
TELL_STAFF = N_("If you are at the clinic, tell a member of staff now.")


def welcome_paragraphs(session: InterviewSession) -> Iterator[str]:
    """Yield the paragraphs of the first page; ``{minutes}`` in them is how long the walk takes."""
    least, most = walk_minutes(session.content.form)
    minutes = _("{least} to {most}").format(least=least, most=most)
    for paragraph in session.content.questionnaire.welcome.paragraphs:
        yield paragraph.replace("{minutes}", minutes)


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
        yield _("Your answers are saved and locked until you finish. Then they are deleted, except copies you save.")
    if not autosave.survives_a_crash:
        yield (
            _("If the program crashes, ask staff or use your four words.")
            if clinic and by_code
            else _("If the program crashes, this computer cannot open your answers again.")
        )


def about_leaving(session: InterviewSession) -> str:
    """Return what happens to the answers if the person leaves now."""
    if session.finished:
        if session.kept_by_clinic:
            return _("Your answers are kept for the clinic. Save a copy for yourself first if you want one.")
        return _("Your answers are deleted when you leave. Save a copy first if you want one.")
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


def interrupted_paragraphs(session: InterviewSession) -> Iterator[str]:
    """Yield the offer to go on with an interrupted questionnaire; it shows none of the answers."""
    yield _("A questionnaire was interrupted on this terminal. The answers given so far are kept.")
    yield (
        _("If they are yours, you can go on with them.")
        + " "
        + (
            _("If they are not, start anew: then this terminal cannot show them, and the clinic still keeps them.")
            if session.kept_by_clinic
            else _("If you start anew, they are removed from this computer for good.")
        )
    )


def removing_paragraphs() -> Iterator[str]:
    """Yield the question whether to remove the answers of an interrupted questionnaire, and what that means."""
    yield _("Do you want to remove the answers?")
    yield _("All answers given so far are then removed from this computer for good. No four words open them again.")
    yield _("If somebody else gave them, let that person decide, or ask the person whose computer this is.")


def not_saved_paragraphs(error: ScreenerError) -> Iterator[str]:
    """Yield why an answer could not be saved, and what the person can do."""
    yield str(error)
    yield _("What you answered before is safe. Try again, or tell a member of staff.")


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
    numbers = {"part": progress.place, "parts": progress.sections}
    if progress.place < progress.section:
        return _("Part {part} of {parts} (changing an earlier answer)").format(**numbers)
    if progress.question:
        numbered = _("Part {part} of {parts}, question {question} of {questions}")
        return numbered.format(**numbers, question=progress.question, questions=progress.questions)
    return _("Part {part} of {parts}").format(**numbers)


def time_left(interview: Interview) -> str:
    """Return about how long the questions that are left take."""
    seconds = sum(question.answer_type.seconds for question in interview.left)
    minutes = -(-seconds // 60)
    return _("~{count} min left").format(count=minutes)
