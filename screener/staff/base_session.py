"""What a staff session holds between unlocking and locking, and how it reaches the store."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

from screener.document.model import Document
from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.staff.people_list import ListedPerson, PeopleList
from screener.staff.response import ReviewedResponse
from screener.staff.series import OpenedSeries
from screener.staff.store_thread import StoreThread
from screener.store.annotation import Annotation
from screener.store.people import PeopleReader
from screener.store.person import Person
from screener.store.response_list import ResponseListItem
from screener.store.staff_store import StaffStore
from screener.store.store import Store

T = TypeVar("T")


class Locked(ScreenerError):
    """The staff session was locked in the meantime."""

    def __init__(self) -> None:
        super().__init__(_("This is locked."))


@dataclass
class Unlocked:
    """Everything that must not outlive the lock."""

    staff_store: StaffStore
    people_reader: PeopleReader
    people: dict[str, Person] = field(default_factory=dict)
    """The people whom the clinic expects, by their ids."""
    people_list: PeopleList | None = None
    people_changed: bool = False
    """Whether anything is different since that list was made."""
    versions: dict[str, tuple[bytes, int]] = field(default_factory=dict)
    stamp: str = ""
    """That of the store before the last look."""
    opened: dict[str, ReviewedResponse] = field(default_factory=dict)
    """The responses that are open on the screen."""
    series: dict[str, OpenedSeries] = field(default_factory=dict)
    """The responses of each person whose series is open on the screen."""
    documents: dict[str, tuple[ListedPerson, int, Document]] = field(default_factory=dict)
    """The document of each of these, and what it was made of."""
    added: set[tuple[str, Annotation]] = field(default_factory=set)
    """What was added here, by response."""
    seen_to_elsewhere: list[ResponseListItem] = field(default_factory=list)
    """Urgent responses that somebody sees to from another console, and nobody was told of here."""


class BaseSession:
    """The thread of the store, and what is unlocked."""

    def __init__(self, open_store: Callable[[], Store]) -> None:
        self._thread = StoreThread(open_store)
        self._unlocked: Unlocked | None = None

    @property
    def is_open(self) -> bool:
        return self._unlocked is not None

    @property
    def name(self) -> str:
        """Who unlocked it."""
        return self._unlocked.staff_store.name if self._unlocked else ""

    @property
    def may_read(self) -> bool:
        """Return whether whoever unlocked it has a role that reads responses; the store asks again each time."""
        return self._unlocked is not None and self._unlocked.staff_store.role != "reception"

    def _require_unlocked(self) -> Unlocked:
        """Return what is unlocked. Raise ``Locked``."""
        if self._unlocked is None:
            raise Locked
        return self._unlocked

    @property
    def _store(self) -> Store:
        """Return the store that is unlocked. Raise ``Locked``."""
        return self._require_unlocked().staff_store.store

    async def _do(self, work: Callable[[StaffStore], T]) -> T:
        unlocked = self._require_unlocked()
        return await self._after(self._thread.do(lambda store: work(unlocked.staff_store)))

    async def _after(self, waited: Awaitable[T]) -> T:
        """Wait for an outcome, and return it; raise ``Locked`` if the session was locked meanwhile."""
        before = self._unlocked
        outcome = await waited
        if self._unlocked is not before:
            raise Locked
        return outcome
