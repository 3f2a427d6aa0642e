"""A paste must not press keys: its text may hold the mark of its own end, and keys after it."""

from __future__ import annotations

from textual import events

RUSH = 0.05
"""Seconds. What follows a paste more closely was sent with it; a person's next key comes later."""


class PasteGuard:
    """Refuses what arrives in one rush with a paste, until there is a pause."""

    def __init__(self) -> None:
        self._until = 0.0

    def refuses(self, event: events.Event) -> bool:
        """Whether this input must be dropped. ``event.time`` is when it was typed."""
        refused = not isinstance(event, events.Paste) and event.time < self._until
        if refused or isinstance(event, events.Paste):
            self._until = event.time + RUSH
        return refused
