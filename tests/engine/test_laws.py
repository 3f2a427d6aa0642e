"""The laws that hold for every questionnaire: the invented one, the shipped one, and any other."""

from __future__ import annotations

import contextlib
import datetime
import html
import json
import re
from collections.abc import Iterable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.content.compiled import Content
from screener.document.checksum import check
from screener.document.formats import TEXT_FORMATS, render
from screener.document.model import Block, Document, Pairs, Paragraph, closing_notice, opening_notice, plain
from screener.engine.interview import Interview, InterviewError
from screener.engine.response_state import ResponseState
from screener.engine.rules import Assessment, Outcome
from screener.expressions import tree
from screener.expressions.support import support
from screener.model.response import AbsentReason, Entry
from screener.summary.build import clinician_summary, patient_summary
from screener.summary.metadata import SessionMetadata
from tests.strategies import EVERY_CONTENT, Sample, absent, answers, entries, entry, filled, named, with_rule

START = datetime.datetime(2026, 1, 2, 9, 30, tzinfo=datetime.UTC)
SESSION = SessionMetadata("K7QP-3MXD", "plain", START, START + datetime.timedelta(minutes=12))
CONTENTS = pytest.mark.parametrize("made", **named(EVERY_CONTENT))
Made = st.SearchStrategy[Sample]


def summaries(content: Content, known: dict[str, Entry]) -> tuple[Document, Document]:
    interview = Interview(content.form, content.rules, known)
    return patient_summary(content, interview, SESSION), clinician_summary(content, interview, SESSION)


def printed(content: Content, known: dict[str, Entry]) -> list[str]:
    """Return both copies in every format."""
    return [render(document, format) for document in summaries(content, known) for format in TEXT_FORMATS]


# 1. A blank never removes a concern


@CONTENTS
@given(data=st.data())
def test_a_blank_never_decides(made: Made, data: st.DataObject) -> None:
    """Check law 1: without an answer, no raised rule becomes clear nor a clear rule raised, only undetermined.

    Only a refusal that the rule names raises it.
    """
    content = data.draw(made).content
    known = data.draw(filled(content.form))
    before = Assessment(content.rules, ResponseState(content.form, known)).outcomes
    fewer = dict(known)
    for question in content.questionnaire:
        if data.draw(st.integers(0, 3)) == 0:
            reason = data.draw(st.none() | absent(question))
            if reason is None:
                del fewer[question.id]
            else:
                fewer[question.id] = reason
            after = Assessment(content.rules, ResponseState(content.form, fewer)).outcomes
            for rule, outcome in after.items():
                refused = reason is AbsentReason.DECLINED and question.id in refusals(content, rule)
                assert outcome in (before[rule], Outcome.UNDETERMINED) or (refused and outcome is Outcome.RAISED), rule
            before = after


def refusals(content: Content, rule: str) -> frozenset[str]:
    """Return the questions that the rule names in ``declined``."""
    return tree.refusals(content.rules.rules[rule].tree)


@CONTENTS
@given(data=st.data())
def test_declining_everything_raises_nothing(made: Made, data: st.DataObject) -> None:
    """Check law 1: with every question left out, each rule has the same outcome as without any entries.

    Only a refusal that the rule names may raise it.
    """
    content = data.draw(made).content
    reasons: dict[str, Entry] = {question.id: data.draw(absent(question)) for question in content.questionnaire}
    left_out = Assessment(content.rules, ResponseState(content.form, reasons)).outcomes
    for rule, outcome in Assessment(content.rules, ResponseState(content.form)).outcomes.items():
        refused = [name for name in refusals(content, rule) if reasons[name] is AbsentReason.DECLINED]
        assert left_out[rule] is outcome or (refused and left_out[rule] is Outcome.RAISED), rule


@CONTENTS
@given(data=st.data())
def test_a_refusal_that_no_rule_names_is_a_blank_like_any_other(made: Made, data: st.DataObject) -> None:
    """Check law 1: for a rule that does not name it, a refusal has the same effect as no entry."""
    content = data.draw(made).content
    known = data.draw(filled(content.form))
    outcomes = Assessment(content.rules, ResponseState(content.form, known)).outcomes
    for question in content.questionnaire:
        if known[question.id] is AbsentReason.DECLINED:
            open_still = {name: entered for name, entered in known.items() if name != question.id}
            for rule, outcome in Assessment(content.rules, ResponseState(content.form, open_still)).outcomes.items():
                assert question.id in refusals(content, rule) or outcomes[rule] is outcome, rule


