"""Times that were measured, ratios of them, and measuring two things in turn."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

Statistic = Literal["p50", "p99"]


@dataclass
class Times:
    """Wall times of single runs, and the CPU time of all of them where it was measured. All in seconds."""

    wall: list[float] = field(default_factory=list)
    cpu: float = 0.0

    @property
    def p50(self) -> float:
        return statistics.median(self.wall)

    @property
    def p99(self) -> float:
        ordered = sorted(self.wall)
        return ordered[math.ceil(0.99 * len(ordered)) - 1]

    def add(self, more: Times) -> None:
        self.wall += more.wall
        self.cpu += more.cpu

    @property
    def cpu_each(self) -> float:
        return self.cpu / len(self.wall)


@dataclass(frozen=True)
class Aim:
    """The ratio that is wanted, and of which statistic."""

    at_most: float
    statistic: Statistic = "p50"
    later: float | None = None

    def __str__(self) -> str:
        later = f" (later {self.later:g})" if self.later else ""
        return f"{self.statistic} <= {self.at_most:g}{later}"


@dataclass(frozen=True)
class Row:
    """One line of the table. Where it could not be measured, ``skipped`` says why."""

    what: str
    against: str
    ours: Times | None = None
    peer: Times | None = None
    aim: Aim | None = None
    note: str = ""
    skipped: str = ""
    unit: str = "s"
    """Of what was measured: seconds, or what the table prints behind the figure."""

    def ratio(self, statistic: Statistic | Literal["cpu"]) -> float | None:
        """Ours through the peer's; below 1 ours is the faster."""
        if self.ours is None or self.peer is None:
            return None
        if statistic == "cpu":
            return self.ours.cpu_each / self.peer.cpu_each if self.ours.cpu and self.peer.cpu else None
        return getattr(self.ours, statistic) / getattr(self.peer, statistic)  # type: ignore[no-any-return]

    @property
    def met(self) -> bool | None:
        ratio = self.ratio(self.aim.statistic) if self.aim else None
        return None if ratio is None or self.aim is None else ratio <= self.aim.at_most


def in_turn(
    ours: Sequence[Callable[[], object]],
    peer: Sequence[Callable[[], object]],
    rounds: int,
    cpu_clock: Callable[[], float] = time.process_time,
) -> tuple[Times, Times]:
    """Run all of ours, then all of the peer's, and so on, changing which goes first; every call is one time."""
    times = Times(), Times()
    sides = list(zip((ours, peer), times, strict=True))
    for calls, _ in sides:
        for call in calls:
            call()
    for number in range(rounds):
        for calls, side in sides if number % 2 else reversed(sides):
            cpu = cpu_clock()
            for call in calls:
                start = time.perf_counter()
                call()
                side.wall.append(time.perf_counter() - start)
            side.cpu += cpu_clock() - cpu
    return times
