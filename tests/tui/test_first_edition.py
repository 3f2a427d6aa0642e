"""What people press and see on the questionnaire of the first edition, as 0.1.0 had it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from screener.content.compiled import Content
from screener.content.load import load
from screener.model.questionnaire import Question
from screener.tui.widgets.answer_list import FIELD_KEYS, LIST_KEYS
from screener.tui.widgets.answer_rows import rows_of
from tests.tui.screens import Screens, screens

FROZEN = Path(__file__).parents[1] / "frozen" / "v0_1_0" / "content.zip"
MOST_KEYS = 150
"""What 0.1.0 asked of the same person: 184 keys."""
NUMBERS = {"age": "35", "medicines_count": "0", "systolic": "120", "diastolic": "75"}
FIRST = {"region", "answered_by", "typed_by"}


@pytest.fixture(scope="module")
def first_edition(tmp_path_factory: pytest.TempPathFactory) -> Content:
    folder = tmp_path_factory.mktemp("first-edition")
    zipfile.ZipFile(FROZEN).extractall(folder)
    return load(folder, "ketamine-pre-screening")


def keys_of_a_healthy_person(question: Question) -> list[str]:
    """What somebody presses whom nothing ails and who has nothing to add: no, none, the first option."""
    if question.type == "text":
        return [FIELD_KEYS[0]]
    if question.id in NUMBERS or question.type in ("integer", "decimal"):
        return list(NUMBERS.get(question.id, "0"))
    if question.type == "yes_no":
        return ["2"]
    rows = rows_of(question)
    none = [number for number, option in enumerate(question.options) if option.exclusive]
    return [LIST_KEYS[none[0]] if none and none[0] < len(LIST_KEYS) else LIST_KEYS[0]] if rows else []


async def press(person: Screens, *keys: str) -> int:
    await person.press(*keys)
    return len(keys)


async def test_a_healthy_person_presses_few_keys(first_edition: Content) -> None:
    """From the first page to the last, nobody whom nothing ails presses more than 150 keys."""
    async with screens(first_edition, next(iter(first_edition.questionnaire)).id, welcome=True) as person:
        pressed = await press(person, "enter")
        while (question := person.app.interview.current) is not None:
            pressed += await press(person, *keys_of_a_healthy_person(question), "enter")
            assert person.page in ("QuestionPage", "ReviewPage"), (question.id, person.text)
        pressed += await press(person, "f4")
        assert person.page == "ConfirmationPage"
        pressed += await press(person, "enter", "tab", "tab", "enter")  # Done, and leave without a copy.
    assert person.app.return_code == 0
    assert pressed <= MOST_KEYS
