"""One response and the terminals that hold it: two at once, one that crashed, one that somebody comes back to."""

from __future__ import annotations

import datetime
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from screener.store.audit import Event
from screener.store.crypto import Unreadable, derive_key, unseal
from screener.store.database import Database, NotSaved, Rows, Stale
from screener.store.open_response import OpenResponse
from screener.store.return_code import NotACode, tag_and_key
from screener.store.session_key import session_key_folder
from tests.store.conftest import Backend
from tests.store.making import QUICK, Clock, a_clinic, a_record, a_store, unlocked
from tests.store.programs import started

# Two terminals with one response


def test_of_two_terminals_with_one_response_the_second_is_told_and_changes_nothing(backend: Backend) -> None:
    first = a_store(backend.connect()).begin(a_record(1))
    second, _ = a_store(backend.connect()).returned(first.return_code())
    second.save(a_record(2))
    with pytest.raises(Stale, match="another terminal"):
        first.save(a_record(5))
    with pytest.raises(Stale):
        first.finish(a_record(6))
    second.save(a_record(3))
    assert len(second.read().history) == 3


def test_a_finished_response_cannot_be_changed_by_the_terminal_that_still_has_it_open(backend: Backend) -> None:
    first = a_store(backend.connect()).begin(a_record(1))
    second, _ = a_store(backend.connect()).returned(first.return_code())
    second.finish(a_record(2))
    for _ in range(2):
        with pytest.raises(Stale):
            first.save(a_record(5))


def test_a_response_that_was_removed_is_not_written_anew(backend: Backend) -> None:
    first = a_store(backend.connect()).begin(a_record(1))
    second, _ = a_store(backend.connect()).returned(first.return_code())
    second.discard()
    with pytest.raises(Stale, match="removed"):
        first.save(a_record(2))
    with backend.connect().reading() as rows:
        for table in ("response", "remark", "alarm", "return_code"):
            assert rows.all(f"SELECT * FROM {table}") == []


class Unsure:
    """A database whose answers get lost: ``after`` it was written, or ``before``, so that it was not."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.lost: list[str] = []

    @contextmanager
    def writing(self, *, long: bool = False) -> Iterator[Rows]:
        when = self.lost.pop(0) if self.lost else ""
        with self.database.writing() as rows:
            yield rows
            if when == "before":
                raise NotSaved("The connection was lost.")
        if when == "after":
            raise NotSaved("The connection was lost.")

    def __getattr__(self, name: str) -> object:
        return getattr(self.database, name)


@pytest.mark.parametrize(
    "lost",
    [["after"], ["before"], ["after", "before"], ["after", "after", "before", "before"], ["before", "after", "before"]],
    ids=" ".join,
)
def test_a_save_whose_outcome_is_unknown_is_tried_again_by_the_same_terminal(backend: Backend, lost: list[str]) -> None:
    """Whether it reached the disk or not, the terminal's own answer never looks like that of another one."""
    database = Unsure(backend.connect())
    open_response = a_store(database).begin(a_record(1))  # type: ignore[arg-type]
    open_response.save(a_record(2))
    database.lost = [*lost]
    for answers, _ in enumerate(lost, 3):
        with pytest.raises(NotSaved) as failure:
            open_response.save(a_record(answers))
        assert not isinstance(failure.value, Stale)
    open_response.save(a_record(9))
    assert len(open_response.read().history) == 9


def test_finishing_whose_outcome_is_unknown_can_be_tried_again(backend: Backend) -> None:
    database = Unsure(backend.connect())
    store, _ = a_clinic(database)  # type: ignore[arg-type]
    open_response = store.begin(a_record(1))
    database.lost = ["after"]
    with pytest.raises(NotSaved):
        open_response.finish(a_record(2))
    with pytest.raises(Stale, match="finished"):
        open_response.save(a_record(3))
    assert len(open_response.finish(a_record(3)).history) == 2, "what was finished stays what it is"
    staff_store = unlocked(store)
    staff_store.check_audit()
    assert len(staff_store.read(open_response.id).history) == 2


# A terminal that crashed


def test_what_a_killed_terminal_left_is_found_and_gone_on_with(backend: Backend, place: Path) -> None:
    """While it lives, it is left alone."""
    store, _ = a_clinic(backend.connect(), place)
    with started("holds", backend.location, place, "calm") as terminal:
        assert terminal.stdout
        identity = terminal.stdout.readline().strip()
        assert store.interrupted() is None, "it still belongs to the other one"
        terminal.kill()
    interrupted = store.interrupted()
    assert interrupted is not None
    open_response, record = interrupted
    assert (open_response.id, len(record.history)) == (identity, 2)
    open_response.save(a_record(3))
    assert store.interrupted() is None, "it belongs to this one now"


