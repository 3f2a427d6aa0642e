"""Answering at the prompts: what is said, what is understood, and what never happens by itself."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from screener.content.compiled import Content
from screener.document.checksum import check
from screener.document.file_kinds import available_kinds
from screener.document.formats import REGISTRY
from screener.exit_codes import LEFT, OK
from screener.model.response import AbsentReason
from screener.page_text.review import listed
from tests.plain.prompts import console, talk_from
from tests.plain.test_parity import SCRIPTED
from tests.plain.walks import script

DECLINED, UNKNOWN = AbsentReason.DECLINED, AbsentReason.UNKNOWN
URGENT, CHANGING = SCRIPTED.values()


def test_the_first_things_said(flight: Content) -> None:
    """The welcome with help in it, then what can be typed, then the first question; help is named first."""
    told = console(flight, []).told
    assert told == (
        "Before you fly\n"
        "If your life is in danger now:\n"
        "Call your local emergency number.\n"
        "We ask a few things before your flight. You can skip any question.\n"
        "\n"
        "You can type these, and then Enter:\n"
        "h get help now, also where the text says F8\n"
        "? why we ask, and this list\n"
        "q leave\n"
        "b go back\n"
        "s skip this question\n"
        "k keep the answer you gave before\n"
        "\n"
        "Part 1 of 3: Your journey\n"
        "Where do you leave from?\n"
        "1 The north\n"
        "2 The south\n"
        "Answer: \n"
    )


def test_the_section_is_said_only_where_it_changes(flight: Content) -> None:
    """Titles, introductions and lists of commands are not repeated; the stem and the credit of an instrument are."""
    told = console(flight, script(flight, CHANGING)[:13]).told
    assert len(re.findall("Part 1 of 3.*: Your journey", told)) == 1
    assert len(re.findall("Part 2 of 3.*: Your nerves", told)) == 1
    assert told.count("s skip this question") == 1
    assert told.count("These are about today.") == 1
    assert told.count("How often today have you felt\n") == 3
    assert told.count("Invented for the tests of this program.\n") == 1


def test_back_in_an_earlier_section_says_where_one_is(flight: Content) -> None:
    """In the words of the screens: the place moves back, and says why."""
    told = talk_from(flight, "nerves_1", "b").told
    assert "Part 1 of 3 (changing an earlier answer): Your journey" in told


def test_what_was_chosen_by_number_is_read_back(flight: Content) -> None:
    """A wrong number is noticed before the next question."""
    assert "You chose: The south\n" in talk_from(flight, "departure", "2").told
    assert "You chose: A walking stick; Oxygen\n" in talk_from(flight, "items", "2 3").told
    assert "You chose: No\n" in talk_from(flight, "chest_pain", "n").told


UNDERSTOOD = [
    ("departure", "2", "south"),
    ("departure", " 1 ", "north"),
    ("alone", "1", True),
    ("alone", "Y", True),
    ("alone", "no", False),
    ("items", "3 1", frozenset({"oxygen", "inhaler"})),
    ("items", "1,2, 2", frozenset({"inhaler", "stick"})),
    ("items", "4", frozenset({"none"})),
    ("age", "41 years", 41),
    ("oxygen_flow", "2,5", Decimal("2.5")),
    ("remarks", "  b", "b"),
    ("remarks", " h", "h"),
    ("remarks", "b and h", "b and h"),
]


@pytest.mark.parametrize(("question", "typed", "meant"), UNDERSTOOD)
def test_answers_are_understood(flight: Content, question: str, typed: str, meant: object) -> None:
    """Numbers of options, y and n, measures with their unit, and text; a space makes a letter an answer."""
    assert talk_from(flight, question, typed, items=frozenset({"oxygen"})).entries[question] == meant


MISTAKE = [
    ("departure", "3", "Type the number of an answer, from 1 to 2."),
    ("departure", "0", "Type the number of an answer, from 1 to 2."),
    ("departure", "north", "Type the number of an answer, from 1 to 2."),
    ("departure", "1 2", "Choose one answer only."),
    ("departure", "k", "You have given no answer to this question yet."),
    ("alone", "3", "Type y or n."),
    ("alone", "maybe", "Type y or n."),
    ("items", "1 4", '"None of these" cannot be chosen together with other answers.'),
    ("items", "1 9", "Type the number of an answer, from 1 to 4."),
    ("age", "old", "Type a whole number in digits, such as 12."),
    ("age", "42/43", "Type one number only, in years."),
    ("age", "130", "This must be between 0 and 120 years."),
    ("bag", "1,000", "This could mean two numbers."),
    ("first_flight", "3/4/2020", "The day and the month could be mixed up."),
    ("remarks", "x" * 4001, "This is 4001 characters long. Shorten it to 4000."),
    ("remarks", "x" * 200_000, "This line has more than 100000 characters. Write less."),
]


@pytest.mark.parametrize(("question", "typed", "said"), MISTAKE, ids=range(len(MISTAKE)))
def test_what_is_not_an_answer_is_explained_and_asked_again(
    flight: Content, question: str, typed: str, said: str
) -> None:
    """Nothing is recorded or cut, and the message is short enough to listen to."""
    talked = talk_from(flight, question, typed)
    assert f"Error: {said}" in talked.told
    assert talked.told.endswith("Answer: \n")
    assert (talked.asked, question in talked.entries) == (question, False)


def test_a_measure_is_read_back(flight: Content) -> None:
    """A number or a date is said as it was understood, so that a slip is noticed."""
    assert "Read as 41 years\n" in talk_from(flight, "age", "41").told
    assert "Read as 5 March 2024\n" in talk_from(flight, "first_flight", "2024-03-05").told


def test_skipping_asks_for_the_reason(flight: Content) -> None:
    """The reason is recorded; it can be taken back, and only reasons that the question allows are offered."""
    assert talk_from(flight, "alone", "s", "1").entries["alone"] is UNKNOWN
    assert talk_from(flight, "alone", "", "2").entries["alone"] is DECLINED
    assert "alone" not in talk_from(flight, "alone", "s", "3", "", "b").entries


def test_whoever_skips_is_told_how_to_go_back(flight: Content) -> None:
    """The reasons stand there with their numbers, and the way back with its letter; nobody is asked why."""
    told = talk_from(flight, "alone", "s", "b").told
    assert "Skip this question?\n1 I don't know\n2 Prefer not to say\nb go back to the question\n" in told
    assert "Why do you" not in told
    assert "Reason" not in told
    talked = talk_from(flight, "nerves_1", "s", "2", "1")
    assert "I don't know" not in talked.told
    assert talked.entries["nerves_1"] is DECLINED


def test_an_answer_given_before_can_be_kept(flight: Content) -> None:
    """Going back shows the answer; k keeps it, and Enter asks whether to."""
    for keep in (["k"], ["", "y"]):
        talked = talk_from(flight, "typed_by", "b", *keep, departure="south")
        assert "Your answer so far: The south. Type k to keep it." in talked.told
        assert talked.asked == "typed_by"
        assert talked.entries["departure"] == "south"
    assert talk_from(flight, "typed_by", "b", "", "n", departure="south").asked == "departure"


def test_back_on_the_first_question_says_the_welcome_again(flight: Content) -> None:
    """As on the screens there is nothing before it but the first page."""
    talked = console(flight, ["b", "1"])
    assert talked.told.count("We ask a few things before your flight.") == 2
    assert talked.entries == {"departure": "north"}


def test_why(flight: Content) -> None:
    """The question mark says why it is asked and what can be typed, and asks again."""
    talked = console(flight, ["?"])
    assert "Why we ask\nWhere do you leave from?\nIt decides whom to call in an emergency.\n" in talked.told
    assert talked.told.count("s skip this question") == 2
    assert talked.told.endswith("Answer: \n")


def test_unusual_numbers_are_kept_or_changed(flight: Content) -> None:
    """Nothing but k keeps a number that most people would not write."""
    talked = talk_from(flight, "age", "103", "y", "", "k")
    assert "Please check your answer\nYou typed 103 years. Is that right?" in talked.told
    assert talked.entries["age"] == 103
    assert talk_from(flight, "age", "103", "c", "30").entries["age"] == 30
    talked = talk_from(flight, "bag_limit", "5", bag=20)
    assert "That is less than your bag weighs. Is it right?" in talked.told
    assert "bag_limit" not in talked.entries


def test_an_urgent_answer_interrupts_at_once(flight: Content) -> None:
    """The page comes before anything else, with the lines of the region, and only the word leads on."""
    talked = talk_from(flight, "chest_pain", "y", "", "b", "s", "y", "ok", "1", departure="north")
    assert "Please read this\nPlease tell the crew\n" in talked.told
    assert "Northern line\nCall 0002\nday and night\n" in talked.told
    assert talked.asked == "chest_pain"
    assert not talked.session.interview.acknowledgements
    talked = talk_from(flight, "chest_pain", "y", "READ")
    assert talked.asked == "pain_now"
    [seen] = talked.session.interview.acknowledgements
    assert (seen.rule, seen.by) == ("chest-pain", None)


def test_an_emergency_waits_for_staff(flight: Content) -> None:
    """The person can neither go on nor back; a member of staff goes on with a name."""
    tries = ["", "b", "s", "k", "read", "y", "1", "f"]
    talked = talk_from(flight, "pain_now", "y", *tries, chest_pain=True)
    assert talked.told.count("Error: Type staff.") == len(tries)
    assert talked.asked == "pain_now"
    talked = talk_from(flight, "pain_now", "y", "staff", "", "  Sam   Lee ", chest_pain=True)
    assert "Error: Type your name." in talked.told
    assert talked.asked == "remarks"
    assert talked.session.interview.acknowledgements[-1].by == "Sam Lee"


def test_an_urgent_page_can_be_left(flight: Content) -> None:
    """Leaving stays possible, also from an emergency."""
    assert talk_from(flight, "pain_now", "y", "q", "3", chest_pain=True).code == LEFT


def test_check_answers(flight: Content) -> None:
    """A numbered list by sections; a change asks what is new because of it and comes back to the list."""
    talked = talk_from(flight, None, "c 6", "y", "5 may 2020", flown_before=False)
    assert (
        "Check your answers before you finish\nYour journey\n1 Place of departure: Prefer not to say\n" in talked.told
    )
    assert "6 Flown before: No\nYour nerves\n7 Shaky" in talked.told
    assert talked.asked is None
    assert "7 Last flight: 5 May 2020" in talked.told
    assert "c with a number, change that answer, such as c 3" in talked.told


@pytest.mark.parametrize("typed", ["c", "c 0", "c 99", "c99999999999", "c x", "6", "", "s", "finish"])
def test_the_check_changes_and_finishes_nothing_by_guessing(flight: Content, typed: str) -> None:
    """Whatever is not understood there is explained."""
    talked = talk_from(flight, None, typed)
    assert "Error: Type f to finish, or c and a number from 1 to " in talked.told
    assert (talked.asked, talked.session.finished) == (None, False)


def test_answers_kept_back_are_counted_and_not_listed(flight: Content) -> None:
    """An answer whose question no longer applies is not shown, and it is said that it is kept back."""
    told = talk_from(flight, None, "c 6", "n", flown_before=True).told
    after = told[told.index("Because you changed an answer, 1 answer is no longer used.") :]
    assert "Last flight" not in after


def test_the_list_can_be_heard_again_and_left_backwards(flight: Content) -> None:
    """l lists again; b goes to the last question."""
    assert talk_from(flight, None, "l").told.count("1 Place of departure") == 2
    assert talk_from(flight, None, "b").asked == "remarks"


def test_finish(flight: Content, tmp_path: Path) -> None:
    """What happens next, the reference, and the person's own copy, sealed; d ends with 0."""
    talked = console(flight, [*script(flight, CHANGING), "", "d"], folder=tmp_path)
    assert talked.code == OK
    danger = f"If your life is in danger now:\n{talked.session.region.emergency}\n"
    said = f"You have finished\nYour reference is K7QP-3MXD.\n{danger}Show this to the cabin crew.\n"
    assert said in talked.told
    assert check(talked.printed).holds
    assert not list(tmp_path.iterdir())