@CONTENTS
@given(data=st.data())
def test_who_takes_a_refusal_back_clears_nothing_else(made: Made, data: st.DataObject) -> None:
    """Check law 1: if a refusal becomes another blank, a raised rule is never clear, and no rule is raised."""
    content = data.draw(made).content
    known = data.draw(filled(content.form))
    refused = [name for name, entered in known.items() if entered is AbsentReason.DECLINED]
    before = Assessment(content.rules, ResponseState(content.form, known)).outcomes
    without = {name: entered for name, entered in known.items() if name not in refused}
    for rule, outcome in Assessment(content.rules, ResponseState(content.form, without)).outcomes.items():
        assert outcome in (before[rule], Outcome.UNDETERMINED), rule


@pytest.mark.parametrize(
    ("entered", "outcome"),
    [
        ({"alone": AbsentReason.DECLINED}, Outcome.RAISED),
        ({"alone": AbsentReason.UNKNOWN}, Outcome.UNDETERMINED),
        ({"age": AbsentReason.DECLINED}, Outcome.UNDETERMINED),
        ({"alone": True}, Outcome.CLEAR),
        ({}, Outcome.UNDETERMINED),
    ],
)
def test_a_refusal_is_heard_example(entered: dict[str, Entry], outcome: Outcome) -> None:
    """Check law 1 by example: "prefer not to say" raises the rule that names it; "I don't know" and silence do not."""
    content = with_rule("declined(alone)")
    assert Assessment(content.rules, ResponseState(content.form, entered)).outcomes["thing"] is outcome


# 2. Order does not matter


@CONTENTS
@given(data=st.data())
def test_order_never_matters(made: Made, data: st.DataObject) -> None:
    """Check law 2: the same answers in another order give the same response, outcomes and printed summaries."""
    content = data.draw(made).content
    known = data.draw(entries(content.form))
    shuffled = dict(data.draw(st.permutations(list(known.items()))))
    one, other = (Interview(content.form, content.rules, given_entries) for given_entries in (known, shuffled))
    assert one.response == other.response
    assert list(one.response.entries) == list(other.response.entries)
    assert one.assessment.outcomes == other.assessment.outcomes
    assert printed(content, known) == printed(content, shuffled)


@CONTENTS
@given(data=st.data())
def test_an_earlier_answer_leaves_no_trace(made: Made, data: st.DataObject) -> None:
    """Check law 2: a changed answer counts as it is now, without any effect of the earlier one."""
    content = data.draw(made).content
    known = data.draw(entries(content.form))
    once = Interview(content.form, content.rules, known)
    often = Interview(content.form, content.rules, data.draw(entries(content.form)))
    for question in content.questionnaire:
        if question.id in often.state.entries and question.id not in known:
            once.record(question.id, often.state.entries[question.id])
    for name, given_entry in known.items():
        often.record(name, given_entry)
    assert often.response == once.response
    assert often.assessment.outcomes == once.assessment.outcomes


# 3. Set aside and restored


@CONTENTS
@given(data=st.data())
def test_a_question_that_is_not_enabled_leaves_no_trace(made: Made, data: st.DataObject) -> None:
    """Check law 3: answers to questions that are not enabled do not count, and no copy in any format prints them."""
    content = data.draw(made).content
    known = data.draw(filled(content.form))
    interview = Interview(content.form, content.rules, known)
    without = {name: given_entry for name, given_entry in known.items() if name not in interview.set_aside}
    assert not interview.set_aside.keys() & interview.response.entries.keys()
    assert interview.response.entries == without
    assert printed(content, known) == printed(content, without)
    assert interview.assessment.outcomes == Interview(content.form, content.rules, without).assessment.outcomes


@CONTENTS
@given(data=st.data())
def test_an_answer_returns_when_its_question_is_enabled_again(made: Made, data: st.DataObject) -> None:
    """Check law 3: if a change is undone, every answer that was set aside in between returns."""
    content = data.draw(made).content
    known = data.draw(filled(content.form))
    interview = Interview(content.form, content.rules, known)
    before = interview.response
    changed = data.draw(st.lists(st.sampled_from(list(content.questionnaire)), max_size=4, unique=True))
    for question in changed:
        interview.record(question.id, data.draw(entry(question)))
        kept = interview.set_aside | dict(interview.response.entries)
        assert kept.keys() == known.keys()
    for question in changed:
        interview.record(question.id, known[question.id])
    assert interview.response == before


