"""Which crisis lines a person is shown: those of the region they chose, or what holds anywhere."""

from __future__ import annotations

from collections.abc import Mapping

from screener.questionnaire import Questionnaire
from screener.response import Entry
from screener.ruleset import CrisisLines, Region


def crisis_region(questionnaire: Questionnaire, lines: CrisisLines, entries: Mapping[str, Entry]) -> Region:
    """The region with its lines; ``anywhere`` where no region was chosen."""
    chosen = entries.get(questionnaire.region_question or "")
    return lines.region.get(chosen, lines.anywhere) if isinstance(chosen, str) else lines.anywhere
