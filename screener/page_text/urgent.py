"""The pages of urgent rules. Help stands directly below the heading, before anything else."""

from __future__ import annotations

from collections.abc import Iterator

from screener.i18n.gettext import N_, _
from screener.model.crisis_lines import Region
from screener.model.ruleset import Rule
from screener.page_text.help_now import TELL_STAFF, crisis_help
from screener.page_text.paragraph import PageParagraph, Purpose, plain_paragraphs

NOT_SAVED = N_("Your last answer is not saved")
STAFF_NAME = N_("For staff. Your name, which is kept with these answers:")
TYPE_NAME = N_("Type your name.")
NOT_CONFIRMED = N_(
    "No member of staff has confirmed here yet. Do not wait: go or call out to one, or call the number below."
)


def urgent(rule: Rule, region: Region) -> Iterator[PageParagraph]:
    """Yield the page of an urgent rule."""
    page = rule.interruption
    if page is not None:
        caption = _("Please stay here and get help now") if page.page == "emergency" else _("Please read this")
        yield PageParagraph(caption, Purpose.CAPTION)
        yield PageParagraph(page.heading, Purpose.URGENT)
    yield from crisis_help(region)
    if page is not None:
        yield from plain_paragraphs(page.paragraphs)


def not_saved_notice() -> Iterator[PageParagraph]:
    """Yield the notice of an urgent page that the answer is not saved, so that the person tells staff themselves."""
    yield PageParagraph(f"{_(NOT_SAVED)}.", Purpose.WARNING)
    yield PageParagraph(_(TELL_STAFF), Purpose.WARNING, joined=True)


def not_delivered_notice() -> Iterator[PageParagraph]:
    """Yield the notice of an urgent page that the clinic does not have the answer yet."""
    waits = _("Your answer is saved here, but it has not reached the clinic yet.")
    yield PageParagraph(waits, Purpose.WARNING)
    yield PageParagraph(_(TELL_STAFF), Purpose.WARNING, joined=True)


def not_confirmed_notice() -> Iterator[PageParagraph]:
    """Yield the notice of an urgent page at which no member of staff was within the clinic's own time."""
    yield PageParagraph(_(NOT_CONFIRMED), Purpose.WARNING)
