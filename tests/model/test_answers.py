"""Typed text is parsed as it was meant, or the person is asked to write it differently; it is never guessed."""

from __future__ import annotations

import datetime
import unicodedata
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.content.compiled import Content
from screener.content.validate import validated
from screener.engine.interview import Interview
from screener.model.answers import format_answer, parse_answer, validate_answer
from screener.model.questionnaire import Question
from screener.model.response import ABSENT_LABELS, AbsentReason
from screener.model.types.base import InvalidAnswer
from screener.model.types.text import LONGEST_TEXT
from tests.strategies import answers, hostile, questionnaires


def asked(kind: str, **keys: Any) -> Question:
    """Return a question of this kind, with wide limits if it needs some."""
    limits = {"limits": {"minimum": "-1000", "maximum": "1000000"}} if kind in ("integer", "decimal") else {}
    return validated(Question, {"id": "q", "type": kind, "text": "How much?"} | limits | keys)


WHOLE = asked("integer", unit="kg")
NUMBER = asked("decimal", unit="kg")
DAY = asked("date")
TIME = asked("time")
TEXT = asked("text")


# Numbers


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("70", 70),
        (" 70 ", 70),
        ("70 kg", 70),
        ("  70   KG ", 70),
        ("70kg", 70),
        ("٧٠", 70),
        ("７０", 70),
        ("७०", 70),
        ("70.0", 70),
        ("70,00", 70),
        ("+70", 70),
        ("-7", -7),
        ("0", 0),
        ("007", 7),
        ("\u00a070\u2009", 70),
    ],
)
def test_whole_number(typed: str, expected: int) -> None:
    """Check that a whole number may have spaces around it, its unit after it, and digits of any script."""
    assert parse_answer(WHOLE, typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("70,5", "70.5"),
        ("70.5", "70.5"),
        ("70,5 kg", "70.5"),
        ("٧٠.٥", "70.5"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("12.5000", "12.5"),
        ("70", "70"),
        ("-0,5", "-0.5"),
    ],
)
def test_number(typed: str, expected: str) -> None:
    """Check that a decimal comma is as good as a point."""
    assert parse_answer(NUMBER, typed) == Decimal(expected)


@pytest.mark.parametrize(
    "typed",
    [
        "1e2", "1E2", "0x10", "1_0", "1.000,5", "1,000.5", "1 000", "1'000", "1.000.000", "1..5", "1,", ",5", ".5",
        "7 0", "70 5", "seventy", "7O", "70 lb", "kg", "70 kg kg", "--7", "7-", "+", "-", "½", "70½", "70²", "7①", "⒈5",
        "⑦", "nan", "inf", "Infinity", "1/2", "50%", "70\n5", "1" * 10, "9" * 5000, "1." + "0" * 400, "\x00", "7\x007",
        "٧٠٫٥", "١٬٠٠٠", "7५.", "−7", "a", "\U0001f51f",
    ],
)  # fmt: skip
@pytest.mark.parametrize("question", [WHOLE, NUMBER], ids=["whole", "decimal"])
def test_not_a_number(question: Question, typed: str) -> None:
    """Check that text that is not clearly one number is refused with a sentence that says how to write it."""
    with pytest.raises(InvalidAnswer, match=r"^[A-Z0-9+-].*\.$"):
        parse_answer(question, typed)


@pytest.mark.parametrize("typed", ["1,000", "1.000", "12,345", "999.999", "-1,000"])
@pytest.mark.parametrize("question", [WHOLE, NUMBER], ids=["whole", "decimal"])
def test_ambiguous_separator(question: Question, typed: str) -> None:
    """Check that a separator before three digits is refused: it could mark thousands or decimals."""
    with pytest.raises(InvalidAnswer, match="could mean two numbers"):
        parse_answer(question, typed)


@pytest.mark.parametrize(
    ("limits", "typed", "offered"),
    [
        (("0", "2000"), "1.126", "Write 1.1260 or 1126."),
        (("0", "2000"), "1,126", "Write 1.1260 or 1126."),
        (("100", "2000"), "1.126", "If you mean 1126, write it like that."),
    ],
)
def test_every_possible_meaning_is_offered(limits: tuple[str, str], typed: str, offered: str) -> None:
    """Check that neither meaning is left out, so that a remedy is never a thousand times what somebody meant."""
    dose = asked("decimal", limits={"minimum": limits[0], "maximum": limits[1]})
    with pytest.raises(InvalidAnswer) as refused:
        parse_answer(dose, typed)
    assert str(refused.value) == f"This could mean two numbers. {offered}"
    first = offered.replace("If you mean", "Write").split()[1].strip(",.")
    assert parse_answer(dose, first) in (Decimal("1.126"), 1126)


