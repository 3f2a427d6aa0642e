"""The rule books of the invented and of the shipped content, made as ``screener rulebook`` makes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from screener.check.cases import read_cases
from screener.check.hazards import read_hazards
from screener.content.folders import questionnaires
from screener.content.load import load
from screener.content.validate import read_model
from screener.rulebook.book import rule_book
from screener.rulebook.grade import grader
from screener.rulebook.html import render
from screener.rulebook.setting import Setting
from screener.ruleset import Wording
from tests.rulebook.page import Element, read

TESTS = Path(__file__).parents[1]


def setting_of(folder: Path) -> Setting:
    """Everything about the one questionnaire of a folder that a book needs; nothing is proved."""
    content = load(folder, *questionnaires(folder))
    wording = read_model(folder / "rules" / "wording.yaml", folder, Wording, [])
    hazards = read_hazards(folder, [])
    assert wording
    cases = read_cases(content, [])
    return Setting(content, cases, wording.model, hazards.model if hazards else None, None, grader())


@pytest.fixture(scope="session")
def invented() -> Setting:
    return setting_of(TESTS / "content")


@pytest.fixture(scope="session", params=["invented", "shipped"])
def setting(request: pytest.FixtureRequest, invented: Setting) -> Setting:
    """Each content in turn."""
    return invented if request.param == "invented" else setting_of(TESTS.parent)


@pytest.fixture(scope="session")
def page(setting: Setting) -> Element:
    """The book as HTML, read back."""
    return read(render(rule_book(setting)))
