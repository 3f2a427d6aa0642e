"""Who may do what, whoever changes the rows of the store; passphrases that are guessed soon; and guessing itself."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from screener.errors import ScreenerError
from screener.store.audit import Event
from screener.store.members import NotAllowed, Refused, Revoked, Role, validate_passphrase
from screener.store.staff_store import StaffStore
from screener.store.store import Store
from screener.store.unlock import unlock
from tests.store.conftest import Backend
from tests.store.making import PASSPHRASE, STAFF, Clock, a_clinic, a_record, an_urgent_record, unlocked

OTHER, GOOSE = "Sam", "another goose altogether"
WORK: dict[str, tuple[Role, Callable[[StaffStore, str], object]]] = {
    "see who waits": ("reception", lambda staff_store, response: staff_store.responses()),
    "see to somebody": ("reception", lambda staff_store, response: staff_store.annotate(response, "acknowledged", "x")),
    "go on for somebody": ("reception", lambda staff_store, response: staff_store.resume(response)),
    "change the own passphrase": ("reception", lambda staff_store, response: staff_store.admit(OTHER, GOOSE + "s")),
    "read": ("clinician", lambda staff_store, response: staff_store.read(response)),
    "note": ("clinician", lambda staff_store, response: staff_store.annotate(response, "note", "x")),
    "print": ("clinician", lambda staff_store, response: staff_store.log(Event.PRINTED, response)),
    "look at the trail": ("clinician", lambda staff_store, response: staff_store.audit_rows()),
    "add": ("administrator", lambda staff_store, response: staff_store.admit("Kim", GOOSE)),
    "revoke": ("administrator", lambda staff_store, response: staff_store.revoke(OTHER)),
    "become another": ("administrator", lambda staff_store, response: staff_store.admit(OTHER, GOOSE, "administrator")),
}
ORDER = ("reception", "clinician", "administrator")


@pytest.fixture
def store(sqlite: Backend) -> Store:
    return a_clinic(sqlite.connect())[0]


def as_member(store: Store, role: Role) -> StaffStore:
    unlocked(store).admit(OTHER, GOOSE, role)
    return unlock(store, OTHER, GOOSE)


@pytest.mark.parametrize("role", ORDER)
@pytest.mark.parametrize("work", WORK)
def test_each_role_may_do_its_own_work_and_that_of_those_before_it(store: Store, role: Role, work: str) -> None:
    least, does = WORK[work]
    response = store.begin(an_urgent_record(1))
    staff_store = as_member(store, role)
    if ORDER.index(role) >= ORDER.index(least):
        does(staff_store, response.id)
    else:
        with pytest.raises(NotAllowed):
            does(staff_store, response.id)
    unlocked(store).check_audit()


def test_nobody_changes_the_passphrase_of_another(store: Store) -> None:
    as_member(store, "clinician")
    with pytest.raises(NotAllowed, match="Only Sam can"):
        unlocked(store).admit(OTHER, "nine small brown wrens")
    assert unlock(store, OTHER, GOOSE).name == OTHER


def test_whoever_was_revoked_can_do_nothing_more_at_a_console_that_is_open(backend: Backend) -> None:
    store, _ = a_clinic(backend.connect())
    response = store.begin(a_record(1))
    staff_store = as_member(store, "administrator")
    unlocked(store).revoke(OTHER)
    for _, does in WORK.values():
        with pytest.raises(Revoked, match="no longer a member of staff"):
            does(staff_store, response.id)


def test_the_last_administrator_stays(store: Store) -> None:
    as_member(store, "clinician")
    with pytest.raises(ScreenerError, match="last administrator"):
        unlocked(store).revoke(STAFF)


@pytest.mark.parametrize("weak", ["aaaaaaaaaaaa", "password1234", "123456789012", "qwertyuiopas", "abcabcabcabc" * 9])
def test_a_passphrase_that_is_guessed_soon_is_refused(weak: str) -> None:
    with pytest.raises(ScreenerError, match="can be guessed soon"):
        validate_passphrase(weak)


@pytest.mark.parametrize("good", [PASSPHRASE, GOOSE, "seven brown otters rowing" * 20])
def test_several_words_are_taken(good: str) -> None:
    assert validate_passphrase(good) == good


def test_whoever_guesses_waits_longer_each_time_at_that_terminal_and_is_written_down(store: Store) -> None:
    """The name, where there is such a member of staff, and nothing else that was typed."""
    clock = store.now
    assert isinstance(clock, Clock)
    for name in (STAFF, "Nobody", STAFF):
        with pytest.raises(Refused, match="do not open it"):
            unlock(store, name, "wrong")
    with pytest.raises(Refused, match=r"in a row. Wait \d seconds"):
        unlock(store, STAFF, PASSPHRASE)
    clock.now += datetime.timedelta(seconds=6)
    with pytest.raises(Refused, match="do not open it"):
        unlock(store, STAFF, "wrong")
    clock.now += datetime.timedelta(seconds=6)
    with pytest.raises(Refused, match="in a row"):
        unlock(store, STAFF, PASSPHRASE)
    clock.now += datetime.timedelta(seconds=61)
    rows = unlock(store, STAFF, PASSPHRASE).check_audit()
    refused = [row.subject for row in rows if row.event == Event.REFUSED]
    assert refused == [STAFF, "", STAFF, STAFF]
