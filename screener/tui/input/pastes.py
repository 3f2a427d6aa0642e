"""Pastes of the screens, marked by the terminal or noticed by their rush, as Textual's events."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from textual import events

from screener.pastes import END as END
from screener.pastes import LONGEST as LONGEST
from screener.pastes import PATIENCE as PATIENCE
from screener.pastes import RUSH as RUSH
from screener.pastes import START as START
from screener.pastes import Pasted, PasteSplitter, RushSplitter


class Pastes:
    """Splits what a terminal sends into marked pastes and the rest."""

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


class AllPastes(Pastes):
    """Splits what a terminal sends into pastes, marked or noticed by their rush, and the rest."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(clock)
        self._clock = clock
        self._rushes = RushSplitter()

    @property
    def waits(self) -> bool:
        return super().waits or self._rushes.waits

    def feed(self, text: str) -> Iterator[str | events.Paste]:
        """Yield what a text holds that arrived in one read, in its order."""
        at = self._clock()
        for part in super().feed(text):
            if isinstance(part, events.Paste):
                yield from map(_event, self._rushes.pause())
                yield part
            else:
                yield from map(_event, self._rushes.feed(part, at))

    def pause(self) -> Iterator[str | events.Paste]:
        yield from map(_event, self._rushes.pause())
        yield from super().pause()


def _event(part: str | Pasted) -> str | events.Paste:
    return events.Paste(part.text) if isinstance(part, Pasted) else part
