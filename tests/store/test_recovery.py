"""The recovery key lets somebody back in, and a new one takes its place, however often that is interrupted."""

from __future__ import annotations

from typing import Any

import pytest

from screener.errors import ScreenerError
from screener.store import recovery, sealing_anew
from screener.store.audit import Broken, Event
from screener.store.key_check import check_with_recovery_key
from screener.store.members import KeySlot, new_key_slot
from screener.store.recovery import (
    admit_with_recovery_key,
    new_recovery_pair,
    renew_recovery_key,
)
from screener.store.recovery_key import parse_recovery_key
from screener.store.rotation import rotate_key
from screener.store.sealing_anew import is_sealing_anew, seal_anew, seal_some
from screener.store.unlock import unlock
from tests.store.conftest import Backend
from tests.store.making import STAFF, a_clinic, a_record, a_store, unlocked

NEW = "nine small brown wrens"


def test_with_the_recovery_key_alone_somebody_comes_back_in(backend: Backend) -> None:
    """Under an old name or a new one; the trail says that it was with the paper."""
    store, paper = a_clinic(backend.connect())
    response = store.begin(a_record(2))
    for name in (STAFF, "Kim"):
        admit_with_recovery_key(store, parse_recovery_key(paper), name, NEW)
        staff_store = unlock(a_store(backend.connect()), name, NEW)
        assert len(staff_store.read(response.id).history) == 2
    rows = [row for row in staff_store.check_audit() if row.actor == "recovery key"]
    assert [(row.event, row.subject) for row in rows] == [(Event.STAFF_CHANGED, STAFF), (Event.STAFF_ADDED, "Kim")]


def test_nobody_comes_back_in_with_a_key_that_was_exchanged_meanwhile(
    sqlite: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Making the slot of a passphrase takes half a second. The trail holds afterwards."""
    store, paper = a_clinic(sqlite.connect())
    elsewhere = a_store(sqlite.connect(), terminal="elsewhere")

    def slow_key_slot(*arguments: Any) -> KeySlot:
        rotate_key(unlocked(elsewhere))
        return new_key_slot(*arguments)

    monkeypatch.setattr(recovery, "new_key_slot", slow_key_slot)
    with pytest.raises(ScreenerError, match="exchanged in the meantime"):
        admit_with_recovery_key(store, parse_recovery_key(paper), "Kim", NEW)
    unlocked(elsewhere).check_audit()


def test_another_recovery_key_lets_nobody_in(backend: Backend) -> None:
    store, _ = a_clinic(backend.connect())
    other, _ = new_recovery_pair()
    with pytest.raises(ScreenerError, match="not that of this clinic"):
        admit_with_recovery_key(store, parse_recovery_key(other), STAFF, NEW)


def test_a_new_recovery_key_opens_everything_and_the_one_before_nothing(
    backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Finished or not, before it or after; interrupted in the middle, it goes on where it was."""
    monkeypatch.setattr(sealing_anew, "AT_ONCE", 2)
    store, before = a_clinic(backend.connect())
    responses = [store.begin(a_record(number)) for number in range(1, 6)]
    for response in responses[:3]:
        response.finish(a_record(7))
    paper, public = new_recovery_pair()
    staff_store = unlocked(store)
    renew_recovery_key(staff_store, public)
    with store.database.writing() as rows:
        assert seal_some(rows, staff_store, 2) == (False, 0)
    assert is_sealing_anew(store)
    unlocked(a_store(backend.connect())).check_audit()
    again = unlocked(a_store(backend.connect()))
    again.store.begin(a_record(1))
    assert seal_anew(again) == 0
    assert not is_sealing_anew(store)
    checked = check_with_recovery_key(again.store, parse_recovery_key(paper))
    assert (checked.count, checked.closed) == (6, 0)
    with pytest.raises(ScreenerError, match="not that of this clinic"):
        check_with_recovery_key(again.store, parse_recovery_key(before))
    again.check_audit()
    responses[4].finish(a_record(8))
    assert len(unlocked(store).responses()) == 6
    unlocked(a_store(backend.connect())).check_audit()
    admit_with_recovery_key(again.store, parse_recovery_key(paper), "Kim", NEW)


def test_keys_exchanged_after_a_renewal_are_found(backend: Backend) -> None:
    store, _ = a_clinic(backend.connect())
    response = store.begin(a_record(1))
    response.finish(a_record(2))
    staff_store = unlocked(store)
    renew_recovery_key(staff_store, new_recovery_pair()[1])
    with store.database.reading() as rows:
        keys = rows.all("SELECT keys FROM response")[0][0]
    seal_anew(staff_store)
    with store.database.writing() as rows:
        rows.run("UPDATE response SET keys = ?", (keys,))
    with pytest.raises(Broken, match=response.id[:8]):
        staff_store.check_audit()
