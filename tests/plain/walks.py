"""Walks as lists of actions, whatever they are walked through: the interview itself, the prompts, or the screens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from screener.content.compiled import Content
from screener.engine.interview import Interview
from screener.i18n.gettext import _, pgettext
from screener.model.answers import format_answer
from screener.model.name_list import is_closed, segments
from screener.model.questionnaire import Question
from screener.model.response import AbsentReason, Entry
from screener.model.ruleset import Rule
from screener.plain.wording import listed
from screener.session.session import InterviewSession
from screener.tui.widgets.answer_rows import rows_of
from tests.plain.prompts import NOON, session
from tests.strategies import entry
from tests.tui.screens import Screens, screens

STAFF = "Jo"
MEDICINES = ("", "Nardil\nXanax\n--", "warfarin 2,5 mg", "Zorbatrine\n--")
"""Lists as the prompts write them, closed and open, with names that need no choice."""


@dataclass(frozen=True)
class Give:
    """An answer to the current question, or why there is none."""

    entry: Entry


@dataclass(frozen=True)
class Back:
    """To the page before."""


@dataclass(frozen=True)
class Change:
    """From the check of all answers to one of them."""

    question: str


@dataclass(frozen=True)
class Finish:
    """From the check of all answers to the end."""


Action = Give | Back | Change | Finish


def is_emergency(rule: Rule) -> bool:
    return rule.interruption is not None and rule.interruption.page == "emergency"


def step(at: InterviewSession, action: Action) -> list[Rule]:
    """Take one action through the interview itself; the urgent pages that it led to."""
    interview, pages = at.interview, []
    match action:
        case Give(given):
            assert interview.current
            at.record(interview.current.id, given)
            pages = acknowledge(at)
            interview.next()
        case Back():
            interview.back()
        case Change(question):
            interview.change(question)
        case Finish():
            at.finish()
    return pages


def acknowledge(at: InterviewSession) -> list[Rule]:
    """Acknowledge what is waiting, as the faces do; the urgent pages that were shown."""
    pages = []
    while waiting := at.interview.interruptions:
        pages.append(waiting[0])
        at.interview.acknowledge(waiting[0].id, NOON, STAFF if is_emergency(waiting[0]) else None)
    return pages


def through_interview(content: Content, walk: Sequence[Action]) -> InterviewSession:
    at = session(content)
    acknowledge(at)
    for action in walk:
        step(at, action)
    return at


# The prompts


def script(content: Content, walk: Sequence[Action]) -> list[str]:
    """The lines to type at the prompts for a walk."""
    at = session(content)
    pages = [line for page in acknowledge(at) for line in _words(page)]
    return pages + [line for action in walk for line in _lines(at, action)]


def _lines(at: InterviewSession, action: Action) -> Iterator[str]:
    interview = at.interview
    question, doubted = interview.current, False
    match action:
        case Give(AbsentReason() as reason):
            assert question
            yield "s"
            yield str(question.absent.index(reason) + 1)
        case Give(given):
            assert question
            yield typed(question, given)
            if question.type == "medicines" and given:
                yield "y" if is_closed(str(given)) else "n"
        case Back():
            yield "b"
        case Change(name):
            yield f"c {listed(interview).index(name) + 1}"
        case Finish():
            yield "f"
    if isinstance(action, Give):
        assert question
        doubted = bool(interview.please_check(question.id, action.entry))
    if doubted:
        yield "k"
    for page in step(at, action):
        yield from _words(page)


def _words(page: Rule) -> tuple[str, ...]:
    word = pgettext("word to type", "staff" if is_emergency(page) else "read")
    return (word, STAFF) if is_emergency(page) else (word,)


def typed(question: Question, given: Entry) -> str:
    """An answer as it is typed at a prompt."""
    codes = list(question.option)
    match given:
        case bool():
            return "y" if given else "n"
        case frozenset():
            return " ".join(str(codes.index(code) + 1) for code in sorted(given))
        case str() if question.nothing and not given:
            return "n"
        case str() if question.type == "medicines":
            return f" {', '.join(segments(given))}"
        case str():
            return str(codes.index(given) + 1) if question.type == "choice" else f" {given}"
        case Decimal():
            return f"{given:f}"
    return format_answer(question, given) if question.type in ("date", "time") else str(given)


# The screens


def at_screens(content: Content) -> AbstractAsyncContextManager[Screens]:
    return screens(content, next(iter(content.questionnaire)).id)


async def through_screens(person: Screens, walk: Sequence[Action]) -> InterviewSession:
    """Walk with the keyboard, and with the mouse where there are buttons."""
    model = session(person.app.session.content)
    for action in walk:
        await _act(person, action)
        for page in step(model, action):
            if is_emergency(page):
                assert person.page == "EmergencyPage"
                await person.click(_("Staff: continue"))
                await person.type(STAFF)
            else:
                assert person.page == "UrgentPage"
            await person.press("enter")
        if person.page == "WelcomePage":
            await person.press("enter")
        assert person.asked == (model.interview.current.id if model.interview.current else None)
    return person.app.session


async def _act(person: Screens, action: Action) -> None:
    match action:
        case Give(given):
            await _give(person, given)
        case Back():
            await person.press("escape")
        case Change(name):
            await person.press("home", *["down"] * listed(person.app.interview).index(name), "enter")
        case Finish():
            await person.click(_("Finish"))


async def _give(person: Screens, given: Entry) -> None:
    question = person.app.interview.current
    assert question
    rows = [row.value for row in rows_of(question)]
    if person.app.interview.entry is not None:
        await person.click(_("Clear"))
    if not isinstance(given, AbsentReason) and question.type in (
        "integer",
        "decimal",
        "date",
        "time",
        "text",
        "medicines",
    ):
        await person.type(typed(question, given).strip())
    else:
        if isinstance(given, AbsentReason) and question.type in (
            "integer",
            "decimal",
            "date",
            "time",
            "text",
            "medicines",
        ):
            await person.press("down")
        chosen = sorted(given) if isinstance(given, frozenset) else [given]
        for value in chosen:
            await person.press(str(next(n for n, row in enumerate(rows, 1) if row is value or row == value)))
    await person.press("enter")
    if person.page == "ConfirmAnswer":
        await person.click(_("It is right"))


# Any walk


@st.composite
def walks(draw: st.DrawFn, content: Content) -> list[Action]:
    """A walk to the end, with turns back and changes, and now and then the answer that was there before."""
    at = session(content)
    acknowledge(at)
    turns = draw(st.integers(0, 6))
    walk: list[Action] = []
    while not at.finished:
        action = draw(_actions(at.interview, turns > 0))
        turns -= not isinstance(action, Give)
        walk.append(action)
        step(at, action)
    return walk


def _actions(interview: Interview, may_turn: bool) -> st.SearchStrategy[Any]:
    if interview.current is None:
        change = st.sampled_from(listed(interview)).map(Change)
        return st.one_of(change, st.just(Finish())) if may_turn else st.just(Finish())
    medicines = interview.current.type == "medicines"
    give = (st.sampled_from(MEDICINES) if medicines else entry(interview.current).map(_on_one_line)).map(Give)
    if interview.entry is not None:
        give |= st.just(Give(interview.entry))
    return st.one_of(give, give, give, give, st.just(Back())) if may_turn else give


def _on_one_line(given: Entry) -> Entry:
    return given.replace("\n", " ") if isinstance(given, str) and not isinstance(given, AbsentReason) else given
