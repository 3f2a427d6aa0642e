"""The years of schooling that a text asks for. They are reported, never enforced: people, not formulas, test a text."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable

Grader = Callable[[str], str]
"""A function that returns the grade of a text in words, such as ``grade 4``, or "" if the text is too short for one."""

_SHORTEST = 6
"""The number of words below which the formula says nothing."""


def grader() -> Grader | None:
    """Return a function that grades texts, or ``None`` if the library for it is not installed or cannot be used here.

    The formula is the Automated Readability Index: it counts letters, words and sentences, so that it needs no
    dictionary of syllables and fetches nothing.
    """
    if importlib.util.find_spec("textstat") is None:
        return None
    try:
        import textstat
    except (OSError, RuntimeError, ValueError):  # It looks for dictionaries in places of this machine, and needs none.
        return None

    def grade(text: str) -> str:
        if len(text.split()) < _SHORTEST:
            return ""
        return f"grade {max(1, round(textstat.automated_readability_index(text)))}"

    return grade
