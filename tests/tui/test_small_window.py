"""The smallest window that has room, over every question that is shipped, in every language."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from screener.content.compiled import Content
from screener.content.load import load
from screener.content.translate import in_language, languages_of
from screener.paths import questionnaires, shipped_content
from screener.tui.widgets.scroll_body import ScrollBody
from tests.tui.screens import Screens, screens
from tests.tui.test_first_edition import FROZEN

SIZE = (60, 18)


def first_edition(folder: Path) -> Content:
    zipfile.ZipFile(FROZEN).extractall(folder)
    return load(folder, "ketamine-pre-screening")


async def every_question_is_seen(content: Content, *, all_occurrences: bool = True) -> None:
    """Show each question as the page would ask it, and see the question and where it is answered, all in view.

    Those of a repeating section are shown once, or in all of its occurrences.
    """
    async with screens(content, next(iter(content.questionnaire)).id, size=SIZE) as person:
        for question in content.questionnaire:
            if not all_occurrences and question.id.partition(".")[2] not in ("", "1"):
                continue
            person.app.interview.current = question
            person.app.question_page.update_question()
            await person.settle()
            assert " ".join(question.text.split())[:40] in " ".join(person.text.split()), question.id
            assert begins_in_view(person), question.id


def begins_in_view(person: Screens) -> bool:
    """Return whether the first row of the answers, or all of the field, is in view."""
    page = person.app.question_page
    body = page.query_one(ScrollBody)
    top, seen = body.scroll_y, body.scrollable_content_region.height
    first = page.start.virtual_region
    rows = page.answers.row_region(0).bottom if page.start is page.answers else min(first.height, 3)
    return bool(top <= first.y and first.y + rows <= top + seen)


async def test_question_and_first_answer_are_seen_in_the_first_edition(tmp_path: Path) -> None:
    """At 60 by 18, on every page of what 0.1.0 asked."""
    await every_question_is_seen(first_edition(tmp_path))


@pytest.mark.parametrize("name", questionnaires(shipped_content()))
async def test_question_and_first_answer_are_seen_of_all_that_is_shipped(name: str) -> None:
    """At 60 by 18, on every page of every questionnaire, in the language in which it was written."""
    await every_question_is_seen(load(shipped_content(), name), all_occurrences=False)


@pytest.mark.long
@pytest.mark.parametrize("name", questionnaires(shipped_content()))
async def test_question_and_first_answer_are_seen_in_every_language(name: str) -> None:
    """The same in every language that it has, and in every occurrence of a section."""
    content = load(shipped_content(), name)
    for language in languages_of(content):
        await every_question_is_seen(in_language(content, language))
