"""Finding a response by what somebody types of its name or reference; names are compared by their skeletons."""

from __future__ import annotations

from collections.abc import Callable

from screener.name_skeleton import skeleton


def matcher(typed: str) -> Callable[[str], bool]:
    """Return a test whether a skeleton contains every typed word; if nothing was typed, it always does."""
    words = [skeleton(word) for word in typed.split()]
    return lambda skeleton_of_entry: all(word in skeleton_of_entry for word in words)
