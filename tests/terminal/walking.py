"""Walking through the questionnaire on a real terminal, key by key, each page seen before it is answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

from screener.content.compiled import Content
from screener.engine.interview import Interview
from screener.model.answers import format_answer
from screener.model.questionnaire import Question
from screener.model.response import ABSENT_LABELS, AbsentReason, Entry
from screener.tui.app import READING
from screener.tui.widgets.scroll_body import MoreBelow
from tests.terminal.keys import DOWN, ENTER, TAB
from tests.terminal.terminal import URGENT, Terminal

Choose = Callable[[Question, int], Entry]
STAFF = "Test Nurse"
MORE = MoreBelow.READ_ON


def give(terminal: Terminal, question: Question, entry: Entry) -> None:
    """Press what a person presses to give this entry, Enter included."""
    typed = question.type in ("integer", "decimal", "date", "time", "text", "medicines")
    reasons = list(question.absent)
    codes = [option.code for option in question.options]
    match entry:
        case AbsentReason() if typed:
            terminal.keys(TAB)
            row = reasons.index(entry) + bool(question.nothing)
            terminal.keys(DOWN * row)
            terminal.shows(f"> F{5 + row}  ( ) {ABSENT_LABELS[entry]}")
            terminal.keys(" ")
        case AbsentReason():
            terminal.keys(_row((len(codes) or 2) + reasons.index(entry)))
        case _ if typed:
            terminal.keys(format_answer(question, entry))
        case bool():
            terminal.keys("1" if entry else "2")
        case _:
            chosen = entry if isinstance(entry, frozenset) else {entry}
            terminal.keys("".join(_row(codes.index(code)) for code in codes if code in chosen))
    terminal.keys(ENTER)


def _row(row: int) -> str:
    """Rows beyond the ninth have no digit; arrows lead there from the first."""
    return str(row + 1) if row < 9 else DOWN * row + " "


def walk(terminal: Terminal, content: Content, choose: Choose, until: str | None = None) -> Interview:
    """Answer every page as ``choose`` says, each seen before it is answered, up to the page of a question or the check
    of all answers; an interview alongside says what comes."""
    interview = Interview(content.form, content.rules)
    terminal.shows(content.questionnaire.welcome.heading)
    terminal.keys(ENTER)
    return go_on(terminal, interview, choose, until)


def go_on(terminal: Terminal, interview: Interview, choose: Choose, until: str | None = None) -> Interview:
    """The same from where an interview is."""
    number = 0
    while (question := interview.current) is not None:
        terminal.shows(question.text[:70])
        if question.id == until:
            break
        entry = choose(question, number)
        give(terminal, question, entry)
        interview.record(question.id, entry)
        if not (pages := interview.interruptions):
            interview.next()
        elif pages[0].interruption:
            read_on(terminal, pages[0].interruption.heading)
        if not pages and interview.current:
            read_on(terminal, " ".join(interview.current.text[:70].split()))
        if pages:
            acknowledge(terminal, interview)
            interview.next()
        number += 1
    return interview


def read_on(terminal: Terminal, following: str) -> None:
    """Press Enter again while the page asks to read more answers first, until what follows is shown."""
    while following not in terminal.text:
        terminal.until(lambda: following in terminal.text or MORE in terminal.text, repr(following))
        if following not in terminal.text:
            terminal.read_page(READING + 0.2)
            terminal.keys(ENTER)
            terminal.until(lambda: following in terminal.text or MORE in terminal.text, repr(following))


def acknowledge(terminal: Terminal, interview: Interview) -> None:
    """Read every urgent page; a member of staff comes to an emergency."""
    while interview.interruptions:
        rule = interview.interruptions[0]
        assert rule.interruption is not None
        terminal.shows(rule.interruption.heading)
        if rule.interruption.page == "emergency":
            terminal.shows("Staff: continue")
            terminal.read_page(URGENT)
            terminal.keys(TAB)
            terminal.press("Staff: continue")
            terminal.shows("Your name, which is kept")
            terminal.keys(STAFF)
            terminal.shows(STAFF)
            terminal.keys(TAB)
            terminal.press("Staff: continue")
        else:
            terminal.read_page(URGENT)
            terminal.press("I have read this")
        interview.acknowledge(rule.id, datetime.now(UTC), STAFF)


def declined(question: Question, number: int) -> Entry:
    """No answer to anything."""
    return question.absent[0]


def calm(question: Question, number: int) -> Entry:
    """Answers that raise nothing urgent; every ninth question is left out."""
    if number % 9 == 8:
        return AbsentReason.DECLINED
    match question.type:
        case "yes_no":
            return False
        case "choice":
            return question.options[0].code
        case "choices":
            return frozenset({question.options[-1].code})
        case "integer":
            usual = question.usual or question.limits
            return 42 if question.id == "age" or usual is None else int(usual.minimum)
        case "decimal":
            return Decimal("12.5")
    return "An invented answer, typed for a test."


def in_need(question: Question, number: int) -> Entry:
    """Answers that raise what they can, urgent rules and the emergency among them."""
    match question.type:
        case "yes_no":
            return True
        case "choice":
            return question.options[min(len(question.options), 9) - 1].code
        case "choices":
            return frozenset(option.code for option in question.options[:9] if not option.exclusive)
        case "integer":
            assert question.usual
            return int(question.usual.maximum)
    return calm(question, number)
