"""From the text of a condition to its tree: what is accepted, and the mistake for everything else."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.content.compiled import Content
from screener.expressions import tree
from screener.expressions.evaluate import Fact, Missing, Range, truth
from screener.expressions.in_words import in_words
from screener.expressions.mistakes import Mistake
from screener.expressions.parse import parse_condition, parse_number
from screener.expressions.support import support
from tests.strategies import conditions, facts, flight, forms

AGE = tree.NumericAnswer("age", 0, 120)
BAG = tree.NumericAnswer("bag", 0, 99)
LEAP_DAY = tree.Constant(datetime.date(2020, 2, 29).toordinal(), "date")
LONGEST = 1000
"""The number of characters that an author may write in one condition."""


def item(number: int) -> tree.ItemScore:
    return tree.ItemScore(f"nerves_{number}", (("never", 0), ("sometimes", 1), ("often", 2)))


def day(name: str) -> tree.NumericAnswer:
    return tree.NumericAnswer(name, datetime.date.min.toordinal(), datetime.date.max.toordinal())


ACCEPTED = {
    "alone": tree.YesNo("alone"),
    "not alone": tree.Not(tree.YesNo("alone")),
    "alone and chest_pain and pain_now": tree.All(
        (tree.YesNo("alone"), tree.YesNo("chest_pain"), tree.YesNo("pain_now"))
    ),
    "alone or chest_pain and pain_now": tree.Any(
        (tree.YesNo("alone"), tree.All((tree.YesNo("chest_pain"), tree.YesNo("pain_now"))))
    ),
    "departure == 'north'": tree.Is("departure", ("north",)),
    "'north' == departure": tree.Is("departure", ("north",)),
    "departure != 'north'": tree.Is("departure", ("north",), negated=True),
    "departure in ('north', 'south')": tree.Is("departure", ("north", "south")),
    "departure in ['north']": tree.Is("departure", ("north",)),
    "departure not in {'north'}": tree.Is("departure", ("north",), negated=True),
    "'oxygen' in items": tree.Includes("items", "oxygen"),
    "'oxygen' not in items": tree.Includes("items", "oxygen", negated=True),
    "age < 18": tree.Compare("<", AGE, tree.Constant(18)),
    "18 > age": tree.Compare(">", tree.Constant(18), AGE),
    "5 <= age < 18": tree.All((tree.Compare("<=", tree.Constant(5), AGE), tree.Compare("<", AGE, tree.Constant(18)))),
    "oxygen_flow >= 2.5": tree.Compare(">=", tree.NumericAnswer("oxygen_flow", 0, 15), tree.Constant(Fraction(5, 2))),
    "age > -3": tree.Compare(">", AGE, tree.Constant(-3)),
    "-age < 3": tree.Compare("<", tree.Arithmetic("-", tree.Constant(0), AGE), tree.Constant(3)),
    "bag > bag_limit": tree.Compare(">", BAG, tree.NumericAnswer("bag_limit", 0, 99)),
    "bag * 2 + 1 - age / 4 >= 0": tree.Compare(
        ">=",
        tree.Arithmetic(
            "-",
            tree.Arithmetic("+", tree.Arithmetic("*", BAG, tree.Constant(2)), tree.Constant(1)),
            tree.Arithmetic("/", AGE, tree.Constant(4)),
        ),
        tree.Constant(0),
    ),
    "nerves_1 >= 1": tree.Compare(">=", item(1), tree.Constant(1)),
    "nerves_1 == 'often'": tree.Is("nerves_1", ("often",)),
    "nerves_total >= 3": tree.Compare(">=", tree.Total("nerves_total"), tree.Constant(3)),
    "count(alone, age < 18) >= 2": tree.Compare(
        ">=",
        tree.Count((tree.YesNo("alone"), tree.Compare("<", AGE, tree.Constant(18)))),
        tree.Constant(2),
    ),
    "first_flight < '2020-02-29'": tree.Compare("<", day("first_flight"), LEAP_DAY),
    "'2020-02-29' < first_flight": tree.Compare(">", day("first_flight"), LEAP_DAY),
    "first_flight == last_flight": tree.Compare("==", day("first_flight"), day("last_flight")),
    "declined(alone)": tree.Declined("alone"),
    "age < 18 and (declined(remarks) or alone)": tree.All(
        (
            tree.Compare("<", AGE, tree.Constant(18)),
            tree.Any((tree.Declined("remarks"), tree.YesNo("alone"))),
        )
    ),
    "count(declined(alone), declined(age)) >= 2": tree.Compare(
        ">=", tree.Count((tree.Declined("alone"), tree.Declined("age"))), tree.Constant(2)
    ),
    "1 < count(declined(alone), alone)": tree.Compare(
        "<", tree.Constant(1), tree.Count((tree.Declined("alone"), tree.YesNo("alone")))
    ),
    "(age\n  < 18)": tree.Compare("<", AGE, tree.Constant(18)),
}


@pytest.mark.parametrize("text", ACCEPTED)
def test_accepted(flight: Content, text: str) -> None:
    """Check that each form of the language is parsed to the tree that an author means by it."""
    assert parse_condition(text, flight.form.symbols) == ACCEPTED[text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3", tree.Constant(3)),
        ("0.1", tree.Constant(Fraction(1, 10))),
        ("nerves_1 + 1", tree.Arithmetic("+", item(1), tree.Constant(1))),
        ("count(alone)", tree.Count((tree.YesNo("alone"),))),
    ],
)
def test_number_accepted(flight: Content, text: str, expected: tree.Number) -> None:
    """Check that the value of a score is parsed as a number, decimals without rounding."""
    assert parse_number(text, flight.form.symbols) == expected


CALLS = (
    "The only calls are count(...), with conditions and commas in it, answered(...) and declined(...), "
    "with a question in it, and those for repeating sections and times."
)
ONE_QUESTION = "declined(...) takes the id of one question."
NEGATED = (
    'declined(...) cannot stand under "not".',
    "A rule can follow from a refusal, never from its absence: remove the not.",
)
COMPARED = (
    "declined(...) is compared with nothing.",
    "Write it by itself, such as age < 18 and declined(a_question).",
)
COUNTED = (
    "A count with declined(...) in it can only be at least a number.",
    "Write count(...) >= 1, and nothing else around count(...).",
)

REFUSED = [
    # names
    ("ages < 18", "ages", 'There is no question or score "ages".', 'Did you mean "age"?'),
    ("alone and lone", "lone", 'There is no question or score "lone".', 'Did you mean "alone"?'),
    ("'oxygen' in item", "item", 'There is no question or score "item".', 'Did you mean "items"?'),
    ("nerves_totl >= 3", "nerves_totl", 'There is no question or score "nerves_totl".', 'Did you mean "nerves_total"?'),
    # options
    ("departure == 'nort'", "'nort'", '"departure" has no option "nort".', 'Did you mean "north"?'),
    ("departure in ('north', 'soth')", "'soth'", '"departure" has no option "soth".', 'Did you mean "south"?'),
    ("'oxigen' in items", "'oxigen'", '"items" has no option "oxigen".', 'Did you mean "oxygen"?'),
    ("departure == 'x'", "'x'", '"departure" has no option "x".', "Use one of: north, south."),
    ("departure in (age, 'north')", "age", "This must be an option code in quotes.", "Write it as 'code'."),
    ("departure in ()", "()", "This list is empty.", "Put option codes in it."),
    # kinds
    ("age", "age", '"age" is a number, not a yes or no.', "Compare it with a number, such as age >= 1."),
    ("alone or items", "items", '"items" is a choice of several options, not a yes or no.',
     "Write 'inhaler' in items."),
    ("departure", "departure", '"departure" is a choice of one option, not a yes or no.',
     "Write departure == 'north'."),
    ("first_flight", "first_flight", '"first_flight" is a date, not a yes or no.',
     "Write first_flight >= '2026-03-31'."),
    ("nerves_total", "nerves_total", '"nerves_total" is a score, not a yes or no.',
     "Compare it with a number, such as nerves_total >= 1."),
    ("remarks", "remarks", '"remarks" is free text, not a yes or no.',
     "Write answered(remarks), or ask a choice beside it."),
    ("remarks == 'x'", "remarks", '"remarks" is free text and has no option to compare with.',
     "Write answered(remarks), or ask a choice beside it."),
    ("alone == 'yes'", "alone", '"alone" is a yes/no question and has no option to compare with.',
     "Write alone, or not alone."),
    ("age == 'old'", "age", '"age" is a number and has no option to compare with.',
     "Compare it with a number, such as age >= 1."),
    ("alone < 3", "alone", '"alone" is a yes/no question, not a number.', "Write alone, or not alone."),
    ("departure + 1 > 2", "departure", '"departure" is a choice of one option, not a number.',
     "Give each of its options a score, or write departure == 'north'."),
    ("departure > 'north'", "departure > 'north'", 'The options of "departure" have no order.', "Use ==, != or in."),
    ("'x' in departure", "departure", '"departure" is a choice of one option, not a question with several answers.',
     "Write departure == 'north'."),
    ("items in ('oxygen',)", "items", '"items" is a choice of several options, not a choice of one option.',
     "Write 'inhaler' in items."),
    ("departure in ('north')", "departure in ('north')", '"in" needs an option and a question.',
     "Write 'code' in a_question, or a_question in ('code', 'code')."),
    ("first_flight < age", "first_flight < age", "A date can only be compared with a date.",
     "Write it as '2026-03-31'."),
    ("first_flight > 5", "first_flight", '"first_flight" is a date, not a number.',
     "Write first_flight >= '2026-03-31'."),
    ("first_flight == '31.3.2026'", "'31.3.2026'", '"31.3.2026" is not a date.', "Write it as '2026-03-31'."),
    ("age + 1 == 'x'", "age + 1", "Only a question can be compared with a quoted text.", "Put a question's id here."),
    ("age < True", "True", "True and False are not numbers.", "Name a question."),
    ("age + 'x' > 1", "'x'", "A quoted text is not a number.", "Compare it with a choice question."),
    ("age is 1", "age is 1", '"is" is not part of the condition language.', "Use == or !=."),
    # shapes
    ("count(alone)", "count(alone)", "count(...) is a number.", "Compare it with one, such as count(...) >= 2."),
    ("count() > 1", "count()", "count() counts nothing.", "Put conditions in it, separated by commas."),
    ("max(age, bag) > 1", "max(age, bag)", 'There is no "max(...)".', CALLS),
    # refusals
    ("declined(alon)", "alon", 'There is no question or score "alon".', 'Did you mean "alone"?'),
    ("declined(nerves_total)", "nerves_total", '"nerves_total" is a score, and only a question can be declined.',
     "Name one of its questions."),
    ("declined()", "declined()", ONE_QUESTION, "Write declined(a_question)."),
    ("declined(alone, age)", "declined(alone, age)", ONE_QUESTION, "Write declined(a_question)."),
    ("declined('alone')", "declined('alone')", ONE_QUESTION, "Write declined(a_question)."),
    ("declined(age < 18)", "declined(age < 18)", ONE_QUESTION, "Write declined(a_question)."),
    ("declined(alone, why=age)", "declined(alone, why=age)", ONE_QUESTION, "Write declined(a_question)."),
    ("declined(*items)", "declined(*items)", ONE_QUESTION, "Write declined(a_question)."),
    ("chest_pain and not declined(alone)", "declined(alone)", *NEGATED),
    ("not (alone or declined(age))", "declined(age)", *NEGATED),
    ("not not declined(age)", "declined(age)", *NEGATED),
    ("not count(declined(age)) >= 1", "declined(age)", *NEGATED),
    ("count(alone, not declined(age)) >= 1", "declined(age)", *NEGATED),
    ("declined(alone) == false", "declined(alone)", *COMPARED),
    ("declined(alone) == False", "declined(alone)", *COMPARED),
    ("False == declined(alone)", "declined(alone)", *COMPARED),
    ("declined(alone) is not True", "declined(alone)", *COMPARED),
    ("declined(alone) != declined(age)", "declined(alone)", *COMPARED),
    ("declined(alone) < 1", "declined(alone)", *COMPARED),
    ("(alone or declined(alone)) == False", "declined(alone)", *COMPARED),
    ("declined(alone) in (False,)", "declined(alone)", *COMPARED),
    ("age - declined(alone) > 1", "declined(alone)", *COMPARED),
    ("count(declined(alone)) < 1", "declined(alone)", *COUNTED),
    ("count(declined(alone)) <= 0", "declined(alone)", *COUNTED),
    ("count(declined(alone)) == 0", "declined(alone)", *COUNTED),
    ("count(declined(alone)) != 1", "declined(alone)", *COUNTED),
    ("1 > count(declined(alone))", "declined(alone)", *COUNTED),
    ("1 <= count(declined(alone)) <= 2", "declined(alone)", *COUNTED),
    ("2 >= count(declined(alone)) >= 1", "declined(alone)", *COUNTED),
    ("count(alone) >= count(declined(age))", "declined(age)", *COUNTED),
    ("1 - count(declined(alone)) >= 1", "declined(alone)", *COUNTED),
    ("-count(declined(alone)) >= 0", "declined(alone)", *COUNTED),
    ("count(declined(alone)) * -1 >= 0", "declined(alone)", *COUNTED),
    ("count(count(declined(alone)) < 1) >= 1", "declined(alone)", *COUNTED),
    ("count(count(declined(alone)) >= 1) < 1", "declined(alone)", *COUNTED),
    ("nerves_total / age > 1", "age", "Only a number other than 0 can be divided by.",
     "Multiply the other side instead."),
    ("nerves_total / 0 > 1", "0", "Only a number other than 0 can be divided by.", "Multiply the other side instead."),
    ("alone and 'x'", "'x'", "This is not true or false.", "Compare it with something."),
    ("age + 1", "age + 1", "This is not true or false.", "Compare it with something."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wrong", "what", "remedy"), REFUSED, ids=[row[0] for row in REFUSED])
def test_refused(flight: Content, text: str, wrong: str, what: str, remedy: str) -> None:
    """Check that each mistake has a sentence and a remedy, and points at exactly the wrong words."""
    with pytest.raises(Mistake) as caught:
        parse_condition(text, flight.form.symbols)
    mistake = caught.value
    assert (mistake.message, mistake.remedy) == (what, remedy)
    assert text[mistake.start : mistake.end] == wrong


RULES_ONLY = (
    "declined(...) can stand in a rule only.",
    "What is asked, checked or scored never follows from a refusal; write a rule instead.",
)


def test_a_refusal_decides_neither_what_is_asked_nor_a_score(flight: Content) -> None:
    """Check that only rules read refusals: elsewhere an answer set aside could come back and clear a rule."""
    symbols = flight.form.symbols
    for text in ("alone or declined(age)", "count(declined(age)) >= 1", "not declined(age)"):
        with pytest.raises(Mistake) as of_a_question:
            parse_condition(text, symbols, in_rule=False)
        assert (of_a_question.value.message, of_a_question.value.remedy) == RULES_ONLY
        assert text[of_a_question.value.start : of_a_question.value.end] == "declined(age)"
    with pytest.raises(Mistake) as of_a_score:
        parse_number("count(declined(age))", symbols)
    assert (of_a_score.value.message, of_a_score.value.remedy) == RULES_ONLY


@given(data=st.data())
def test_no_negation_of_a_refusal_passes(data: st.DataObject) -> None:
    """Check that no condition that parses is made false by a refusal that it asks for, whatever surrounds it."""
    symbols = flight().form.symbols
    around = data.draw(st.lists(st.sampled_from(WRAPPINGS), min_size=1, max_size=4))
    text = "declined(alone)"
    for wrapping in around:
        text = wrapping.format(text)
    node = parsed(text)
    if isinstance(node, Mistake):
        return
    known = data.draw(facts(symbols))
    answered, refused = (truth(node)(known | {"alone": fact}) for fact in (False, Missing.DECLINED))
    assert (answered, refused) in {
        (False, False),
        (False, True),
        (False, None),
        (True, True),
        (None, None),
        (None, True),
    }


WRAPPINGS = (
    "not ({})", "({}) and age < 18", "chest_pain or ({})", "count({}) >= 1", "count({}) < 1", "count({}) == 0",
    "1 - count({}) >= 1", "0 < count({}, chest_pain)", "0 == count({})", "({}) == False", "({}) != True",
    "count({}) - count(chest_pain) >= 0", "count(chest_pain) >= count({})", "count({}) >= count(chest_pain)",
    "({}) in (False,)", "-count({}) > -1", "count({}) * -1 >= 0", "not (count(not ({})) >= 1)",
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "age < 2 if alone else alone", "lambda: alone", "[alone]", "{alone: alone}", "alone, age < 2", "age.real > 1",
        "items[0] == 'oxygen'", "age ** 2 > 1", "age % 2 == 0", "age // 2 > 1", "age @ 2 > 1", "~age > 1", "+age > 1",
        "(x := alone)", "f'{age}' == departure", "b'north' == departure", "age < 1j", "age < None", "age < ...",
        "await alone", "count(*items) > 1", "count(alone, also=alone) > 1", "__import__('os').system('true')",
        "().__class__", "departure == departure",
    ],
)  # fmt: skip
def test_rest_of_python_refused(flight: Content, text: str) -> None:
    """Check that all other syntax of Python is a mistake and not part of the language."""
    with pytest.raises(Mistake) as caught:
        parse_condition(text, flight.form.symbols)
    assert caught.value.message.endswith(".")
    assert 0 <= caught.value.start < caught.value.end <= len(text)


@pytest.mark.parametrize("number", ["0x10", "0b1", "0o7", "1_0", "1e2", "1e400", "1e999999999", "1.", ".5", "1" * 400])
def test_numbers_are_written_out(flight: Content, number: str) -> None:
    """Check that a number is digits with at most one point; every other form is refused, and none takes long."""
    with pytest.raises(Mistake) as caught:
        parse_condition(f"age < {number}", flight.form.symbols)
    assert caught.value.start == len("age < ")


@pytest.mark.parametrize("text", ["age < 18 # young", "age < 18 # young\nor alone", "alone#"])
def test_no_comment_hides_a_part(flight: Content, text: str) -> None:
    """Check that a comment is refused, because it would silently hide the rest of the condition."""
    with pytest.raises(Mistake) as caught:
        parse_condition(text, flight.form.symbols)
    assert text[caught.value.start] == "#"


REST = "From here on this is not a condition."


@pytest.mark.parametrize(
    ("text", "start", "what"),
    [
        ("age < 18 or", 11, REST),
        ("age <", 5, REST),
        ("not", 3, REST),
        ("age < < 3", 6, REST),
        ("alone and (age < 18", 10, "This bracket is never closed."),
        ("alone and age < 18)", 18, "This bracket closes none that is open."),
        ("departure == 'north", 13, "This quote is never closed."),
        ("alone && chest_pain", 6, '"&&" is not part of the condition language.'),
        ("age => 18", 4, '"=>" is not part of the condition language.'),
    ],
)
def test_syntax_errors_have_a_place(flight: Content, text: str, start: int, what: str) -> None:
    """Check that text that is no expression is marked where it goes wrong, or at its end if something is missing."""
    with pytest.raises(Mistake) as caught:
        parse_condition(text, flight.form.symbols)
    assert (caught.value.start, caught.value.message) == (start, what)


def test_offsets_count_characters(flight: Content) -> None:
    """Check that offsets count characters, not bytes, so that a caret is below the word also after an accent."""
    text = "departure == 'östlich' and ages < 3"
    with pytest.raises(Mistake) as caught:
        parse_condition(text, flight.form.symbols)
    assert text[caught.value.start : caught.value.end] == "'östlich'"


@pytest.mark.parametrize(
    "text",
    [
        "(" * 150 + "alone" + ")" * 150,
        "(" * 490 + "alone" + ")" * 490,
        "not " * 240 + "alone",
        "-" * 900 + "age < 3",
        "age" + " + age" * 160 + " > 3",
        "age" + "*age" * 200 + " > 3",
        "count(" * 60 + "alone" + ") > 0" * 60,
        "not (alone and " * 60 + "alone" + ")" * 60,
        " and ".join(["alone"] * 100),
    ],
    ids=lambda text: text[:20],
)
def test_deep_conditions_work_or_are_refused(flight: Content, text: str) -> None:
    """Check that every reading of a deep condition works, or that it is a mistake when it is parsed."""
    assert len(text) <= LONGEST
    symbols = flight.form.symbols
    node = parsed(text)
    if isinstance(node, Mistake):
        assert node.message.endswith(".")
        return
    known: dict[str, Fact] = {"alone": True, "age": Range(40, 40)}
    assert truth(node)(known) in (True, False)
    assert support(node, known) <= {"alone", "age"}
    assert in_words(node, symbols)


def parsed(text: str) -> tree.Truth | Mistake:
    try:
        return parse_condition(text, flight().form.symbols)
    except Mistake as mistake:
        return mistake


@pytest.mark.parametrize("word", ["declined", "\uff44eclined", "d\u1d49clined"])
def test_a_refusal_in_other_letters_is_a_refusal(word: str) -> None:
    """Check that letters that Python reads as others hide no ``declined`` from the check of its place."""
    assert isinstance(parsed(f"not {word}(alone)"), Mistake)


@pytest.mark.parametrize("text", ["-" * 70 + "age < 1", "not " * 70 + "alone"])
def test_a_short_text_can_be_too_deep(text: str) -> None:
    found = parsed(text)
    assert isinstance(found, Mistake)
    assert "deeply" in found.message


@given(text=st.text(max_size=80) | st.text("agelon'()<>=!&|#.,0123456789 \n\t\\\"", max_size=60))
def test_any_text_parses_or_is_a_mistake(text: str) -> None:
    """Check that any text gives a tree, or a mistake with a sentence, and never another error."""
    found = parsed(text)
    if isinstance(found, Mistake):
        assert found.message.endswith(".")
        assert found.start <= len(text)


@given(data=st.data())
def test_names_are_those_written(data: st.DataObject) -> None:
    """Check that a tree names the questions and scores in its text, and no others."""
    symbols = data.draw(forms()).symbols
    text = data.draw(conditions(symbols))
    words = set("".join(letter if letter.isalnum() or letter == "_" else " " for letter in text).split())
    assert tree.names(parse_condition(text, symbols)) == words & symbols.keys()


@given(data=st.data())
def test_line_breaks_mean_nothing(data: st.DataObject) -> None:
    """Check that a condition may be broken over several lines wherever it has a space."""
    symbols = data.draw(forms()).symbols
    text = data.draw(conditions(symbols))
    assert parse_condition(text.replace(" ", "\n "), symbols) == parse_condition(text, symbols)


@given(data=st.data())
def test_brackets_mean_nothing(data: st.DataObject) -> None:
    """Check that brackets round a whole condition change neither its tree nor its value."""
    symbols = data.draw(forms()).symbols
    text = data.draw(conditions(symbols))
    inner, outer = parse_condition(text, symbols), parse_condition(f"(({text}))", symbols)
    assert inner == outer
    known = data.draw(facts(symbols))
    assert truth(inner)(known) is truth(outer)(known)
