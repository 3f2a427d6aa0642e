"""The text at the beginning and end of every summary. It belongs to the program, not to the content."""

from __future__ import annotations

from typing import Literal

from screener.i18n.for_staff import words_for
from screener.i18n.gettext import N_, _, speaking

Audience = Literal["patient", "clinician"]
End = Literal["notice", "closing-notice"]

_HEADING = N_("Talk to a clinician")
_OPENING: dict[Audience, tuple[str, ...]] = {
    "patient": (
        N_("Please talk to a clinician about everything below."),
        N_(
            "These are topics from your answers on the day shown. This is not a medical test and not a diagnosis. It "
            "does not decide whether any treatment is right for you. Only a clinician can do that, together with you."
        ),
        N_(
            "If you think you might harm yourself, or your life is in danger, call your local emergency number now, or "
            "ask someone near you to help."
        ),
    ),
    "clinician": (
        N_(
            "For the talk with a clinician. A self-report, nothing in it verified. It is not a diagnosis, does not say "
            'who is suitable for a treatment, and recommends nothing. "No" is what the person answered, not a finding; '
            "a blank is not a no."
        ),
    ),
}
_CLOSING: dict[Audience, tuple[str, ...]] = {
    "patient": (
        N_(
            "Please talk to a clinician about everything above. This is not a diagnosis and not a decision. Do not "
            "change any medicine without your prescriber."
        ),
        N_("In an emergency, call your local emergency number. Nobody watches this program."),
    ),
    "clinician": (
        N_(
            "Please go through this with the person. It is a self-report, not a diagnosis, and it replaces no part of "
            "a clinician's own assessment."
        ),
    ),
}


def notice_words(end: End, audience: Audience, language: str, *, by_staff: bool = False) -> tuple[str, tuple[str, ...]]:
    """Return the heading and the paragraphs of the notice at one end of a summary; ``by_staff``: staff recorded it."""
    with speaking(language, words_for(by_staff)):
        texts = (_OPENING if end == "notice" else _CLOSING)[audience]
        return _(_HEADING), tuple(map(_, texts))