def test_limits_can_leave_one_meaning() -> None:
    """Check that 70,500 is 70.5 where no answer can be thousands."""
    weight = asked("decimal", limits={"minimum": "20", "maximum": "400"})
    assert parse_answer(weight, "70,500") == parse_answer(weight, "70.500") == Decimal("70.5")


def test_point_in_a_file_is_a_point() -> None:
    """Check that a program's 1.126 is read as it is, and that a comma is still asked about."""
    assert NUMBER.answer_type.read(NUMBER, "1.126", in_file=True) == Decimal("1.126")
    assert WHOLE.answer_type.read(WHOLE, "12.000", in_file=True) == 12
    with pytest.raises(InvalidAnswer, match=r"Write 1\.126 or 1126\.$"):
        NUMBER.answer_type.read(NUMBER, "1,126", in_file=True)


@pytest.mark.parametrize("typed", ["\u200b", "\U000e0041\U000e0042", " \u2060\u3164 ", "\u2800", "\ufeff", "\u00ad"])
def test_text_that_nobody_sees_is_no_answer(typed: str) -> None:
    """Check that characters without any picture count as nothing, as spaces do."""
    with pytest.raises(InvalidAnswer, match="Type your answer"):
        parse_answer(TEXT, typed)
    assert parse_answer(TEXT, f"{typed}x") == f"{typed}x".strip()


@pytest.mark.parametrize("typed", ["70,5", "70.5", "0.4", "7,05"])
def test_no_whole_number_is_made_of_a_decimal(typed: str) -> None:
    """Check that 70.5 is not rounded to 70, and never read as 705."""
    with pytest.raises(InvalidAnswer, match="whole number"):
        parse_answer(WHOLE, typed)


def test_empty() -> None:
    """Check that an empty text is no answer; the ways to leave a question out are shown below it."""
    for question in (WHOLE, NUMBER, DAY, TIME, TEXT):
        for typed in ("", "   ", "\n\t"):
            with pytest.raises(InvalidAnswer, match="Type your answer"):
                parse_answer(question, typed)


@given(number=st.integers(-1000, 999_999), left=st.sampled_from(["", " ", "\u00a0"]), unit=st.sampled_from(["", " kg"]))
def test_every_whole_number(number: int, left: str, unit: str) -> None:
    """Check that every whole number within the limits can be typed in digits."""
    assert parse_answer(WHOLE, f"{left}{number}{unit}{left}") == number


@pytest.mark.parametrize("typed", ["56", "56.0", "0.5", "12.50", "-3"])
def test_a_decimal_number_is_shown_with_the_digits_that_were_typed(typed: str) -> None:
    """Check that no zero is added: 56.0 mg can be read as 560 mg."""
    assert format_answer(NUMBER, parse_answer(NUMBER, typed)) == f"{typed} kg"


@given(number=st.decimals(-999, 999_999, places=2), separator=st.sampled_from(".,"))
def test_every_decimal(number: Decimal, separator: str) -> None:
    """Check that every decimal can be typed with a point or a comma, and is kept exactly."""
    assert parse_answer(NUMBER, str(number).replace(".", separator)) == number


@given(number=st.integers(0, 99_999), zero=st.sampled_from("٠०０๐߀𝟎"))
def test_digits_of_any_script(number: int, zero: str) -> None:
    """Check that digits of every script are read."""
    typed = "".join(chr(ord(zero) + int(digit)) for digit in str(number))
    assert parse_answer(WHOLE, typed) == number


@given(typed=st.text(max_size=12) | st.text("0123456789.,+- ekg²½٧", max_size=12))
def test_nothing_is_dropped_or_made_up(typed: str) -> None:
    """Check, for any typed text, that the parsed number has exactly the typed digits, or that there is none."""
    try:
        number = parse_answer(NUMBER, typed)
    except InvalidAnswer:
        return
    written = "".join(str(unicodedata.decimal(sign, sign)) for sign in typed).replace(",", ".").replace("，", ".")
    assert number == Decimal("".join(sign for sign in written if sign in "0123456789.-"))
    assert not any(sign.isnumeric() for sign in written if sign not in "0123456789")


