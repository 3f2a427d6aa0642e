"""A machine of a clinic needs few rights on its database, and can destroy little with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

import screener.store.postgresql
from screener.errors import ScreenerError
from screener.store.appointments import NewAppointment, enter, issue_code
from screener.store.connect import open_database
from screener.store.database import TABLES
from screener.store.outbox_rows import note_sealed_before
from screener.store.person import new_person
from screener.store.postgresql import PostgreSQL
from screener.store.retention import overdue
from screener.store.sealing_anew import is_sealing_anew
from screener.store.unlock import unlock
from tests.store.conftest import Backend
from tests.store.making import PASSPHRASE, STAFF, a_clinic, a_record, a_store, an_urgent_record
from tests.store.postgres import Server

SQL = Path(screener.store.postgresql.__file__).with_suffix(".sql")


@pytest.fixture
def accounts(server: Server, postgresql: Backend) -> Iterator[dict[str, str]]:
    """The addresses of a clinic's database for an account of each role."""
    a_clinic(postgresql.connect())
    with psycopg.connect(postgresql.location, autocommit=True) as owner:
        owner.execute(SQL.read_bytes())
        addresses = {}
        for role in ("terminal", "staff"):
            owner.execute(f"CREATE ROLE one_{role} LOGIN IN ROLE screener_{role}".encode())
            addresses[role] = postgresql.location.replace("screener@", f"one_{role}@")
    yield addresses
    for database in postgresql.opened:
        database.close()
    with psycopg.connect(postgresql.location, autocommit=True) as owner:
        for role in ("one_terminal", "one_staff", "screener_staff", "screener_terminal"):
            owner.execute(f"DROP OWNED BY {role}; DROP ROLE {role}".encode())


def test_a_terminal_takes_answers_and_staff_see_to_them(accounts: dict[str, str]) -> None:
    terminal = a_store(PostgreSQL(accounts["terminal"]), terminal="kiosk")
    first, second = terminal.begin(a_record(1)), terminal.begin(an_urgent_record(1))
    first.save(a_record(2))
    terminal.returned(first.return_code())
    first.finish(a_record(3))
    second.save(an_urgent_record(2))
    unlock(terminal, STAFF, PASSPHRASE)
    console = a_store(PostgreSQL(accounts["staff"]), terminal="console")
    staff_store = unlock(console, STAFF, PASSPHRASE)
    staff_store.annotate(second.id, "acknowledged", "in-danger")
    assert len(staff_store.read(first.id).history) == 3
    person = new_person("Ana Lee", "A-1", "1980", "", "", 2026)
    ((_person, appointment),) = enter(staff_store, [NewAppointment(person, "before-a-flight", terminal.now().date())])
    code, _until = issue_code(staff_store, appointment.id)
    assert terminal.by_code(code, ("before-a-flight",))
    assert overdue(terminal).people == 0
    with terminal.database.writing() as rows:
        note_sealed_before(rows, first.id)
    unlock(terminal, STAFF, PASSPHRASE)
    assert is_sealing_anew(terminal), "a terminal may not, and lets staff in all the same"
    unlock(console, STAFF, PASSPHRASE)
    assert not is_sealing_anew(terminal)
    staff_store.check_audit()
    for store in (terminal, console):
        store.database.close()


def test_each_table_of_the_store_has_a_line_of_its_rights() -> None:
    """Also one that a later version adds: without it no terminal could be used any more."""
    granted = "".join(line for line in SQL.read_text("ascii").splitlines() if not line.startswith("--"))
    named = set(re.findall(r"\w+", granted))
    assert {table.split()[0] for table in TABLES} <= named


@pytest.mark.parametrize("role", ["terminal", "staff"])
def test_neither_can_drop_a_table_or_remove_a_response_a_note_or_a_row_of_the_trail(
    accounts: dict[str, str], role: str
) -> None:
    with psycopg.connect(accounts[role], autocommit=True) as connection:
        tables = [table.split()[0] for table in TABLES]
        destroying = [f"DROP TABLE {table}" for table in tables] + [f"TRUNCATE {table}" for table in tables]
        destroying += [
            f"DELETE FROM {table}" for table in ("response", "remark", "alarm", "audit", "signature", "meta", "person")
        ]
        destroying += [
            "UPDATE audit SET actor = ''",
            "CREATE TABLE more (a INT)",
            "INSERT INTO staff SELECT * FROM staff",
        ]
        if role == "staff":
            destroying.pop()
        else:
            destroying += ["DELETE FROM staff", "UPDATE remark SET sealed = ''", "UPDATE member SET role = ''"]
            destroying += ["DELETE FROM sealed_before", "UPDATE sealed_before SET id = ''"]
            destroying += ["SELECT * FROM person", "UPDATE person SET day = 0", "UPDATE appointment_code SET until = 0"]
        for statement in destroying:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())


def test_an_account_that_may_not_create_tables_is_told_so(server: Server, postgresql: Backend) -> None:
    with psycopg.connect(postgresql.location, autocommit=True) as owner:
        owner.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC; CREATE ROLE nobody_much LOGIN")
        try:
            with pytest.raises(ScreenerError, match="may not create them"):
                open_database(postgresql.location.replace("screener@", "nobody_much@"))
        finally:
            owner.execute("DROP ROLE nobody_much")
