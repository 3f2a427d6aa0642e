"""The walk of one person: the next question, the pages that stop it, and its end."""

from __future__ import annotations

import datetime
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.content.compiled import Content
from screener.content.load import load
from screener.engine.interview import Interview, InterviewError
from screener.engine.interview_parts import Acknowledgement, Progress
from screener.model.response import AbsentReason, Entry
from screener.model.types.base import InvalidAnswer
from screener.model.types.date import is_future
from tests.strategies import EVERY_CONTENT, Sample, entries, entry, filled, named

FIXTURES = Path(__file__).parents[1] / "fixtures"

NOW = datetime.datetime(2026, 1, 2, 9, 30, tzinfo=datetime.UTC)
DECLINED = AbsentReason.DECLINED
CONTENTS = pytest.mark.parametrize("made", **named(EVERY_CONTENT))
Made = st.SearchStrategy[Sample]


def changed(folder: Path, name: str, replaced: str, by: str) -> Content:
    """Return the content of the tests with other words in one file of its questions."""
    copy = Path(shutil.copytree(FIXTURES, folder / "content"))
    path = copy / "questions" / "before-a-flight" / name
    text = path.read_text("utf-8")
    assert text.count(replaced) == 1
    path.write_text(text.replace(replaced, by), "utf-8")
    return load(copy, "before-a-flight")


def begin(content: Content, known: dict[str, Entry] | None = None) -> Interview:
    return Interview(content.form, content.rules, known)


def acknowledge_all(interview: Interview) -> None:
    for rule in interview.interruptions:
        interview.acknowledge(rule.id, NOW, by="A nurse")


def walk(interview: Interview, data: st.DataObject) -> list[str]:
    """Answer every question until the check of all answers, and return the ids of the questions."""
    asked = []
    while interview.current:
        asked.append(interview.current.id)
        assert len(asked) <= 2 * len(interview.form.questionnaire.question)
        interview.record(interview.current.id, data.draw(entry(interview.current)))
        acknowledge_all(interview)
        interview.next()
    return asked


def to_the_check(flight: Content, **known: Entry) -> Interview:
    """Return a walk through the flight questionnaire at the check, with only the questions asked of everybody."""
    calm: dict[str, Entry] = {question.id: DECLINED for question in flight.questionnaire}
    interview = begin(flight, calm | {"chest_pain": False, "flown_before": False} | known)
    while interview.current:
        interview.next()
    return interview


# Forwards


def test_begins_with_the_first_question(flight: Content) -> None:
    """Check that a walk begins with the first question of the first section."""
    interview = begin(flight)
    assert interview.current is flight.questionnaire.question["departure"]
    assert interview.section is flight.questionnaire.sections[0]
    assert interview.entry is None
    assert not interview.complete


def test_no_step_without_an_entry(flight: Content) -> None:
    """Check that a question is left only with an answer or an absent reason."""
    interview = begin(flight)
    with pytest.raises(InterviewError, match="departure"):
        interview.next()
    interview.record("departure", DECLINED)
    assert interview.next() is flight.questionnaire.question["typed_by"]


def test_follow_ups_are_asked_where_they_apply(flight: Content) -> None:
    """Check that a follow-up comes right after its question if it is enabled, and is skipped if it is not."""
    for flown, expected in ((True, "last_flight"), (False, "nerves_1"), (DECLINED, "nerves_1")):
        interview = begin(flight, dict.fromkeys(("departure", "typed_by", "age", "alone", "first_flight"), DECLINED))
        while interview.current and interview.current.id != "flown_before":
            interview.next()
        interview.record("flown_before", flown)
        following = interview.next()
        assert following is not None
        assert following.id == expected


@CONTENTS
@given(data=st.data())
def test_every_enabled_question_is_asked_once(made: Made, data: st.DataObject) -> None:
    """Check that a walk asks each enabled question once, no other, and ends at the check with nothing left open."""
    content = data.draw(made).content
    interview = begin(content)
    acknowledge_all(interview)
    asked = walk(interview, data)
    assert len(asked) == len(set(asked))
    applying = {question.id for question in content.questionnaire if interview.state.is_enabled(question.id)}
    assert applying <= set(asked)
    assert interview.complete
    assert interview.current is None
    assert interview.next() is None


