"""Hypothesis strategies for questionnaires, conditions, rulesets, answers and facts.

A generated questionnaire is built as an author would build it (keys and strings), so that the models check it; its
conditions are text, so that the parser reads them.
"""

from __future__ import annotations

import datetime
import string
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import assume, settings
from hypothesis import strategies as st

from screener.content.compiled import Content
from screener.content.load import load
from screener.content.validate import validated
from screener.display_text import is_blank
from screener.engine.form import ConditionPath, Form, compile_form
from screener.engine.response_state import ResponseState
from screener.engine.rules import Assessment, Outcome, compile_rules
from screener.expressions.evaluate import Fact, Missing, Range, missing_range
from screener.expressions.mistakes import Mistake
from screener.expressions.parse import Symbols
from screener.model.answers import parse_answer
from screener.model.questionnaire import Instrument, Question, Questionnaire, Score, Section
from screener.model.response import AbsentReason, AnswerValue, Entry
from screener.model.ruleset import Ruleset
from screener.model.types.base import exact

T = TypeVar("T")
HERE = Path(__file__).parent

TYPES = ("yes_no", "choice", "choices", "integer", "decimal", "date", "time", "text")
FINITE = ("yes_no", "choice", "choices", "integer")
"""The types whose answers can be counted off, where limits are narrow."""
RELATIONS = ("<", "<=", ">", ">=", "==", "!=")
TIMES = st.times().map(lambda time: time.replace(second=0, microsecond=0))
DAYS = st.dates(datetime.date(1990, 1, 1), datetime.date(2030, 12, 31))

ESCAPES = {
    "clear": "\x1b[2J",
    "forged line": "\x1b[1;30HVERIFIED - total = 0",
    "title": "\x1b]0;title\x07",
    "link": "\x1b]8;;http://example.org\x1b\\link\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;cHduZWQ=\x07",
    "device control": "\x1bP$q\x1b\\",
    "reset": "\x1bc",
    "screen switch": "\x1b[?1049l",
    "eight-bit csi": "\x9b2J",
    "enquiry": "\x05",
    "shift out": "\x0e",
    "null": "a\x00b",
    "delete": "a\x7f\x08b",
    "carriage return": "all well\rnot at all",
    "bidi override": "\u202egnihton\u202c",
    "bidi isolate": "\u2067abc\u2069\u200f",
}
"""Answers that a terminal would obey if it got them as they are."""

FORGERIES = (
    "== Talk to a clinician =========================================================",
    "well\n== Urgent ======================================================================\n\n  None.",
    "-- Seal " + "-" * 72,
    "well\n-- Seal " + "-" * 72 + "\n\n   1 whole                " + "0" * 48,
    "# Heading\n## Another\n=====\n-----",
    "</p><script>alert(1)</script><!--",
    "[link](javascript:alert(1)) ![picture](http://example.org/x.png) <http://example.org>",
    "http://example.org www.example.org me@example.org",
    "**bold** _more_ `code` ~~gone~~ ***",
    "```\nfence\n```\n    indented\n> quote\n1. one\n- item\n* item\n+ item",
    "&lt;b&gt; &#60;b&#62; \\",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "[@click=app.quit]press[/] [b]bold[/b] A[/]B",
    '=HYPERLINK("http://example.org")',
    "end with a space\u00a0\u3000 ",
    "umlaut \u00e4\u00a8 wide \u65e5\u672c\u8a9e \ufdfa \u00bd \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "x" * 200,
    "\u65e5" * 100,
)
"""Answers that look like parts of a summary, or like markup."""

hostile = st.one_of(
    st.sampled_from([*ESCAPES.values(), *FORGERIES]),
    st.text(min_size=1, max_size=60).filter(lambda text: not is_blank(text)),
)


@cache
def flight() -> Content:
    return load(HERE / "fixtures", "before-a-flight")


@cache
def shipped() -> Content:
    return load(HERE.parent, "ketamine-pre-screening")


def _refuse(where: ConditionPath, mistake: Mistake) -> None:
    raise AssertionError(f"{where}: {mistake}")


# Questionnaires


def _options(draw: Callable[..., Any], scored: bool, most: int = 4) -> list[dict[str, Any]]:
    codes = list("abcd"[: draw(st.integers(2, most))])
    scores = draw(st.lists(st.integers(0, 3), min_size=len(codes), max_size=len(codes)))
    return [
        {"code": code, "label": f"Option {code.upper()}"} | ({"score": str(score)} if scored else {})
        for code, score in zip(codes, scores, strict=True)
    ]


