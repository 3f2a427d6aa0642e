"""How long whoever is refused several times in a row has to wait before the next try, at every door of the program."""

from __future__ import annotations

FREE_ATTEMPTS = 3
"""Refused attempts in a row before anybody has to wait."""
_LONGEST_PAUSE = 60
"""Seconds."""


def seconds_to_wait(refused: int, last: float, now: float) -> int:
    """Return for how many seconds to wait after so many refusals, the last of them just then; 0 for not at all."""
    pause = min(2.0 ** (refused - FREE_ATTEMPTS) * 5, _LONGEST_PAUSE) if refused >= FREE_ATTEMPTS else 0
    waits = last + pause - now
    return int(waits) + 1 if 0 < waits <= _LONGEST_PAUSE else 0
