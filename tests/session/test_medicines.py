"""Medicines by name: typed text is kept, near names are offered in both faces, unknown ones leave groups open."""

from __future__ import annotations

from pathlib import Path

import pytest

from screener.document.text import render
from screener.engine.interview import Interview
from screener.engine.rules import Outcome
from screener.model.name_list import NameList, last_segment, with_chosen
from screener.summary.build import clinician_summary
from screener.summary.metadata import SessionMetadata
from tests.plain.prompts import talk_from
from tests.strategies import shipped
from tests.tui.screens import screens

ROOT = Path(__file__).parents[2]
MEANT = {
    "sertralin": "sertraline", "sertrline": "sertraline", "setraline": "sertraline", "zolof": "Zoloft",
    "prozak": "Prozac", "fluoxetin": "fluoxetine", "citalapram": "citalopram", "escitalopran": "escitalopram",
    "lexipro": "Lexapro", "paroxitine": "paroxetine", "venlafaxin": "venlafaxine", "effexer": "Effexor",
    "duloxetene": "duloxetine", "symbalta": "Cymbalta", "mirtazepine": "mirtazapine", "welbutrin": "Wellbutrin",
    "bupropian": "bupropion", "trazadone": "trazodone", "amitriptylin": "amitriptyline",
    "nortriptylene": "nortriptyline",
    "diazapam": "diazepam", "valum": "Valium", "xanex": "Xanax", "alprazolan": "alprazolam", "lorazapam": "lorazepam",
    "clonazapam": "clonazepam", "zolpidim": "zolpidem", "zopliclone": "zopiclone", "pregablin": "pregabalin",
    "gabapentine": "gabapentin", "quetiapin": "quetiapine", "seroquil": "Seroquel", "aripiprazol": "aripiprazole",
    "abilfy": "Abilify", "olanzapin": "olanzapine", "risperidon": "risperidone", "lamotrigin": "lamotrigine",
    "lamictle": "Lamictal", "nardl": "Nardil", "phenelzin": "phenelzine", "hydroxizine": "hydroxyzine",
    "oxycodon": "oxycodone", "tramadoll": "tramadol", "ozempik": "Ozempic", "levothyroxin": "levothyroxine",
}  # fmt: skip
UNLISTED = (
    "Zorbatrine", "Mellowin", "Quaxipol", "Trumbolate", "Verdexil", "Omnizar", "Plixadone forte", "Kelmovir", "Brontal",
    "Grandma's drops",
)  # fmt: skip


def medicines() -> NameList:
    names = shipped().questionnaire.question["medicines_list"].name_list
    assert names
    return names


def test_there_are_some_hundred_names_each_with_a_mark() -> None:
    """Check that brands are marked as recalled, and that a verified name has its source."""
    names = medicines().names
    assert len(names) >= 300
    assert all(name.mark == "to-be-checked" for name in names if name.brand_of)
    assert all(name.source for name in names if name.mark == "verified")


@pytest.mark.parametrize("typed", MEANT)
def test_a_misspelt_name_is_offered_first(typed: str) -> None:
    assert medicines().suggest(f"{typed} 50 mg")[0].name == MEANT[typed]


@pytest.mark.parametrize(
    ("typed", "not_this"), [("sertralin", "Ritalin"), ("clonidin", "codeine"), ("hydroxyzin", "hydrocodone")]
)
def test_another_medicine_that_sounds_alike_is_not_offered(typed: str, not_this: str) -> None:
    assert not_this not in [name.name for name in medicines().suggest(typed)]


def test_beginnings_come_before_near_names() -> None:
    assert medicines().suggest("ser")[0].name.lower().startswith("ser")
    assert medicines().suggest("sertraline") == []


@pytest.mark.parametrize("typed", UNLISTED)
def test_a_name_on_no_list_leaves_groups_open_and_is_told_in_the_persons_words(typed: str) -> None:
    """Check that no group is clear, although nothing was ticked and the list was closed."""
    entries = {
        "medicines_mind": frozenset({"none"}),
        "medicines_body": frozenset({"none"}),
        "medicines_list": f"{typed}\n--",
    }
    interview = Interview(shipped().form, shipped().rules, entries)
    assert interview.assessment.outcomes["maoi"] is Outcome.UNDETERMINED
    assert interview.assessment.outcomes["blood-pressure-medicine"] is Outcome.UNDETERMINED
    assert "medicines_list" in interview.assessment.deciding_questions("maoi")
    text = " ".join(render(clinician_summary(shipped(), interview, SessionMetadata("AAAA-1111", "file"))).split())
    assert f'own words: "{typed}' in text


