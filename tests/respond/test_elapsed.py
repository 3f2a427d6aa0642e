"""Minutes since a moment that the questionnaire names, and what the clinic's own schedule says comes next."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from screener.config import read_configuration
from screener.content.load import load
from screener.content.translate import in_language
from screener.errors import ContentError, ScreenerError
from screener.i18n.formats import local
from screener.model.response import AbsentReason
from screener.page_text.elapsed import elapsed, moment_of
from screener.store.history import recorded_in
from screener.summary import timeline
from screener.summary.context import SummaryContext
from tests.check.copies import change
from tests.respond.test_recording import at_first_question
from tests.respond.ward import Ward, recording, ward


def here(ward: Ward, **later: float) -> datetime.time:
    """The time of day at the place, so much later."""
    return local(ward.clock() + datetime.timedelta(**later)).time().replace(second=0, microsecond=0)


def test_before_the_moment_is_recorded_nothing_is_said(clinic_ward: Ward) -> None:
    session = clinic_ward.begins()
    assert list(elapsed(session)) == []
    session.answer("landed", AbsentReason.NOT_RECORDED)
    assert list(elapsed(session)) == []


def test_minutes_count_by_the_clock(clinic_ward: Ward) -> None:
    session = clinic_ward.begins()
    time = here(clinic_ward, minutes=-5)
    session.answer("landed", time)
    assert list(elapsed(session)) == [f"Now 5 min since the landing ({time:%H:%M})."]
    clinic_ward.clock.go_on(minutes=33, seconds=59)
    assert list(elapsed(session)) == [f"Now 38 min since the landing ({time:%H:%M})."]


def test_a_moment_that_is_still_to_come_is_before(clinic_ward: Ward) -> None:
    session = clinic_ward.begins()
    time = here(clinic_ward, minutes=10)
    session.answer("landed", time)
    assert list(elapsed(session)) == [f"Now 10 min before the landing ({time:%H:%M})."]


@pytest.mark.parametrize("hours", [-11, -1, 0, 1, 11])
def test_midnight_needs_no_date(clinic_ward: Ward, hours: int) -> None:
    """A time belongs to the day that is nearest to when it was recorded."""
    for _round in range(4):
        session = clinic_ward.begins()
        expected = (clinic_ward.clock() + datetime.timedelta(hours=hours)).replace(second=0, microsecond=0)
        session.answer("landed", here(clinic_ward, hours=hours))
        assert moment_of(session) == expected
        clinic_ward.clock.go_on(hours=6)


def test_a_corrected_moment_counts_from_the_right_one(clinic_ward: Ward) -> None:
    session = clinic_ward.begins()
    session.answer("landed", here(clinic_ward))
    right = here(clinic_ward, minutes=-20)
    session.record("landed", right, reason="slip")
    assert list(elapsed(session)) == [f"Now 20 min since the landing ({right:%H:%M})."]


def test_a_moment_that_is_corrected_later_stays_on_its_day(clinic_ward: Ward) -> None:
    """Above the questions as in the timeline of the copy, also where it was left blank for hours at first."""
    session = clinic_ward.begins()
    session.answer("landed", AbsentReason.NOT_RECORDED)
    clinic_ward.clock.go_on(hours=14)
    wrong, right = here(clinic_ward), here(clinic_ward, minutes=-20)
    session.answer("landed", wrong)
    expected = moment_of(session)
    assert expected
    clinic_ward.clock.go_on(hours=30)
    session.record("landed", right, reason="slip")
    assert moment_of(session) == expected - datetime.timedelta(minutes=20)
    metadata = replace(session.metadata, recorded=recorded_in(session.history))
    context = SummaryContext(session.content, session.interview, metadata)
    assert timeline.moment_of(context) == moment_of(session)


def test_the_schedule_is_the_clinics_and_says_no_more(clinic_ward: Ward) -> None:
    """What comes next and what was before it, whatever was recorded; at the very minute it is next."""
    clinic_ward.readings_at = (0, 40, 120)
    session = clinic_ward.begins()
    session.answer("landed", here(clinic_ward))
    times = {minutes: f"{minutes} min ({here(clinic_ward, minutes=minutes):%H:%M})" for minutes in (0, 40, 120)}
    said = {}
    for minute in (0, 1, 40, 41, 120, 121):
        clinic_ward.clock.go_on(minutes=minute - max(said, default=0))
        said[minute] = list(elapsed(session))[1:]
    before = f"Before it: {times[0]}."
    assert said == {
        0: [f"Next by your schedule: {times[0]}."],
        1: [f"Next by your schedule: {times[40]}.", before],
        40: [f"Next by your schedule: {times[40]}.", before],
        41: [f"Next by your schedule: {times[120]}.", f"Before it: {times[40]}."],
        120: [f"Next by your schedule: {times[120]}.", f"Before it: {times[40]}."],
        121: [f"Last by your schedule: {times[120]}."],
    }


async def test_the_page_counts_while_somebody_looks_at_it(clinic_ward: Ward) -> None:
    clinic_ward.readings_at = (0, 40)
    handover, staff_session = await at_first_question(clinic_ward)
    async with recording(clinic_ward, handover, staff_session) as screens:
        await screens.press("enter")
        assert "since the landing" not in screens.text
        await screens.type(f"{here(clinic_ward):%H:%M}")
        await screens.press("enter")
        assert "Now 0 min since the landing" in screens.text
        clinic_ward.clock.go_on(minutes=12)
        screens.app.question_page.show_elapsed()  # type: ignore[attr-defined]
        await screens.settle()
        assert "Now 12 min since the landing" in screens.text
        assert "Next by your schedule: 40 min" in screens.text
        assert screens.app.staff_session.worklist.urgent == []
    staff_session.close()


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the configuration."""
    monkeypatch.setattr("screener.config.configuration_folder", lambda: tmp_path)
    return tmp_path / "config.toml"


