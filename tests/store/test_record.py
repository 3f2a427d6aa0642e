"""What is kept of a response is read again as it was, whatever was answered."""

from __future__ import annotations

import datetime
import json
import zlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.interview import Acknowledgement, Position
from screener.response import AbsentReason
from screener.store import label, record, remark
from screener.store.label import label_of
from screener.store.record import Given, Record, earlier
from screener.store.remark import Remark, latest

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
    st.frozensets(TEXT, max_size=5),
    st.sampled_from(AbsentReason),
)
RECORDS = st.builds(
    Record,
    reference=TEXT,
    questionnaire=TEXT,
    content=TEXT,
    language=TEXT,
    face=st.sampled_from(["screen", "plain", "file"]),
    started=st.just(START),
    finished=st.none() | MOMENTS,
    name=st.none() | TEXT,
    history=st.lists(st.builds(Given, TEXT, ENTRIES, MOMENTS, st.none() | TEXT), max_size=6).map(tuple),
    acknowledgements=st.lists(st.builds(Acknowledgement, TEXT, MOMENTS, st.none() | TEXT), max_size=3).map(tuple),
    position=st.builds(Position, st.none() | TEXT, st.integers(1, 9), st.booleans(), st.frozensets(TEXT, max_size=3)),
    urgent=st.lists(TEXT, max_size=3).map(tuple),
)


@given(kept=RECORDS)
def test_a_response_is_read_as_it_was_kept(kept: Record) -> None:
    read = record.unpacked(record.packed(kept))
    assert read == kept
    types = [type(given.entry) for given in kept.history]
    assert [type(given.entry) for given in read.history] == types, "one is not true, and text is not a reason"


@given(kept=RECORDS, saved=MOMENTS)
def test_a_label_is_read_as_it_was_kept(kept: Record, saved: datetime.datetime) -> None:
    made = label_of(kept, saved)
    assert label.unpacked(label.packed(made)) == made
    assert (made.urgent, made.name, made.finished) == (kept.urgent, kept.name, kept.finished)


@given(made=st.builds(Remark, st.sampled_from(["acknowledged", "read", "note", "name"]), TEXT, MOMENTS, TEXT))
def test_a_remark_is_read_as_it_was_kept(made: Remark) -> None:
    assert remark.unpacked(remark.packed(made)) == made


def test_a_decimal_keeps_its_places() -> None:
    kept = Record("r", "q", "c", "en-GB", "screen", START, history=(Given("weight", Decimal("80.50"), START),))
    assert str(record.unpacked(record.packed(kept)).entries["weight"]) == "80.50"


def test_a_record_of_another_version_is_refused() -> None:
    kept = json.loads(zlib.decompress(record.packed(Record("r", "q", "c", "en-GB", "screen", START))))
    kept["format"] = 99
    with pytest.raises(ValueError, match="format 99"):
        record.unpacked(zlib.compress(json.dumps(kept).encode()))


def test_the_last_answer_to_a_question_holds_and_those_before_it_are_known() -> None:
    history = [Given("age", age, START) for age in (40, 41, 42)] + [Given("sleep", True, START)]
    kept = Record("r", "q", "c", "en-GB", "screen", START, history=tuple(history))
    assert kept.entries == {"age": 42, "sleep": True}
    assert [given.entry for given in earlier(kept.history, "age")] == [40, 41]
    assert earlier(kept.history, "sleep") == []


def test_the_last_remark_of_a_kind_holds() -> None:
    said = [Remark("name", "Alex", START, "Robin"), Remark("note", "Alex", START, "came"), Remark("name", "Sam", START)]
    assert latest(said, "name") is said[2]
    assert latest(said, "read") is None
