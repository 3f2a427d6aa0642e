"""The day of a treatment and what comes after it, with the questionnaires that the program ships, on real terminals.

The clock of all programs stands where the test puts it.
"""

from __future__ import annotations

import datetime
import json
import signal
from contextlib import ExitStack
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from screener.content.compiled import Content
from screener.content.load import load
from screener.engine.interview import Interview
from screener.model.response import Entry
from screener.store.appointments import NewAppointment, enter
from screener.store.person import new_person
from tests.readings import clock as at
from tests.staff.clinic import OTHER, OTHER_PASSPHRASE, PASSPHRASE, STAFF, Clinic
from tests.terminal.clinic_week import Member, hears, sees_to
from tests.terminal.injected_clock import InjectedClock
from tests.terminal.keys import ENTER, ESCAPE, TAB
from tests.terminal.terminal import ROOT, Terminal
from tests.terminal.treatment_day import (
    ANA,
    BOB,
    JO,
    KIM,
    LOCK,
    RECORD,
    Premises,
    answers,
    begins,
    confirms,
    corrects,
    finishes,
    gives_back,
    in_pain,
    kills_person,
    leaves,
    leaves_recording,
    nothing_urgent,
    opens,
    recorded,
    saves_copies,
    types_words,
)  # fmt: skip
from tests.terminal.walking import go_on, walk

DAY = datetime.date(2026, 3, 1)
DOSE = 10 * 60
"""Minutes of the day at which the dose is given."""
MIS_TYPED = "typed the wrong number"
BEFORE: dict[str, Entry] = {
    "identity": True,
    "consent": True,
    "prescriber": True,
    "enrolled": "yes",
    "tests_done": frozenset({"none"}),
    "weight": Decimal("71.5"),
    "top_before": 128,
    "bottom_before": 82,
    "pulse_before": 70,
    "spo2_before": 98,
    "breaths_before": 14,
    "signs_before": True,
    "product": "esketamine-spray",
    "route": "nose",
    "dose": Decimal(56),
    "lot": "L-4711",
    "dose_at": at(DOSE),
}
SEEN: dict[str, Entry] = {
    "top": 130,
    "bottom": 84,
    "pulse": 72,
    "spo2": 98,
    "breaths": 14,
    "alertness": "5",
    "unreal": False,
    "feels_sick": False,
    "distress": False,
    "done": "",
    "another_reading": True,
}
"""What is seen at a reading, where nothing else is said."""
AFTER: dict[str, Entry] = {
    "sedated": False,
    "dissociated": False,
    "slow_breathing": False,
    "serious_event": False,
    "watched_until": at(DOSE + 130),
    "signs_after": True,
    "form_sent": False,
    "scales_rated": False,
}
AT_THE_DOOR: dict[str, Entry] = {
    "last_dose_at": at(DOSE),
    "awake": True,
    "real": True,
    "breathes": True,
    "pressure_seen": True,
    "oriented": True,
    "feels_sick": False,
    "safety_asked": "questionnaire",
    "told_driving": True,
    "advice_given": True,
    "number_given": True,
    "next_date": DAY + datetime.timedelta(days=7),
    "way_home": "with-someone",
    "left_at": at(DOSE + 135),
    "leaving_words": "",
}
"""All but how the person walks, and whether they were told the signs: nobody records these two."""


@cache
def content_of(name: str) -> Content:
    return load(ROOT, name)


@pytest.fixture
def premises(tmp_path: Path) -> Premises:
    clinic = Premises(tmp_path, InjectedClock(tmp_path, DAY))
    clinic.clock.says("09:00")
    clinic.founded()
    return clinic


def takes_a_reading(console: Terminal, interview: Interview, number: int, last: int, until: str | None = None) -> None:
    """Go round once: what is seen, 15 minutes after the round before, up to a question or to the end of the round."""
    end = "sedated" if number == last else f"reading_at.{number + 1}"
    told = {**SEEN, "reading_at": at(DOSE + 15 * number), f"another_reading.{last}": False}
    console.shows(f"Reading {number}")
    go_on(console, interview, recorded(told), until=until or end)


def copies_of(premises: Premises, questionnaire: str) -> tuple[str, Any]:
    """Return the copy of what was recorded with a questionnaire, as text and as JSON, of those that staff saved."""
    for path in sorted((premises.folder / "exports").glob("*.json")):
        copy = json.loads(path.read_text("utf-8"))
        if copy["questionnaire"]["id"] == questionnaire:
            return path.with_suffix(".txt").read_text("utf-8"), copy
    pytest.fail(f"There is no copy of {questionnaire!r}.")


