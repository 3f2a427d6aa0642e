"""``screener clinic purge``: what is kept too long goes for good, and never because a clock was wrong."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from screener.store.audit import Event
from screener.store.clinic import WITHOUT_CLINIC
from screener.store.open_response import OpenResponse
from screener.store.retention import ClockJumped, Overdue, overdue, purge
from screener.store.store import Store
from tests.clinic.machine import Machine, a_record, all_bytes, answered


def with_old_ones(machine: Machine) -> tuple[Store, list[OpenResponse]]:
    """A clinic that keeps responses for 30 days and has three from before: two finished, one left open."""
    machine.clock.go(days=-60)
    store, _ = machine.clinic()
    old = [answered(store), answered(store), answered(store, finished=False)]
    machine.staff_store(store).annotate(old[0].id, "note", "a note")
    return store, old


def ids(store: Store) -> set[str]:
    with store.database.reading() as rows:
        return {identity for (identity,) in rows.all("SELECT id FROM response")}


def test_the_command_says_first_and_removes_when_told(machine: Machine) -> None:
    """Counts and the oldest day, and nothing that tells whose responses they are."""
    store, old = with_old_ones(machine)
    day = machine.clock().date()
    machine.days_pass(store, 60)
    new = answered(store)
    ran = machine.screener("clinic", "purge")
    overdue_text = f"3 responses last saved more than 30 days ago (2 finished, 1 open), the oldest on {day}."
    assert (ran.returncode, ran.stdout) == (0, f"To be purged: {overdue_text}\n")
    assert "Nothing was removed." in ran.stderr
    assert ids(store) == {new.id, *(open_response.id for open_response in old)}
    ran = machine.screener("clinic", "purge", "--apply")
    assert (ran.returncode, ran.stdout) == (0, f"Purged: {overdue_text}\n")
    assert "Older backups still have them." in ran.stderr
    assert ids(store) == {new.id}
    ran = machine.screener("clinic", "purge", "--apply")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == "No response was last saved more than 30 days ago.\n"


def test_the_audit_trail_tells_of_each_and_still_holds(machine: Machine) -> None:
    store, old = with_old_ones(machine)
    machine.days_pass(store, 60)
    answered(store)
    purged, _ = purge(store)
    assert (purged.finished, purged.open) == (2, 1)
    rows = machine.staff_store(store).check_audit()
    assert {row.subject for row in rows if row.event == Event.PURGED} == {open_response.id for open_response in old}


def test_nothing_of_them_is_left_in_the_files(machine: Machine) -> None:
    """No key, no answer, no note, no return code: neither in the file nor in the log beside it."""
    store, old = with_old_ones(machine)
    code = store.begin(a_record(store.now()))
    code.return_code()
    code.forget()
    gone: list[bytes] = []
    with store.database.reading() as rows:
        for open_response in (*old, code):
            gone += [
                bytes(part)
                for part in rows.all("SELECT keys, label, snapshot FROM response WHERE id = ?", (open_response.id,))[0]
            ]
        for table in ("SELECT sealed FROM remark", "SELECT sealed FROM alarm", "SELECT sealed FROM return_code"):
            gone += [bytes(sealed) for (sealed,) in rows.all(table)]
    pieces = [part[start : start + 32] for part in gone for start in range(0, len(part) - 31, 32)]
    before = all_bytes(machine.data)
    assert sum(piece in before for piece in pieces) > len(pieces) * 9 // 10  # The others lie across two pages.
    machine.days_pass(store, 60)
    purged, clean = purge(store)
    assert (purged.count, clean) == (4, True)
    after = all_bytes(machine.data)
    assert not any(piece in after for piece in pieces)


def test_somebody_who_reads_meanwhile_is_said_to_hold_traces(machine: Machine) -> None:
    store, _ = with_old_ones(machine)
    machine.days_pass(store, 60)
    with closing(sqlite3.connect(machine.data / "responses.db")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM response").fetchone()
        store.database._connection.execute("PRAGMA busy_timeout = 0")  # type: ignore[attr-defined]
        purged, clean = purge(store)
        assert (purged.count, clean) == (3, False)
    assert store.database.shrink()


@pytest.mark.parametrize("days", [3653, -400, 8, -1])
def test_a_clock_that_jumped_purges_nothing(machine: Machine, days: int) -> None:
    """Ten years on, everything would be too old. Somebody has to say that the date is right."""
    store, _ = with_old_ones(machine)
    machine.days_pass(store, 60)
    before = ids(store)
    machine.clock.go(days=days)
    expected = overdue(store)
    assert expected.doubt.endswith(f"and says {machine.clock():%Y-%m-%d} now.")
    with pytest.raises(ClockJumped, match=r"Nothing was purged\. If the date is right, add --clock-is-right\."):
        purge(store)
    assert ids(store) == before
    assert purge(store, clock_is_right=True)[0] == expected
    assert len(ids(store)) == len(before) - expected.count


@pytest.mark.parametrize("days", [3653, -400])
def test_a_jump_is_seen_also_after_somebody_worked_with_the_wrong_clock(machine: Machine, days: int) -> None:
    """The first person who answers in the morning does not make the wrong date right."""
    store, _ = with_old_ones(machine)
    machine.days_pass(store, 60)
    machine.clock.go(days=days)
    answered(store)
    machine.staff_store(store)
    with pytest.raises(ClockJumped):
        purge(store)
    machine.clock.go(days=-days)
    with pytest.raises(ClockJumped):
        purge(store)


def test_a_pause_that_somebody_confirmed_is_not_asked_about_again(machine: Machine) -> None:
    """A clinic that was closed for a fortnight says once that the date is right."""
    store, _ = with_old_ones(machine)
    machine.clock.go(days=14)
    answered(store)
    with pytest.raises(ClockJumped):
        purge(store)
    purge(store, clock_is_right=True)
    machine.staff_store(store)
    machine.clock.go(days=7)
    purge(store)


def test_clocks_of_two_terminals_may_differ_a_little(machine: Machine) -> None:
    store, _ = machine.clinic()
    for seconds in (-200, 250, -299):
        machine.clock.go(seconds=seconds)
        answered(store)
    assert not overdue(store).doubt
    machine.clock.go(seconds=-301)
    assert overdue(store).doubt


@pytest.mark.parametrize(("days", "count"), [(30, 0), (31, 1)])
def test_kept_for_exactly_as_many_days_as_the_clinic_says(machine: Machine, days: int, count: int) -> None:
    store, _ = machine.clinic(retention_days=30)
    answered(store)
    machine.days_pass(store, days)
    assert overdue(store).count == count


def test_the_command_refuses_with_what_to_look_at(machine: Machine) -> None:
    """The machine's clock is the real one here; the clinic's trail ended a year ago."""
    machine.clock.go(days=-400)
    store, _ = machine.clinic()
    answered(store)
    ran = machine.screener("clinic", "purge")
    assert ran.returncode == 0
    assert "A purge is refused until somebody checks the date" in ran.stderr
    ran = machine.screener("clinic", "purge", "--apply")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "Nothing was purged. If the date is right, add --clock-is-right." in ran.stderr
    assert machine.screener("clinic", "purge", "--apply", "--clock-is-right").stdout.startswith("Purged: 1 response ")


def test_without_a_clinic_the_days_on_which_something_was_saved_have_to_do(machine: Machine) -> None:
    """On somebody's own machine; there is no audit trail."""
    store = machine.store()
    answered(store, finished=False)
    first = machine.clock().date()
    machine.clock.go(days=WITHOUT_CLINIC + 1)
    with pytest.raises(ClockJumped):
        purge(store)
    new = answered(store, finished=False)
    machine.clock.go(days=-2)
    with pytest.raises(ClockJumped):
        purge(store)
    machine.clock.go(days=2)
    assert purge(store) == (Overdue(WITHOUT_CLINIC, 0, 1, first, ""), True)
    assert ids(store) == {new.id}