def _question(draw: Callable[..., Any], name: str, types: Sequence[str], small: bool) -> dict[str, Any]:
    kind = draw(st.sampled_from(types))
    question: dict[str, Any] = {"id": name, "type": kind, "text": f"Question {name}?", "short_text": f"thing {name}"}
    most = 3 if small else 4
    if kind == "choice":
        question["options"] = _options(draw, draw(st.booleans()), most)
    if kind == "choices":
        question["options"] = _options(draw, False, 2 if small else most)
        question["options"][-1]["exclusive"] = draw(st.sampled_from(["true", "false"]))
    if kind in ("integer", "decimal"):
        low = draw(st.integers(-2, 3))
        high = low + draw(st.integers(1, 2 if small else 40))
        question["limits"] = {"minimum": str(low), "maximum": str(high)}
        if not small:
            question["unit"] = draw(st.sampled_from(["kg", "mmHg", "l/min", "%", "m\u00b2", "\u00b5g"]))
    if draw(st.booleans()):
        question["absent"] = ["asked-declined"]
    return question


@st.composite
def questionnaires(
    draw: st.DrawFn,
    *,
    types: Sequence[str] = TYPES,
    small: bool = False,
    sections: int = 3,
    questions: int = 4,
    instruments: bool = True,
    conditional: bool = True,
) -> Questionnaire:
    """A questionnaire whose conditions read questions and scores made before; in half of them the sections are then
    turned round, so that a condition may also read what is asked later."""
    known: dict[str, Question | Score] = {}
    made: list[Section] = []
    for number in range(draw(st.integers(1, sections))):
        names = [f"q{number}_{item}" for item in range(draw(st.integers(1, questions)))]
        published = instruments and draw(st.booleans())
        parts: list[Question] = []
        for name in names:
            question = _question(draw, name, ("choice",) if published else types, small)
            if published:
                question["options"] = _options(draw, True, 3)
            if conditional and known and draw(st.booleans()):
                question["enable_when"] = draw(conditions(known, depth=1, in_rule=False))
            parts.append(validated(Question, question))
            known[name] = parts[-1]
        common = {"id": f"s{number}", "title": f"Section {number}", "questions": tuple(parts)}
        if not published:
            made.append(validated(Section, common))
            continue
        score = {
            "id": f"t{number}",
            "title": f"Total {number}",
            "value": draw(st.sampled_from([" + ".join(names), f"count({' >= 1, '.join(names)} >= 1)"])),
            "maximum": str(3 * len(names)),
            "bands": [
                {"minimum": "0", "maximum": "1", "label": "few"},
                {"minimum": "2", "maximum": "99", "label": "many"},
            ],
        }
        made.append(
            validated(
                Instrument,
                common
                | {
                    "name": f"I-{number}",
                    "edition": "invented",
                    "licence": {"terms": "Free.", "credit": "Nobody."},
                    "recall_period": "today",
                    "scores": [score],
                    "missing_items": "A range is shown, never a total.",
                    "sources": ["T1"],
                    "mark": "verified",
                },
            )
        )
        known[f"t{number}"] = made[-1].scores[0]
    if draw(st.booleans()):
        made.reverse()
    return validated(
        Questionnaire,
        {
            "id": "generated",
            "version": "1.0.0",
            "title": "Generated",
            "language": "en-GB",
            "welcome": {"heading": "Welcome", "paragraphs": ["Hello."]},
            "completion": ["Show this to the crew."],
            "sections": tuple(made),
        },
    )


@st.composite
def forms(draw: st.DrawFn, **options: Any) -> Form:
    return compile_form(draw(questionnaires(**options)), _refuse)


# Conditions

AMOUNTS = ("{}", "{}", "-{}", "{} * 2", "{} / -2", "({} - 1)", "{0} * {0}")
LIMITS = ("-1", "0", "0.5", "1", "2", "3", "12")


def conditions(symbols: Symbols, depth: int = 2, in_rule: bool = True) -> st.SearchStrategy[str]:
    """Draw conditions of any shape over these names, or one that names nothing if there are no names.

    Only those of rules ask for refusals, by ``declined``.
    """
    return _conditions(tuple(symbols.values()), depth, in_rule)