def test_two_members_of_staff_see_somebody_off(tmp_path: Path) -> None:
    """A moment of the day below: nothing is proposed where several things can be recorded; whoever goes on after a kill
    has everything, and the minutes are those of the clock."""
    home = tmp_path / ".home" / "data" / "screener"
    home.mkdir(mode=0o700, parents=True)
    clinic, premises = Clinic(home), Premises(tmp_path, InjectedClock(tmp_path, DAY))
    expected = NewAppointment(new_person(ANA.name, ANA.reference, "1987", "", "", DAY.year), "session-day", DAY)
    enter(clinic.staff_store(), [expected])
    premises.clock.says("12:00")
    first, second = Member(STAFF, PASSPHRASE), Member(OTHER, OTHER_PASSPHRASE)
    with ExitStack() as stack:
        console = premises.opened(stack, "staff", size=(80, 24))
        first.unlocks(console)
        opens(console, ANA)
        console.keys(RECORD)
        console.shows("Is this the person?")
        assert "(*)" not in console.text
        console.read_page()
        console.keys(TAB)
        console.focuses("This is the person")
        console.keys(ENTER)
        console.shows("Error: Choose what you record.")
        console.keys(ESCAPE)
        console.shows_no("Is this the person?")
        confirms(console, ANA, "Begin: Leaving after a treatment, recorded by staff")
        interview = begins(console, content_of("leaving"))
        console.shows("When was the last dose of today given?")
        assert not any(words in console.text for words in ("It goes on where it was left", "min left"))
        go_on(console, interview, recorded(AT_THE_DOOR), until="awake")
        console.shows("Now 120 min since the last dose (10:00). Next by your schedule: 120 min (12:00).")
        go_on(console, interview, recorded(AT_THE_DOOR), until="real")
        console.signal(signal.SIGKILL)
        console.ends()
        premises.clock.says("12:20")
        console = premises.opened(stack, "staff", size=(60, 18))
        second.unlocks(console)
        opens(console, ANA)
        confirms(console, ANA, "Go on: Leaving after a treatment")
        console.shows("It goes on where it was left; what was recorded so far is kept.")
        console.shows("Now 140 min since the last dose (10:00).")
        go_on(console, interview, recorded(AT_THE_DOOR), until="breathes")
        leaves_recording(console)
        leaves(console)
    staff_store = clinic.staff_store()
    (listed,) = staff_store.responses()
    told = [(past.question, past.by, f"{past.at:%H:%M}") for past in staff_store.read(listed.id).history]
    assert told == [("last_dose_at", STAFF, "12:00"), ("awake", STAFF, "12:00"), ("real", OTHER, "12:20")]
    staff_store.check_audit()


def are_right_in_the_copies(premises: Premises) -> None:
    """Who recorded what, when, how long after the dose, what was corrected, and what nobody recorded."""
    text, copy = copies_of(premises, "monitoring")
    answers = {answer["question"]: answer for answer in copy["answers"]}
    assert entered(answers["dose_at"]) == (JO.name, "10:00")
    for number, who in enumerate((JO, JO, JO, KIM, KIM, JO, JO, JO), 1):
        hour, minute = divmod(DOSE + 15 * number, 60)
        assert answers[f"top.{number}"]["occurrence"]["minutes"] == 15 * number
        assert entered(answers[f"top.{number}"]) == (who.name, f"{hour:02}:{minute:02}")
    assert entered(answers["pulse.3"]) == (KIM.name, "10:47")
    assert "top.9" not in answers
    corrected = answers["bottom.3"]
    assert (corrected["answer"], corrected["reason"], entered(corrected)) == (88, MIS_TYPED, (KIM.name, "10:47"))
    assert [(each["answer"], (each["by"], each["at"][11:16])) for each in corrected["earlier"]] == [
        (84, (JO.name, "10:45"))
    ]
    assert all(words in text for words in (JO.name, KIM.name, "corrected to", "10:47"))

    text, copy = copies_of(premises, "leaving")
    absent = {answer["question"] for answer in copy["answers"] if answer["absent"] == "unknown"}
    assert absent == {"walks", "signs_told"}
    assert {entered(answer) for answer in copy["answers"] if not answer["absent"]} == {(JO.name, "12:15")}
    assert "not recorded" in text


def entered(answer: Any) -> tuple[str, str]:
    """Return who entered an answer, and at what time of day."""
    return answer["entered"]["by"], answer["entered"]["at"][11:16]


def are_right_over_time(premises: Premises) -> None:
    """All that was answered and recorded is of Ana, and nothing of Bob."""
    typed = (*JO.typed, ANA.reference)
    series = json.loads(premises.run("clinic", "series", "--person", "--format", "json", typed=typed))
    assert series["person"]["reference"] == ANA.reference
    names = ["session-day", "monitoring", "leaving", "after-24-hours", "weekly"]
    assert [response["questionnaire"]["id"] for response in series["responses"]] == names
    assert all(response["finished"] for response in series["responses"])
    days = [datetime.date.fromisoformat(response["started"][:10]) - DAY for response in series["responses"]]
    assert [day.days for day in days] == [0, 0, 0, 1, 7]
    assert not series["unread"]


