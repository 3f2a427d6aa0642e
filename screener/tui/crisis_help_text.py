"""Crisis lines as passages of text, the same on every page that shows them."""

from __future__ import annotations

from collections.abc import Iterator

from screener.i18n.gettext import N_, _
from screener.model.crisis_lines import Region
from screener.page_text import TELL_STAFF
from screener.tui.rendering import Tone
from screener.tui.widgets.text_block import Passage

DANGER = N_("If your life is in danger now:")


def emergency_passages(region: Region, tone: Tone = Tone.BLOCK) -> Iterator[Passage]:
    """Yield what to do when a life is in danger, as one block."""
    yield Passage(_(DANGER), tone)
    yield Passage(region.emergency, tone, gap=0)


def help_passages(region: Region) -> Iterator[Passage]:
    """What to do when a life is in danger, then the lines to call."""
    yield from emergency_passages(region, Tone.ALARM)
    yield Passage(_(TELL_STAFF))
    for line in region.lines:
        yield Passage(line.name, Tone.BLOCK)
        yield Passage(line.how, Tone.BLOCK, gap=0)
        if line.when:
            yield Passage(line.when, Tone.BLOCK, gap=0)
