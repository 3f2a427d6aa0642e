"""A recording in both kinds of store: begun with its link, gone on with, finished, corrected; the trail agrees."""

from __future__ import annotations

from dataclasses import replace

from screener.i18n.formats import local
from screener.store.appointments import NewAppointment, enter
from screener.store.history import HistoryEntry
from screener.store.person import new_person
from screener.store.recording import begin_recording, open_finished, resume_recording
from tests.store.conftest import Backend, backend, postgresql, server, sqlite
from tests.store.making import a_clinic, a_record, unlocked
from tests.store.people import ASKED

__all__ = ("backend", "postgresql", "server", "sqlite")


def test_begun_gone_on_with_finished_and_corrected(backend: Backend) -> None:
    store, _ = a_clinic(backend.connect())
    staff_store = unlocked(store)
    today = local(store.now()).date()
    person = new_person("Ana Lee", "AL-1", "1987", "", "", today.year)
    ((person, _appointment),) = enter(staff_store, [NewAppointment(person, "before-a-flight", today)])
    record = a_record(1)
    begun = begin_recording(staff_store, person, record, b"content")
    begun.save(record)
    opened, again = resume_recording(staff_store, begun.id, person, ASKED)
    assert again.entries == record.entries
    opened.finish(again)
    finished, record = open_finished(staff_store, begun.id, person, ASKED)
    finished.save(record)
    correction = HistoryEntry("age", 44, store.now(), staff_store.name, reason="slip")
    corrected = replace(record, history=(*record.history, correction))
    finished.save(corrected)
    correction = replace(correction, entry=45)
    finished.save(replace(corrected, history=(*corrected.history, correction)))
    assert staff_store.read(begun.id).history[-1] == correction
    (listed,) = staff_store.responses()
    assert listed.finished
    assert listed.link
    assert listed.link.person == person.id
    events = [row.event for row in staff_store.check_audit()]
    assert events.count("response corrected") == 2
