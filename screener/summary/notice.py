"""The text at the beginning and end of every summary. It belongs to the program, not to the content."""

from __future__ import annotations

from screener.i18n.gettext import N_, SOURCE, _, speaking
from screener.summary.blocks import Audience, Block, Paragraph

_HEADING = N_("Talk to a clinician")
_OPENING: dict[Audience, tuple[str, ...]] = {
    "patient": (
        N_("Please talk to a clinician about everything below."),
        N_(
            "This is a list of your own answers, as you gave them on the day shown. It is not a medical test and not a "
            "diagnosis. It does not decide whether any treatment is right for you. Only a clinician can do that, "
            "together with you."
        ),
        N_(
            "If you think you might harm yourself, or your life is in danger, call your local emergency number now, or "
            "ask someone near you to help."
        ),
    ),
    "clinician": (
        N_("For the consultation with a clinician. Screening is done by professionals; this only prepares it."),
        N_(
            "This is a self-report. Nothing in it was verified. It is not a diagnosis, it does not say who is suitable "
            "for a treatment, and it recommends nothing. A rule that was not raised is not a finding, and a question "
            "left blank is not a no."
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
            "Please go through everything above with the person. This is a self-report, not a diagnosis, and it "
            "replaces no part of a clinician's own assessment."
        ),
    ),
}


def opening_notice(copy: Audience, language: str = SOURCE) -> Block:
    """Return the first block of every summary."""
    return _notice("notice", _OPENING[copy], language)


def closing_notice(copy: Audience, language: str = SOURCE) -> Block:
    """Return the last block of every summary."""
    return _notice("closing-notice", _CLOSING[copy], language)


def _notice(id: str, paragraphs: tuple[str, ...], language: str) -> Block:
    with speaking(language):
        return Block(id, _(_HEADING), tuple(Paragraph(_(text)) for text in paragraphs))
