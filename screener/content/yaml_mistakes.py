"""The YAML parser's complaints in words for an author."""

from __future__ import annotations

from typing import Protocol

import yaml

from screener.errors import Place, Problem

_YAML_MISTAKES = {
    "tab character": ("There is a tab here.", "Use spaces.", False),
    "mapping values are not allowed": (
        "A colon with a space after it makes a key, and a key is not possible here.",
        "Put quotes round the whole text, or check the indentation.",
        False,
    ),
    "unexpected end of stream": ("This quote is never closed.", "Add the closing one.", True),
    "did not find expected ',' or": (
        "A comma or the closing bracket is missing.",
        "Add it, or put quotes round text that has brackets or commas in it.",
        True,
    ),
    "did not find expected '-' indicator": (
        "This line does not fit the list that it is in.",
        "Start it in the column of the other entries or keys.",
        False,
    ),
    "invalid Unicode character escape code": ("This escape is not a whole character.", "Write the character.", False),
    "did not find expected key": (
        "This does not fit the keys that it is among.",
        "Start it in the column of the other keys, or put quotes round the whole text.",
        False,
    ),
}
"""Part of the parser's reason to the message, the remedy, and whether to point at the start of the broken value."""


class Mark(Protocol):
    """A position as PyYAML counts it, from 0."""

    line: int
    column: int


def not_yaml(name: str, error: yaml.MarkedYAMLError) -> Problem:
    """Return the parser's complaint in words for an author, at the cause rather than where the parser stopped."""
    reason = (error.problem or error.context or "it cannot be read").rstrip(".")
    stumbled, began = error.problem_mark or error.context_mark, error.context_mark or error.problem_mark
    for part, (message, remedy, at_start) in _YAML_MISTAKES.items():
        if part in reason:
            apart = stumbled is not None and began is not None and stumbled.line != began.line
            return Problem(place_of(name, began if at_start and apart else stumbled), message, remedy)
    return Problem(place_of(name, stumbled), f"This is not YAML: {reason}.", "Check indentation, quotes and brackets.")


def place_of(file: str, mark: Mark | None) -> Place:
    return Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
