"""When the bell rings for urgent answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from screener.store.staff_store import ResponseListItem

EVERY = 30.0
"""Seconds after which it rings again while nobody has seen to an urgent answer."""


class Alarm:
    """Rings at each new urgent answer, and now and then while one waits."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._rung: frozenset[tuple[str, tuple[str, ...]]] = frozenset()
        self._again = 0.0

    def rings(self, urgent: Iterable[ResponseListItem]) -> bool:
        """Return whether it rings now, for these unacknowledged responses."""
        waiting = frozenset((listed.id, listed.entry.urgent) for listed in urgent if listed.entry)
        rings = bool(waiting) and (bool(waiting - self._rung) or self._clock() >= self._again)
        if rings:
            self._again = self._clock() + EVERY
        self._rung = waiting
        return rings
