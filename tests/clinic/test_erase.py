"""``screener clinic erase`` and ``close``: one response for good, and what nobody comes back to."""

from __future__ import annotations

import platform

import pytest

from screener.store.audit import Event
from screener.store.members import NotAllowed
from screener.store.removal import close_abandoned, erase
from screener.store.unlock import unlock
from tests.clinic.machine import PASSPHRASE, STAFF, Machine, a_record, all_bytes, answered

REFERENCE = "K7QP-3MXD"


def run(machine: Machine, *arguments: str, typed: tuple[str, ...] = ()) -> tuple[int, str, str]:
    """Run a command without the check for what only staff may know: they type references here."""
    lines = "".join(f"{line}\n" for line in (STAFF, PASSPHRASE, *typed))
    environment = {"HOME": machine.home, "XDG_RUNTIME_DIR": machine.runtime}
    ran = machine.server.run("clinic", *arguments, folder=machine.folder, stdin=lines, umask=0, **environment)
    return ran.returncode, ran.stdout, ran.stderr


def test_one_response_is_erased_for_a_reason_that_the_trail_tells(machine: Machine) -> None:
    """By whom, and nothing of it is left in the files."""
    store, _ = machine.clinic()
    response = answered(store)
    with store.database.reading() as rows:
        sealed = bytes(rows.all("SELECT snapshot FROM response")[0][0])
    pieces = [sealed[start : start + 32] for start in range(0, len(sealed) - 31, 32)]
    before = all_bytes(machine.data)
    assert any(piece in before for piece in pieces)
    code, said, noted = run(machine, "erase", REFERENCE.lower(), "--reason", "asked", typed=(REFERENCE,))
    assert (code, said) == (0, "The response is erased.\n")
    assert "Older backups" in noted
    after = all_bytes(machine.data)
    assert not any(piece in after for piece in pieces)
    staff_store = machine.staff_store(store)
    assert staff_store.responses() == []
    (row,) = [row for row in staff_store.check_audit() if row.event == Event.ERASED]
    assert (row.actor, row.subject, row.digest) == (STAFF, response.id, b"asked")
    assert f"response erased  {response.id[:8]} (asked)" in run(machine, "audit")[1]


def test_where_copies_may_be_left_is_named_by_who_made_them(machine: Machine) -> None:
    """Those on this machine go at once, and only staff have a list of theirs."""
    store, _ = machine.clinic()
    response, here = answered(store), platform.node()
    for terminal, event in (
        (here, Event.EXPORTED),
        ("Room 2", Event.EXPORTED),
        ("Room 3", Event.PRINTED),
    ):
        store.terminal = terminal
        machine.staff_store(store).log(event, response.id)
    store.terminal = "Kiosk"
    store.log_copy(response.id)
    noted = run(machine, "erase", REFERENCE, "--reason", "asked", typed=(REFERENCE,))[2]
    assert "Staff saved copies at: Room 2. Run there: screener clinic copies" in noted
    assert "The person took a copy at: Kiosk." in noted
    assert "Copies were printed at: Room 3." in noted


@pytest.mark.parametrize("typed", ["K7QP-3MXE", ""])
def test_a_slip_erases_nothing(machine: Machine, typed: str) -> None:
    store, _ = machine.clinic()
    answered(store)
    assert run(machine, "erase", "K7QP-3MXE", "--reason", "asked", typed=(typed,))[0] == 2
    assert run(machine, "erase", REFERENCE, "--reason", "asked", typed=(typed,))[0] == 2
    assert len(machine.staff_store(store).responses()) == 1


def test_only_an_administrator_erases(machine: Machine) -> None:
    store, _ = machine.clinic()
    response = answered(store)
    machine.staff_store(store).admit("Sam", "nine small brown wrens", "clinician")
    with pytest.raises(NotAllowed):
        erase(unlock(store, "Sam", "nine small brown wrens"), response.id, "asked")
    assert len(machine.staff_store(store).responses()) == 1


def test_what_nobody_comes_back_to_is_closed_as_it_is(machine: Machine) -> None:
    """Nobody can go on with it any more, and the trail says who closed it; what is newer stays open."""
    store, _ = machine.clinic()
    old = store.begin(a_record(store.now()))
    code = old.return_code()
    machine.clock.go(days=3)
    new = answered(store, finished=False)
    staff_store = machine.staff_store(store)
    assert close_abandoned(staff_store, 2) == 1
    assert {listed.id: listed.finished for listed in staff_store.responses()} == {old.id: True, new.id: False}
    assert not store.has_return_codes()
    assert code
    (row,) = [row for row in staff_store.check_audit() if row.event == Event.FINISHED]
    assert (row.actor, row.subject) == (STAFF, old.id)
    assert run(machine, "close", "--days", "0")[0] == 2
