"""What is kept of a response is read again as it was, whatever was answered."""

from __future__ import annotations

import datetime
import json
import zlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.engine.interview_parts import Acknowledgement, Position
from screener.model.response import AbsentReason
from screener.store import annotation, list_entry, record
from screener.store.annotation import Annotation, latest
from screener.store.crypto import Unreadable
from screener.store.history import HistoryEntry, earlier
from screener.store.list_entry import list_entry_of
from screener.store.record import StoredResponse
from screener.summary.metadata import ResponseName

START = datetime.datetime(2026, 1, 5, 9, tzinfo=datetime.UTC)
HALVES = st.text(st.sampled_from("a\ud800\udbff\udc80\udfff"), min_size=1, max_size=6)
"""Halves of characters, as a terminal may send them."""
TEXT = st.text(min_size=1, max_size=40) | HALVES
MOMENTS = st.datetimes(START.replace(tzinfo=None), datetime.datetime(2027, 1, 1), timezones=st.just(datetime.UTC))
ENTRIES = st.one_of(
    st.booleans(),
    st.integers(),
    TEXT,
    st.decimals(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.times().map(lambda time: time.replace(second=0, microsecond=0)),
    st.frozensets(TEXT, max_size=5),
    st.sampled_from(AbsentReason),
)
RECORDS = st.builds(
    StoredResponse,
    reference=TEXT,
    questionnaire=TEXT,
    content=TEXT,
    language=TEXT,
    mode=st.sampled_from(["screen", "plain", "file"]),
    started=st.just(START),
    finished=st.none() | MOMENTS,
    name=st.none() | TEXT,
    history=st.lists(
        st.builds(HistoryEntry, TEXT, ENTRIES, MOMENTS, st.none() | TEXT, st.booleans(), st.none() | TEXT), max_size=6
    ).map(tuple),
    acknowledgements=st.lists(st.builds(Acknowledgement, TEXT, MOMENTS, st.none() | TEXT), max_size=3).map(tuple),
    position=st.builds(Position, st.none() | TEXT, st.integers(1, 9), st.booleans(), st.frozensets(TEXT, max_size=3)),
    urgent=st.lists(TEXT, max_size=3).map(tuple),
    carried_from=st.none() | st.builds(ResponseName, TEXT, st.dates()),
    handed_over=st.dictionaries(TEXT, ENTRIES, max_size=3),
    form_due=st.none() | st.dates(),
)


@given(response=RECORDS)
def test_a_response_is_read_as_it_was_kept(response: StoredResponse) -> None:
    read = record.unpack(record.pack(response))
    assert read == response
    types = [type(answer.entry) for answer in response.history]
    assert [type(answer.entry) for answer in read.history] == types, "one is not true, and text is not a reason"


@given(response=RECORDS, saved=MOMENTS)
def test_a_label_is_read_as_it_was_kept(response: StoredResponse, saved: datetime.datetime) -> None:
    entry = list_entry_of(response, saved)
    assert list_entry.unpack(list_entry.pack(entry)) == entry
    assert (entry.urgent, entry.name, entry.finished) == (response.urgent, response.name, response.finished)


@given(remark=st.builds(Annotation, st.sampled_from(["acknowledged", "read", "note", "name"]), TEXT, MOMENTS, TEXT))
def test_a_remark_is_read_as_it_was_kept(remark: Annotation) -> None:
    assert annotation.unpack(annotation.pack(remark)) == remark


def test_a_decimal_keeps_its_places() -> None:
    response = StoredResponse(
        "r", "q", "c", "en-GB", "screen", START, history=(HistoryEntry("weight", Decimal("80.50"), START),)
    )
    assert str(record.unpack(record.pack(response)).entries["weight"]) == "80.50"


def test_a_record_of_another_version_is_refused() -> None:
    packed = json.loads(zlib.decompress(record.pack(StoredResponse("r", "q", "c", "en-GB", "screen", START))))
    packed["format"] = 99
    with pytest.raises(Unreadable):
        record.unpack(zlib.compress(json.dumps(packed).encode()))


def test_the_last_answer_to_a_question_holds_and_those_before_it_are_known() -> None:
    history = [HistoryEntry("age", age, START) for age in (40, 41, 42)] + [HistoryEntry("sleep", True, START)]
    response = StoredResponse("r", "q", "c", "en-GB", "screen", START, history=tuple(history))
    assert response.entries == {"age": 42, "sleep": True}
    assert [answer.entry for answer in earlier(response.history, "age")] == [40, 41]
    assert earlier(response.history, "sleep") == []


def test_the_last_remark_of_a_kind_holds() -> None:
    annotations = [
        Annotation("name", "Alex", START, "Robin"),
        Annotation("note", "Alex", START, "came"),
        Annotation("name", "Sam", START),
    ]
    assert latest(annotations, "name") is annotations[2]
    assert latest(annotations, "read") is None