def test_a_copy_can_be_saved(flight: Content, tmp_path: Path) -> None:
    """At the end, in the folder that was configured or another; a second one does not overwrite the first."""
    talked = console(
        flight, [*script(flight, CHANGING), "s", "", "s", "", str(tmp_path / "no"), "b", "d"], folder=tmp_path
    )
    [file] = tmp_path.iterdir()
    assert file.read_text("utf-8") == talked.printed
    assert "exists already, and nothing is overwritten." in talked.told.replace("\n", " ")
    assert "cannot be written" in talked.told.replace("\n", " ")
    assert talked.code == OK


def test_leaving_asks_first(flight: Content, tmp_path: Path) -> None:
    """Staying is what Enter does; a copy is written only where it is asked for, and the code says that one left."""
    for stay in ("1", "", "q\n1", "9\n1"):
        assert console(flight, ["q", *stay.split("\n")]).asked == "departure"
    talked = console(flight, ["1", "q", "3"], folder=tmp_path)
    assert "You have not finished. Your answers are not kept when you leave" in talked.told
    assert (talked.code, list(tmp_path.iterdir())) == (LEFT, [])
    talked = console(flight, ["1", "q", "2", "q", "b", "2", ""], folder=tmp_path)
    assert talked.code == LEFT
    [file] = tmp_path.iterdir()
    assert "This questionnaire was not finished." in file.read_text("utf-8")