@pytest.mark.parametrize("typed", ["154 lb", "154lb.", "70 pounds", "11 stone"])
@pytest.mark.parametrize("kind", ["integer", "decimal"])
def test_another_unit_is_answered_with_the_right_one(kind: str, typed: str) -> None:
    """Check that nobody who typed pounds is told to type digits, and types the same digits once more."""
    with pytest.raises(InvalidAnswer, match=r"^Write a number in kg\.$"):
        parse_answer(asked(kind, unit="kg"), typed)
    with pytest.raises(InvalidAnswer, match="in digits"):
        parse_answer(asked(kind, unit=None), typed)


@pytest.mark.parametrize("unit", ["kg", "mmHg", "l/min", "%", "m²", "µg", "°C", "cm H2O", "kg/m²", "Ω", "µg/ℓ"])
def test_unit_as_it_is_shown(unit: str) -> None:
    """Check that the unit may be typed as it is shown, with any letters."""
    question = asked("decimal", unit=unit)
    answer = parse_answer(question, "12,5")
    assert parse_answer(question, format_answer(question, answer)) == answer
    assert parse_answer(question, f"12.5{unit.upper()}") == answer


@pytest.mark.parametrize(("number", "fits"), [(-1, False), (0, True), (120, True), (121, False)])
def test_limits(flight: Content, number: int, fits: bool) -> None:
    """Check that the hard limits are possible answers, and that a number outside is refused with both named."""
    age = flight.questionnaire.question["age"]
    if fits:
        assert validate_answer(age, number) == parse_answer(age, str(number)) == number
        return
    with pytest.raises(InvalidAnswer, match=r"^This must be between 0 and 120 years\.$"):
        parse_answer(age, str(number))
    with pytest.raises(InvalidAnswer):
        validate_answer(age, number)


@pytest.mark.parametrize(
    ("answer", "unusual"),
    [(5, False), (100, False), (4, True), (101, True), (AbsentReason.DECLINED, False)],
)
def test_unusual(flight: Content, answer: Any, unusual: bool) -> None:
    """Check that a person is asked to check an answer outside the usual range, and never a question left out."""
    assert bool(Interview(flight.form, flight.rules).please_check("age", answer)) is unusual


# Times


@pytest.mark.parametrize(
    "typed", ["9:05", "09:05", "9.05", "09.05", "0905", " 9:05 ", "\uff19\uff1a\uff10\uff15", "\u0669:\u0660\u0665"]
)
def test_time(typed: str) -> None:
    """Check that a time is read with a colon, a point or four digits, in digits of any script."""
    assert parse_answer(TIME, typed) == datetime.time(9, 5)


@pytest.mark.parametrize(
    "typed",
    ["9", "905", "9:5", "9:05 pm", "9:05pm", "9:05:00", "9h05", "9,05", "9-05", "noon", "09005", "-9:05", "9:05+1"],
)
def test_what_could_be_another_time_is_refused(typed: str) -> None:
    """Check that nothing is guessed, also not the half of the day, and that an example says how to write it."""
    with pytest.raises(InvalidAnswer, match=r"such as 9:05 or 2105\.$"):
        parse_answer(TIME, typed)


@pytest.mark.parametrize("typed", ["24:00", "9:60", "2400", "99.99"])
def test_a_time_that_no_day_has_is_refused(typed: str) -> None:
    with pytest.raises(InvalidAnswer, match="from 0 to 23, and minutes from 0 to 59"):
        parse_answer(TIME, typed)


@given(minute=st.integers(0, 24 * 60 - 1))
def test_a_time_is_read_as_it_is_shown(minute: int) -> None:
    time = datetime.time(*divmod(minute, 60))
    assert parse_answer(TIME, format_answer(TIME, time)) == validate_answer(TIME, time) == time


@pytest.mark.parametrize(
    "answer",
    [datetime.time(9, 5, 1), datetime.time(9, 5, tzinfo=datetime.UTC), datetime.date(2026, 1, 1), "09:05", 545],
)
def test_only_hours_and_minutes_are_an_answer(answer: Any) -> None:
    with pytest.raises(InvalidAnswer, match="takes a time"):
        validate_answer(TIME, answer)


# Dates