@pytest.mark.parametrize("typed", MEANT)
def test_plain_mode_offers_the_name_and_keeps_what_was_typed(typed: str) -> None:
    talked = talk_from(shipped(), "medicines_list", f"{typed} 50 mg", "1", "y")
    assert talked.entries["medicines_list"] == f"{typed} 50 mg = {MEANT[typed]}\n--"


def test_plain_mode_takes_no_name_by_itself() -> None:
    talked = talk_from(shipped(), "medicines_list", "nardl", "k", "n")
    assert talked.entries["medicines_list"] == "nardl"
    assert "1 Nardil (phenelzine)" in talked.told


async def test_screens_offer_every_name_first() -> None:
    """Check all of them on one page: typing offers the name first, and nothing is taken by itself."""
    async with screens(shipped(), "medicines_list", size=(80, 40)) as person:
        field = person.app.screen.long_field
        for typed, meant in MEANT.items():
            field.load_text(typed)
            await person.settle()
            [shown] = person.app.screen.query("#suggestions").results()
            assert shown.names[0].name == meant
            assert field.text == typed
        assert "Do you mean one of these?" in person.text


async def test_screens_put_a_chosen_name_behind_what_was_typed() -> None:
    """Check the way by mouse and by keyboard, and that the list is closed only where the person says so."""
    async with screens(shipped(), "medicines_list", size=(80, 40)) as person:
        await person.type("nardl 15 mg")
        await person.click("Nardil (phenelzine)")
        await person.type("xanex")
        await person.press("down", "space")
        assert person.app.screen.long_field.text == "nardl 15 mg = Nardil\nxanex = Xanax\n"
        await person.click("I take nothing else")
        await person.press("enter")
        assert person.app.interview.state.entries["medicines_list"] == "nardl 15 mg = Nardil\nxanex = Xanax\n--"


async def test_screens_leave_a_list_open_that_nobody_closed() -> None:
    async with screens(shipped(), "medicines_list", size=(80, 40)) as person:
        await person.type("Priadel")
        await person.press("enter")
        assert person.app.interview.state.entries["medicines_list"] == "Priadel"
        assert person.app.interview.assessment.outcomes["lithium"] is Outcome.RAISED


async def test_screens_show_a_closed_list_again_as_it_was() -> None:
    async with screens(shipped(), "medicines_list", size=(80, 40)) as person:
        await person.type("Priadel")
        await person.click("I take nothing else")
        await person.press("enter")
        await person.press("escape")
        assert person.asked == "medicines_list"
        assert person.app.screen.long_field.text == "Priadel"
        await person.press("enter")
        assert person.app.interview.state.entries["medicines_list"] == "Priadel\n--"


def test_a_pasted_list_is_read_line_by_line() -> None:
    pasted = "Sertraline 100 mg\nPriadel 400 mg at night; warfarin, amlodipine 2,5 mg\n--"
    read = medicines().read(pasted)
    assert read.complete
    assert read.groups == {"antidepressant", "lithium", "anticoagulant", "blood-pressure"}


@pytest.mark.parametrize(
    ("text", "complete"),
    [("", True), ("paracetamol\n--", True), ("paracetamol", False), ("paracetamol and Zorbatrine\n--", False)],
)
def test_only_a_closed_list_of_known_names_says_that_a_group_is_not_in_it(text: str, complete: bool) -> None:
    assert medicines().read(text).complete is complete


def test_a_chosen_name_hides_no_other_name_on_its_line() -> None:
    """Without a comma between them, Priadel counts too: no rule about lithium is clear."""
    read = medicines().read("Priadel nardl = Nardil\n--")
    assert read.groups >= {"lithium", "maoi"}
    assert medicines().read("nardl 15 mg = Nardil\n--").groups == medicines().read("Nardil\n--").groups


def test_a_chosen_name_stands_behind_the_last_one_only() -> None:
    [nardil] = [name for name in medicines().names if name.name == "Nardil"]
    assert with_chosen("Priadel, nardl", nardil) == "Priadel, nardl = Nardil\n"
    assert with_chosen("nardil", nardil) == "Nardil\n"
    assert last_segment("Priadel, nardl 2,5 mg") == "nardl 2,5 mg"
