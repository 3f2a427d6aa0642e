"""Read the answers back from the data of a summary."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from screener.model.response import AbsentReason, Entry


def read_entries(data: Mapping[str, Any]) -> dict[str, Entry]:
    """Return the entries of a clinician's copy that was read from JSON, by question."""
    read = {answer["question"]: _entry(answer) for answer in data["answers"]}
    never = (AbsentReason.NOT_ASKED, AbsentReason.NOT_APPLICABLE)
    return {name: entry for name, entry in read.items() if entry not in never}


def _entry(answer: Mapping[str, Any]) -> Entry:
    if answer["absent"]:
        return AbsentReason(answer["absent"])
    coded = answer["answer"]
    match answer["type"]:
        case "choices":
            return frozenset(coded)
        case "decimal":
            return Decimal(repr(coded)) if isinstance(coded, float) else Decimal(coded)
        case "date":
            return datetime.date.fromisoformat(coded)
    entry: Entry = coded
    return entry