def every_prompt(lines: list[str]) -> list[list[str]]:
    """The lines, cut at each of them: each leaves the person at another prompt."""
    return [lines[:end] for end in range(len(lines))]


def test_each_kind_of_file_is_one_key(flight: Content, tmp_path: Path) -> None:
    """Plain mode saves what the screens save: the person's copy or the clinician's, as any kind of file."""
    kinds = [(str(number), kind) for number, kind in enumerate(available_kinds(), start=1) if kind.paper == "A4"][1:]
    saved = [typed for number, _kind in kinds for typed in ("k", number, "")]
    talked = console(flight, [*script(flight, CHANGING), *saved, "c", "1", "", "k", "b", "p", "d"], folder=tmp_path)
    assert talked.code == OK
    endings = sorted(f"patient{REGISTRY[kind.format].suffix}" for _number, kind in kinds)
    assert sorted(file.name.rsplit("-", 1)[1] for file in tmp_path.iterdir()) == ["clinician.txt", *endings]
    assert "Type s, k, c or d." in talked.told


DETOURS = ["", "n", "s", "b"]
"""Prompts that a walk does not come to: Enter, and the reason for skipping."""


@pytest.mark.parametrize("command", ["h", "help", "\x1b[19~", "?", "q\n1", "q\nh\n?\nq\n2\nh\n?\nb\n1"])
@pytest.mark.parametrize("walk", SCRIPTED)
def test_help_commands_and_leaving_are_there_at_every_prompt(flight: Content, walk: str, command: str) -> None:
    """Confirmations, doubts, urgent pages and lists included; afterwards all goes on as if nothing had been typed."""
    lines = [*DETOURS, *script(flight, SCRIPTED[walk]), "d"]
    talked = console(flight, [typed for line in lines for typed in (*command.split("\n"), line)])
    assert talked.code == OK
    assert talked.printed == console(flight, lines).printed
    said = {"?": "You can type these", "q": "Do you want to leave?"}.get(command[0], "Get help now\n")
    assert talked.told.count(said) >= len(lines)


