"""The list of responses as staff see it: one line a response, and where each stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from screener.store.alarm_entry import AlarmEntry, alarm_of
from screener.store.annotation import (
    Annotation,
    acknowledged_rules,
    latest,
)
from screener.store.appointment_code import OpenedTicket
from screener.store.link import PersonLink, link_of
from screener.store.list_entry import ListEntry


class ReviewStatus(IntEnum):
    """What is so of a response, in the order of the list of staff."""

    AT_EMERGENCY_PAGE = 0
    URGENT = 1
    WAITING = 2
    IN_PROGRESS = 3
    SEEN_TO = 4
    READ = 5


@dataclass(frozen=True)
class ResponseListItem:
    """One line of the list. ``label`` is ``None`` where the response cannot be read with this clinic's key."""

    id: str
    version: bytes
    finished: bool
    entry: ListEntry | None
    annotations: tuple[Annotation, ...] = ()
    ticket: OpenedTicket | None = None
    """The appointment whose code opened it."""
    person: str | None = None
    """The name of the person it is linked to, where that is known here."""

    @property
    def link(self) -> PersonLink | None:
        """Whose response it is; ``None`` where nobody has linked it, or the link was undone."""
        return link_of(self.ticket, self.annotations)

    @property
    def name(self) -> str | None:
        """The name of the person it is linked to, else the last name that staff gave it."""
        return self.person or self.own_name

    @property
    def own_name(self) -> str | None:
        """The last name that staff gave this response, whoever it is linked to."""
        renamed = latest(self.annotations, "name")
        return renamed.text if renamed else self.entry.name if self.entry else None

    @property
    def alarm(self) -> AlarmEntry | None:
        """What a locked console may know of it; ``None`` where no urgent answer waits for somebody."""
        return alarm_of(self.entry, acknowledged_rules(self.annotations)) if self.entry else None

    @property
    def urgent(self) -> bool:
        """Whether an urgent answer waits for somebody to acknowledge it."""
        return self.alarm is not None

    @property
    def seen_to(self) -> Annotation | None:
        """Who saw to its urgent answers last, and when."""
        return latest(self.annotations, "acknowledged")

    @property
    def status(self) -> ReviewStatus:
        if alarm := self.alarm:
            return ReviewStatus.AT_EMERGENCY_PAGE if alarm.kind == "emergency" else ReviewStatus.URGENT
        if self.seen_to:
            return ReviewStatus.SEEN_TO
        if not self.finished:
            return ReviewStatus.IN_PROGRESS
        return ReviewStatus.READ if latest(self.annotations, "read") else ReviewStatus.WAITING


@dataclass(frozen=True)
class Changed:
    """The responses that were written or removed since a list was read."""

    written: tuple[ResponseListItem, ...]
    removed: frozenset[str]
