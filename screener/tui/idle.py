"""How long nobody has been at the terminal, and what has to happen then. No screen in it."""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import Enum, auto

from screener.tui.profiles import NEVER, Personal, Profile, Recording

Clock = Callable[[], float]


class Stage(Enum):
    """What the page must look like now."""

    OPEN = auto()
    HIDDEN = auto()
    WARNED = auto()
    LOCKED = auto()
    OVER = auto()
    """The time for this person is over; nothing of them may stay."""


class Idle:
    """Counts from the last sign of the person. Who touches a locked terminal is not known, and is counted apart."""

    def __init__(self, profile: Profile, clock: Clock) -> None:
        self._profile = profile
        self._clock = clock
        self._since = self._touched = clock() if self.counts else 0.0

    @property
    def counts(self) -> bool:
        """Whether there is any limit to watch."""
        return not isinstance(self._profile, Personal) or self._profile.hide_after != NEVER

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
        """What the time asks for. Somebody who has finished has nothing to unlock: then it is over at the lock."""
        idle = self._clock() - self._since
        profile = self._profile
        if isinstance(profile, Recording):
            return Stage.OVER if idle >= profile.lock_after else Stage.OPEN
        if isinstance(profile, Personal):
            return Stage.HIDDEN if idle >= profile.hide_after else Stage.OPEN
        if idle >= (profile.lock_after if finished else profile.wipe_after):
            return Stage.OVER
        if idle >= profile.lock_after:
            return Stage.LOCKED
        return Stage.WARNED if idle >= profile.lock_after - profile.notice else Stage.OPEN

    @property
    def left(self) -> float:
        """Seconds until the lock."""
        limit = 0 if isinstance(self._profile, Personal) else self._profile.lock_after
        return limit - (self._clock() - self._since)


def steady() -> float:
    """Seconds that only grow, the time in which the machine sleeps included where the system counts it."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)
