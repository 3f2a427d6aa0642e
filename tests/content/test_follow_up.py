"""The questionnaires of a treatment day and afterwards: what holds for each of them, beside the check and its cases."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from textwrap import indent

import pytest

from screener.check.folder import check_folder
from screener.content.load import LoadedContent, load
from screener.content.translatable import translatable_texts
from screener.content.translate import languages_of
from screener.engine.interview import Interview
from screener.engine.rules import Outcome
from screener.engine.walk_length import walk_minutes, walk_minutes_in_words
from screener.model.response import AbsentReason, AnswerValue, Entry
from screener.paths import questionnaires
from screener.proofs.prove import PROPERTIES, prove
from tests.check.copies import copied

ROOT = Path(__file__).parents[2]
FIRST, *OTHERS = questionnaires(ROOT)
VERDICTS = re.compile(
    r"\b(ready|readiness|improved?|improvement|improving|better than|safe|recovered|well enough)\b", re.I
)
PUBLISHED = re.compile(r"\b(phq9_9|phq9_total|gad7_total|auditc_total)\b")
"""Numbers with published cut points, which are in the texts of the rules that read them."""


@cache
def content_of(name: str) -> LoadedContent:
    return load(ROOT, name)


FOLLOW_UPS = [name for name in OTHERS if not content_of(name).questionnaire.is_for_staff]
"""Those that a person answers; what staff record is in ``test_treatment_day``."""


def person_text(content: LoadedContent) -> str:
    """Return every text of our own that a person or a clinician reads: pages, questions with their help, and rules.

    What an instrument publishes is verbatim, and no wording of ours.
    """
    models = (content.template, *content.template.instruments, content.ruleset)
    texts = (text for model in models for text in translatable_texts(model).values())
    return "\n".join(text.text for text in texts if not text.published)


def test_the_questionnaire_before_a_talk_is_the_one_that_is_started() -> None:
    assert FIRST == "ketamine-pre-screening"
    assert FOLLOW_UPS


def test_titles_tell_the_questionnaires_apart() -> None:
    """Check that no two are called alike, because staff and a person at a terminal choose by title."""
    titles = [content_of(name).questionnaire.title for name in (FIRST, *OTHERS)]
    assert len({title.casefold() for title in titles}) == len(titles)
    headings = [content_of(name).questionnaire.welcome.heading for name in (FIRST, *OTHERS)]
    assert len(set(headings)) == len(headings)


@pytest.mark.parametrize("name", FOLLOW_UPS)
def test_it_speaks_the_languages_of_the_first(name: str) -> None:
    """Check that a clinic that reads in one of them can offer every questionnaire."""
    assert languages_of(content_of(name)) == languages_of(content_of(FIRST))


@pytest.mark.parametrize("name", FOLLOW_UPS)
def test_its_first_page_names_no_time_twice(name: str) -> None:
    """Check that a walk of five minutes is not said to take "5 to 5" minutes."""
    content = content_of(name)
    least, most = walk_minutes(content.form)
    assert walk_minutes_in_words(content.form) == (f"{least} to {most}" if least < most else str(most))


@pytest.mark.parametrize("name", FOLLOW_UPS)
def test_every_question_says_why_it_is_asked(name: str) -> None:
    for question in content_of(name).questionnaire:
        assert question.why, question.id
        assert question.short_text, question.id


@pytest.mark.parametrize("name", FOLLOW_UPS)
def test_suicide_is_asked_about_as_published_only(name: str) -> None:
    """Check that the ASQ is asked whole, and that no question of our own asks about ending one's life."""
    content = content_of(name)
    assert [question.id for question in content.questionnaire if question.id.startswith("asq_")] == [
        f"asq_{number}" for number in range(1, 6)
    ]
    instruments = {"asq", "phq-9"}
    for section in content.questionnaire.sections:
        for question in section.questions:
            words = f"{question.text} {' '.join(option.label for option in question.options)}".lower()
            asks = re.search(r"\b(kill|suicid\w*|dead|ending your life|end your life|die)\b", words)
            assert section.id in instruments or not asks, question.id


@pytest.mark.parametrize("name", FOLLOW_UPS)
def test_its_urgent_rules_say_that_nobody_watches_and_have_no_number(name: str) -> None:
    for rule in content_of(name).ruleset.rules:
        if page := rule.interruption:
            text = " ".join(page.paragraphs)
            assert "Nobody is watching your answers as you type." in text, rule.id
            assert not re.search(r"\d", text), rule.id
            assert rule.persists, rule.id


@pytest.mark.parametrize("name", FOLLOW_UPS)
def test_regions_are_those_of_the_first(name: str) -> None:
    """Check that nobody gets fewer crisis lines on a later day."""
    first, later = (content_of(each).questionnaire.question["region"].option for each in (FIRST, name))
    assert list(first) == list(later)


def test_every_text_of_a_questionnaire_is_looked_at() -> None:
    """Check that titles, the first page, questions, help, reasons and options are read, and what the last page says."""
    text = person_text(content_of("monitoring"))
    pages = ("Each entry has your name", "is kept, with who", "What happened")
    for part in (*pages, "Was the person sedated", "The key 6", "Trials and", "Responds readily", "Staff wrote down"):
        assert part in text


@pytest.mark.parametrize("name", FOLLOW_UPS)
def test_nothing_is_called_ready_improved_or_safe(name: str) -> None:
    assert VERDICTS.findall(person_text(content_of(name))) == []