@pytest.mark.long
def test_a_treatment_day_and_the_week_after_it(premises: Premises) -> None:
    """Ana has a treatment: nothing that was shown as saved is lost, whoever dies, and it is known who did what when."""
    clock, monitoring, leaving, today = premises.clock, content_of("monitoring"), content_of("leaving"), str(DAY)
    for_ana = premises.words_for(ANA, "session-day", today, "09:30")
    for_bob = premises.words_for(BOB, "session-day", today, "11:00")
    with ExitStack() as stack:
        # Ana answers at the kiosk, whose program dies once.
        clock.says("09:20")
        kiosk = premises.opened(stack, "kiosk", "session-day")
        session_day = content_of("session-day")
        types_words(kiosk, for_ana, session_day.questionnaire.welcome.heading)
        interview = walk(kiosk, session_day, nothing_urgent, until="bp_tablets")
        kills_person(kiosk)
        assert ANA.name not in kiosk.text
        kiosk.read_page()
        kiosk.press("Go on")
        go_on(kiosk, interview, nothing_urgent)
        gives_back(kiosk)

        # Jo records before the dose, the dose, and two readings; in the middle of the third the console dies.
        clock.says("09:50")
        console = premises.opened(stack, "staff")
        JO.unlocks(console)
        opens(console, ANA)
        confirms(console, ANA, "Begin: During a treatment, recorded by staff")
        interview = begins(console, monitoring)
        go_on(console, interview, recorded(BEFORE), until="dose_at")
        clock.says("10:00")
        go_on(console, interview, recorded(BEFORE), until="reading_at.1")
        console.shows("Now 0 min since the dose (10:00). Next by your schedule: 15 min (10:15).")
        for number in (1, 2):
            clock.says(f"10:{15 * number}")
            takes_a_reading(console, interview, number, last=8)
        clock.says("10:45")
        takes_a_reading(console, interview, 3, last=8, until="pulse.3")
        console.signal(signal.SIGKILL)
        console.ends()

        # Kim goes on there, and corrects what Jo entered.
        clock.says("10:47")
        console = premises.opened(stack, "staff")
        KIM.unlocks(console)
        opens(console, ANA)
        confirms(console, ANA, "Go on: During a treatment, recorded by staff")
        console.shows(f"For {ANA.sign}; entered by {KIM.name}")
        console.shows("Now 47 min since the dose (10:00). Next by your schedule: 60 min (11:00).")
        console.shows("What was the pulse?")
        console.keys(ESCAPE)
        console.shows("bottom number of the blood pressure?")
        corrects(console, "84", "88", MIS_TYPED)
        takes_a_reading(console, interview, 3, last=8)

        # Bob says at the kiosk that he has pain in the chest. Kim hears of it where she records, and goes to him.
        clock.says("11:00")
        console.shows("When was this reading?")
        types_words(kiosk, for_bob, session_day.questionnaire.welcome.heading)
        bobs = walk(kiosk, session_day, in_pain, until="red_flags_when")
        hears(console)
        sees_to(console)
        console.shows("When was this reading?")
        go_on(kiosk, bobs, in_pain)
        gives_back(kiosk)
        for number in (4, 5):
            takes_a_reading(console, interview, number, last=8)
            clock.says("11:15")
        leaves_recording(console)

        # Jo takes the readings after that, the last one two hours after the dose. One is without oxygen.
        console.keys(LOCK)
        JO.unlocks(console)
        opens(console, ANA)
        confirms(console, ANA, "Go on: During a treatment, recorded by staff")
        for number in (6, 7, 8):
            hour, minute = divmod(DOSE + 15 * number, 60)
            clock.says(f"{hour}:{minute:02}")
            takes_a_reading(console, interview, number, last=8)
        go_on(console, interview, recorded(AFTER))
        finishes(console)

        # Jo sees Ana off: two things are not recorded.
        clock.says("12:15")
        confirms(console, ANA, "Begin: Leaving after a treatment, recorded by staff")
        interview = begins(console, leaving)
        go_on(console, interview, recorded(AT_THE_DOOR))
        finishes(console)
        leaves(console)
        kiosk.signal(signal.SIGTERM)
        kiosk.ends()

    # The day after, and a week later, Ana answers at the kiosk again.
    for name, days in (("after-24-hours", 1), ("weekly", 7)):
        clock.says("10:00", days_later=days)
        words = premises.words_for(ANA, name, str(DAY + datetime.timedelta(days=days)), "10:00")
        with ExitStack() as stack:
            kiosk = premises.opened(stack, "kiosk", "session-day")
            answers(kiosk, words, content_of(name))
            kiosk.signal(signal.SIGTERM)
            kiosk.ends()

    with ExitStack() as stack:
        console = premises.opened(stack, "staff", size=(110, 30))
        KIM.unlocks(console)
        opens(console, ANA)
        console.shows("Responses: 5")
        for title in ("During a treat", "Leaving after a"):
            saves_copies(console, ANA, title)
        leaves(console)
    are_right_in_the_copies(premises)
    are_right_over_time(premises)
    premises.run("verify", "--audit", typed=JO.typed)