@st.composite
def _conditions(draw: st.DrawFn, symbols: tuple[Question | Score, ...], depth: int, in_rule: bool) -> str:
    usable = [symbol for symbol in symbols if isinstance(symbol, Score) or symbol.type != "text"]
    questions = [symbol.id for symbol in symbols if isinstance(symbol, Question)] if in_rule else []
    if not usable:
        return f"declined({draw(st.sampled_from(questions))})" if questions else "1 < 2"
    return _Conditions(draw, usable, questions).any(depth, un_negated=True)


class _Conditions:
    """The text of conditions, drawn piece by piece."""

    def __init__(self, draw: st.DrawFn, symbols: Sequence[Question | Score], questions: Sequence[str]) -> None:
        self.draw = draw
        self.symbols = symbols
        self.questions = questions
        """The questions whose refusal may be asked for, un-negated."""
        self.amounts = [symbol.id for symbol in symbols if _is_amount(symbol)]

    def one(self, choices: Sequence[T]) -> T:
        return choices[self.draw(st.integers(0, len(choices) - 1))]

    def any(self, depth: int, un_negated: bool) -> str:
        shape = self.one(("leaf", "leaf", "and", "or", "not", "count", "turned", "difference")) if depth else "leaf"
        match shape:
            case "and" | "or":
                return f"({self.any(depth - 1, un_negated)}) {shape} ({self.any(depth - 1, un_negated)})"
            case "not":
                return f"not ({self.any(depth - 1, un_negated=False)})"
            case "count":
                relation = self.one(RELATIONS)
                return f"{self.count(depth, un_negated and relation in ('>', '>='))} {relation} {self.one('0123')}"
            case "turned":
                relation = self.one(RELATIONS)
                return f"{self.one('0123')} {relation} {self.count(depth, un_negated and relation in ('<', '<='))}"
            case "difference":
                return f"{self.count(depth, False)} - {self.count(depth, False)} {self.one(RELATIONS)} 0"
        return self.leaf(un_negated)

    def count(self, depth: int, un_negated: bool) -> str:
        return "count(" + ", ".join(self.any(depth - 1, un_negated) for _ in range(self.one((1, 2, 3)))) + ")"

    def leaf(self, un_negated: bool) -> str:
        if un_negated and self.questions and self.one((False, False, True)):
            return f"declined({self.one(self.questions)})"
        symbol = self.one(self.symbols)
        kind = "score" if isinstance(symbol, Score) else symbol.type
        if kind == "yes_no":
            return symbol.id
        if kind == "date":
            return f"{symbol.id} {self.one(RELATIONS)} '{self.draw(DAYS)}'"
        if kind == "time":
            return f"{symbol.id} {self.one(RELATIONS)} '{self.draw(TIMES):%H:%M}'"
        if isinstance(symbol, Question) and kind in ("choices", "medicines"):
            return f"{self.code(symbol)} {self.one(('in', 'not in'))} {symbol.id}"
        if isinstance(symbol, Question) and kind == "choice" and not (symbol.scored and self.one((True, False))):
            if self.one((True, False)):
                return f"{symbol.id} {self.one(('==', '!='))} {self.code(symbol)}"
            return f"{symbol.id} {self.one(('in', 'not in'))} ({self.code(symbol)}, {self.code(symbol)})"
        amount = self.one(AMOUNTS).format(symbol.id)
        match self.one(("plain", "plain", "turned", "chain", "other")):
            case "turned":
                return f"{self.one(LIMITS)} {self.one(RELATIONS)} {amount}"
            case "chain":
                return f"{self.one(LIMITS)} {self.one(RELATIONS)} {amount} {self.one(RELATIONS)} {self.one(LIMITS)}"
            case "other":
                return f"{amount} {self.one(RELATIONS)} {self.one(AMOUNTS).format(self.one(self.amounts))}"
        return f"{amount} {self.one(RELATIONS)} {self.one(LIMITS)}"

    def code(self, question: Question) -> str:
        return f"'{self.one(list(question.option))}'"


def _is_amount(symbol: Question | Score) -> bool:
    return isinstance(symbol, Score) or symbol.type in ("integer", "decimal") or symbol.scored


# Rulesets and whole contents

PAGE = {"heading": "Please tell somebody", "paragraphs": ["Please tell somebody now."]}