@CONTENTS
@given(data=st.data())
def test_complete_exactly_when_every_enabled_question_has_an_entry(made: Made, data: st.DataObject) -> None:
    """Check that a response is complete exactly if every enabled question has an answer or an absent reason."""
    content = data.draw(made).content
    interview = begin(content, data.draw(entries(content.form)))
    waiting = [
        question.id
        for question in content.questionnaire
        if interview.state.is_enabled(question.id) is True and question.id not in interview.state.entries
    ]
    assert interview.complete is not bool(waiting)


@CONTENTS
@given(data=st.data())
def test_only_enabled_questions_are_shown(made: Made, data: st.DataObject) -> None:
    """Check that no sequence of moves shows a question that is not enabled."""
    content = data.draw(made).content
    interview = begin(content)
    acknowledge_all(interview)
    for _ in range(20):
        if interview.current and data.draw(st.booleans()):
            interview.record(interview.current.id, data.draw(entry(interview.current)))
            acknowledge_all(interview)
        if interview.current is None or (interview.entry is not None and data.draw(st.booleans())):
            interview.next()
        else:
            interview.back()
        if interview.current:
            assert interview.state.is_enabled(interview.current.id) is True


# Back and change


def test_back_stays_on_the_first(flight: Content) -> None:
    """Check that back on the first question stays there."""
    interview = begin(flight)
    assert interview.back() is flight.questionnaire.question["departure"]


@given(data=st.data())
def test_back_retraces_the_way(data: st.DataObject) -> None:
    """Check that going back passes the same questions in reverse, with their entries."""
    content = data.draw(EVERY_CONTENT["generated"]).content
    interview = begin(content, data.draw(filled(content.form)))
    acknowledge_all(interview)
    way = []
    while interview.current:
        way.append(interview.current)
        interview.next()
    returned = []
    for _ in way:
        returned.append(interview.back())
        assert interview.entry is not None
    assert returned == way[::-1]


def test_change_returns_to_the_check(flight: Content) -> None:
    """Check that changing an answer without new follow-ups leads straight back to the check."""
    interview = to_the_check(flight)
    assert interview.change("age") is flight.questionnaire.question["age"]
    interview.record("age", 30)
    assert interview.next() is None


def test_change_asks_new_follow_ups_first(flight: Content) -> None:
    """Check that changing an answer with new follow-ups asks those, and only those, before it returns to the check."""
    calm: dict[str, Entry] = {question.id: DECLINED for question in flight.questionnaire if not question.enable_when}
    interview = begin(flight, calm | {"flown_before": False})
    while interview.current:
        interview.next()
    interview.change("flown_before")
    interview.record("flown_before", True)
    assert interview.next() is flight.questionnaire.question["last_flight"]
    interview.record("last_flight", datetime.date(2020, 1, 1))
    assert interview.next() is None


def test_change_opens_only_enabled_questions(flight: Content) -> None:
    """Check that a question that is not enabled cannot be opened."""
    with pytest.raises(InterviewError, match="oxygen_flow"):
        to_the_check(flight, items=frozenset(["stick"])).change("oxygen_flow")


def test_a_question_that_is_no_longer_enabled_can_be_left(flight: Content) -> None:
    """Check that the walk continues, with its progress, from a question that is no longer enabled."""
    interview = begin(flight, {"flown_before": True})
    interview.change("last_flight")
    interview.record("flown_before", False)
    assert interview.progress.furthest == 1
    following = interview.next()
    assert following is None or interview.state.is_enabled(following.id)


def test_an_invalid_answer_changes_nothing(flight: Content) -> None:
    """Check that an entry that is refused leaves the walk as it was."""
    interview = begin(flight, {"age": 30})
    before = interview.response
    with pytest.raises(InvalidAnswer):
        interview.record("age", 400)
    assert interview.response == before


# Urgent pages


