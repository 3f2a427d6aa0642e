"""Saving or printing the person's own copy, or the clinician's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from screener.i18n.gettext import N_, _
from screener.page_text.paragraph import PageParagraph, Purpose

if TYPE_CHECKING:
    from screener.document.notice import Audience

COPY_SAVED = N_("The copy is saved in this file:")
_HEADINGS: dict[Audience, str] = {
    "patient": N_("Save a copy of your answers"),
    "clinician": N_("Save the copy for the clinician"),
}


def about_the_copy(audience: Audience) -> Iterator[PageParagraph]:
    """Yield which copy it is, and who can read it."""
    yield PageParagraph(_(_HEADINGS[audience]), Purpose.HEADING)
    who = _("Anyone who can open the file can read it. Its name does not say who you are.")
    yield PageParagraph(who, joined=True)


def saved_copy(path: Path) -> Iterator[PageParagraph]:
    """Yield in which file a copy was saved."""
    yield PageParagraph(_(COPY_SAVED))
    yield PageParagraph(str(path), Purpose.SUBHEADING)


def printed_copy() -> Iterator[PageParagraph]:
    """Yield that a copy went to the printer."""
    yield PageParagraph(_("It was given to the printer."), Purpose.SUBHEADING)
