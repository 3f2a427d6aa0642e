"""How many years of schooling a text asks for. It is reported, never enforced: people, not formulas, test a text."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable

Grade = Callable[[str], str]
"""The grade of a text in words, such as ``grade 4``; empty where the text is too short for one."""

_SHORTEST = 6
"""Words below which the formula says nothing."""


def grader() -> Grade | None:
    """A function that grades texts, or ``None`` where the library for it is not installed.

    The formula is the Automated Readability Index: it counts letters, words and sentences, so that it needs no
    dictionary of syllables and nothing is fetched from anywhere.
    """
    if importlib.util.find_spec("textstat") is None:
        return None
    import textstat

    def grade(text: str) -> str:
        if len(text.split()) < _SHORTEST:
            return ""
        return f"grade {max(1, round(textstat.automated_readability_index(text)))}"

    return grade