def test_days_that_no_calendar_has_are_no_defect(machine: Machine) -> None:
    """Somebody wrote nonsense into the file: the clock is in doubt, and nothing breaks."""
    store, _ = machine.clinic()
    open_response = answered(store)
    with store.database.writing() as rows:
        rows.run("UPDATE response SET day = ? WHERE id = ?", (-(10**12), open_response.id))
        rows.run("UPDATE audit SET at = ?", (10**17,))
    assert overdue(store).doubt
    assert machine.screener("clinic", "purge", "--apply").returncode == 2


def test_what_a_terminal_with_a_wrong_clock_saved_today_is_not_purged(machine: Machine) -> None:
    """Its clock began in 2020; somebody looks at the date, and confirms it."""
    store, _ = machine.clinic()
    machine.staff_store(store)
    now = machine.clock.now
    machine.clock.go(days=-2000)
    fresh = [answered(store), answered(store, finished=False)]
    machine.clock.now = now
    with pytest.raises(ClockJumped):
        purge(store)
    assert purge(store, clock_is_right=True)[0].count == 0
    assert ids(store) == {response.id for response in fresh}


def test_nobody_but_staff_can_say_that_time_went_by(machine: Machine) -> None:
    """Rows that a terminal writes, six days apart each, do not walk the date into next year."""
    store, _ = machine.clinic()
    answered(store)
    for _ in range(7):
        machine.clock.go(days=6)
        answered(store)
    with pytest.raises(ClockJumped, match="The last member of staff unlocked"):
        purge(store)
    machine.staff_store(store)
    assert purge(store)[0].count


@pytest.mark.parametrize("days", [10**7, 10**30])
def test_a_retention_of_thousands_of_years_is_no_defect(machine: Machine, days: int) -> None:
    """What an older version took: a purge removes nothing, and four words open what they belong to."""
    store, _ = machine.clinic(retention_days=days)
    open_response = answered(store, finished=False)
    code = store.begin(a_record(store.now())).return_code()
    assert (
        machine.screener("clinic", "purge", "--apply").stdout
        == "No response was last saved more than 365000 days ago.\n"
    )
    assert store.by_code(code, {"before-a-flight"})
    assert open_response.id in ids(store)
    closed = machine.staff("clinic", "close", "--days", str(days))
    assert (closed.returncode, closed.stdout[:9]) == (0, "Closed: 0")
