"""Whose form is not recorded as sent, and until when it is due: by fact, with no verdict."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from screener.content.load import load
from screener.errors import ContentError
from screener.i18n.formats import local
from screener.model.response import AbsentReason, Entry
from screener.staff.due_forms import due_day, due_forms, due_words
from screener.store import list_entry
from screener.store.response_list import ResponseListItem
from tests.check.copies import change
from tests.respond.test_corrections import correcting
from tests.respond.ward import Ward, side_of_staff, ward
from tests.staff.clinic import CALM

MEMBER = """questions:
  - id: member
    type: choice
    text: Are they a member?
    short_text: member
    options: [{code: "yes", label: "Yes"}, {code: "no", label: "No"}, {code: not-needed, label: Not needed here}]
"""
FORM_OF_MEMBERS = "text: Was the form sent?\n    enable_when: member == 'yes'\n"


def listed(ward: Ward) -> list[ResponseListItem]:
    return ward.staff_store().responses()


def test_a_form_is_due_from_the_first_row_on_until_it_is_sent(clinic_ward: Ward) -> None:
    """Days count from the day on which it was begun. A no, and nothing at all, are not sent."""
    day = local(clinic_ward.clock()).date() + datetime.timedelta(days=7)
    session = clinic_ward.begins()
    assert [due_day(each) for each in listed(clinic_ward)] == [day]
    session.answer("form_sent", False)
    assert [due_day(each) for each in listed(clinic_ward)] == [day]
    session.finish()
    clinic_ward.clock.go_on(days=3)
    session = correcting(clinic_ward)
    session.record("form_sent", True, reason="sent today")
    session.keep()
    assert [due_day(each) for each in listed(clinic_ward)] == [None]
    clinic_ward.staff_store().check_audit()


@pytest.mark.parametrize(
    ("answer", "is_due"), [("yes", True), ("no", False), ("not-needed", False), (AbsentReason.NOT_RECORDED, True)]
)
def test_a_form_that_an_answer_rules_out_is_not_due(tmp_path: Path, answer: Entry, is_due: bool) -> None:
    """Who is not in the programme sends no form of it. A blank rules nothing out, and a correction brings it back."""
    home = ward(tmp_path / "content")
    change(home, ("questions/watch/leaving.yaml", "questions:\n", MEMBER))
    change(home, ("questions/watch/leaving.yaml", "text: Was the form sent?\n", FORM_OF_MEMBERS))
    clinic_ward = Ward(tmp_path / "clinic", content=home)
    session = clinic_ward.begins()
    session.answer("member", answer)
    session.finish()
    assert [due_day(each) is not None for each in listed(clinic_ward)] == [is_due]
    session = correcting(clinic_ward)
    session.record("member", "no" if is_due else "yes", reason="a slip")
    session.keep()
    assert [due_day(each) is not None for each in listed(clinic_ward)] == [not is_due]


def test_only_what_is_due_within_a_week_or_was_is_listed_the_earliest_first(clinic_ward: Ward) -> None:
    clinic_ward.answers("2222-2222", CALM)
    clinic_ward.begins()
    clinic_ward.clock.go_on(days=2)
    clinic_ward.begins()
    days = [due_day(each) for each in due_forms(listed(clinic_ward), clinic_ward.clock())]
    start = local(clinic_ward.clock()).date()
    assert days == [start + datetime.timedelta(days=5), start + datetime.timedelta(days=7)]
    before = clinic_ward.clock() - datetime.timedelta(days=1)
    assert len(due_forms(listed(clinic_ward), before)) == 1
    long_after = clinic_ward.clock() + datetime.timedelta(days=30)
    assert len(due_forms(listed(clinic_ward), long_after)) == 2


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (2, "due in 2 days"),
        (1, "due in 1 day "),
        (0, "due today"),
        (-1, "was due 1 day ago"),
        (-3, "was due 3 days ago"),
    ],
)
def test_it_is_said_as_it_is(clinic_ward: Ward, days: int, words: str) -> None:
    now = clinic_ward.clock()
    day = local(now).date() + datetime.timedelta(days=days)
    assert words in due_words(day, now)
    assert f"({day})" in due_words(day, now)


async def test_the_list_counts_them_and_finds_them(clinic_ward: Ward) -> None:
    clinic_ward.answers("2222-2222", CALM)
    clinic_ward.begins()
    async with side_of_staff(clinic_ward) as staff:
        assert "forms due: 1" in staff.text
        await staff.type("form due")
        assert len(staff.rows) == 1
        assert "Quetzal Tezca" in staff.text
        await staff.resize(140, 40)
        assert "Form not recorded as sent, due in 7" in " ".join(staff.text.split())


def test_an_entry_without_a_form_is_written_as_before(clinic_ward: Ward) -> None:
    """So that an older program reads what people answered."""
    clinic_ward.answers("2222-2222", CALM)
    clinic_ward.begins()
    packed = [list_entry.pack(each.entry) for each in listed(clinic_ward) if each.entry]
    assert sorted(b"form_due" in each for each in packed) == [False, True]
    for each in packed:
        assert list_entry.pack(list_entry.unpack(each)) == each


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("question: form_sent", "question: form", "There is no question"),
        ("question: form_sent", "question: landed", "of the type time"),
        ("respondent: staff\nmoment: {question: landed, name: the landing}\n", "", "Only staff see form"),
    ],
)
def test_a_form_is_a_yes_of_staff(tmp_path: Path, old: str, new: str, message: str) -> None:
    home = ward(tmp_path / "content")
    change(home, ("questions/watch/questionnaire.yaml", old, new))
    with pytest.raises(ContentError, match=message):
        load(home, "watch")