@pytest.mark.parametrize("walk", SCRIPTED)
def test_enter_never_answers(flight: Content, walk: str) -> None:
    """At whatever prompt: Enter, many times over, records nothing, acknowledges nothing and ends nothing."""
    for lines in every_prompt(script(flight, SCRIPTED[walk])):
        before, after = console(flight, lines), console(flight, [*lines, "", "", ""])
        assert after.entries == before.entries
        assert after.asked == before.asked
        assert after.session.interview.acknowledgements == before.session.interview.acknowledgements
        assert not after.session.finished


@pytest.mark.parametrize("walk", SCRIPTED)
def test_the_input_may_end_at_every_prompt(flight: Content, walk: str, tmp_path: Path) -> None:
    """It is noticed at once, and nothing is written that nobody asked for."""
    for lines in every_prompt([*DETOURS, *script(flight, SCRIPTED[walk])]):
        talked = console(flight, lines, folder=tmp_path)
        assert (talked.code, talked.printed) == (None, "")
    assert not list(tmp_path.iterdir())


def test_a_change_from_the_list_is_checked_against_other_answers(flight: Content) -> None:
    """What does not fit is asked about at once, and stands above the list of all answers."""
    at_list = {"bag": 10, "bag_limit": 20}
    number = listed(talk_from(flight, None, **at_list).session.interview).index("bag") + 1
    talked = talk_from(flight, None, f"c {number}", "30", "k", **at_list)
    asked = "Please check your answer\nAllowed weight: 20 kg. That is less than your bag weighs. Is it right?\n"
    assert talked.told.count(asked) == 1
    listed_at_the_end = talked.told.rpartition("Check your answers before you finish")[2]
    assert listed_at_the_end.startswith(
        "\nThese answers may not fit together\nAllowed weight: 20 kg. That is less than your bag weighs. Is it right?\n"
    )
    assert "may not fit together" not in talk_from(flight, None, **at_list).told
