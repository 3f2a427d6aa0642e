"""Write answers as an answers file, which ``screener summarise`` reads, with nothing that could be read in two ways."""

from __future__ import annotations

from collections.abc import Mapping

from screener.model.question_types import to_yaml
from screener.model.response import AbsentReason, Entry


def written(entries: Mapping[str, Entry]) -> str:
    """Return one line for each entry, in the given order; return ``{}`` if there are none."""
    return "".join(f"{name}: {_value(entry)}\n" for name, entry in entries.items()) or "{}\n"


def on_one_line(entries: Mapping[str, Entry]) -> str:
    """Return the entries on one line, for use in a sentence."""
    return "; ".join(f"{name}: {_value(entry)}" for name, entry in entries.items()) or "no answers at all"


def _value(entry: Entry) -> str:
    return f"{{absent: {entry}}}" if isinstance(entry, AbsentReason) else to_yaml(entry)