def test_the_schedule_is_configured_and_has_no_default(configured: Path) -> None:
    assert read_configuration({}).readings_at_minutes == ()
    configured.write_text("plain = true\n[monitoring]\nreadings_at_minutes = [120, 0, 40]\n", "utf-8")
    assert read_configuration({}).readings_at_minutes == (0, 40, 120)
    assert read_configuration({"SCREENER_READINGS_AT_MINUTES": "15, 30"}).readings_at_minutes == (15, 30)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("[monitoring]\nreadings_at_minutes = 40", "must be a list"),
        ("[monitoring]\nreadings_at_minutes = [4.5]", "Write whole minutes"),
        ("[monitoring]\nreadings_at_minutes = [-1]", "Write whole minutes"),
        ("[monitoring]\nreadings_at_minutes = [2881]", "Write whole minutes"),
        ("[monitoring]\nalarm_above = 140", "and nothing else"),
        ("monitoring = 3", "and nothing else"),
    ],
)
def test_a_schedule_that_is_none_is_a_mistake(configured: Path, written: str, message: str) -> None:
    """There is nothing in it that could ring for a number."""
    configured.write_text(written, "utf-8")
    with pytest.raises(ScreenerError, match=message):
        read_configuration({})


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("watch", "question: landed", "question: landing", "There is no question"),
        ("watch", "question: landed", "question: parachute", "of the type choice"),
        (
            "before-a-flight",
            "title: Before you fly",
            "title: Before you fly\nmoment: {question: age, name: a}",
            "Only staff see",
        ),
    ],
)
def test_a_moment_is_a_time_that_staff_record(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    home = ward(tmp_path / "content")
    change(home, (f"questions/{file}/questionnaire.yaml", old, new))
    with pytest.raises(ContentError, match=message):
        load(home, file)


def test_what_the_moment_and_the_form_are_called_is_translated(tmp_path: Path) -> None:
    home = ward(tmp_path / "content")
    path = home / "questions" / "watch" / "languages" / "es-US.yaml"
    path.parent.mkdir()
    path.write_text(
        "language: es-US\nof: 1.0.0\ntexts:\n  moment.name: el aterrizaje\n  form.name: Formulario del salto\n", "utf-8"
    )
    front = in_language(load(home, "watch"), "es-US").questionnaire
    assert front.moment
    assert front.moment.name == "el aterrizaje"
    assert front.form
    assert front.form.name == "Formulario del salto"
