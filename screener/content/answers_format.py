"""Write answers as an answers file, which ``screener summarise`` reads, with nothing that could be read in two ways."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping
from decimal import Decimal

from screener.model.response import AbsentReason, Entry


def written(entries: Mapping[str, Entry]) -> str:
    """Return one line for each entry, in the given order; return ``{}`` if there are none."""
    return "".join(f"{name}: {_value(entry)}\n" for name, entry in entries.items()) or "{}\n"


def on_one_line(entries: Mapping[str, Entry]) -> str:
    """Return the entries on one line, for use in a sentence."""
    return "; ".join(f"{name}: {_value(entry)}" for name, entry in entries.items()) or "no answers at all"


def _value(entry: Entry) -> str:
    match entry:
        case AbsentReason():
            return f"{{absent: {entry}}}"
        case bool():
            return "yes" if entry else "no"
        case frozenset():
            return "[" + ", ".join(_text(code) for code in sorted(entry)) + "]"
        case datetime.date():
            return entry.isoformat()
        case Decimal():
            return _decimal(entry)
        case int():
            return str(entry)
    return _text(entry)


def _text(text: str) -> str:
    plain = re.fullmatch(r"[a-zA-Z0-9][a-zA-Z0-9_-]*", text) and text.lower() != "null"
    return text if plain else json.dumps(text)


def _decimal(number: Decimal) -> str:
    """Write at most six decimal places, and never exactly three, which could also be thousands."""
    whole, _, places = f"{number:.6f}".partition(".")
    places = places.rstrip("0")
    if len(places) == 3:
        places += "0"
    return f"{whole}.{places}" if places else whole
