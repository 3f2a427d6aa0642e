"""The status of a response and its time, in the words of the list."""

from __future__ import annotations

import datetime

from screener.i18n.gettext import N_, _
from screener.staff.worklist import UNREADABLE, Worklist, status_of
from screener.store.staff_store import ResponseListItem, ReviewStatus

STATUSES = {
    ReviewStatus.URGENT: N_("Urgent"),
    ReviewStatus.WAITING: N_("Waiting"),
    ReviewStatus.IN_PROGRESS: N_("In progress"),
    ReviewStatus.READ: N_("Read"),
    UNREADABLE: N_("Unreadable"),
}
_COUNTS = {
    ReviewStatus.URGENT: N_("{count} urgent"),
    ReviewStatus.WAITING: N_("{count} waiting"),
    ReviewStatus.IN_PROGRESS: N_("{count} in progress"),
    ReviewStatus.READ: N_("{count} read"),
    UNREADABLE: N_("{count} unreadable"),
}
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def status(listed: ResponseListItem) -> str:
    return _(STATUSES[status_of(listed)])


def counted(worklist: Worklist) -> str:
    """Return how many responses there are of each status."""
    counts = worklist.counts
    return ", ".join(_(text).format(count=counts[place]) for place, text in _COUNTS.items() if counts[place])


def reference(listed: ResponseListItem) -> str:
    """Return the reference, or the start of the id if the response cannot be read."""
    return listed.entry.reference if listed.entry else listed.id[:9]


def called(listed: ResponseListItem) -> str:
    """Return the reference, and the name if staff gave one."""
    return f"{reference(listed)}, {listed.name}" if listed.name else reference(listed)


def since(listed: ResponseListItem) -> datetime.datetime | None:
    """When it was finished, or else begun."""
    return (listed.entry.finished or listed.entry.started) if listed.entry else None


def when(moment: datetime.datetime) -> str:
    """Day and time of day, by the clock of this place."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def short_when(moment: datetime.datetime, now: datetime.datetime) -> str:
    """Return the time of day if it is today, else the date."""
    local = moment.astimezone()
    return f"{local:%H:%M}" if local.date() == now.astimezone().date() else f"{local:%Y-%m-%d}"


def ago(moment: datetime.datetime, now: datetime.datetime) -> str:
    """Return how long ago that is, in the largest whole unit."""
    seconds = (now - moment).total_seconds()
    if seconds < _MINUTE:
        return _("now")
    if seconds < _HOUR:
        return _("{count} min").format(count=int(seconds // _MINUTE))
    if seconds < _DAY:
        return _("{count} h").format(count=int(seconds // _HOUR))
    return _("{count} d").format(count=int(seconds // _DAY))
