"""Read the answers back from the data of a summary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from screener.model.question_types import TYPES
from screener.model.response import AbsentReason, Entry


def read_entries(data: Mapping[str, Any]) -> dict[str, Entry]:
    """Return the entries of a clinician's copy that was read from JSON, by question."""
    read = {answer["question"]: _entry(answer) for answer in data["answers"]}
    never = (AbsentReason.NOT_ASKED, AbsentReason.NOT_APPLICABLE)
    return {name: entry for name, entry in read.items() if entry not in never}


def _entry(answer: Mapping[str, Any]) -> Entry:
    if answer["absent"]:
        return AbsentReason(answer["absent"])
    entry: Entry = TYPES[answer["type"]].from_json(answer["answer"])
    return entry