@st.composite
def rulesets(draw: st.DrawFn, symbols: Symbols, most: int = 5) -> Ruleset:
    """A ruleset over the questions and scores of a form, with every priority and both kinds of page."""
    rules = []
    for number in range(draw(st.integers(1, most))):
        priority = draw(st.sampled_from(["urgent", "priority", "discuss", "inform"]))
        page = {"interruption": PAGE | {"page": draw(st.sampled_from(["support", "emergency"]))}}
        rules.append(
            {
                "id": f"rule-{number}",
                "topic": f"Topic {number}",
                "priority": priority,
                "when": draw(conditions(symbols)),
                "patient": f"You told us about topic {number}.",
                "clinician": f"Topic {number} by own report.",
                "sources": [{"source": "T1", "section": "page 3", "mark": "to-be-checked"}],
            }
            | (page | {"persists": draw(st.booleans())} if priority == "urgent" else {})
        )
    return validated(
        Ruleset,
        {
            "id": "generated",
            "version": "1.0.0",
            "title": "Rules",
            "language": "en-GB",
            "questionnaire": "generated",
            "rules": rules,
            "sources": flight().ruleset.sources,
            "crisis_lines": flight().ruleset.crisis_lines,
        },
    )


def with_rule(when: str) -> Content:
    """Return the questionnaire before a flight with one rule, "thing", in place of its own."""
    content = flight()
    rule = replace(content.ruleset.rules[0], id="thing", when=when)
    ruleset = replace(content.ruleset, rules=(rule,))
    return Content(content.form, compile_rules(ruleset, content.form, _refuse), "0" * 64, "1" * 64)


@st.composite
def contents(draw: st.DrawFn, **options: Any) -> Content:
    """A generated questionnaire with generated rules. It comes from no files, so its hashes are invented."""
    form = draw(forms(**options))
    ruleset = draw(rulesets(form.symbols))
    rules = compile_rules(_undecided(ruleset, form), form, _refuse)
    return Content(form, rules, "0" * 64, "1" * 64)


def _undecided(ruleset: Ruleset, form: Form) -> Ruleset:
    """Return the rules that ``screener check`` accepts: none is decided before the first answer, as ``age >= -1``."""
    outcomes = Assessment(compile_rules(ruleset, form, _refuse), ResponseState(form)).outcomes
    rules = tuple(rule for rule in ruleset.rules if outcomes[rule.id] is Outcome.UNDETERMINED)
    assume(rules)
    return replace(ruleset, rules=rules)


class Sample:
    """A content that prints as its conditions, so that a failure can be read."""

    def __init__(self, content: Content) -> None:
        self.content = content

    def __repr__(self) -> str:
        asked = [(question.id, question.type, question.enable_when) for question in self.content.questionnaire]
        scores = [(score.id, score.value) for part in self.content.questionnaire.instruments for score in part.scores]
        rules = [(rule.id, rule.when) for rule in self.content.ruleset]
        return f"{asked} {scores} {rules}" if len(asked) < 20 else self.content.questionnaire.id


@st.composite
def samples(draw: st.DrawFn, made: st.SearchStrategy[Content]) -> Sample:
    return Sample(draw(made))


EVERY_CONTENT = {
    "flight": samples(st.builds(flight)),
    "shipped": samples(st.builds(shipped)),
    "generated": samples(contents()),
    "readings": samples(st.builds(lambda: _readings())),
}
"""What each law is tested on."""


def _readings() -> Content:
    from tests.readings import every_condition

    return every_condition()


# Answers


def answers(question: Question) -> st.SearchStrategy[Any]:
    """Answers that the question accepts."""
    match question.type:
        case "yes_no":
            return st.booleans()
        case "choice":
            return st.sampled_from([option.code for option in question.options])
        case "choices":
            alone = [frozenset([option.code]) for option in question.options if option.exclusive]
            plain = [option.code for option in question.options if not option.exclusive]
            several = st.sets(st.sampled_from(plain), min_size=1).map(frozenset) if plain else st.nothing()
            return several | st.sampled_from(alone) if alone else several
        case "integer":
            limits = question.limits
            assert limits
            return st.integers(int(limits.minimum), int(limits.maximum))
        case "decimal":
            limits = question.limits
            assert limits
            return st.decimals(limits.minimum, limits.maximum, places=1, allow_nan=False)
        case "date":
            return DAYS
        case "time":
            return TIMES
        case "text":
            return hostile.map(lambda typed: parse_answer(question, typed))
        case "medicines":
            lists = ("", "Nardil, Xanax", "paracetamol\n--", "warfarin 2,5 mg\n--", "Zorbatrine\n--")
            return st.sampled_from(lists) | hostile.map(lambda typed: parse_answer(question, typed))
    raise AssertionError(question.type)


def absent(question: Question) -> st.SearchStrategy[AbsentReason]:
    return st.sampled_from(question.absent)


