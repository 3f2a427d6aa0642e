"""Door codes: who has one, what a terminal believes of it while the store is away, and how often somebody may guess."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple
from pathlib import Path

import pytest

from screener.errors import ScreenerError
from screener.store import terminal_door
from screener.store.audit import COLUMNS, Broken, Event, all_rows
from screener.store.database import NotSaved, put_value
from screener.store.door_code import LIST_NAME, is_door_code, read_door_codes, validate_door_code
from screener.store.door_code_change import set_door_code
from screener.store.members import MustWait, Revoked
from screener.store.patience import FREE_ATTEMPTS
from screener.store.staff_store import StaffStore
from screener.store.store import Store
from screener.store.terminal_door import MOST_GUESSES, TerminalDoor
from screener.store.unlock import unlock
from tests.store.conftest import Backend
from tests.store.making import PASSPHRASE, STAFF, a_clinic, unlocked

CODE, OTHER, GOOSE, OTHER_CODE = "7391k4", "Sam", "another goose altogether", "k2m8w5"


@pytest.fixture
def store(sqlite: Backend) -> Store:
    store = a_clinic(sqlite.connect())[0]
    set_door_code(unlocked(store), CODE)
    return store


@pytest.fixture
def as_other(store: Store) -> StaffStore:
    """Another member of staff, with a code of their own."""
    unlocked(store).admit(OTHER, GOOSE, "reception")
    staff_store = unlock(store, OTHER, GOOSE)
    set_door_code(staff_store, OTHER_CODE)
    return staff_store


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.seconds = 1_800_000_000.0

    def __call__(self) -> float:
        return self.seconds


def a_door(store: Store, folder: Path, clock: Clock | None = None) -> TerminalDoor:
    """The door of a terminal that reached the store once."""
    assert store.clinic
    door = TerminalDoor(folder / "door.json", store.clinic.signing, clock or Clock())
    door.learn(store.database)
    return door


def known_before(store: Store, folder: Path, clock: Clock | None = None) -> TerminalDoor:
    """The door of the next process of that terminal, which does not reach the store."""
    assert store.clinic
    return TerminalDoor(folder / "door.json", store.clinic.signing, clock or Clock())


def test_a_door_code_opens_a_terminal_without_its_store(store: Store, tmp_path: Path) -> None:
    """By name and code, with capitals and spaces as they come; not with the code of another or a wrong one."""
    a_door(store, tmp_path)
    door = known_before(store, tmp_path)
    assert door.admits(f" {STAFF} ", "7391 K4")
    assert not door.admits(STAFF, OTHER_CODE)
    assert not door.admits("Nobody", CODE)
    assert (tmp_path / "door.json").stat().st_mode & 0o077 == 0


def test_a_door_code_opens_nothing_that_is_stored(store: Store) -> None:
    with pytest.raises(ScreenerError):
        unlock(store, STAFF, CODE)


def test_whoever_is_removed_has_no_door_code_from_the_next_contact_on(
    store: Store, as_other: StaffStore, tmp_path: Path
) -> None:
    door = a_door(store, tmp_path)
    assert door.admits(OTHER, OTHER_CODE)
    unlocked(store).revoke(OTHER)
    assert door.admits(OTHER, OTHER_CODE)
    door.learn(store.database)
    assert not door.admits(OTHER, OTHER_CODE)
    assert door.admits(STAFF, CODE)


def test_an_older_list_that_is_put_back_is_not_taken(store: Store, as_other: StaffStore, tmp_path: Path) -> None:
    """Whoever can write the store cannot bring back the code of somebody who was removed."""
    with store.database.reading() as rows:
        older = rows.all("SELECT value FROM meta WHERE name = ?", (LIST_NAME,))[0][0]
    door = a_door(store, tmp_path)
    unlocked(store).revoke(OTHER)
    door.learn(store.database)
    with store.database.writing() as rows:
        rows.run("UPDATE meta SET value = ? WHERE name = ?", (older, LIST_NAME))
    door.learn(store.database)
    assert not door.admits(OTHER, OTHER_CODE)
    with pytest.raises(Broken, match="door codes"):
        unlocked(store).check_audit()


def test_a_program_that_knows_an_older_list_puts_none_back(store: Store, as_other: StaffStore, tmp_path: Path) -> None:
    """Another program of the terminal knows a later one by now than the store has."""
    lists = []
    behind = a_door(store, tmp_path)
    for code in ("saucer58", "teapot69"):
        set_door_code(as_other, code)
        with store.database.reading() as rows:
            lists.append(rows.all("SELECT value FROM meta WHERE name = ?", (LIST_NAME,))[0][0])
    a_door(store, tmp_path)
    with store.database.writing() as rows:
        put_value(rows, LIST_NAME, lists[0])
    behind.learn(store.database)
    assert known_before(store, tmp_path).admits(OTHER, "teapot69")


@pytest.mark.parametrize("whose", ["of somebody who was revoked", "that was changed since"])
@pytest.mark.parametrize("hidden", [False, True], ids=["in the open", "with its row out of the trail meanwhile"])
def test_an_older_list_that_is_put_back_is_carried_on_by_nobody(
    store: Store, as_other: StaffStore, whose: str, hidden: bool
) -> None:
    """Whoever sets a code next begins a list anew, and that one holds."""
    staff_store = unlocked(store)
    with store.database.reading() as rows:
        older = rows.all("SELECT value FROM meta WHERE name = ?", (LIST_NAME,))[0][0]
    if "revoked" in whose:
        staff_store.revoke(OTHER)
    else:
        set_door_code(as_other, "saucer58")
    unlocked(store)
    with store.database.writing() as rows:
        put_value(rows, LIST_NAME, older)
        row = [each for each in all_rows(rows) if each.event.startswith("door code")][-1]
        if hidden:
            rows.run("DELETE FROM audit WHERE n = ?", (row.n,))
    set_door_code(staff_store, "w8p3vt2")
    if hidden:
        with store.database.writing() as rows:
            rows.run(f"INSERT INTO audit ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", astuple(row))
    unlocked(store).check_audit()
    with store.database.reading() as rows:
        codes = read_door_codes(rows, staff_store.signer.public)
    assert [code.name for code in codes.codes] == [STAFF]


def test_a_list_that_only_a_terminal_says_was_set_is_carried_on_by_nobody(store: Store, as_other: StaffStore) -> None:
    with store.database.reading() as rows:
        older = bytes(rows.all("SELECT value FROM meta WHERE name = ?", (LIST_NAME,))[0][0])
    set_door_code(as_other, "saucer58")
    with store.database.writing() as rows:
        put_value(rows, LIST_NAME, older)
        store.log(rows, Event.DOOR_CODE_SET, OTHER, OTHER, hashlib.sha256(older).digest())
    staff_store = unlocked(store)
    set_door_code(staff_store, "w8p3vt2")
    with store.database.reading() as rows:
        assert read_door_codes(rows, staff_store.signer.public).of(OTHER) is None
    with pytest.raises(Broken, match="not signed by the staff"):
        unlocked(store).check_audit()


def test_whoever_was_removed_sets_no_code_at_a_console_that_is_open(store: Store, as_other: StaffStore) -> None:
    unlocked(store).revoke(OTHER)
    with pytest.raises(Revoked):
        set_door_code(as_other, "saucer58")
    unlocked(store).check_audit()


def test_codes_of_others_stay_where_one_is_set(store: Store, as_other: StaffStore) -> None:
    set_door_code(unlocked(store), "w8p3vt2")
    with store.database.reading() as rows:
        codes = read_door_codes(rows, as_other.signer.public)
    assert {code.name for code in codes.codes} == {STAFF, OTHER}


def test_codes_of_others_stay_after_a_change_that_was_undone(
    store: Store, as_other: StaffStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The audit trail is as long as that console read it, and its last row is another one."""
    staff_store = unlocked(store)

    def full(*_arguments: object) -> bytes:
        raise NotSaved("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr("screener.store.staff_store.put_door_codes", full)
        with pytest.raises(NotSaved):
            staff_store.revoke(OTHER)
    set_door_code(as_other, "saucer58")
    set_door_code(staff_store, "w8p3vt2")
    with store.database.reading() as rows:
        codes = read_door_codes(rows, staff_store.signer.public)
    assert {code.name for code in codes.codes} == {STAFF, OTHER}
    staff_store.check_audit()


@pytest.mark.parametrize("forged", [b"", b"{", b"[" * 9000, b'{"list": "{}", "signature": "00"}', "changed"])
def test_a_list_that_the_staff_did_not_sign_is_not_taken(store: Store, tmp_path: Path, forged: bytes | str) -> None:
    """Whatever is in its place, a terminal that knew the codes still knows them, and a new one knows none."""
    assert store.clinic
    door = a_door(store, tmp_path)
    with store.database.writing() as rows:
        value = bytes(rows.all("SELECT value FROM meta WHERE name = ?", (LIST_NAME,))[0][0])
        changed = value.replace(STAFF.encode(), b"Alix") if isinstance(forged, str) else forged
        rows.run("UPDATE meta SET value = ? WHERE name = ?", (changed, LIST_NAME))
        assert read_door_codes(rows, store.clinic.signing).codes == ()
    door.learn(store.database)
    assert door.admits(STAFF, CODE)
    assert not a_door(store, tmp_path / "new").admits("Alix", CODE)


def test_guesses_at_a_door_code_are_slowed_and_then_end(store: Store, tmp_path: Path) -> None:
    """Also when the program is started anew between them; then a passphrase opens it, and codes count again."""
    clock, guesses = Clock(), 0
    a_door(store, tmp_path, clock)
    while guesses < MOST_GUESSES:
        door = known_before(store, tmp_path, clock)
        if guesses >= FREE_ATTEMPTS:
            with pytest.raises(MustWait, match="Wait"):
                door.admits(STAFF, CODE)
            clock.seconds += 61
        assert not door.admits(STAFF, "000000")
        guesses += 1
    clock.seconds += 61
    door = known_before(store, tmp_path, clock)
    with pytest.raises(MustWait, match="Only a passphrase"):
        door.admits(STAFF, CODE)
    door.note_opened()
    assert known_before(store, tmp_path, clock).admits(STAFF, CODE)


def test_all_programs_of_a_terminal_count_their_guesses_together(store: Store, tmp_path: Path) -> None:
    """A kiosk and the process of a person, which is another one each time; none of them has guesses of its own."""
    clock = Clock()
    kiosk = a_door(store, tmp_path, clock)
    for guess in range(MOST_GUESSES):
        of_a_person = known_before(store, tmp_path, clock)
        clock.seconds += 61
        assert not (of_a_person if guess % 3 else kiosk).admits(STAFF, "000000")
    for door in (kiosk, of_a_person):
        with pytest.raises(MustWait, match="Only a passphrase"):
            door.admits(STAFF, CODE)
    of_a_person.note_opened()
    assert kiosk.admits(STAFF, CODE)


def test_guesses_at_the_same_moment_all_count(store: Store, tmp_path: Path) -> None:
    class Later(Clock):
        """Each time it is looked at, nobody has to wait any more."""

        def __call__(self) -> float:
            self.seconds += 100
            return self.seconds

    clock = Later()
    doors = [a_door(store, tmp_path, clock) for _ in range(4)]

    def guess(door: TerminalDoor) -> None:
        for _ in range(4):
            assert not door.admits(STAFF, "000000")

    with ThreadPoolExecutor(len(doors)) as threads:
        list(threads.map(guess, doors))
    assert json.loads((tmp_path / "door.json").read_text("utf-8"))["refused"] == 16


def test_a_terminal_that_may_not_write_counts_for_itself(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    door = a_door(store, tmp_path, clock)

    def refused(*_arguments: object) -> int:
        raise OSError("read-only")

    monkeypatch.setattr(terminal_door.os, "open", refused)
    for _ in range(MOST_GUESSES):
        clock.seconds += 61
        assert not door.admits(STAFF, "000000")
    with pytest.raises(MustWait, match="Only a passphrase"):
        door.admits(STAFF, CODE)


@pytest.mark.parametrize("code", ["12345", "123456", "aaaaaa", "19031985", "12345678901", "k2-m8-", "\u0663" * 6])
def test_a_code_that_is_too_short_or_too_simple_is_refused(code: str) -> None:
    with pytest.raises(ScreenerError):
        validate_door_code(code)


def test_what_was_typed_shows_whether_it_is_a_code_or_a_passphrase() -> None:
    assert is_door_code(validate_door_code("K2m8 w5"))
    assert not is_door_code(PASSPHRASE)


def test_door_codes_are_in_the_audit_trail(store: Store, as_other: StaffStore) -> None:
    """Who set one, and that it went with its owner; never the code."""
    unlocked(store).revoke(OTHER)
    events = [(row.event, row.subject) for row in unlocked(store).check_audit() if row.event.startswith("door")]
    assert events == [("door code set", STAFF), ("door code set", OTHER), ("door code removed", OTHER)]
