"""Law 6: the same walk gives the same outcomes, alarms and summaries through prompts, screens and the interview."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.content.compiled import Content
from screener.document import text
from screener.model.response import AbsentReason
from screener.session.session import InterviewSession
from screener.summary.build import clinician_summary
from screener.summary.taken_back import ReportedAlarms
from tests.plain.prompts import console
from tests.plain.walks import (
    Action,
    Back,
    Change,
    Finish,
    Give,
    at_screens,
    script,
    through_interview,
    through_screens,
    walks,
)
from tests.strategies import Sample, contents, flight, samples, shipped

DECLINED, UNKNOWN = AbsentReason.DECLINED, AbsentReason.UNKNOWN
FIRST_FLIGHT = datetime.date(2001, 5, 5)

URGENT: list[Action] = [
    Give("north"), Give("self"), Back(), Back(), Back(), Give("north"), Give("helper"), Give(103), Give(True),
    Give(FIRST_FLIGHT), Give(False), Give("often"), Give("sometimes"), Give(DECLINED),
    Give(frozenset({"oxygen", "stick"})), Give(Decimal("7.5")), Give(20), Give(10), Give(True), Give(True),
    Give("[b]"), Finish(),
]  # fmt: skip
"""Back over the first question, two doubts confirmed, a support page, an emergency, and text that looks like markup."""

CHANGING: list[Action] = [
    Give("south"), Give("self"), Give(12), Give(UNKNOWN), Give(UNKNOWN), Give(True), Give(DECLINED),
    Give("never"), Give("never"), Give("never"), Give(frozenset({"none"})), Give(DECLINED), Give(5), Give(False),
    Give(DECLINED), Change("alone"), Give(True), Change("items"), Give(frozenset({"oxygen"})), Give(Decimal("2.5")),
    Change("flown_before"), Give(False), Change("age"), Back(), Back(), Give("well"), Change("chest_pain"),
    Give(True), Give(False), Finish(),
]  # fmt: skip
"""Changes from the check: one answer, one with a new follow-up, one that sets another aside, one given up."""

SCRIPTED = {"urgent": URGENT, "changing": CHANGING}


def copies(session: InterviewSession) -> tuple[str, str]:
    """Both copies; which face it was is the one thing that may differ."""
    metadata = replace(session.metadata, mode="plain")
    clinician = clinician_summary(session.content, session.interview, metadata, ReportedAlarms(session.alarms))
    return text.render(session.summary()), text.render(clinician)


def prompts_agree(content: Content, walk: list[Action]) -> None:
    expected = copies(through_interview(content, walk))
    talked = console(content, script(content, walk))
    assert talked.code == 0
    assert talked.printed == expected[0]
    assert copies(talked.session) == expected


@pytest.mark.parametrize("walk", SCRIPTED.values(), ids=SCRIPTED)
async def test_scripted_walks_agree_on_every_face(flight: Content, walk: list[Action]) -> None:
    """The prompts, the screens and the interview itself come to the same two copies."""
    prompts_agree(flight, walk)
    async with at_screens(flight) as person:
        session = await through_screens(person, walk)
        assert session.finished
        assert copies(session) == copies(through_interview(flight, walk))


@given(st.data())
def test_any_walk_agrees_with_the_interview(data: st.DataObject) -> None:
    """Whatever is answered, left out, gone back to and changed."""
    prompts_agree(flight(), data.draw(walks(flight())))


@given(samples(contents()), st.data())
def test_any_walk_through_any_questionnaire_agrees(sample: Sample, data: st.DataObject) -> None:
    """Also with questions and rules that nobody has written yet."""
    prompts_agree(sample.content, data.draw(walks(sample.content)))


@settings(max_examples=10)
@given(st.data())
def test_walks_through_the_shipped_questionnaire_agree(data: st.DataObject) -> None:
    """And with the questionnaire that people are asked."""
    prompts_agree(shipped(), data.draw(walks(shipped())))
