"""Keep what was pressed for the page before from acting on a page that has only just appeared."""

from __future__ import annotations

from collections.abc import Callable

PAUSE = 0.15
"""Seconds. A held key repeats faster than this; a person who means it does not."""


class EnterGuard:
    """Refuse Enter right after a page change and while it repeats. Any other key shows that the person is there.

    On a page that must be read, nothing that presses a button is taken before its pause has passed: no Enter, no space
    and no mouse button.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._until = 0.0
        self._strict = False

    def page_changed(self, pause: float = PAUSE) -> None:
        """A page appeared. One that must be read has a longer ``pause``, which other keys do not shorten."""
        self._strict = pause > PAUSE
        self._until = self._clock() + pause

    def page_seen(self, pause: float) -> None:
        """A page was painted, or is seen again because what lay over it is gone."""
        if pause > PAUSE:
            self.page_changed(pause)
        else:
            self._strict = False
            self._until = min(self._until, self._clock() + PAUSE)

    def refuses_click(self, pressed: float | None = None) -> bool:
        """Return whether a mouse button must be dropped; ``pressed`` is when it was pressed, if that was before now."""
        return self._strict and (self._clock() if pressed is None else pressed) < self._until

    def refuses(self, key: str, typed: float | None = None) -> bool:
        """Whether this key press must be dropped; ``typed`` is when it was made, if that was before now."""
        now = self._clock() if typed is None else typed
        if self._strict and key == "space" and now < self._until:
            self._until = max(self._until, now + PAUSE)
            return True
        if key != "enter":
            if not self._strict:
                self._until = 0.0
            return False
        refused = now < self._until
        self._until = max(self._until, now + PAUSE)
        return refused