def test_urgent_stops_everything(flight: Content) -> None:
    """Check that until the page of an urgent rule is acknowledged, no move is possible."""
    interview = begin(flight)
    interview.record("chest_pain", True)
    assert [rule.id for rule in interview.interruptions] == ["chest-pain"]
    for move in (interview.next, interview.back, lambda: interview.change("age")):
        with pytest.raises(InterviewError, match="urgent"):
            move()
    interview.acknowledge("chest-pain", NOW)
    assert interview.interruptions == []
    assert interview.change("age")


@pytest.mark.parametrize("by", [None, "", "  ", "\t"])
def test_an_emergency_waits_for_staff(flight: Content, by: str | None) -> None:
    """Check that the emergency page is not acknowledged without the name of a member of staff."""
    interview = begin(flight, {"chest_pain": True, "pain_now": True})
    with pytest.raises(InterviewError, match="staff"):
        interview.acknowledge("chest-pain-now", NOW, by)
    assert "chest-pain-now" in [rule.id for rule in interview.interruptions]
    assert interview.acknowledgements == []


def test_emergencies_come_first(flight: Content) -> None:
    """Check that of several urgent pages the emergency is shown first."""
    interview = begin(flight, {"chest_pain": True, "pain_now": True})
    assert [rule.id for rule in interview.interruptions] == ["chest-pain-now", "chest-pain"]


def test_acknowledgements_are_kept(flight: Content) -> None:
    """Check that every acknowledged page stays recorded with its time and name, even if the answer changes later."""
    interview = begin(flight, {"chest_pain": True, "pain_now": True})
    interview.acknowledge("chest-pain-now", NOW, by="A nurse")
    interview.acknowledge("chest-pain", NOW)
    interview.record("chest_pain", False)
    assert interview.acknowledgements == [
        Acknowledgement("chest-pain-now", NOW, "A nurse"),
        Acknowledgement("chest-pain", NOW, None),
    ]


def test_raised_again_is_shown_again(flight: Content) -> None:
    """Check that an urgent answer that is changed and then given again brings its page again."""
    interview = begin(flight, {"chest_pain": True})
    interview.acknowledge("chest-pain", NOW)
    interview.record("chest_pain", False)
    assert interview.interruptions == []
    interview.record("chest_pain", True)
    assert [rule.id for rule in interview.interruptions] == ["chest-pain"]


def test_only_a_page_that_was_shown_is_acknowledged(flight: Content) -> None:
    """Check that a page that no rule raised cannot be acknowledged, so that no summary says that it was shown."""
    interview = begin(flight, {"chest_pain": False})
    with pytest.raises(InterviewError):
        interview.acknowledge("chest-pain", NOW)
    with pytest.raises(InterviewError):
        interview.acknowledge("child-alone", NOW)
    assert interview.acknowledgements == []


# Progress and checks


def test_progress_counts_where_it_can(flight: Content) -> None:
    """Check that questions are counted only if no answer in the section can change their number."""
    interview = begin(flight)
    assert interview.progress == Progress(1, 3, 1)
    for name in ("departure", "typed_by", "age", "alone", "first_flight", "flown_before"):
        interview.record(name, DECLINED)
    while interview.current and interview.current.id != "nerves_1":
        interview.next()
    assert interview.progress == Progress(2, 3, 2, 1, 3)


@CONTENTS
@given(data=st.data())
def test_counts_are_exact(made: Made, data: st.DataObject) -> None:
    """Check that after "question 2 of 5" the section has five pages for all answers, and this is the second."""
    content = data.draw(made).content
    interview = begin(content)
    acknowledge_all(interview)
    shown: dict[str, list[tuple[int | None, int | None]]] = {}
    while interview.current:
        progress, section = interview.progress, interview.section
        assert section is not None
        shown.setdefault(section.id, []).append((progress.question, progress.questions))
        interview.record(interview.current.id, data.draw(entry(interview.current)))
        acknowledge_all(interview)
        interview.next()
    for counts in shown.values():
        total = counts[0][1]
        if total is not None:
            assert counts == [(position, total) for position in range(1, total + 1)]


