"""What a clinician can say from the first page alone, for five responses."""

from __future__ import annotations

import re

import pytest

from screener.document.text import render
from screener.engine.interview import Interview
from screener.model.name_list import closed
from screener.model.response import AbsentReason, Entry
from screener.summary.build import clinician_summary
from tests.content.test_follow_up import content_of
from tests.engine.test_laws import SESSION
from tests.strategies import shipped
from tests.tools.copies import COMPLEX, HEALTHY, case_entries, clinician_document, page_one

CONTENT = shipped()
DECLINED = AbsentReason.DECLINED
PREGNANT: dict[str, Entry] = HEALTHY | {
    "age": 29,
    "pregnancy_applies": "now-or-later",
    "pregnancy": frozenset({"pregnant"}),
    "systolic": DECLINED,
    "medicines_list": closed("folic acid"),
    "asq_4": DECLINED,
}
SILENT: dict[str, Entry] = {
    question.id: DECLINED for question in CONTENT.questionnaire if question.id not in ("region", "age")
} | {"region": "uk", "age": 61}

RESPONSES: dict[str, dict[str, Entry]] = {
    "much to talk about": case_entries(CONTENT, COMPLEX),
    "half finished": case_entries(CONTENT, COMPLEX, sections=5),
    "healthy": case_entries(CONTENT, HEALTHY),
    "pregnant": case_entries(CONTENT, PREGNANT),
    "everything declined": case_entries(CONTENT, SILENT),
}
TO_SPEAK_TO = {
    "much to talk about": r"Reported +ASQ 1 to 4, yes: wishing to be dead.*Reported +PHQ-9 item 9",
    "half finished": r"Reported +ASQ 1 to 4, yes: wishing to be dead.*Reported +PHQ-9 item 9",
    "healthy": r"None +no urgent rule was raised by these answers; that is not a finding",
    "pregnant": r"URGENT ANSWERS +Not answered +ASQ, items left out: 1.*Safety +safety questions declined",
    "everything declined": r"URGENT ANSWERS +Not answered +ASQ, items left out: 4.*Safety +safety questions declined",
}
AGE = {
    "much to talk about": r"Person +43 years",
    "half finished": r"Person +43 years",
    "healthy": r"Person +35 years",
    "pregnant": r"Person +29 years",
    "everything declined": r"Person +61 years",
}
PRESSURE = {
    "much to talk about": r"Pressure +told of high blood pressure \[\d+\]; recalled reading above 140/90: 142/91",
    "half finished": r"Not reached .*recalled reading above 180/100",
    "healthy": r"Pressure +recalled reading above 140/90: 150/85",
    "pregnant": r'top blood pressure number \("prefer not to say"\)',
    "everything declined": r'top blood pressure number \("prefer not to say"\)',
}
PREGNANCY = {
    "much to talk about": r"Pregnancy +pregnant, breastfeeding, or could become pregnant: no",
    "half finished": r"Not reached .*pregnant, or could be; breastfeeding",
    "healthy": r"Pregnancy +pregnant, breastfeeding, or could become pregnant: no",
    "pregnant": r"BEFORE ANYTHING IS PLANNED.*Pregnancy +pregnant, or could be: I am pregnant \[\d+\].*SCORES",
    "everything declined": r'whether questions about pregnancy apply \("prefer not to say"\)',
}
TAKES = {
    "much to talk about": r'medicines in own words: "amlodipine 5 mg, vitamin D; I take nothing else"',
    "half finished": r"Not reached .*medicines in own words",
    "healthy": r'Not answered +everything you take \("prefer not to say"\)',
    "pregnant": r'medicines in own words: "folic acid; I take nothing else"',
    "everything declined": r'everything you take \("prefer not to say"\): medicines in own words',
}
OPEN = {
    "much to talk about": r'Not answered +blood vessels and brain \("I don\'t know"\): aneurysm',
    "half finished": r"Not finished +stopped in part 6 of 16.*Not reached +aneurysm",
    "healthy": r"Not answered +everything you take",
    "pregnant": r"Not answered +top blood pressure number",
    "everything declined": r"Not answered +.*takes ketamine at home now",
}
MOOD = {
    "much to talk about": r"PHQ-9 +20 of 27 \(20-27 severe\); 0 missing",
    "half finished": r"PHQ-9 +20 of 27 \(20-27 severe\); 0 missing.*Not reached +GAD-7",
    "healthy": r"PHQ-9 +0 of 27 \(0-4 minimal or none\); 0 missing",
    "pregnant": r"PHQ-9 +0 of 27 \(0-4 minimal or none\); 0 missing",
    "everything declined": r"PHQ-9 +between 0 and 27 of 27.*9 missing",
}
HOME = {
    "much to talk about": r"Treatment day +nobody to take them home \[\d+\]",
    "half finished": r"All of +.*\+4, page 2",
    "healthy": r"Treatment day +has: someone to take me home, an adult with me until the next day",
    "pregnant": r"Treatment day +has: someone to take me home, an adult with me until the next day",
    "everything declined": r"more, and \+\d+, page 2",
}


