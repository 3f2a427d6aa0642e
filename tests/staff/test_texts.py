"""Every text that hurt a terminal before, and texts without an end: staff read them, and their pages stay whole."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.display_text import UNPRINTABLE, visible
from screener.staff.search import matcher, skeleton
from screener.store.content_archive import pack
from screener.store.history import HistoryEntry
from screener.tui.rendering import cells
from screener.tui.staff.truncate import LONGEST, MOST_LINES, cut, cut_to, truncated
from tests.staff.clinic import CALM, FLIGHT, NOON, STAFF, URGENT, Clinic
from tests.staff.console import Console, console
from tests.strategies import ESCAPES
from tests.tui.poison import bare, harmless
from tests.tui.test_hostile import MARKUP, SHAPES

PAYLOADS = [*MARKUP, *ESCAPES.values(), *SHAPES]


def written_everywhere(clinic: Clinic, payloads: list[str]) -> None:
    """One urgent response with every payload as an answer and as a note, and one named after each of them."""
    for number, payload in enumerate(payloads):
        clinic.answers(f"{number:04}-ZZZZ", {"remarks": "nothing"}, name=payload, finished=number % 2 == 0)
    record = clinic.record("2222-2222", {**URGENT, "remarks": "nothing"}, name=" ".join(payloads)[:500])
    history = tuple(HistoryEntry("remarks", payload, NOON, payload) for payload in payloads)
    open_response = clinic.store().begin(
        dataclasses.replace(record, history=(*record.history, *history)), pack(FLIGHT, "before-a-flight")
    )
    staff_store = clinic.staff_store()
    for payload in payloads:
        staff_store.annotate(open_response.id, "note", payload)
    staff_store.annotate(open_response.id, "name", payloads[0])


async def everywhere(staff: Console) -> dict[str, list[str]]:
    """What each page and dialog of the staff's side says."""
    texts: dict[str, list[str]] = {}

    async def look(name: str) -> None:
        texts[name] = harmless(staff.app.screen)

    await look("list")
    await staff.press("home", "enter")
    for number, name in enumerate(("clinician", "patient", "answers", "notes"), 1):
        await staff.press(str(number))
        await look(name)
    for button, name in (("Name", "name"), ("Save or print", "copies"), ("Go on with it", "go on")):
        await staff.click(button)
        await look(name)
        await staff.press("escape")
    await staff.press("f9")
    await look("see to")
    await staff.press("escape")
    return texts


async def test_what_was_written_is_read_letter_by_letter(clinic: Clinic) -> None:
    """Names, answers, notes and who wrote them stand on the pages in full, what cannot be shown by its name."""
    written_everywhere(clinic, PAYLOADS)
    async with console(clinic, size=(120, 40)) as staff:
        texts = await everywhere(staff)
        assert staff.app.return_code is None
    for payload in PAYLOADS:
        expected = bare(visible(payload))
        for page in ("answers", "notes"):
            assert any(expected in text for text in texts[page]), (page, payload)
    assert any(bare(visible(PAYLOADS[0])) in text for text in texts["see to"])


anything = st.text(
    st.characters(codec=None) | st.sampled_from("[]\x1b\x9b\x00\u202e\ud800\n\t\u0301\u65e5"), max_size=80
)


@given(anything, st.integers(2, 40))
def test_a_column_is_as_wide_as_its_room_whatever_is_in_it(text: str, width: int) -> None:
    """No name moves the columns after it, and none of its characters controls anything."""
    column = truncated(text, width)
    assert cells(column) == width
    assert not UNPRINTABLE.search(column)
    assert "\n" not in column
    assert cells(cut_to(text, width)) <= width


@given(anything)
def test_every_name_is_found_by_itself(name: str) -> None:
    """However strange a name is, searching for it finds it, and a part of it too."""
    folded = skeleton(name)
    assert matcher(name)(folded)
    assert all(matcher(word)(folded) for word in name.split())


@pytest.mark.parametrize("text", ["x" * 10_000, "\n" * 10_000, "word " * 10_000, "\x1b" * 10_000])
def test_a_text_without_an_end_is_cut_and_says_where_the_rest_is(text: str) -> None:
    shortened = cut(text)
    assert len(shortened) <= LONGEST + 40
    assert shortened.count("\n") < MOST_LINES
    assert shortened.endswith("\u2026 The rest is in the copies.")


async def test_texts_of_the_greatest_size_open_and_scroll(clinic: Clinic) -> None:
    """The longest names, notes and answers there can be, all at once, with every kind of line break and width."""
    long = ["\n" * 3999 + "x", "word " * 800, "\u65e5" * 4000, "e\u0301" * 2000, "\x1b" * 4000]
    clinic.answers("2222-2222", {"remarks": "nothing"}, name="n" * 100_000)
    record = clinic.record("3333-3333", {"remarks": "nothing"}, name="\n" * 10_000)
    history = tuple(HistoryEntry("remarks", text, NOON) for text in long * 4)
    open_response = clinic.store().begin(dataclasses.replace(record, history=history), pack(FLIGHT, "before-a-flight"))
    staff_store = clinic.staff_store()
    for text in long:
        staff_store.annotate(open_response.id, "note", text[:2000])
    async with console(clinic) as staff:
        assert staff.rows[0].endswith("now")
        await staff.press("end", "enter")
        for key in "1234":
            await staff.press(key, "pagedown", "pagedown")
            harmless(staff.app.screen)
        assert staff.page == "ResponsePage"
        assert STAFF not in staff.text


@pytest.mark.parametrize("columns", [120, 200])
async def test_the_facts_of_the_selected_response_stand_beside_the_list(clinic: Clinic, columns: int) -> None:
    """From 120 columns on, with when it was begun and which urgent rule is raised; nothing is graded."""
    clinic.answers("2222-2222", URGENT)
    clinic.answers("3333-3333", CALM)
    async with console(clinic, size=(columns, 40)) as staff:
        assert "Begun 2026-03-01" in " ".join(staff.text.split())
        assert "- Chest pain (chest-pain)" in staff.text
        await staff.press("down")
        assert "- Chest pain (chest-pain)" not in staff.text
    async with console(clinic) as staff:
        assert "Begun" not in staff.text
