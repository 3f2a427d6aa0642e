"""What both faces say where staff correct what was recorded before."""

from __future__ import annotations

from screener.display_text import is_blank
from screener.i18n.formats import local
from screener.i18n.gettext import N_, _
from screener.model.answers import format_answer
from screener.model.response import Entry
from screener.session.session import InterviewSession

WHY_CORRECTED = N_("Why is it corrected?")
MOST_OF_A_REASON = 200


def correction(session: InterviewSession, question: str, entry: Entry) -> tuple[str, str]:
    """Return what was recorded before, by whom and when, and what it is corrected to."""
    asked = session.content.questionnaire.question[question]
    before = next(past for past in reversed(session.history) if past.question == question)
    recorded = _("{question}: {answer}, {time} by {by}").format(
        question=asked.label,
        answer=format_answer(asked, before.entry),
        time=f"{local(before.at):%H:%M}",
        by=before.by or _("the person"),
    )
    return recorded, _("Corrected to: {answer}").format(answer=format_answer(asked, entry))


def reason_problem(reason: str) -> str:
    """Return why a text cannot be the reason of a correction; an empty text if it can."""
    if is_blank(reason):
        return _("Say why it is corrected.")
    if len(reason) > MOST_OF_A_REASON:
        too_long = _("This is {length} characters long. Shorten it to {most}.")
        return too_long.format(length=len(reason), most=MOST_OF_A_REASON)
    return ""
