"""A clinic whose staff record what they measure after a jump, for people who answer before a flight."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from screener.content.compiled import Content
from screener.content.load import load
from screener.i18n.formats import local
from screener.session.autosave import Autosave
from screener.session.session import InterviewSession
from screener.staff.copies import Destinations
from screener.staff.handover import Handover
from screener.staff.locked_watch import LockedWatch
from screener.staff.recording import begin_for
from screener.staff.response import ReadingContext
from screener.staff.session import StaffSession
from screener.store.appointments import NewAppointment, enter
from screener.store.open_response import OpenResponse
from screener.store.people import read_people
from screener.store.person import Person, identified, new_person
from screener.store.record import StoredResponse
from screener.store.recording import resume_recording
from screener.store.staff_store import StaffStore
from screener.tui.profiles import Recording
from screener.tui.staff.recording_app import RecordingApp
from screener.tui.staff.setup import ConsoleSetup
from tests.check.copies import FLIGHT, copied
from tests.staff.clinic import OTHER, OTHER_PASSPHRASE, PASSPHRASE, STAFF, Clinic
from tests.staff.console import Console, console
from tests.strategies import flight
from tests.tui.screens import Screens

ADDED = Path(__file__).parent / "content"
OF_STAFF = ("watch",)
NAME, REFERENCE, YEAR = "Quetzal Tezca", "QT-77", "1987"


def ward(home: Path) -> Path:
    """Write the content folder with both questionnaires, and return it."""
    copied(FLIGHT, home)
    for part in ("questions", "rules"):
        shutil.copytree(ADDED / part, home / part, dirs_exist_ok=True)
    return home


@cache
def watch(folder: Path) -> Content:
    """Return the questionnaire for staff of a folder."""
    return load(folder, "watch")


@dataclass
class Ward(Clinic):
    """The clinic of the staff's tests, with a questionnaire for staff and somebody for whom they record."""

    content: Path = FLIGHT
    readings_at: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        staff_store = self.staff_store()
        today = local(self.clock()).date()
        person = new_person(NAME, REFERENCE, YEAR, "", "", today.year)
        ((self.person, _appointment),) = enter(staff_store, [NewAppointment(person, "before-a-flight", today)])
        staff_store.store.database.close()

    @property
    def watch(self) -> Content:
        return watch(self.content)

    def staff_session(
        self, content: Content | None = None, printer: str | None = None, watch: LockedWatch | None = None
    ) -> StaffSession:
        contents = ReadingContext(flight(), self.folder / "contents", None, (self.watch,), self.content)
        return StaffSession(self.store, contents, Destinations(self.exports, printer), self.clock, watch)

    def everybody(self) -> dict[str, Person]:
        return read_people(self.staff_store())

    def session(
        self, staff_store: StaffStore, opened: tuple[OpenResponse, StoredResponse], *, by: str | None = None
    ) -> InterviewSession:
        """The interview of a member of staff with a response that they opened, in their store."""
        saves = autosave(self)
        content, record = saves.resumed(*opened)
        return InterviewSession(
            content,
            self.exports,
            now=self.clock,
            by=by or staff_store.name,
            autosave=saves,
            record=record,
            readings_at=self.readings_at,
        )

    def begins(self, staff_store: StaffStore | None = None) -> InterviewSession:
        """A member of staff begins to record for the person."""
        staff_store = staff_store or self.staff_store(STAFF, PASSPHRASE)
        return self.session(staff_store, begin_for(staff_store, self.person, self.watch, self.content, "screen"))

    def goes_on(self, staff_store: StaffStore | None = None) -> InterviewSession:
        """Another one goes on with what was begun last."""
        staff_store = staff_store or self.staff_store(OTHER, OTHER_PASSPHRASE)
        ((identity, *_others),) = ([listed.id for listed in staff_store.responses()],)
        return self.session(staff_store, resume_recording(staff_store, identity, self.person, OF_STAFF))


def autosave(ward: Ward) -> Autosave:
    """What saves in the store of the clinic, by a connection of its own."""
    saves = Autosave(str(ward.folder / "responses.db"), None, ward.watch, ward.content, ward.content, by_staff=True)
    saves._terminal_store._open_server = ward.store  # type: ignore[method-assign]
    return saves


@asynccontextmanager
async def side_of_staff(ward: Ward) -> AsyncIterator[Console]:
    """The staff's side, unlocked, of a clinic whose staff record something."""
    async with console(ward, size=(100, 40)) as staff:
        yield staff


class RecordingScreens(Screens):
    """A member of staff at the pages of a questionnaire."""

    app: RecordingApp  # type: ignore[assignment]


@asynccontextmanager
async def recording(
    ward: Ward,
    handover: Handover,
    staff_session: StaffSession,
    *,
    idle: Sequence[float] = (0.0,),
    size: tuple[int, int] = (100, 40),
) -> AsyncIterator[RecordingScreens]:
    """The pages at which staff record, as the staff's side hands over to them."""
    assert handover.resumed
    assert handover.person
    assert handover.by
    staff_store = ward.staff_store(STAFF, PASSPHRASE)
    session = ward.session(staff_store, handover.resumed, by=handover.by)
    place = ConsoleSetup("Invented Clinic", flight().ruleset.crisis_lines.anywhere)
    moments = iter(range(1, 10**9))
    app = RecordingApp(
        session,
        staff_session,
        place,
        Recording(identified(handover.person), handover.by, 300),
        clock=lambda: 60.0 * next(moments),
        idle_clock=lambda: idle[0],
    )
    async with app.run_test(size=size) as pilot:
        screens = RecordingScreens(app, pilot)
        await screens.settle()
        yield screens


def entered(ward: Ward) -> StoredResponse:
    """What is kept of the one response that staff began."""
    staff_store = ward.staff_store()
    (listed,) = staff_store.responses()
    return replace(staff_store.read(listed.id))
