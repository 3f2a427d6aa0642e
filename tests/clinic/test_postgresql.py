"""The clinic's commands on PostgreSQL."""

from __future__ import annotations

from screener.store.backup import back_up, restore
from screener.store.clinic_setup import set_up_clinic
from screener.store.postgresql import PostgreSQL
from screener.store.retention import purge
from screener.store.store import Store
from tests.clinic.machine import PASSPHRASE, QUICK, STAFF, Machine, answered
from tests.clinic.test_backup import TABLES, Interrupted, contents
from tests.store.conftest import Backend, postgresql, server
from tests.store.making import an_identity

__all__ = ("postgresql", "server")


def test_backup_and_purge_on_postgresql(machine: Machine, postgresql: Backend) -> None:
    """The rows of a server in one file, all of one moment while somebody answers, and from it in any other store."""
    machine.clock.go(days=-60)

    def connected() -> Store:
        database = PostgreSQL(postgresql.location)
        return Store(database, now=machine.clock, terminal="desk", cost=QUICK, identity=an_identity("desk"))

    store = connected()
    set_up_clinic(store, "North Clinic", "north", 30, STAFF, PASSPHRASE)
    for finished in (True, False):
        machine.staff_store(store).annotate(answered(store, finished=finished).id, "note", "a note")
    copy, second_copy = machine.folder / "copy.db", machine.folder / "other.db"

    before, others, real = contents(store.database), connected(), store.database
    store.database = Interrupted(real, lambda: answered(others))
    assert back_up(store, copy) == 2
    store.database = real
    restored = machine.store()
    assert restore(restored, copy)[0] == 2
    assert contents(restored.database) == before
    machine.staff_store(restored).check_audit()

    machine.days_pass(store, 60)
    new = answered(store)
    count = len(contents(store.database)["response"])
    gone, clean = purge(store)
    assert (gone.count, clean) == (count - 1, True)
    assert [listed.id for listed in machine.staff_store(store).responses()] == [new.id]
    machine.staff_store(store).check_audit()

    assert machine.screener("clinic", "backup", second_copy, SCREENER_STORE=postgresql.location).returncode == 0
    with store.database.writing() as rows:
        for table in (*TABLES, "terminal"):
            rows.run(f"DELETE FROM {table}")
    ran = machine.screener("clinic", "restore", copy, SCREENER_STORE=postgresql.location)
    assert ran.returncode == 0, ran.stderr
    assert contents(connected().database) == before
    machine.staff_store(connected()).check_audit()
