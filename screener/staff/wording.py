"""The status of a response and its time, in the words of the list."""

from __future__ import annotations

import datetime

from screener.display_text import visible
from screener.i18n.formats import format_moment, local
from screener.i18n.gettext import N_, _
from screener.staff.worklist import UNREADABLE, Worklist, status_of
from screener.store.alarm_entry import AlarmEntry
from screener.store.response_list import ResponseListItem, ReviewStatus

_STATUSES = {
    ReviewStatus.AT_EMERGENCY_PAGE: N_("At the emergency page"),
    ReviewStatus.URGENT: N_("Urgent, nobody has seen to it"),
    ReviewStatus.WAITING: N_("Waiting"),
    ReviewStatus.IN_PROGRESS: N_("In progress"),
    ReviewStatus.READ: N_("Read"),
    UNREADABLE: N_("Unreadable"),
}
_COUNTS = {
    ReviewStatus.AT_EMERGENCY_PAGE: N_("{count} at the emergency page"),
    ReviewStatus.URGENT: N_("{count} urgent"),
    ReviewStatus.WAITING: N_("{count} waiting"),
    ReviewStatus.IN_PROGRESS: N_("{count} in progress"),
    ReviewStatus.SEEN_TO: N_("{count} seen to"),
    ReviewStatus.READ: N_("{count} read"),
    UNREADABLE: N_("{count} unreadable"),
}
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def status(listed: ResponseListItem, now: datetime.datetime) -> str:
    """Return what is so of a response, by fact and not by degree."""
    place = status_of(listed)
    if place == ReviewStatus.SEEN_TO and listed.seen_to:
        return _("Seen to by {by}, {time}").format(by=listed.seen_to.by, time=short_when(listed.seen_to.at, now))
    return _(_STATUSES[place])


def waits(listed: ResponseListItem, now: datetime.datetime) -> str:
    """Return how somebody waits, and for how long, in the middle of a sentence."""
    moment = since(listed)
    time = ago(moment, now) if moment and (now - moment).total_seconds() >= _MINUTE else ""
    if status_of(listed) == ReviewStatus.AT_EMERGENCY_PAGE:
        return _("at the emergency page for {time}").format(time=time) if time else _("at the emergency page now")
    if time:
        return _("urgent for {time}, nobody has seen to it").format(time=time)
    return _("urgent, nobody has seen to it")


def seen_to(listed: ResponseListItem, now: datetime.datetime) -> str:
    """Return who sees to a response since when, as a sentence; empty where nobody does."""
    closing = listed.seen_to
    if closing is None:
        return ""
    sees = _("{by} sees to {who} since {time}.")
    return sees.format(by=closing.by, who=called(listed), time=short_when(closing.at, now))


def locked_alarm(alarm: AlarmEntry, now: datetime.datetime) -> str:
    """Return all that a locked console says of an urgent response: its terminal and since when."""
    if alarm.since is None:
        return _("Urgent, at a terminal that cannot be named here. Unlock to see it.")
    return ", ".join(text for text in (_("Urgent"), alarm.terminal, short_when(alarm.since, now)) if text)


def counted(worklist: Worklist) -> str:
    """Return how many responses there are of each status."""
    counts = worklist.counts
    return ", ".join(_(text).format(count=counts[place]) for place, text in _COUNTS.items() if counts[place])


def reference(listed: ResponseListItem) -> str:
    """Return the reference, or the start of the id if the response cannot be read."""
    return listed.entry.reference if listed.entry else listed.id[:9]


def called(listed: ResponseListItem) -> str:
    """Return the terminal and the reference, and the name where staff gave one."""
    return ", ".join(text for text in (terminal(listed), reference(listed), listed.name) if text)


def terminal(listed: ResponseListItem) -> str:
    """Return the terminal at which it was last saved; empty for what 0.1.0 wrote."""
    return (listed.entry.terminal or "") if listed.entry else ""


def since(listed: ResponseListItem) -> datetime.datetime | None:
    """Return since when it stands so: at an emergency page, urgent, finished, or else begun."""
    if listed.entry is None:
        return None
    match status_of(listed):
        case ReviewStatus.AT_EMERGENCY_PAGE:
            return listed.entry.emergency_since
        case ReviewStatus.URGENT:
            return listed.entry.waiting_since
    return listed.entry.finished or listed.entry.started


def when(moment: datetime.datetime) -> str:
    """Day and time of day, by the clock of this place."""
    return format_moment(moment)


def short_when(moment: datetime.datetime, now: datetime.datetime) -> str:
    """Return the time of day if it is today, else the date."""
    local_time = local(moment)
    return f"{local_time:%H:%M}" if local_time.date() == local(now).date() else f"{local_time:%Y-%m-%d}"


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


def recorded_for(person: str, by: str) -> str:
    """Return for whom something is recorded, and who does it."""
    return _("For {person}; entered by {by}").format(person=visible(person), by=visible(by))