@pytest.mark.parametrize(
    "typed",
    [
        "2024-03-05", "2024-3-5", " 2024-03-05 ", "5 March 2024", "5 march 2024", "March 5, 2024", "5 Mar 2024",
        "5. March 2024", "5th March 2024", "5-Mar-2024", "5/mar/2024", "٥ March ٢٠٢٤", "5  MARCH  2024",
        "2024/03/05", "2024.3.5", "2024 03 05", "2024 March 5", "2024-Mar-05", "2024, March 5th",
    ],
)  # fmt: skip
def test_date(typed: str) -> None:
    """Check that a day may be typed in digits with the year first, or with its month as a word."""
    assert parse_answer(DAY, typed) == datetime.date(2024, 3, 5)


@pytest.mark.parametrize("typed", ["25/03/2024", "03/25/2024", "25.3.2024", "3-25-2024", "25 3 2024"])
def test_date_that_can_be_meant_in_one_way(typed: str) -> None:
    """Check that both orders are read if only one order makes a date."""
    assert parse_answer(DAY, typed) == datetime.date(2024, 3, 25)


@pytest.mark.parametrize("typed", ["5 March 1899", "5 March 2101", "2101/03/05", "9999-12-31", "31/1/1066"])
def test_a_year_that_cannot_be_is_not_told_to_have_four_digits(typed: str) -> None:
    """Check that what is said of a year is not already so."""
    with pytest.raises(InvalidAnswer, match="between 1900 and 2100"):
        parse_answer(DAY, typed)


@pytest.mark.parametrize("typed", ["05/03/2024", "5.3.2024", "12-11-2024", "1 2 2024"])
def test_ambiguous_date(typed: str) -> None:
    """Check that the person is asked for the month as a word if day and month could be mixed up."""
    with pytest.raises(InvalidAnswer, match="month as a word"):
        parse_answer(DAY, typed)


@pytest.mark.parametrize(
    "typed",
    [
        "2024", "March 2024", "5 March", "5 March 24", "0 March 2024", "32 March 2024", "30 February 2024",
        "29 February 2023", "31/04/2024", "2024-13-01", "2024-00-10", "2024-02-30", "5 Marzo 2024", "five March 2024",
        "5 March March", "March April 2024", "5 March 1899", "5 March 2101", "5 March 20244", "yesterday", "1.2.3.4",
        "፩ March 2024", "² March 2024", "5 March ②⓪②④", "9" * 5000 + " March 2024", "5 March " + "9" * 5000,
        "1/2/" + "9" * 5000, "-", "///", "\x00", "5 March 2024 or so", "13/13/2024", "0/0/0",
    ],
)  # fmt: skip
def test_not_a_date(typed: str) -> None:
    """Check that text that is not clearly one day is refused with a sentence."""
    with pytest.raises(InvalidAnswer, match=r"^.+\.$"):
        parse_answer(DAY, typed)


@given(day=st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)))
def test_every_date(day: datetime.date) -> None:
    """Check that every day from 1900 to 2100 can be typed in digits or as it is shown, and that none is a day early."""
    assert parse_answer(DAY, day.isoformat()) == day
    assert parse_answer(DAY, format_answer(DAY, day)) == day


@given(typed=st.text(max_size=20) | st.text("0123456789/-. March²፩", max_size=20))
def test_any_text_as_a_date(typed: str) -> None:
    """Check that any typed text gives a day or a sentence for the person, and never another error."""
    found = understood(DAY, typed)
    assert isinstance(found, datetime.date) or found.endswith(".")


def understood(question: Question, typed: str) -> Any:
    """Return the answer, or the sentence for the person."""
    try:
        return parse_answer(question, typed)
    except InvalidAnswer as error:
        return str(error)


# Text


@given(typed=hostile)
def test_text_is_kept_as_typed(typed: str) -> None:
    """Check that free text stays as typed, except for spaces at its ends and the form of its accents."""
    assert parse_answer(TEXT, typed) == unicodedata.normalize("NFC", typed).strip()


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_accents_do_not_depend_on_the_keyboard(form: Any) -> None:
    """Check that the same word typed in two ways is the same answer."""
    assert parse_answer(TEXT, unicodedata.normalize(form, "naïve café")) == "naïve café"