@pytest.mark.parametrize("name", [FIRST, *FOLLOW_UPS])
def test_a_phrase_can_stand_in_a_list_without_its_answers(name: str) -> None:
    """Check that answers stand in brackets only: the lists of what is not known print a phrase without these parts."""
    for rule in content_of(name).ruleset.rules:
        outside = re.sub(r"\[.*?\]", "", rule.phrase or "")
        assert outside.strip(), rule.id
        assert "{" not in outside, rule.id


@pytest.mark.parametrize("name", FOLLOW_UPS)
def test_no_rule_has_a_limit_that_no_source_gives(name: str) -> None:
    """Check that only published scales and the days of their recall are compared with a number: no hour, weight or time
    raises anything."""
    content = content_of(name)
    recalls = {score.recall for each in content.questionnaire.instruments for score in each.scores}
    for rule in content.ruleset.rules:
        compared = re.findall(r"(\w+) *[<>]=?", rule.when)
        if rule.when == "days_since_previous < 14":
            assert "2 weeks" in recalls
        else:
            assert all(PUBLISHED.fullmatch(left) for left in compared), rule.id


@pytest.mark.parametrize("name", FOLLOW_UPS)
def test_facts_that_are_recalled_are_marked(name: str) -> None:
    """Check that a text that says "recalled" has a citation that is to be checked, and the other way round."""
    for rule in content_of(name).ruleset.rules:
        marks = {citation.mark for citation in rule.sources}
        said = "recalled" in rule.clinician or "not read in the original" in str(rule.sources)
        assert said == ("to-be-checked" in marks), rule.id


@pytest.mark.parametrize("name", FOLLOW_UPS)
def test_everything_proved_of_the_first_is_proved_of_it(name: str) -> None:
    findings = prove(content_of(name), lambda *_: None)
    assert len(findings) == len(PROPERTIES)
    assert [finding for finding in findings if not finding.holds] == []


@pytest.mark.parametrize("name", FOLLOW_UPS)
def test_somebody_with_nothing_to_tell_is_interrupted_by_nothing(name: str) -> None:
    """Check a walk with no, none and zero to everything: it ends, and no urgent page and no high priority comes."""
    content = content_of(name)
    interview = Interview(content.form, content.rules)
    while question := interview.current:
        interview.record(question.id, calm(content, question.id))
        assert not interview.interruptions, question.id
        interview.next()
    raised = [rule for rule, outcome in interview.assessment.outcomes.items() if outcome is Outcome.RAISED]
    assert {content.ruleset.rule[rule].priority for rule in raised} <= {"inform"}, raised


@pytest.mark.parametrize("name", FOLLOW_UPS)
def test_somebody_who_says_nothing_clears_nothing(name: str) -> None:
    """Check that with every question declined no rule is clear but those that the refusals themselves rule out."""
    content = content_of(name)
    interview = Interview(content.form, content.rules)
    while question := interview.current:
        interview.record(question.id, AbsentReason.DECLINED)
        interview.next()
    clear = [rule for rule, outcome in interview.assessment.outcomes.items() if outcome is Outcome.CLEAR]
    assert clear == []


def test_a_clinic_can_write_its_own_rule_for_food(tmp_path: Path) -> None:
    """Check that the rule of docs/treatment-day.md is in order beside the shipped ones, and that its case holds."""
    page = (ROOT / "docs" / "treatment-day.md").read_text("utf-8")
    rule, source = (block.split("```")[0] for block in page.split("```yaml\n")[1:3])
    folder = copied(ROOT, tmp_path)
    sources = folder / "rules" / "sources.yaml"
    sources.write_text(sources.read_text("utf-8") + "\n" + indent(source, "  "), "utf-8")
    for file, added in (("today.yaml", rule), ("cases/today.yaml", FOOD_CASES)):
        path = folder / "rules" / "session-day" / file
        path.write_text(path.read_text("utf-8") + "\n" + indent(added, "  "), "utf-8")
    before = load(ROOT, "session-day").ruleset.rules
    assert [each.id for each in load(folder, "session-day").ruleset.rules] == [
        *(each.id for each in before),
        "ate-after-eight",
    ]
    assert len(check_folder(folder)) == 1 + len(OTHERS)


def test_a_weekly_scale_says_which_days_it_covers() -> None:
    """Check that each rule on a scale of 2 weeks says so to the clinician, where it is asked each week."""
    rules = content_of("weekly").ruleset.rules
    scales = [rule for rule in rules if re.search(r"_total\b", rule.when)]
    assert [rule.id for rule in scales] == ["low-mood", "worry-and-tension"]
    assert all("It covers the 2 weeks before the day of the answers" in rule.clinician for rule in scales)


FOOD_CASES = """\
- name: Ate at nine
  answers:
    eaten_today: "yes"
    last_food: "09:00"
  raised: [ate-after-eight]

- name: Ate at eight
  answers:
    eaten_today: "yes"
    last_food: "08:00"
  clear: [ate-after-eight]
"""

CALM: dict[str, AnswerValue] = {
    "region": "england",
    "answered_by": "self",
    "slept": "well",
    "fell": "no",
    "mood_since": "same",
    "unwell_hours": 0,
    "bp_tablets": "takes-none",
    "way_home": "with-someone",
    "wants_treatment": "yes",
    "how_long_ago": "4-weeks",
    "worth_it": "yes",
    "go_on": "yes",
}
"""Answers of somebody with nothing to tell, to questions that have no "no" of their own."""


def calm(content: LoadedContent, name: str) -> Entry:
    question = content.questionnaire.question[name]
    if name in CALM:
        return CALM[name]
    match question.type:
        case "yes_no":
            return False
        case "choices":
            return frozenset({"none"})
        case "text":
            return AbsentReason.UNKNOWN
        case "choice":
            return next(
                option.code for option in question.options if option.score == 0 or option.code in ("no", "never")
            )
    raise AssertionError(name)
