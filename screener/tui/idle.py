"""How long nobody has been at the terminal, and what has to happen then. No screen in it."""

from __future__ import annotations

import time
from collections.abc import Callable

from screener.tui.profiles import Profile, Stage

Clock = Callable[[], float]


class Idle:
    """Counts from the last sign of the person. Who touches a locked terminal is not known, and is counted apart."""

    def __init__(self, profile: Profile, clock: Clock) -> None:
        self._profile = profile
        self._clock = clock
        self._since = self._touched = clock() if self.counts else 0.0

    @property
    def counts(self) -> bool:
        """Whether there is any limit to watch."""
        return self._profile.has_limit

    def person_is_there(self) -> None:
        """Begin to count again."""
        self._since = self._clock()

    def somebody_is_there(self) -> None:
        """Note that a key was pressed, by whomever."""
        self._touched = self._clock()

    @property
    def untouched(self) -> float:
        """Seconds since anybody was there."""
        return self._clock() - self._touched

    def stage(self, *, finished: bool) -> Stage:
        """Return what the time asks for."""
        return self._profile.stage(self._clock() - self._since, finished=finished)

    @property
    def left(self) -> float:
        """Seconds until the lock."""
        return self._profile.until_lock(self._clock() - self._since)


def steady() -> float:
    """Seconds that only grow, the time in which the machine sleeps included where the system counts it."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)