@pytest.mark.parametrize("response", RESPONSES)
def test_first_page_alone_answers_eight_questions(response: str) -> None:
    """Who is to be spoken to and why, age, pressure, pregnancy, medicines, what is open, mood, and the way home.

    Where somebody stopped early or declined everything, the way home is among what is counted for page 2.
    """
    page = " ".join(" ".join(page_one(clinician_document(CONTENT, RESPONSES[response]))).split())
    for answer in (TO_SPEAK_TO, AGE, PRESSURE, PREGNANCY, TAKES, OPEN, MOOD, HOME):
        assert re.search(answer[response], page), answer[response]


def test_what_is_cut_ends_with_a_whole_word_and_each_no_stands_whole() -> None:
    """A cut "thoughts of killing self" beside "answered no" would say what nobody answered."""
    page = " ".join(" ".join(page_one(clinician_document(CONTENT, RESPONSES["much to talk about"]))).split())
    assert "Answered no ASQ 5, thoughts of killing self right now; +" in page
    assert "Ask blood vessels and brain (\"I don't … (more" in page


def test_a_refusal_that_raises_an_urgent_topic_is_never_printed_as_a_no() -> None:
    """Under 18 a refusal is urgent: "wishing to be dead: None" would be read as a no."""
    young: dict[str, Entry] = {"age": 17, "asq_1": DECLINED, "asq_2": False, "asq_3": False, "asq_4": False}
    page = " ".join(" ".join(page_one(clinician_document(CONTENT, HEALTHY | young))).split())
    assert 'ASQ questions declined: age: 17; wishing to be dead, in the past few weeks: "prefer not to say"' in page
    assert "None [" not in page


def test_an_option_that_did_not_raise_a_topic_is_not_printed_as_its_reason() -> None:
    """A medicine for blood pressure is none that raises it, and to live alone is not to have no phone."""
    answers: dict[str, Entry] = {
        "medicines_body": frozenset({"blood-pressure"}),
        "medicines_list": closed("theophylline"),
        "after_treatment": frozenset({"escort"}),
        "living_situation": frozenset({"lives-alone"}),
    }
    copy = " ".join(render(clinician_document(CONTENT, HEALTHY | answers)).split())
    assert re.search(r"thyroid hormone, theophylline, ergometrine, vasopressin \[\d+\]", copy)
    assert re.search(r"no calm place, no settled home or no phone \[\d+\]", copy)


def test_items_have_the_numbers_that_their_instrument_prints() -> None:
    """The event that the PC-PTSD-5 asks about first is none of its five items."""
    five = {f"pcptsd5_{number}": number == 5 for number in range(1, 6)}
    copy = " ".join(render(clinician_document(CONTENT, HEALTHY | {"pcptsd5_event": True} | five)).split())
    assert "PC-PTSD-5: Yes 5 feeling guilty or blaming yourself or others" in copy
    assert "An event of this kind, ever: Yes" in copy


@pytest.mark.parametrize(
    ("answers", "untrue"),
    [
        ({"heart": frozenset({"heart-attack"}), "heart_event_when": "last-6-weeks"}, "event in the last 6 months"),
        ({"alcohol_or_drug_problem": "now"}, r"substance problem in the past(?! only)"),
        ({"brain": frozenset({"none"})}, r"head injury(?! still)"),
    ],
)
def test_answered_no_says_no_more_than_was_answered(answers: dict[str, Entry], untrue: str) -> None:
    """One option of several was chosen, so that another one was not is no "no" to what the two have in common."""
    copy = " ".join(render(clinician_document(CONTENT, HEALTHY | answers)).split())
    assert "Answered no" in copy
    assert not re.search(untrue, copy.partition("Appendix")[0])


def test_somebody_who_fell_and_was_hurt_did_not_answer_no_to_a_fall() -> None:
    content = content_of("after-24-hours")
    interview = Interview(content.form, content.rules, {"fell": "hurt", "frightening": False})
    page = " ".join(" ".join(page_one(clinician_summary(content, interview, SESSION))).split())
    assert "fell and was hurt or hit the head [" in page
    assert "Answered no fell without being hurt" in page