def test_set_aside_example(flight: Content) -> None:
    """Check law 3 by example: without oxygen the flow is set aside; with oxygen again it is back."""
    interview = Interview(flight.form, flight.rules, {"items": frozenset(["oxygen"])})
    interview.record("oxygen_flow", Decimal(3))
    interview.record("items", frozenset(["stick"]))
    assert interview.set_aside == {"oxygen_flow": Decimal(3)}
    interview.record("items", frozenset(["oxygen", "stick"]))
    assert interview.set_aside == {}
    assert interview.response.entries["oxygen_flow"] == Decimal(3)


# 4. The notice


def plain_words(text: str) -> str:
    """Return the letters of a text without the lines, indents and escapes of its format."""
    return "".join(letter for letter in text if letter.isalnum())


@CONTENTS
@given(data=st.data())
def test_the_notice_is_first_and_last(made: Made, data: st.DataObject) -> None:
    """Check law 4: every copy of every response, in every format, begins and ends with the notice."""
    content = data.draw(made).content
    for document in summaries(content, data.draw(entries(content.form))):
        assert document.blocks[0] == opening_notice(document.audience)
        assert document.blocks[-1] == closing_notice(document.audience)
        first, last = (
            plain_words(block.title + "".join(plain(part.words) for part in block.parts if isinstance(part, Paragraph)))
            for block in (document.blocks[0], document.blocks[-1])
        )
        text = render(document, "text")
        assert plain_words(text).startswith(first)
        assert plain_words(re.split("\n-- (?:Seal|Checksum)", text)[0]).endswith(last)
        markdown = plain_words(render(document, "markdown"))
        assert markdown.startswith(first)
        assert markdown.endswith(last)
        page = plain_words(html.unescape(re.sub("<[^>]*>", "", render(document, "html").partition("<main")[2])))
        assert first in page[: len(first) + 10]
        assert page.endswith(last)
        data = json.loads(render(document, "json"))
        assert next(iter(data)) == "notice"
        assert [*data][-1] == "closing_notice"
        assert plain_words("".join(data["notice"])) == first
        assert plain_words("".join(data["closing_notice"])) == last


@pytest.mark.parametrize("copy", ["patient", "clinician"])
def test_the_notice_says_to_talk_to_a_clinician(copy: str) -> None:
    """Check law 4: both notices are headed "Talk to a clinician", and the first says that this is no diagnosis."""
    for block in (opening_notice(copy), closing_notice(copy)):  # type: ignore[arg-type]
        words = " ".join(plain(part.words) for part in block.parts if isinstance(part, Paragraph))
        assert block.title == "Talk to a clinician"
        assert "not a diagnosis" in words
        assert "clinician" in words


# 5. Every topic is traced


@CONTENTS
@given(data=st.data())
def test_every_topic_is_traced(made: Made, data: st.DataObject) -> None:
    """Check law 5: the note of every topic names its rule, the answers that raised it and every one of its sources."""
    content = data.draw(made).content
    interview = Interview(content.form, content.rules, data.draw(entries(content.form)))
    raised = {rule.id: rule for rule in interview.assessment.with_outcome(Outcome.RAISED)}
    document = clinician_summary(content, interview, SESSION)
    assert document.data
    topics = document.data["topics"]
    assert sorted(topic["rule"] for topic in topics) == sorted(raised)
    notes = {part.id: part for block in document.body for part in block.parts if isinstance(part, Block)}
    for topic in topics:
        rule = raised[topic["rule"]]
        note = notes[f"note-{topic['note']}"]
        words = " ".join(plain(part.words) for part in note.parts if isinstance(part, Paragraph))
        assert f"[{topic['note']}] {rule.topic}" == note.title
        assert rule.clinician in words
        assert f"Rule {rule.id}. Sources: " in words
        assert {source["source"] for source in topic["sources"]} == {citation.source for citation in rule.sources}
        assert all(citation.source in words.partition("Sources: ")[2] for citation in rule.sources)
        answered = interview.assessment.supporting_answers(rule.id)
        assert topic["questions"] == answered
        assert answered
        assert all(content.questionnaire.question[name].label in words for name in answered)


