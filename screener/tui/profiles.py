"""Where the screens are shown: on somebody's own device, or on a terminal that many people use in a clinic."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from screener.i18n.gettext import _, ngettext
from screener.values import dataclass

StaffDoor = Callable[[str, str], bool]
"""Whether a member of staff, by name, has this passphrase. It may take a second, and raise ``ScreenerError``."""
NEVER = 0
LONGEST_NOTICE = 60
"""Seconds between the question whether somebody is there and the lock, where the limit leaves as many."""


@dataclass(frozen=True)
class Personal:
    """A person's own device. Times are in seconds."""

    hide_after: int = NEVER
    """Without a key for this long the page is hidden."""


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

    @property
    def notice(self) -> int:
        """How long before the lock the person is asked whether they are there."""
        return min(LONGEST_NOTICE, self.lock_after // 2)


@dataclass(frozen=True)
class Recording:
    """The staff's own screens, at which they record something for one person. Times are in seconds."""

    person: str
    """For whom: name, reference and year of birth."""
    by: str
    """The member of staff who records."""
    lock_after: int = 300
    """Without a key for this long the screens lock. What was recorded is kept."""


Profile = Personal | Kiosk | Recording


def announced(profile: Profile) -> Iterator[str]:
    """What the first page says about the limits."""
    if isinstance(profile, Kiosk):
        yield _(
            "This terminal locks if you press no key for {lock}. It asks you first, and staff can open it again. After "
            "{wipe} without a key it starts again for the next person."
        ).format(lock=in_words(profile.lock_after), wipe=in_words(profile.wipe_after))
    elif isinstance(profile, Personal) and profile.hide_after != NEVER:
        yield _("If you press no key for {limit}, the page is hidden. Any key brings it back.").format(
            limit=in_words(profile.hide_after)
        )


def in_words(seconds: int) -> str:
    """A time as a person says it: in minutes where they are whole."""
    minutes, rest = divmod(seconds, 60)
    if minutes and not rest:
        return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
    return ngettext("{count} second", "{count} seconds", seconds).format(count=seconds)