def test_a_terminal_without_a_runtime_folder_keeps_and_cannot_find_again(backend: Backend) -> None:
    store = a_store(backend.connect(), place=None)
    open_response = store.begin(a_record(1))
    open_response.save(a_record(2))
    assert open_response.session_key is None
    assert store.interrupted() is None


@pytest.mark.parametrize("end", ["finish", "forget", "discard", "return code"])
def test_the_parked_key_is_gone_when_the_terminal_is_done_with_a_response(
    backend: Backend, place: Path, end: str
) -> None:
    open_response = a_store(backend.connect(), place).begin(a_record(1))
    (session_key,) = place.iterdir()
    assert session_key.read_bytes() == open_response.key
    assert stat.S_IMODE(session_key.stat().st_mode) == 0o600
    match end:
        case "finish":
            open_response.finish(a_record(2))
        case "return code":
            open_response.return_code()
            open_response.forget()
        case _:
            getattr(open_response, end)()
    assert list(place.iterdir()) == []
    assert open_response.key == b""


def test_the_key_of_a_response_that_was_left_open_stays_for_the_next_start(backend: Backend, place: Path) -> None:
    store = a_store(backend.connect(), place)
    open_response = store.begin(a_record(1))
    open_response.leave()
    interrupted = store.interrupted()
    assert interrupted is not None
    assert interrupted[0].id == open_response.id


def test_a_second_terminal_does_not_spoil_the_parked_key_of_the_first(backend: Backend, place: Path) -> None:
    """Somebody who types a return code beside the terminal that still has the response open."""
    first = a_store(backend.connect(), place).begin(a_record(1))
    second, _ = a_store(backend.connect(), place).returned(first.return_code())
    assert second.session_key is None
    (session_key,) = place.iterdir()
    assert session_key.read_bytes() == first.key


def test_of_several_responses_left_behind_the_newest_is_found_and_the_others_stay(
    backend: Backend, place: Path
) -> None:
    store = a_store(backend.connect(), place)
    abandoned = [store.begin(a_record(1)) for _ in range(3)]
    for age, open_response in enumerate(abandoned):
        open_response.leave()
        os.utime(place / open_response.id, (1000 - age, 1000 - age))
    resumed: list[OpenResponse] = []
    while interrupted := a_store(backend.connect(), place).interrupted():
        resumed.append(interrupted[0])
    assert [open_response.id for open_response in resumed] == [open_response.id for open_response in abandoned]


def test_a_key_that_opens_nothing_here_is_left_for_the_store_that_it_opens(backend: Backend, place: Path) -> None:
    open_response = a_store(backend.connect(), place).begin(a_record(1))
    open_response.leave()
    with backend.connect().writing() as rows:
        moved = rows.all("SELECT * FROM response")
        rows.run("DELETE FROM response")
    assert a_store(backend.connect(), place).interrupted() is None
    with backend.connect().writing() as rows:
        rows.run("INSERT INTO response VALUES (?, ?, ?, ?, ?, ?, ?)", moved[0])
    assert a_store(backend.connect(), place).interrupted() is not None


def test_a_key_of_a_response_that_is_finished_or_was_changed_is_removed(backend: Backend, place: Path) -> None:
    store = a_store(backend.connect(), place)
    finished, changed = store.begin(a_record(1)), store.begin(a_record(1))
    finished.leave()
    changed.leave()
    with backend.connect().writing() as rows:
        rows.run("UPDATE response SET state = 1 WHERE id = ?", (finished.id,))
        rows.run("UPDATE response SET snapshot = label WHERE id = ?", (changed.id,))
    assert store.interrupted() is None
    assert list(place.iterdir()) == []


def test_keys_are_parked_only_where_nobody_else_can_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    place = session_key_folder()
    assert place is not None
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    place.chmod(0o755)
    assert session_key_folder() is None
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "nowhere"))
    assert session_key_folder() is None


def test_interrupted_answers_are_offered_at_their_own_terminal_only(backend: Backend, place: Path) -> None:
    """Two kiosks of a clinic can share an account of the machine; a person's own device is theirs."""
    store, _ = a_clinic(backend.connect(), place)
    open_response = store.begin(a_record(1))
    open_response.leave()
    assert a_store(backend.connect(), place, "another kiosk").interrupted() is None
    interrupted = a_store(backend.connect(), place).interrupted()
    assert interrupted is not None
    assert interrupted[0].id == open_response.id


