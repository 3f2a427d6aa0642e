"""The crisis lines for a person: those of the region they chose, else of the clinic, else those that hold anywhere."""

from __future__ import annotations

from collections.abc import Mapping

from screener.model.crisis_lines import CrisisLines, Region
from screener.model.questionnaire import Questionnaire
from screener.model.response import AbsentReason, Entry


def crisis_region(
    questionnaire: Questionnaire, lines: CrisisLines, entries: Mapping[str, Entry], usual: str | None = None
) -> Region:
    """Return the region with its lines: ``usual`` if the person chose none, ``anywhere`` if that is unknown too."""
    chosen = entries.get(questionnaire.region_question or "")
    of_choice = isinstance(chosen, str) and not isinstance(chosen, AbsentReason)
    return lines.region.get(str(chosen) if of_choice else usual or "", lines.anywhere)