@cache
def entry(question: Question) -> st.SearchStrategy[Entry]:
    """Mostly an answer, now and then a reason for having none."""
    return st.one_of(answers(question), answers(question), answers(question), absent(question))


def entries(form: Form) -> st.SearchStrategy[dict[str, Entry]]:
    """Entries for some of the questions, whether they apply or not, in any order."""
    optional = {question.id: entry(question) for question in form.questionnaire}
    return st.fixed_dictionaries({}, optional=optional)


def filled(form: Form) -> st.SearchStrategy[dict[str, Entry]]:
    """An entry for every question, whether it applies or not."""
    return st.fixed_dictionaries({question.id: entry(question) for question in form.questionnaire})


# Facts


def facts(symbols: Symbols) -> st.SearchStrategy[dict[str, Fact]]:
    """Any facts at all, consistent with one another or not."""
    return st.fixed_dictionaries({name: fact(symbol) for name, symbol in symbols.items()})


def fact(symbol: Question | Score) -> st.SearchStrategy[Fact]:
    """Any fact that the question or score can have: exact, missing, or for a score something between."""
    if isinstance(symbol, Score):
        pair = st.lists(st.integers(0, symbol.maximum), min_size=2, max_size=2).map(sorted)
        applies = st.sampled_from([True, True, None, False])
        return st.builds(lambda ends, known: Range(ends[0], ends[1], known), pair, applies)
    missing = st.sampled_from(Missing)
    if symbol.type in ("date", "time"):
        days = datetime.date.min.toordinal(), datetime.date.max.toordinal()
        ends = days if symbol.type == "date" else (0, 1439)
        return answers(symbol).map(exactly) | missing.map(lambda why: missing_range(*ends, why))
    if symbol.limits:
        low, high = exact(symbol.limits.minimum), exact(symbol.limits.maximum)
        return answers(symbol).map(exactly) | missing.map(lambda why: missing_range(low, high, why))
    if symbol.name_list:
        return answers(symbol).map(symbol.name_list.read) | missing
    return answers(symbol).map(exactly) | missing


def exactly(answer: AnswerValue) -> Fact:
    """The fact that a known answer is."""
    if isinstance(answer, bool | str | frozenset):
        return answer
    if isinstance(answer, datetime.time):
        return Range(60 * answer.hour + answer.minute, 60 * answer.hour + answer.minute)
    number = answer.toordinal() if isinstance(answer, datetime.date) else exact(Decimal(answer))
    return Range(number, number)


def refined(symbol: Question | Score, fact: Fact) -> st.SearchStrategy[Fact]:
    """Exact facts that this fact could turn out to be; for one that may not apply, also that it does not."""
    if isinstance(fact, Range) and isinstance(symbol, Score) and fact.enabled is not False:
        found = st.integers(int(fact.low), int(fact.high)).map(lambda total: Range(total, total))
        return st.one_of(found, st.just(fact._replace(enabled=False))) if fact.enabled is None else found
    applies = fact.enabled if isinstance(fact, Range | Missing) else True
    if applies is False or not (isinstance(fact, Missing) or (isinstance(fact, Range) and fact.low < fact.high)):
        return st.just(fact)
    assert isinstance(symbol, Question)
    answered = answers(symbol).map(symbol.name_list.read if symbol.name_list else exactly)
    if applies is None:
        return answered | st.just(fact._replace(enabled=False) if isinstance(fact, Range) else Missing.NOT_APPLICABLE)
    return answered


def refused(symbol: Question | Score, fact: Fact) -> st.SearchStrategy[Fact]:
    """Draw the fact after a refusal if the question is asked and has no answer yet; otherwise the fact itself."""
    if isinstance(fact, Range) and isinstance(symbol, Question) and fact.enabled and fact.refused is not False:
        return st.just(fact._replace(refused=True))
    return st.just(Missing.DECLINED if fact is Missing.UNANSWERED else fact)


def often(test: Callable[..., None]) -> Callable[..., None]:
    """Three times the examples of the profile, for what is quick to try and rarely goes wrong."""
    return settings(max_examples=3 * settings.default.max_examples)(test)


def named(mapping: Mapping[str, T]) -> dict[str, Any]:
    """Arguments for ``pytest.mark.parametrize``: the values, with their names as test ids."""
    return {"argvalues": list(mapping.values()), "ids": list(mapping)}


plain_words = st.text(string.ascii_letters + " ", min_size=1, max_size=30)
