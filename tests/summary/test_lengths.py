"""How long copies are: the first page in sixty lines, whatever was answered, and nothing cut in silence."""

from __future__ import annotations

from functools import cache

import pytest

from screener.display_text import width
from screener.document.formats import render
from screener.document.model import Document, Pairs, plain
from screener.engine.interview import Interview
from screener.engine.rules import Outcome
from screener.model.response import AbsentReason, Entry
from screener.model.ruleset import Priority
from screener.summary.build import PAGE_LINES, clinician_summary
from screener.summary.context import SummaryContext
from tests.strategies import shipped
from tests.tools.copies import COMPLEX, HEALTHY, SESSION, case_entries, cases, clinician_document, generated, page_one

CONTENT = shipped()
COUNTS = pytest.mark.parametrize("count", [20, pytest.param(60, marks=pytest.mark.long)])
"""How many responses are made up beside those of the cases."""


@cache
def responses(count: int) -> list[dict[str, Entry]]:
    """Return the responses of the cases, so many more of every kind, and the extremes."""
    extremes: list[dict[str, Entry]] = [everything(blank=False), everything(blank=True), {}]
    return [*cases(CONTENT).values(), *generated(CONTENT, count), *extremes]


def everything(*, blank: bool) -> dict[str, Entry]:
    """Return every answer that can raise a rule, or only blanks."""
    entries: dict[str, Entry] = {}
    for question in CONTENT.questionnaire:
        options = [option.code for option in question.options if not option.exclusive]
        if blank:
            entries[question.id] = AbsentReason.DECLINED
        elif question.type == "choices":
            entries[question.id] = frozenset(options)
        elif question.type == "choice":
            entries[question.id] = options[-1]
        elif question.type == "medicines":
            entries[question.id] = "\n".join(["somatropin 5 mg"] * 200)
        elif question.type == "text":
            entries[question.id] = "word " * 799
        else:
            entries[question.id] = int(question.limits.maximum) if question.limits else True
    return entries


@COUNTS
def test_first_page_has_at_most_sixty_lines_for_any_response(count: int) -> None:
    """In all characters and in ASCII."""
    for entries in responses(count):
        document = clinician_document(CONTENT, entries)
        for ascii_only in (False, True):
            lines = page_one(document, ascii_only=ascii_only)
            assert len(lines) <= PAGE_LINES
            assert all(width(line) <= 80 for line in lines)


def test_whole_copy_without_appendix_has_at_most_two_and_a_half_pages_for_a_complex_case() -> None:
    text = render(clinician_document(CONTENT, cases(CONTENT)["complete, complex"], with_appendix=False))
    assert len(text.splitlines()) <= 2.5 * PAGE_LINES


@pytest.mark.parametrize("sections", range(1, len(CONTENT.questionnaire.sections)))
@pytest.mark.parametrize("case", ["complete, complex", "healthy, complete"])
def test_half_finished_is_never_longer_than_complete(case: str, sections: int) -> None:
    """Check every part at which somebody can stop, with the appendix and without.

    Somebody healthy who stops just before the end has little to say; what was not reached takes ten lines.
    """
    answers = COMPLEX if case == "complete, complex" else HEALTHY
    for with_appendix in (True, False):
        whole, part = (
            len(render(clinician_document(CONTENT, entries, with_appendix=with_appendix)).splitlines())
            for entries in (case_entries(CONTENT, answers), case_entries(CONTENT, answers, sections=sections))
        )
        half = sections <= len(CONTENT.questionnaire.sections) // 2
        assert part <= whole + (0 if half else 10)


def first_page_words(document: Document) -> str:
    (page,) = (block for block in document.body if block.id == "first-page")
    pairs = (pair for part in page.parts if isinstance(part, Pairs) for pair in part.pairs)
    return "\n".join(f"{pair.label} {plain(pair.value)}" for pair in pairs)


@COUNTS
def test_urgent_and_priority_topics_and_what_is_open_always_stand_on_the_first_page(count: int) -> None:
    """Check that no length of any text pushes them off the page: raised with their note, open by their words."""
    for entries in responses(count):
        interview = Interview(CONTENT.form, CONTENT.rules, dict(entries))
        context = SummaryContext(CONTENT, interview, SESSION)
        words = first_page_words(clinician_summary(CONTENT, interview, SESSION))
        for topic in context.topics:
            if topic.rule.priority in (Priority.URGENT, Priority.PRIORITY):
                assert context.plain(topic.rule) in words
                assert f"[{topic.number}]" in words
        for rule in context.with_outcome(Outcome.UNDETERMINED):
            if rule.priority in (Priority.URGENT, Priority.PRIORITY):
                assert context.plain(rule) in words


def test_nothing_is_cut_in_silence() -> None:
    """Check that every note number is on the first two pages, and that every shortened row says so."""
    document = clinician_document(CONTENT, everything(blank=False), with_appendix=False)
    text = " ".join(render(document).split())
    for number in range(1, len(SummaryContext(CONTENT, _interview(everything(blank=False)), SESSION).topics) + 1):
        assert f"[{number}]" in text
    words = first_page_words(document)
    assert "page 2" in words
    assert text.count("word word word") > 100


def _interview(entries: dict[str, Entry]) -> Interview:
    return Interview(CONTENT.form, CONTENT.rules, entries)