@pytest.mark.parametrize(
    ("name", "answer", "known", "doubts"),
    [
        ("age", 50, {}, 0),
        ("age", 4, {}, 1),
        ("age", DECLINED, {}, 0),
        ("bag_limit", 10, {"bag": 20}, 1),
        ("bag_limit", 20, {"bag": 20}, 0),
        ("bag_limit", 10, {}, 0),
    ],
)
def test_please_check(flight: Content, name: str, answer: Entry, known: dict[str, Entry], doubts: int) -> None:
    """Check that a likely slip is questioned before it is recorded, and an unknown answer never is."""
    interview = begin(flight, known)
    assert len(interview.please_check(name, answer)) == doubts
    assert interview.response.entries == known


def test_please_check_says_what_was_written(flight: Content) -> None:
    """Check that the question to check names the typed answer and the usual range."""
    assert begin(flight).please_check("age", 4) == ["You typed 4 years. Is that right?"]


def test_a_check_is_made_again_when_another_answer_changes(flight: Content) -> None:
    """Check that the answer given first is asked about too, with the answer that it no longer fits."""
    interview = begin(flight, {"bag": 10, "bag_limit": 20})
    assert interview.please_check("bag", 15) == []
    assert interview.please_check("bag", 30) == [
        "Allowed weight: 20 kg. That is less than your bag weighs. Is it right?"
    ]
    assert interview.please_check("bag_limit", 5) == ["That is less than your bag weighs. Is it right?"]
    assert interview.unfit == []
    interview.record("bag", 30)
    assert [unfit.question.id for unfit in interview.unfit] == ["bag_limit"]
    assert interview.please_check("bag", 30) == []
    assert interview.please_check("age", 40) == []
    interview.record("bag_limit", AbsentReason.DECLINED)
    assert (interview.unfit, interview.please_check("bag", 40)) == ([], [])


def test_a_check_of_a_score_is_made_again_when_an_item_changes(tmp_path: Path) -> None:
    """Check that a check which reads a score, and one whose question is asked again, are not left out."""
    content = changed(tmp_path, "body.yaml", "when: bag_limit < bag", "when: nerves_total > 3 and bag_limit < 9")
    calm: dict[str, Entry] = {f"nerves_{number}": "never" for number in (1, 2, 3)}
    interview = begin(content, {**calm, "bag_limit": 5, "nerves_1": "often"})
    assert interview.please_check("nerves_3", "never") == []
    [doubt] = interview.please_check("nerves_3", "often")
    assert doubt.startswith("Allowed weight: 5 kg. ")


def test_a_question_that_is_asked_again_is_checked_again(tmp_path: Path) -> None:
    """Check that an answer which was set aside is compared when another answer brings it back."""
    content = changed(tmp_path, "body.yaml", "    please_check:\n", "    enable_when: alone\n    please_check:\n")
    interview = begin(content, {"bag": 30, "alone": True, "bag_limit": 5, "age": 40})
    assert [unfit.question.id for unfit in interview.unfit] == ["bag_limit"]
    interview.record("alone", False)
    assert interview.unfit == []
    assert len(interview.please_check("alone", True)) == 1


@pytest.mark.parametrize("days", [1, 366, 9000])
def test_a_date_in_the_future_is_asked_about(flight: Content, days: int) -> None:
    """Check that a year of the future is not taken for a past one without a word, and that the person may keep it."""
    later = datetime.date.today() + datetime.timedelta(days)
    [doubt] = begin(flight).please_check("first_flight", later)
    assert doubt.endswith("That is in the future. Is that right?")
    assert begin(flight).please_check("first_flight", datetime.date.today()) == []


def test_a_date_in_the_future_that_was_kept_stands_above_the_list(flight: Content) -> None:
    """Check that nobody has to find it among all answers, and that it goes when the answer is changed."""
    interview = begin(flight)
    interview.record("first_flight", datetime.date.today() + datetime.timedelta(366))
    [unfit] = interview.unfit
    assert (unfit.question.id, unfit.text) == ("first_flight", "This day is in the future.")
    interview.record("first_flight", datetime.date.today())
    assert interview.unfit == []


def test_a_question_about_the_future_takes_its_days_without_a_word(flight: Content) -> None:
    """Check that an author can say that a day may lie ahead."""
    question = replace(flight.form.questionnaire.question["first_flight"], future=True)
    later = datetime.date.today() + datetime.timedelta(366)
    assert not is_future(question, later)
    assert is_future(replace(question, future=False), later)
