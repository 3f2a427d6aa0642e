"""The rule books of the invented and of the shipped content, made like those of ``screener rulebook``."""

from __future__ import annotations

from pathlib import Path

import pytest

from screener.check.cases import read_cases
from screener.check.hazards import read_hazards
from screener.content.load import load
from screener.content.validate import read_model
from screener.document.html import render
from screener.model.ruleset import Wording
from screener.paths import questionnaires
from screener.rulebook.book import rule_book
from screener.rulebook.context import BookContext
from screener.rulebook.reading_grade import grader
from tests.rulebook.page import Element, read

TESTS = Path(__file__).parents[1]


def setting_of(folder: Path) -> BookContext:
    """Return the context of a book for the one questionnaire of a folder, without proofs."""
    content = load(folder, questionnaires(folder)[0])
    wording = read_model(folder / "rules" / "wording.yaml", folder, Wording, [])
    hazards = read_hazards(folder, [])
    assert wording
    cases = read_cases(content, [])
    return BookContext(content, cases, wording.model, hazards.model if hazards else None, None, grader())


@pytest.fixture(scope="session")
def invented() -> BookContext:
    return setting_of(TESTS / "fixtures")


@pytest.fixture(scope="session", params=["invented", "shipped"])
def setting(request: pytest.FixtureRequest, invented: BookContext) -> BookContext:
    """Return the context of each content in turn."""
    return invented if request.param == "invented" else setting_of(TESTS.parent)


@pytest.fixture(scope="session")
def page(setting: BookContext) -> Element:
    """Return the book as HTML, read back."""
    return read(render(rule_book(setting)))
