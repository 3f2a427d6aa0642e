"""The mark of a text that is translated where it is shown."""

from __future__ import annotations


def N_(text: str) -> str:
    """Return the text itself, marked for translation; pass it through ``_`` to show it."""
    return text
