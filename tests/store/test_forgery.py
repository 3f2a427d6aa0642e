"""A forger who can write the store, and has the key of a terminal: each forgery is named, or refused at the unlock.

What such a forger can do all the same stands in docs/security.md, and is shown here too.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from screener.errors import ScreenerError
from screener.store import audit
from screener.store.audit import AuditRow, Event
from screener.store.clinic import Clinic, put_clinic, read_clinic
from screener.store.crypto import new_pair
from screener.store.database import Database, Rows
from screener.store.members import new_key_slot, put_key_slot
from screener.store.response_row import remove
from screener.store.signature import Signer, clinic_signer, fingerprint, new_signer
from screener.store.staff_store import StaffStore
from screener.store.store import Store
from screener.store.terminal_identity import TerminalIdentity
from tests.store.conftest import Backend
from tests.store.making import QUICK, Clock, a_clinic, a_record, an_identity, unlocked

OTHER = "Sam"


@dataclass
class Forger:
    """Writes into the store of a clinic with the key of the terminal at the desk.

    ``fresh`` was finished today and ``open_response`` is still in progress; ``before`` are the rows of both while they
    were open.
    """

    database: Database
    clock: Clock
    fresh: str
    open_response: str
    before: dict[str, tuple[Any, ...]]

    def rows(self, work: Callable[[Rows], object]) -> None:
        with self.database.writing() as rows:
            work(rows)

    def run(self, statement: str, *parameters: Any) -> None:
        self.rows(lambda rows: rows.run(statement, parameters))

    def append(
        self,
        event: Event,
        subject: str = "",
        digest: bytes = b"",
        *,
        by: str = "",
        days: float = 0,
        terminal: str = "desk",
        signers: tuple[Signer, ...] | None = None,
    ) -> None:
        """Append a row as the program does, dated so many days from now."""
        at = int((self.clock.now + datetime.timedelta(days=days)).timestamp())
        signers = (an_identity("desk").signer,) if signers is None else signers
        self.rows(lambda rows: audit.append(rows, at, by, terminal, event, subject, digest, signers))

    def digest(self, identity: str) -> bytes:
        from screener.store.response_row import digest_of

        with self.database.reading() as rows:
            return digest_of(rows, identity)

    def put(self, row: tuple[Any, ...]) -> None:
        self.run("DELETE FROM response WHERE id = ?", row[0])
        self.run("INSERT INTO response VALUES (?, ?, ?, ?, ?, ?, ?)", *row)

    def list_to_be_sealed_anew(self, identity: str) -> None:
        self.run("INSERT INTO sealed_before (id) VALUES (?)", identity)

    def invented(self, identity: str) -> tuple[Any, ...]:
        """A finished row with answers that nobody gave, sealed to the clinic."""
        store = self.store()
        response = store.begin(a_record(1))
        response.finish(a_record(2))
        with self.database.reading() as rows:
            row = rows.all("SELECT * FROM response WHERE id = ?", (response.id,))[0]
        return (identity, *row[1:])

    def store(self, terminal: str = "desk", identity: TerminalIdentity | None = None) -> Store:
        return Store(
            self.database, now=self.clock, terminal=terminal, cost=QUICK, identity=identity or an_identity(terminal)
        )

    def clinic(self) -> Clinic:
        with self.database.reading() as rows:
            clinic = read_clinic(rows)
        assert clinic is not None
        return clinic

    def last(self, event: Event) -> AuditRow:
        with self.database.reading() as rows:
            return [row for row in audit.all_rows(rows) if row.event == event][-1]

    def unlock(self) -> StaffStore:
        return unlocked(self.store())


@pytest.fixture
def forger(backend: Backend) -> Forger:
    database = backend.connect()
    store, _ = a_clinic(database)
    assert isinstance(store.now, Clock)
    staff_store = unlocked(store)
    staff_store.admit(OTHER, "another goose altogether")
    fresh, open_response = store.begin(a_record(1)), store.begin(a_record(1))
    with database.reading() as rows:
        before = {row[0]: row for row in rows.all("SELECT * FROM response")}
    fresh.finish(a_record(3))
    staff_store.annotate(fresh.id, "note", "was called back")
    forger = Forger(database, store.now, fresh.id, open_response.id, before)
    forger.unlock().check_audit()
    return forger


def removed_and_said_to_be_purged(forger: Forger) -> None:
    forger.rows(lambda rows: remove(rows, forger.fresh))
    forger.append(Event.PURGED, forger.fresh)


def purged_in_a_year_that_has_not_come(forger: Forger) -> None:
    for days in range(6, 400, 6):
        forger.append(Event.LOOKED_THROUGH, days=days)
    forger.rows(lambda rows: remove(rows, forger.fresh))
    forger.append(Event.PURGED, forger.fresh, days=400)


def removed_and_said_to_be_erased(forger: Forger) -> None:
    forger.rows(lambda rows: remove(rows, forger.fresh))
    forger.append(Event.ERASED, forger.fresh, by="Alex")


def removed_and_its_rows_too(forger: Forger) -> None:
    forger.rows(lambda rows: remove(rows, forger.fresh))
    forger.run("DELETE FROM audit WHERE subject = ?", forger.fresh)


def replaced_and_said_to_be_corrected(forger: Forger) -> None:
    forger.put(forger.invented(forger.fresh))
    forger.append(Event.CORRECTED, forger.fresh, forger.digest(forger.fresh), by="Alex")


def replaced_with_one_more_finished_row(forger: Forger) -> None:
    forger.put(forger.invented(forger.fresh))
    forger.append(Event.FINISHED, forger.fresh, forger.digest(forger.fresh))


def replaced_with_a_life_of_its_own(forger: Forger) -> None:
    forger.put(forger.invented(forger.fresh))
    forger.append(Event.OPENED, forger.fresh)
    forger.append(Event.FINISHED, forger.fresh, forger.digest(forger.fresh))


def purged_first_and_then_replaced(forger: Forger) -> None:
    forger.put(forger.invented(forger.fresh))
    forger.append(Event.PURGED, forger.fresh)
    forger.append(Event.OPENED, forger.fresh)
    forger.append(Event.FINISHED, forger.fresh, forger.digest(forger.fresh))


def put_back_to_an_older_row(forger: Forger) -> None:
    forger.put(forger.before[forger.fresh])


def put_back_and_finished_again(forger: Forger) -> None:
    row = forger.before[forger.fresh]
    forger.put((row[0], row[1], 1, *row[3:]))
    forger.append(Event.FINISHED, forger.fresh, forger.digest(forger.fresh))


def made_older_than_it_is(forger: Forger) -> None:
    forger.run("UPDATE response SET day = day - 400 WHERE id = ?", forger.fresh)


def made_older_and_listed_to_be_sealed_anew(forger: Forger) -> None:
    """So that the next unlock signs it: what is sealed to a key before is sealed anew then."""
    made_older_than_it_is(forger)
    forger.list_to_be_sealed_anew(forger.fresh)


def made_older_and_sealed_anew_while_the_trail_is_another_one(forger: Forger) -> None:
    """The row of the trail that tells of it is changed for the unlock only."""
    made_older_than_it_is(forger)
    forger.list_to_be_sealed_anew(forger.fresh)
    row, change = forger.last(Event.FINISHED), "UPDATE audit SET digest = ? WHERE n = ?"
    forger.run(change, forger.digest(forger.fresh), row.n)
    forger.unlock()
    forger.run(change, row.digest, row.n)


def closed_and_listed_to_be_sealed_anew(forger: Forger) -> None:
    """Somebody still answers it, and nobody finished it."""
    forger.run("UPDATE response SET state = 1 WHERE id = ?", forger.open_response)
    forger.list_to_be_sealed_anew(forger.open_response)


def finished_without_having_been_opened(forger: Forger) -> None:
    forger.put(forger.invented("0" * 32))
    forger.append(Event.FINISHED, "0" * 32, forger.digest("0" * 32))


def founded_a_second_time(forger: Forger) -> None:
    """With a retention of one day, so that the nightly purge removes everything."""
    changed = replace(forger.clinic(), retention_days=1)
    forger.rows(lambda rows: _put_unsigned(rows, changed))
    forger.append(Event.FOUNDED, "1", changed.digest, by="Alex")


def retention_changed_as_if_by_staff(forger: Forger) -> None:
    changed = replace(forger.clinic(), retention_days=1, serial=1)
    forger.rows(lambda rows: _put_unsigned(rows, changed))
    forger.append(Event.CLINIC_CHANGED, "1", changed.digest, by="Alex")


def recovery_key_exchanged(forger: Forger) -> None:
    changed = replace(forger.clinic(), recovery=new_pair()[1])
    forger.rows(lambda rows: _put_unsigned(rows, changed))


def recovery_key_exchanged_and_signed_with_a_new_key(forger: Forger) -> None:
    stranger, public = new_pair()
    signer = clinic_signer(stranger)
    changed = replace(forger.clinic(), recovery=public, signing=signer.public, serial=1)
    changed = replace(changed, signature=signer.sign(b"screener/2|clinic|" + changed.digest))
    forger.rows(lambda rows: _put_unsigned(rows, changed))
    forger.append(Event.CLINIC_CHANGED, "30", changed.digest, by="Alex", signers=(signer, an_identity("desk").signer))


def clinic_exchanged_as_a_whole(forger: Forger) -> None:
    stranger, _ = new_pair()
    changed = forger.clinic().signed(stranger)
    forger.rows(lambda rows: put_clinic(rows, changed, stranger))


def made_a_store_of_the_first_format(forger: Forger) -> None:
    """In which nobody has to sign anything."""
    unsigned = replace(forger.clinic(), signing=b"", signature=b"")

    def downgrade(rows: Rows) -> None:
        _put_unsigned(rows, unsigned)
        rows.run("DELETE FROM meta WHERE name IN (?, ?)", ("clinic signing key", "clinic signature"))
        rows.run("UPDATE meta SET value = ? WHERE name = 'format'", (b"1",))
        rows.run("DELETE FROM signature")

    forger.rows(downgrade)
    forger.append(Event.FOUNDED, "", unsigned.digest, signers=())


def staff_who_read_what_they_never_read(forger: Forger) -> None:
    forger.append(Event.VIEWED, forger.fresh, by=OTHER)


def staff_who_printed_signed_with_a_key_of_the_forgers_own(forger: Forger) -> None:
    forger.append(Event.PRINTED, forger.fresh, by=OTHER, signers=(new_signer(), an_identity("desk").signer))


def the_signature_of_another_row(forger: Forger) -> None:
    """What a member of staff signed once, under a row that says the same again."""
    row = forger.last(Event.UNLOCKED)
    forger.append(Event.UNLOCKED, by="Alex")
    forger.run(
        "INSERT INTO signature (n, signer, signed) SELECT ?, signer, signed FROM signature WHERE n = ? AND signer = ?",
        forger.last(Event.UNLOCKED).n,
        row.n,
        fingerprint(forger.clinic().signing),
    )


def a_member_of_staff_of_the_forgers_own(forger: Forger) -> None:
    """Their passphrase opens nothing, but the list of staff names them."""
    key_slot = new_key_slot("Mallory", "administrator", "a goose of my very own", bytes(32), QUICK)
    forger.rows(lambda rows: put_key_slot(rows, key_slot))
    forger.append(Event.STAFF_ADDED, "Mallory", key_slot.digest, by="Alex")


def an_answer_entered_by_somebody_who_was_never_staff(forger: Forger) -> None:
    forger.store().begin(a_record(1), by="Mallory")


def a_passphrase_put_back(forger: Forger) -> None:
    """Somebody who was revoked, and whose row is put back as it was."""
    with forger.database.reading() as rows:
        slot = rows.all("SELECT * FROM staff WHERE name = ?", (OTHER,))[0]
        member = rows.all("SELECT * FROM member WHERE name = ?", (OTHER,))[0]
    forger.unlock().revoke(OTHER)
    forger.run("INSERT INTO staff VALUES (?, ?, ?, ?)", *slot)
    forger.run("INSERT INTO member VALUES (?, ?, ?, ?)", *member)


def a_role_that_nobody_gave(forger: Forger) -> None:
    forger.run("UPDATE member SET role = 'reception' WHERE name = ?", OTHER)


def a_terminal_under_the_name_of_another(forger: Forger) -> None:
    signer = new_signer()
    forger.append(Event.OPENED, forger.invented("1" * 32)[0], signers=(signer,))


def a_terminal_that_registers_the_key_of_another(forger: Forger) -> None:
    forger.append(Event.TERMINAL, new_signer().id, new_signer().public, terminal="Room 9")


def rows_that_nobody_signed(forger: Forger) -> None:
    forger.append(Event.BACKED_UP, signers=())


def a_row_dated_back(forger: Forger) -> None:
    forger.append(Event.BACKED_UP, days=-100)


def a_row_dated_forward(forger: Forger) -> None:
    forger.append(Event.BACKED_UP, days=100)


def rows_at_the_end_removed(forger: Forger) -> None:
    """Such as who unlocked the store last."""
    forger.run("DELETE FROM audit WHERE n = (SELECT MAX(n) FROM audit)")


def two_rows_exchanged(forger: Forger) -> None:
    forger.run("UPDATE audit SET n = -n WHERE n IN (5, 6)")
    forger.run("UPDATE audit SET n = 11 + n WHERE n < 0")


def a_signature_removed(forger: Forger) -> None:
    forger.run("DELETE FROM signature WHERE n = ?", forger.last(Event.FINISHED).n)


def a_note_removed(forger: Forger) -> None:
    forger.run("DELETE FROM remark WHERE response = ?", forger.fresh)


def a_note_that_nobody_wrote(forger: Forger) -> None:
    sealed = b"no note at all"
    forger.run("INSERT INTO remark VALUES (?, ?, ?)", forger.fresh, 2, sealed)
    forger.append(Event.REMARKED, forger.fresh, hashlib.sha256(sealed).digest(), by=OTHER)


def the_store_carried_over_a_second_time(forger: Forger) -> None:
    forger.append(Event.UPGRADED, "1", forger.clinic().digest, by="Alex")


FORGERIES = (
    removed_and_said_to_be_purged,
    purged_in_a_year_that_has_not_come,
    removed_and_said_to_be_erased,
    removed_and_its_rows_too,
    replaced_with_one_more_finished_row,
    replaced_and_said_to_be_corrected,
    replaced_with_a_life_of_its_own,
    purged_first_and_then_replaced,
    put_back_to_an_older_row,
    put_back_and_finished_again,
    made_older_than_it_is,
    made_older_and_listed_to_be_sealed_anew,
    made_older_and_sealed_anew_while_the_trail_is_another_one,
    closed_and_listed_to_be_sealed_anew,
    finished_without_having_been_opened,
    founded_a_second_time,
    retention_changed_as_if_by_staff,
    recovery_key_exchanged,
    recovery_key_exchanged_and_signed_with_a_new_key,
    clinic_exchanged_as_a_whole,
    made_a_store_of_the_first_format,
    staff_who_read_what_they_never_read,
    staff_who_printed_signed_with_a_key_of_the_forgers_own,
    the_signature_of_another_row,
    a_member_of_staff_of_the_forgers_own,
    an_answer_entered_by_somebody_who_was_never_staff,
    a_passphrase_put_back,
    a_role_that_nobody_gave,
    a_terminal_under_the_name_of_another,
    a_terminal_that_registers_the_key_of_another,
    rows_that_nobody_signed,
    a_row_dated_back,
    a_row_dated_forward,
    rows_at_the_end_removed,
    two_rows_exchanged,
    a_signature_removed,
    a_note_removed,
    a_note_that_nobody_wrote,
    the_store_carried_over_a_second_time,
)


@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda forgery: forgery.__name__)
def test_each_forgery_is_named_or_nobody_gets_in(forger: Forger, forgery: Callable[[Forger], None]) -> None:
    """A row with an impossible date is no proof of anything, and is pointed out."""
    forgery(forger)
    try:
        checked = forger.unlock().check_trail()
    except ScreenerError as error:
        assert "exchanged" in str(error) or "audit trail" in str(error)  # noqa: PT017
    else:
        assert forgery in (a_row_dated_back, a_row_dated_forward)
        assert checked.notes


def _put_unsigned(rows: Rows, clinic: Clinic) -> None:
    described = {"name": clinic.name, "region": clinic.region, "retention_days": clinic.retention_days}
    for name, value in (
        ("clinic", json.dumps(described | {"serial": clinic.serial}).encode()),
        ("clinic public key", clinic.public),
        ("paper public key", clinic.recovery),
        ("clinic signing key", clinic.signing),
        ("clinic signature", clinic.signature),
        ("clinic digest", clinic.digest),
    ):
        rows.run("UPDATE meta SET value = ? WHERE name = ?", (value, name))
