"""Crisis and emergency lines as they are authored, a region at a time; ``rules/README.md`` teaches the file."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from screener.model.base import (
    Authored,
    Date,
    FileName,
    ListLength,
    SourceId,
    Text,
)
from screener.values import dataclass

Mark = Literal["verified", "to-be-checked"]
"""Whether somebody read the fact in its source."""


@dataclass(frozen=True, kw_only=True)
class CrisisLine(Authored):
    """One crisis or emergency line, with how to use it."""

    name: Text
    how: Text
    """How to reach it, e.g. "Call or text 988"."""
    when: Text | None = None
    mark: Mark


@dataclass(frozen=True, kw_only=True)
class Called(Authored):
    """Who called or read every line of a region, and when; ``taken_up`` only says when it was written down."""

    by: Text
    on: Date

    def __str__(self) -> str:
        return f"by {self.by} on {self.on.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class Region(Authored):
    """The lines of one region; ``code`` is an option code of the questionnaire's region question."""

    code: FileName
    title: Text
    emergency: Text
    """The action when a life is in danger now, e.g. "Call 999 or go to A&E"."""
    lines: Annotated[tuple[CrisisLine, ...], ListLength(0, 12)] = ()
    taken_up: Date
    called: Called | None = None
    source: SourceId


@dataclass(frozen=True, kw_only=True)
class CrisisLines(Authored):
    """``rules/crisis-lines.yaml``. ``anywhere`` is shown if no region is known."""

    anywhere: Region
    regions: Annotated[tuple[Region, ...], ListLength(0, 100)] = ()

    @cached_property
    def region(self) -> dict[str, Region]:
        return {region.code: region for region in self.regions}

    @property
    def uncalled(self) -> tuple[str, ...]:
        """Return the titles of the regions whose lines nobody has called."""
        return tuple(region.title for region in self.regions if region.lines and region.called is None)
