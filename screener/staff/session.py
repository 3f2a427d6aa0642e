"""The staff session: everything between unlocking and locking, without a screen."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import TypeVar

from screener.document.model import Document
from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.staff.base_session import BaseSession, Locked, Unlocked
from screener.staff.copies import CopyKind, Destinations, deliver, logged_summary
from screener.staff.locked_watch import LockedNews, LockedWatch, Logged
from screener.staff.people_list import ListedPerson, PeopleList, listed_person, person_reference
from screener.staff.previous import as_linked, previous_item, reads_previous, with_previous
from screener.staff.response import NotReadable, ReadingContext, ReviewedResponse, open_response, read_sealed
from screener.staff.series import OpenedSeries, logged_document, opened_of, reviewed_document
from screener.staff.upkeep import keep_up
from screener.staff.worklist import Worklist
from screener.store.alarm_entry import AlarmEntry
from screener.store.annotation import AnnotationKind
from screener.store.audit import Event
from screener.store.database import NotSaved
from screener.store.open_response import OpenResponse
from screener.store.people import PeopleReader
from screener.store.person import Person
from screener.store.record import StoredResponse
from screener.store.response_list import ResponseListItem
from screener.store.saved_copies import note_copy
from screener.store.staff_store import StaffStore
from screener.store.store import Store
from screener.store.unlock import unlock
from screener.summary.metadata import PersonReference

T = TypeVar("T")


class StaffSession(BaseSession):
    """Every method raises ``ScreenerError`` with a sentence if the store fails, and ``Locked`` after ``lock``."""

    def __init__(
        self,
        open_store: Callable[[], Store],
        contents: ReadingContext,
        destinations: Destinations,
        now: Callable[[], datetime.datetime],
        watch: LockedWatch | None = None,
    ) -> None:
        """``watch`` is what a console knew that was locked before."""
        super().__init__(open_store)
        self.contents = contents
        self.destinations = destinations
        self.now = now
        self.worklist = Worklist()
        self.watch = watch or LockedWatch()
        """All that outlives the lock."""
        self._logged: set[Logged] = set(self.watch.logged)

    # Unlock and lock

    async def unlock(self, name: str, passphrase: str) -> None:
        """Unlock the store: half a second, and another one for ten thousand responses. Raise ``Refused``."""
        staff_store = await self._thread.do(lambda store: unlock(store, name, passphrase))
        self._unlocked = Unlocked(staff_store, PeopleReader(staff_store))
        try:
            await self.look()
        except ScreenerError:
            self._unlocked = None
            raise

    def lock(self) -> None:
        """Let go of the keys and of all that was read with them, but for the key that opens alarms."""
        if self._unlocked:
            keys = self._unlocked.staff_store.keys
            self.watch = LockedWatch(
                keys.alarm_keys[0],
                {identity: version for identity, (version, _n) in self._unlocked.versions.items()},
                self.alarms,
                keys.alarm_keys[1:],
                self._logged,
            )
        self._unlocked = None
        self.worklist = Worklist()

    def close(self) -> None:
        """Lock, and let go of the store."""
        self.lock()
        self._thread.close()

    async def look_while_locked(self) -> LockedNews:
        """Read who waits where, and of how many responses that cannot be told before it is unlocked."""
        watch = self.watch
        return await self._thread.do(watch.look)

    # The list

    async def look(self) -> bool:
        """Read what all terminals have saved since the last look; return whether there is anything new."""
        unlocked = self._require_unlocked()
        stamp = await self._do(lambda staff_store: staff_store.stamp())
        if stamp == unlocked.stamp:
            return False
        versions = dict(unlocked.versions)
        changed = await self._do(lambda staff_store: staff_store.changes(versions))
        await self._do(lambda staff_store: keep_up(staff_store, changed))
        people = await self._do(lambda _staff_store: unlocked.people_reader.read())
        people_changed = people != unlocked.people
        unlocked.versions, unlocked.stamp, unlocked.people = versions, stamp, people
        if changed.written or changed.removed or people_changed:
            waited = [listed.id for listed in self.worklist.urgent]
            self.worklist.apply(changed, people)
            unlocked.people_changed = True
            for listed in filter(None, map(self.worklist.get, waited)):
                if listed.seen_to and not listed.urgent and (listed.id, listed.seen_to) not in unlocked.added:
                    unlocked.seen_to_elsewhere.append(listed)
            await self._log_alarms()
            return True
        return False

    async def _log_alarms(self) -> None:
        """Log each alarm once: what was urgent here, and since when."""
        now = {(response, alarm.kind, alarm.since) for response, alarm in self.alarms.items()}
        new = sorted({response for response, _kind, _since in now - self._logged})

        def log(staff_store: StaffStore) -> None:
            for response in new:
                staff_store.log(Event.ALARM, response)

        if new:
            with suppress(NotSaved):  # It rings all the same, and is logged at the next change.
                await self._do(log)
                self._logged |= now

    @property
    def alarms(self) -> dict[str, AlarmEntry]:
        """What a locked console may know of those who wait."""
        return {listed.id: listed.alarm for listed in self.worklist.urgent if listed.alarm}

    def take_seen_to_elsewhere(self) -> list[ResponseListItem]:
        """Return whom others see to since this was last asked."""
        if self._unlocked is None:
            return []
        acknowledged, self._unlocked.seen_to_elsewhere = self._unlocked.seen_to_elsewhere, []
        return acknowledged

    # People

    @property
    def people(self) -> Mapping[str, Person]:
        """Return the people whom the clinic expects; nobody after the lock."""
        return self._unlocked.people if self._unlocked else {}

    def listed_people(self, typed: str = "") -> list[ListedPerson]:
        """Return the people in the order of their list, with their appointments and responses; or those found."""
        unlocked = self._unlocked
        if unlocked is None:
            return []
        now, people = self.now(), unlocked.people_list
        if people is None or unlocked.people_changed or not people.is_of(now):
            people = unlocked.people_list = PeopleList(self.people.values(), self.worklist, now, people)
            unlocked.people_changed = False
        return people.matching(typed)

    def listed_person(self, identity: str) -> ListedPerson | None:
        """Return one of them; ``None`` where there is no such person any more."""
        person = self.people.get(identity)
        return listed_person(person, self.worklist, self.now()) if person else None

    async def change(self, work: Callable[[StaffStore], T]) -> T:
        """Do something with people, appointments or links, and look at what is so afterwards."""
        outcome = await self._do(work)
        with suppress(NotSaved):  # It is done; the next look shows it.
            await self.look()
        return outcome

    # One response

    async def read(self, identity: str) -> ReviewedResponse:
        """Open a response, and log that."""
        response = await self.reviewed(identity)
        if reads_previous(response.content) and (previous := previous_item(identity, self.worklist)):
            with suppress(NotReadable):  # What it would decide is then said to be undetermined.
                response = with_previous(response, await self.reviewed(previous.id))
        if self._unlocked:
            self._unlocked.opened[identity] = response
        return response

    async def reviewed(self, identity: str) -> ReviewedResponse:
        """Return a response, and log that it was read."""
        sealed = await self._do(partial(read_sealed, identity=identity, current=self.contents.current))
        return await self._after(asyncio.to_thread(open_response, sealed, self.contents))

    def opened(self, identity: str) -> ReviewedResponse:
        """Return a response that was read. A page asks for it each time, so that it holds nothing after the lock."""
        response = self._require_unlocked().opened.get(identity)
        if response is None:
            raise Locked
        return as_linked(response, self.worklist)

    def person_of(self, identity: str) -> PersonReference | None:
        """Return whose response it is, as that is now; ``None`` where it is linked to nobody."""
        return person_reference(self.worklist.get(identity), self.people)

    def put_away(self, identity: str) -> None:
        """Forget a response that is no longer on the screen."""
        if self._unlocked:
            self._unlocked.opened.pop(identity, None)

    async def annotate(self, identity: str, kind: AnnotationKind, text: str = "") -> None:
        """Annotate a response, under the name of the member of staff who unlocked the store."""
        added = await self._do(lambda staff_store: staff_store.annotate(identity, kind, text))
        if self._unlocked:
            self._unlocked.added.add((identity, added))
        await self.look()

    async def acknowledge(self, identity: str) -> bool:
        """Note that somebody sees to the urgent answers of a response; return whether nobody else was quicker."""
        await self.look()
        listed = self.worklist.get(identity)
        if listed is None or listed.entry is None or not listed.urgent:
            return False
        await self.annotate(identity, "acknowledged", " ".join(listed.entry.urgent))
        return True

    async def copy(self, response: ReviewedResponse, kind: CopyKind) -> str:
        """Save or print a copy; return the sentence that says where it is."""
        listed, person = self.worklist.get(response.id), self.person_of(response.id)
        document = await self._do(lambda staff_store: logged_summary(staff_store, response, kind, listed, person))
        note = partial(note_copy, self._store, (response.id,))
        return await asyncio.to_thread(deliver, document, response.record.reference, kind, self.destinations, note)

    async def resume(self, identity: str) -> tuple[OpenResponse, StoredResponse]:
        """Take a response that is in progress over to this terminal."""
        return await self._do(lambda staff_store: staff_store.resume(identity))

    # One person over time

    async def read_series(self, person: str) -> None:
        """Open all responses of a person, and log that each was read; one that cannot be read is left out."""
        listed, opened = self._listed(person), list[ReviewedResponse]()
        for each in listed.responses:
            with suppress(NotReadable):
                opened.append(await self.reviewed(each.id))
        self.put_series_away(person)
        if self._unlocked:
            self._unlocked.series[person] = opened_of(opened, listed)

    async def series_document(self, person: str, columns: int) -> Document:
        """Return the series that was read, with what staff have added since; ``columns`` is the width of charts."""
        opened, listed = self._series(person)
        assert self._unlocked
        documents = self._unlocked.documents
        if person not in documents or documents[person][:2] != (listed, columns):
            document = await self._after(asyncio.to_thread(reviewed_document, opened, listed, columns=columns))
            documents[person] = listed, columns, document
        return documents[person][2]

    def is_series_current(self, person: str) -> bool:
        """Return whether the responses of a person are those that were read, as far as this console knows."""
        opened, listed = self._series(person)
        return opened.is_of(listed)

    async def copy_series(self, person: str, kind: CopyKind) -> str:
        """Save or print a series; return the sentence that says where it is."""
        await self.look()
        if not self.is_series_current(person):
            raise ScreenerError(_("This person's responses have changed. Press F5 to read them again."))
        opened, listed = self._series(person)
        document = await self._do(lambda staff_store: logged_document(staff_store, opened, listed, kind))
        reference = opened.responses[-1].record.reference
        note = partial(note_copy, self._store, [each.id for each in opened.responses])
        return await asyncio.to_thread(deliver, document, reference, kind, self.destinations, note, "screener-series")

    def put_series_away(self, person: str) -> None:
        """Forget a series that is no longer on the screen."""
        if self._unlocked:
            self._unlocked.series.pop(person, None)
            self._unlocked.documents.pop(person, None)

    def _listed(self, person: str) -> ListedPerson:
        listed = self.listed_person(person)
        if listed is None:
            raise ScreenerError(_("This person was removed.")) if self._unlocked else Locked
        return listed

    def _series(self, person: str) -> tuple[OpenedSeries, ListedPerson]:
        opened = self._require_unlocked().series.get(person)
        if opened is None:
            raise Locked
        return opened, self._listed(person)
