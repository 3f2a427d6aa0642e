"""Where the screens are shown: on somebody's own device, or on a terminal that many people use in a clinic.

A profile answers whatever differs between the two; nobody else asks which of them it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto
from typing import TYPE_CHECKING

from screener.i18n.gettext import _, ngettext
from screener.values import dataclass

if TYPE_CHECKING:
    from screener.session.session import InterviewSession
    from screener.session.staff_door import StaffDoor


NEVER = 0
LONGEST_NOTICE = 60
"""Seconds between the question whether somebody is there and the lock, where the limit leaves as many."""


class Stage(Enum):
    """What the page must look like now."""

    OPEN = auto()
    HIDDEN = auto()
    WARNED = auto()
    LOCKED = auto()
    OVER = auto()
    """The time for this person is over; nothing of them may stay."""


@dataclass(frozen=True)
class Personal:
    """A person's own device. Times are in seconds."""

    hide_after: int = NEVER
    """Without a key for this long the page is hidden."""

    @property
    def is_shared(self) -> bool:
        """Return whether the next person uses the same terminal, so that only staff may leave or save elsewhere."""
        return False

    @property
    def saves_copies(self) -> bool:
        """Return whether copies may be saved."""
        return True

    @property
    def staff_door(self) -> StaffDoor | None:
        """Return what lets staff in, where only they may leave."""
        return None

    @property
    def urgent_after(self) -> int | None:
        """Return the seconds in which staff come to an urgent page, where a clinic says so."""
        return None

    @property
    def has_limit(self) -> bool:
        """Return whether anything happens when nobody touches a key."""
        return self.hide_after != NEVER

    def stage(self, idle: float, *, finished: bool) -> Stage:
        """Return what so many seconds without the person ask for."""
        del finished  # The page of somebody who has finished is hidden as any other.
        return Stage.HIDDEN if idle >= self.hide_after else Stage.OPEN

    def until_lock(self, idle: float) -> float:
        """Return the seconds until the lock."""
        return -idle

    def let_go(self, session: InterviewSession) -> None:
        """End a session for good: nothing of it stays on this device."""
        session.discard()

    def announced(self) -> Iterator[str]:
        """Yield what the first page says about the limits."""
        if self.has_limit:
            yield _("If you press no key for {limit}, the page is hidden. Any key brings it back.").format(
                limit=in_words(self.hide_after)
            )

    @property
    def handing_back(self) -> str:
        """Return where the terminal goes after the last page; nothing where it stays with the person."""
        return ""


@dataclass(frozen=True)
class Kiosk:
    """A terminal of a clinic. Times are in seconds, and count from the last sign of the person."""

    opens: StaffDoor
    lock_after: int = 180
    """When only staff can open the terminal again."""
    wipe_after: int = 600
    """When the program ends and this terminal can no longer read the answers."""
    hand_back: str | None = None
    """What the last page says about where the terminal goes; there is a sentence for where nothing is said."""
    saves_copies: bool = False
    """Whether copies may be saved, in the folder that the clinic set."""
    urgent_after: int | None = None
    """The seconds after which an urgent page says that no member of staff has confirmed."""

    @property
    def is_shared(self) -> bool:
        return True

    @property
    def staff_door(self) -> StaffDoor | None:
        return self.opens

    @property
    def has_limit(self) -> bool:
        return True

    @property
    def notice(self) -> int:
        """How long before the lock the person is asked whether they are there."""
        return min(LONGEST_NOTICE, self.lock_after // 2)

    def stage(self, idle: float, *, finished: bool) -> Stage:
        """Return what the time asks for. Somebody who has finished has nothing to unlock: it is over at the lock."""
        if idle >= (self.lock_after if finished else self.wipe_after):
            return Stage.OVER
        if idle >= self.lock_after:
            return Stage.LOCKED
        return Stage.WARNED if idle >= self.lock_after - self.notice else Stage.OPEN

    def until_lock(self, idle: float) -> float:
        return self.lock_after - idle

    def let_go(self, session: InterviewSession) -> None:
        """End a session here: this terminal can no longer read it, and the clinic keeps it."""
        session.forget()

    def announced(self) -> Iterator[str]:
        yield _(
            "This terminal locks if you press no key for {lock}. It asks you first, and staff can open it again. After "
            "{wipe} without a key it starts again for the next person."
        ).format(lock=in_words(self.lock_after), wipe=in_words(self.wipe_after))

    @property
    def handing_back(self) -> str:
        return self.hand_back or _("Please give this terminal back to a member of staff.")


@dataclass(frozen=True)
class Recording:
    """The staff's own screens, at which they record something for one person. Times are in seconds."""

    person: str
    """For whom: name, reference and year of birth."""
    by: str
    """The member of staff who records."""
    lock_after: int = 300
    """Without a key for this long the screens lock. What was recorded is kept."""

    @property
    def is_shared(self) -> bool:
        return True

    @property
    def saves_copies(self) -> bool:
        """Return that staff save and print from the page of the response, where the audit trail tells of it."""
        return False

    @property
    def staff_door(self) -> StaffDoor | None:
        return None

    @property
    def urgent_after(self) -> int | None:
        return None

    @property
    def has_limit(self) -> bool:
        return True

    def stage(self, idle: float, *, finished: bool) -> Stage:
        """Return whether it is over; nothing is hidden, because the whole side of staff locks."""
        del finished
        return Stage.OVER if idle >= self.lock_after else Stage.OPEN

    def until_lock(self, idle: float) -> float:
        return self.lock_after - idle

    def let_go(self, session: InterviewSession) -> None:
        """End a session here; the clinic keeps it, and staff open it again."""
        session.forget()

    def announced(self) -> Iterator[str]:
        yield from ()

    @property
    def handing_back(self) -> str:
        return ""


Profile = Personal | Kiosk | Recording


def in_words(seconds: int) -> str:
    """A time as a person says it: in minutes where they are whole."""
    minutes, rest = divmod(seconds, 60)
    if minutes and not rest:
        return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
    return ngettext("{count} second", "{count} seconds", seconds).format(count=seconds)