# Coming back with a return code


def test_a_return_code_opens_one_response_on_any_terminal(backend: Backend) -> None:
    store = a_store(backend.connect())
    first, second = store.begin(a_record(1)), store.begin(a_record(1))
    first.save(a_record(4))
    codes = first.return_code(), second.return_code()
    first.forget()
    elsewhere = a_store(backend.connect())
    assert elsewhere.has_return_codes()
    open_response, record = elsewhere.returned(codes[0].upper().replace(" ", "-"))
    assert (open_response.id, len(record.history)) == (first.id, 4)
    open_response.save(a_record(5))
    assert elsewhere.returned(codes[1])[0].id == second.id


@pytest.mark.parametrize("typed", ["", "one two three", "zebra quantum xylophone blorp"])
def test_what_cannot_be_a_return_code_is_refused_before_anything_is_tried(backend: Backend, typed: str) -> None:
    with pytest.raises(NotACode):
        a_store(backend.connect()).returned(typed)


def test_a_return_code_opens_as_long_as_the_answers_are_kept_and_then_no_more(backend: Backend) -> None:
    """That is counted from the last answer, by what is sealed: nobody prolongs it with another date in the row."""
    store, _ = a_clinic(backend.connect())
    open_response = store.begin(a_record(1))
    code = open_response.return_code()
    clock = store.now
    assert isinstance(clock, Clock)
    clock.now += datetime.timedelta(days=20)
    open_response.save(a_record(2))
    clock.now += datetime.timedelta(days=30)
    again, _record = store.returned(code)
    assert again.id == open_response.id
    clock.now += datetime.timedelta(days=1, hours=1)
    with backend.connect().writing() as rows:
        rows.run("UPDATE response SET day = day + 100")
    with pytest.raises(NotACode, match="four words no longer work"):
        store.returned(code)
    events = [row.event for row in unlocked(store).audit_rows() if row.subject == open_response.id]
    assert events == [Event.OPENED, Event.CODE_MADE, Event.CODE_USED, Event.CODE_REFUSED]


def test_what_finds_the_response_of_a_code_and_what_opens_it_have_a_salt_each(backend: Backend) -> None:
    """What somebody computed for the codes of one store opens none of them, and each code costs a guess of its own."""
    store = a_store(backend.connect())
    open_response = store.begin(a_record(1))
    code = open_response.return_code()
    _tag, key = tag_and_key(code, store.return_code_salt(), QUICK)
    with store.database.reading() as rows:
        sealed = bytes(rows.all("SELECT sealed FROM return_code")[0][0])
    place = f"screener/1|return|{open_response.id}|".encode()
    for part in (sealed, sealed[16:]):
        with pytest.raises(Unreadable):
            unseal(part, key, place)
    assert unseal(sealed[16:], derive_key(code, sealed[:16], QUICK), place) == open_response.key
    again = open_response.return_code()
    with store.database.reading() as rows:
        assert bytes(rows.all("SELECT sealed FROM return_code")[0][0])[:16] != sealed[:16]
    assert store.returned(again)[0].key == open_response.key


def test_four_right_words_that_are_nobodys_code_open_nothing(backend: Backend) -> None:
    store = a_store(backend.connect())
    code = store.begin(a_record(1)).return_code().split()
    wrong = " ".join(["zebra" if code[0] != "zebra" else "able", *code[1:]])
    with pytest.raises(NotACode, match="open nothing"):
        store.returned(wrong)


def test_a_new_return_code_replaces_the_one_before(backend: Backend) -> None:
    store = a_store(backend.connect())
    open_response = store.begin(a_record(1))
    before, now = open_response.return_code(), open_response.return_code()
    with pytest.raises(NotACode):
        store.returned(before)
    assert store.returned(now)[0].id == open_response.id


@pytest.mark.parametrize("end", ["finish", "discard"])
def test_a_return_code_is_gone_with_its_response(backend: Backend, end: str) -> None:
    store = a_store(backend.connect())
    open_response = store.begin(a_record(1))
    code = open_response.return_code()
    if end == "finish":
        open_response.finish(a_record(2))
    else:
        open_response.discard()
    assert not store.has_return_codes()
    with pytest.raises(NotACode):
        store.returned(code)


def test_a_code_of_a_response_that_was_closed_behind_its_back_says_so(backend: Backend) -> None:
    store = a_store(backend.connect())
    open_response = store.begin(a_record(1))
    code = open_response.return_code()
    with backend.connect().writing() as rows:
        rows.run("UPDATE response SET state = 1")
    with pytest.raises(NotACode, match="no longer"):
        store.returned(code)
