"""Pastes of the screens, marked by the terminal or noticed by their rush, as Textual's events."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from textual import events

from screener.pastes import Pasted, PasteSplitter, RushSplitter


class Pastes:
    """Splits what a terminal sends into pastes and the rest."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._marked = PasteSplitter(clock)
        self._rushes = RushSplitter()

    @property
    def waits(self) -> bool:
        """Return whether more has to come before it is known what the last characters are."""
        return self._marked.waits or self._rushes.waits

    def feed(self, text: str) -> Iterator[str | events.Paste]:
        """Yield what a text holds that arrived in one read, in its order: pastes, and text with keys in it."""
        at = self._clock()
        for part in self._marked.feed(text):
            if isinstance(part, Pasted):
                yield from map(_event, self._rushes.pause())
                yield _event(part)
            else:
                yield from map(_event, self._rushes.feed(part, at))

    def pause(self) -> Iterator[str | events.Paste]:
        """Yield what was begun, because nothing more came for a moment."""
        yield from map(_event, self._rushes.pause())
        yield from map(_event, self._marked.pause())


def _event(part: str | Pasted) -> str | events.Paste:
    return events.Paste(part.text) if isinstance(part, Pasted) else part
