"""Pastes of the screens, marked by the terminal or noticed by their rush, as Textual's events."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from textual import events

from screener.pastes import END, LONGEST, PATIENCE, RUSH, START, Pasted, PasteSplitter

__all__ = ["END", "LONGEST", "PATIENCE", "RUSH", "START", "Pastes"]


class Pastes:
    """Splits a stream of text into pastes and the rest."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._marked = PasteSplitter(clock)

    @property
    def waits(self) -> bool:
        """Return whether more has to come before it is known what the last characters are."""
        return self._marked.waits

    def feed(self, text: str) -> Iterator[str | events.Paste]:
        """Yield what the text holds, in its order: pastes, and text with keys in it."""
        yield from map(_event, self._marked.feed(text))

    def pause(self) -> Iterator[str | events.Paste]:
        """Yield what was begun, because nothing more came for a moment."""
        yield from map(_event, self._marked.pause())


def _event(part: str | Pasted) -> str | events.Paste:
    return events.Paste(part.text) if isinstance(part, Pasted) else part
