"""Saving and opening again at any point changes nothing: not where somebody is, what they see next, nor any summary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.content.compiled import Content
from screener.document import json, text
from screener.engine.interview import Interview
from screener.model.response import Entry
from screener.store.history import HistoryEntry
from screener.store.record import StoredResponse
from screener.store.sqlite import SQLite
from screener.store.store import Store
from screener.store.stored_interview import alarms_of, interview_of, metadata_of
from screener.summary.build import clinician_summary, patient_summary
from screener.summary.taken_back import ReportedAlarms
from tests.store.making import START, a_record, a_store
from tests.strategies import EVERY_CONTENT, Sample, entry, named

STEPS = 40


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with TemporaryDirectory() as folder:
        store = a_store(SQLite(Path(folder) / "responses.db"))
        yield store
        store.database.close()


@dataclass
class Walk:
    """One person's way through a questionnaire, with everything that is kept of it."""

    content: Content
    interview: Interview
    history: list[HistoryEntry] = field(default_factory=list)
    steps: int = 0

    def record(self) -> StoredResponse:
        record = replace(
            a_record(0),
            questionnaire=self.content.questionnaire.id,
            name="Robin \u00d1",
            history=tuple(self.history),
            acknowledgements=tuple(self.interview.acknowledgements),
            position=self.interview.position,
        )
        alarms = alarms_of(self.content, record)
        return replace(
            record,
            urgent=tuple(alarm.id for alarm in alarms.current),
            taken_back=tuple(alarm.id for alarm in alarms.taken_back),
        )

    def step(self, data: st.DataObject) -> tuple[str, Entry | None]:
        """Do whatever can be done next, and tell what it was."""
        interview, possible = self.interview, ["answer"]
        if interview.interruptions:
            possible.append("acknowledge")
        elif interview.current is None:
            possible = ["change", "back"]
        elif interview.entry is not None or not interview.state.is_enabled(interview.current.id):
            possible += ["next", "next", "next", "back"]
        action = data.draw(st.sampled_from(possible))
        argument: Entry | None = None
        if action == "answer":
            assert interview.current
            argument = data.draw(entry(interview.current))
        elif action == "change":
            applying = [
                question.id for question in interview.form.questionnaire if interview.state.is_enabled(question.id)
            ]
            argument = data.draw(st.sampled_from(applying)) if applying else None
            action = "change" if applying else "back"
        self.do(action, argument)
        return action, argument

    def do(self, action: str, argument: Entry | None) -> None:
        self.steps += 1
        interview, now = self.interview, START + timedelta(seconds=1.25 * self.steps)
        match action:
            case "answer":
                assert interview.current
                assert argument is not None
                interview.record(interview.current.id, argument)
                by = "Alex" if self.steps % 3 == 0 else None
                self.history.append(HistoryEntry(interview.current.id, argument, now, by))
            case "acknowledge":
                interview.acknowledge(interview.interruptions[0].id, now, "Alex")
            case "change":
                interview.change(str(argument))
            case "next":
                interview.next()
            case "back":
                interview.back()

    def seen(self) -> tuple[object, ...]:
        """All that a person or a clinician could tell it by."""
        interview = self.interview
        return (
            interview.position,
            interview.current,
            interview.entry,
            interview.progress,
            interview.interruptions,
            interview.acknowledgements,
            interview.response,
            interview.set_aside,
            interview.complete,
            self.summaries(),
        )

    def summaries(self) -> list[str]:
        session, alarms = metadata_of(self.record()), ReportedAlarms(alarms_of(self.content, self.record()))
        copies = (patient_summary, clinician_summary)
        documents = [build(self.content, self.interview, session, alarms) for build in copies]
        return [write.render(document) for document in documents for write in (text, json)]


@pytest.mark.parametrize("samples", **named(EVERY_CONTENT))
@given(data=st.data())
def test_saving_and_opening_again_at_any_point_changes_nothing(
    store: Store, samples: st.SearchStrategy[Sample], data: st.DataObject
) -> None:
    """Both walks then go on in the same way, step for step, and end with the same summaries, byte for byte."""
    content = data.draw(samples).content
    walk = Walk(content, Interview(content.form, content.rules))
    for _ in range(data.draw(st.integers(0, STEPS))):
        walk.step(data)
    open_response = store.begin(a_record(0))
    open_response.save(walk.record())
    record = open_response.read()
    assert record == walk.record()
    again = Walk(content, interview_of(content, record), list(record.history), walk.steps)
    assert again.seen() == walk.seen()
    for _ in range(data.draw(st.integers(0, 8))):
        again.do(*walk.step(data))
        assert again.interview.position == walk.interview.position
    assert again.seen() == walk.seen()
