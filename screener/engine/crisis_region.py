"""Which crisis lines a person is shown: those of the region they chose, or of the clinic, or what holds anywhere."""

from __future__ import annotations

from collections.abc import Mapping

from screener.model.questionnaire import Questionnaire
from screener.model.response import Entry
from screener.model.ruleset import CrisisLines, Region


def crisis_region(
    questionnaire: Questionnaire, lines: CrisisLines, entries: Mapping[str, Entry], usual: str | None = None
) -> Region:
    """The region with its lines: ``usual`` where none was chosen, and ``anywhere`` where that is not known either."""
    chosen = entries.get(questionnaire.region_question or "")
    return lines.region.get(chosen if isinstance(chosen, str) else usual or "", lines.anywhere)