def test_longest_text() -> None:
    """Check that a text may be as long as the limit, and not one character longer."""
    assert parse_answer(TEXT, "x" * LONGEST_TEXT)
    with pytest.raises(InvalidAnswer, match=f"{LONGEST_TEXT + 1} characters long"):
        parse_answer(TEXT, "x" * (LONGEST_TEXT + 1))


# Showing back, and checking


@given(data=st.data())
def test_a_formatted_answer_can_be_typed_again(data: st.DataObject) -> None:
    """Check that a formatted answer, typed again, gives the same answer."""
    question = data.draw(
        st.sampled_from(
            list(data.draw(questionnaires(types=("integer", "decimal", "date", "time", "text"), instruments=False)))
        )
    )
    answer = data.draw(answers(question))
    assert parse_answer(question, format_answer(question, answer)) == answer


@given(data=st.data())
def test_every_entry_is_shown(data: st.DataObject) -> None:
    """Check that no answer and no absent reason is ever shown as blank."""
    question = data.draw(st.sampled_from(list(data.draw(questionnaires()))))
    assert format_answer(question, data.draw(answers(question)))
    for entry in (None, *AbsentReason):
        assert format_answer(question, entry) in ABSENT_LABELS.values()


def test_labels_of_absence_differ() -> None:
    """Check that declined, unknown, not asked and not applicable have different labels, none of which reads as a no."""
    assert len(set(ABSENT_LABELS.values())) == len(AbsentReason)
    assert not {label.lower() for label in ABSENT_LABELS.values()} & {"no", "none", "0", ""}


@pytest.mark.parametrize(
    ("name", "entry", "expected"),
    [
        ("departure", "north", "The north"),
        ("alone", True, "Yes"),
        ("alone", False, "No"),
        ("items", frozenset(["oxygen", "inhaler"]), "An inhaler; Oxygen"),
        ("age", 0, "0 years"),
        ("oxygen_flow", Decimal("2.5"), "2.5 l/min"),
        ("oxygen_flow", Decimal("1E+1"), "10 l/min"),
        ("first_flight", datetime.date(2020, 2, 9), "9 February 2020"),
        ("remarks", "asked-declined", "asked-declined"),
        ("age", AbsentReason.DECLINED, "Prefer not to say"),
        ("age", AbsentReason.UNKNOWN, "I don't know"),
        ("age", None, "Not asked"),
    ],
)
def test_shown(flight: Content, name: str, entry: Any, expected: str) -> None:
    """Check that an entry is shown in the words of its question, and several options in the order of the question."""
    assert format_answer(flight.questionnaire.question[name], entry) == expected


@given(data=st.data())
def test_checked_lets_answers_through(data: st.DataObject) -> None:
    """Check that every answer that a question offers, and every absent reason that it allows, is accepted unchanged."""
    question = data.draw(st.sampled_from(list(data.draw(questionnaires()))))
    answer = data.draw(answers(question))
    assert validate_answer(question, answer) == answer
    for reason in question.absent:
        assert validate_answer(question, reason) is reason


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("alone", 1),
        ("alone", "yes"),
        ("departure", "east"),
        ("departure", True),
        ("departure", frozenset(["north"])),
        ("items", "oxygen"),
        ("items", frozenset()),
        ("items", frozenset(["oxygen", "tent"])),
        ("items", frozenset(["oxygen", "none"])),
        ("age", True),
        ("age", Decimal(5)),
        ("age", "5"),
        ("age", 121),
        ("oxygen_flow", 5),
        ("oxygen_flow", 5.0),
        ("oxygen_flow", Decimal("NaN")),
        ("oxygen_flow", Decimal("Infinity")),
        ("oxygen_flow", Decimal("15.1")),
        ("first_flight", datetime.datetime(2020, 1, 1)),
        ("first_flight", "2020-01-01"),
        ("remarks", ""),
        ("remarks", "x" * (LONGEST_TEXT + 1)),
        ("remarks", 5),
        ("age", AbsentReason.NOT_ASKED),
        ("age", AbsentReason.NOT_APPLICABLE),
        ("nerves_1", AbsentReason.UNKNOWN),
        ("age", None),
    ],
)
def test_checked_refuses(flight: Content, name: str, entry: Any) -> None:
    """Check that an entry of another type, out of range or not allowed is refused for every caller."""
    with pytest.raises(InvalidAnswer, match=r"^.+\.$"):
        validate_answer(flight.questionnaire.question[name], entry)
