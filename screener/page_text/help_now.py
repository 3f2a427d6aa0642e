"""Where help is: what to do when a life is in danger, and whom to call."""

from __future__ import annotations

from collections.abc import Iterator

from screener.i18n.gettext import N_, _
from screener.model.crisis_lines import Region
from screener.page_text.paragraph import PageParagraph, Purpose

DANGER = N_("If your life is in danger now:")
TELL_STAFF = N_("If you are at the clinic, tell a member of staff now.")


def emergency(region: Region, purpose: Purpose = Purpose.EMERGENCY) -> Iterator[PageParagraph]:
    """Yield what to do when a life is in danger."""
    yield PageParagraph(_(DANGER), purpose)
    yield PageParagraph(region.emergency, purpose, joined=True)


def crisis_help(region: Region) -> Iterator[PageParagraph]:
    """Yield what to do when a life is in danger, then the lines to call."""
    yield from emergency(region, Purpose.ALARM)
    yield PageParagraph(_(TELL_STAFF))
    for line in region.lines:
        yield PageParagraph(line.name, Purpose.HELP_LINE)
        yield PageParagraph(line.how, Purpose.HELP_LINE, joined=True)
        if line.when:
            yield PageParagraph(line.when, Purpose.HELP_LINE, joined=True)


def help_page(region: Region) -> Iterator[PageParagraph]:
    """Yield the page that one key brings from everywhere."""
    yield PageParagraph(_("Get help now"), Purpose.HEADING)
    yield PageParagraph(region.title, Purpose.NOTE, joined=True)
    yield from crisis_help(region)