@CONTENTS
@given(data=st.data())
def test_every_topic_and_everything_pressing_stands_on_the_first_pages(made: Made, data: st.DataObject) -> None:
    """Check law 5: without the appendix too, every topic is there with the number of its note."""
    content = data.draw(made).content
    interview = Interview(content.form, content.rules, data.draw(entries(content.form)))
    document = clinician_summary(content, interview, SESSION, with_appendix=False)
    text = " ".join(render(document).split())
    for number in range(1, len(interview.assessment.with_outcome(Outcome.RAISED)) + 1):
        assert f"[{number}]" in text


# 11. What a raised rule rests on is named


@CONTENTS
@given(data=st.data())
def test_the_named_answers_are_enough(made: Made, data: st.DataObject) -> None:
    """Check law 11: with the named answers alone every raised rule is raised and every clear rule is clear.

    What says that a named question is asked, or not, belongs to its answer and need not be named.
    """
    content = data.draw(made).content
    named_answers_are_enough(Interview(content.form, content.rules, data.draw(entries(content.form))))


def with_gates(interview: Interview, questions: Iterable[str]) -> set[str]:
    """Return the questions with those by which they are asked or not."""
    form, waiting = interview.form, set(questions)
    implied: set[str] = set()
    while waiting:
        name = waiting.pop()
        implied.add(name)
        if gate := form.enable_when.get(name):
            waiting |= form.source_questions(support(gate, interview.state.facts)) - implied
    return implied


def named_answers_are_enough(interview: Interview) -> None:
    for rule, outcome in interview.assessment.outcomes.items():
        if outcome is not Outcome.UNDETERMINED:
            supporting = interview.assessment.supporting_answers(rule)
            implied = with_gates(interview, supporting)
            known = {name: entry for name, entry in interview.state.entries.items() if name in implied}
            alone = Interview(interview.form, interview.assessment.rules, known)
            assert alone.assessment.outcomes[rule] is outcome


@CONTENTS
@given(data=st.data())
def test_every_source_is_in_the_bibliography(made: Made, data: st.DataObject) -> None:
    """Check law 5: the clinician's copy ends with author, title, year and grade of each cited source."""
    content = data.draw(made).content
    _, document = summaries(content, data.draw(entries(content.form)))
    assert document.data
    cited = {source["source"] for topic in document.data["topics"] for source in topic["sources"]}
    (sources,) = (block for block in document.body if block.id == "sources")
    listed = {pair.label: plain(pair.value) for part in sources.parts if isinstance(part, Pairs) for pair in part.pairs}
    published = {source for part in content.questionnaire.instruments for source in part.sources}
    assert cited <= listed.keys() <= cited | published
    for name, words in listed.items():
        source = content.ruleset.source[name]
        assert all(word in words for word in (source.authors, source.title, source.year, source.grade))


# 8. Progress


@CONTENTS
@given(data=st.data())
def test_progress_never_moves_backwards(made: Made, data: st.DataObject) -> None:
    """Check law 8: the shown section never falls when answers are recorded, changed or left out, or on the way back."""
    content = data.draw(made).content
    interview = Interview(content.form, content.rules)
    questions = list(content.questionnaire)
    reached = interview.progress
    for _ in range(25):
        move = data.draw(st.sampled_from(["answer", "answer", "next", "next", "back", "change", "record"]))
        current = interview.current
        if move == "answer" and current:
            interview.record(current.id, data.draw(entry(current)))
        elif move == "record":
            question = data.draw(st.sampled_from(questions))
            interview.record(question.id, data.draw(answers(question)))
        for rule in interview.interruptions:
            interview.acknowledge(rule.id, START, by="A nurse")
        with contextlib.suppress(InterviewError):
            if move == "next":
                interview.next()
            elif move == "back":
                interview.back()
            elif move == "change":
                interview.change(data.draw(st.sampled_from(questions)).id)
        progress = interview.progress
        assert reached.furthest <= progress.furthest <= progress.sections
        assert (progress.question is None) == (progress.questions is None)
        if progress.question is not None and progress.questions is not None:
            assert 1 <= progress.question <= progress.questions
        reached = progress


@CONTENTS
@given(data=st.data())
def test_every_text_has_a_checksum(made: Made, data: st.DataObject) -> None:
    """Check that every exported text has a checksum that matches."""
    content = data.draw(made).content
    for document in summaries(content, data.draw(entries(content.form))):
        for ascii_only in (False, True):
            assert check(render(document, "text", ascii_only=ascii_only)).holds
