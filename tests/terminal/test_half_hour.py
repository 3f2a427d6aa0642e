"""Half an hour in a clinic on real terminals: who is told what while somebody needs help, and what nobody is told."""

from __future__ import annotations

import re
import shlex
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from screener.content.load import load
from screener.engine.interview import Interview
from screener.model.questionnaire import Question
from screener.model.response import AbsentReason, Entry
from screener.page_text.urgent import NOT_CONFIRMED
from screener.store.postgresql import PostgreSQL
from screener.store.sqlite import SQLite
from tests.store.making import a_clinic
from tests.store.postgres import Server
from tests.terminal.clinic_week import BELL, REFERENCE, UNSEEN, Machine, leaves, sees_to, without_dates
from tests.terminal.keys import ENTER, ESCAPE, TAB, UP, click
from tests.terminal.terminal import ROOT, SCREENER, Terminal
from tests.terminal.test_clinic_week import ALEX, SAM, ends, events, server
from tests.terminal.walking import give, go_on, walk

__all__ = ("server",)

QUESTIONNAIRE = "after-24-hours"
SAFETY, NOW = ("asq_1", "asq_2", "asq_3", "asq_4"), "asq_5"
URGENT_PAGE, EMERGENCY_PAGE = "Please talk to someone today", "Please get help now"
MEDICAL_PAGE = "Please get medical help now"
NOT_AT_THE_CLINIC = "Your answer is saved here, but it has not reached the clinic yet."
READ = 3.2
"""Seconds for which a page is read, with some to spare where the machine is busy."""
AWAY = 300.0
"""Seconds for which the server is away."""
LOCK = "\x0c"
F9 = "\x1b[20~"
CODE = "h7r3t9"
LISTED = re.compile(
    r"[ >]*(At the emergency page|Urgent, nobody|Waiting|In progress|Seen to by \w+|Read)\b.*?" + REFERENCE.pattern
)


@dataclass(frozen=True)
class Pager:
    """The clinic's own command: it keeps its words and what it gets on its standard input."""

    folder: Path

    @property
    def command(self) -> str:
        program = self.folder / "pager.py"
        program.write_text(
            f"import sys\nopen({str(self._calls)!r}, 'a').write(repr((sys.argv[1:], sys.stdin.read())) + '\\n')\n"
        )
        return shlex.join((sys.executable, str(program), "--loud"))

    @property
    def _calls(self) -> Path:
        return self.folder / "calls.txt"

    @property
    def calls(self) -> Sequence[str]:
        return self._calls.read_text().splitlines() if self._calls.exists() else ()

    @staticmethod
    def call(terminal: str, reference: str) -> str:
        return repr((["--loud"], f"{terminal}\n{reference}\n"))


def machines(folder: Path, store: str, urgent_after: int, pager: Pager, *names: str) -> list[Machine]:
    settings = {
        "SCREENER_QUESTIONNAIRE": QUESTIONNAIRE,
        "SCREENER_URGENT_AFTER": str(urgent_after),
        "SCREENER_ON_URGENT": pager.command,
    }
    return [Machine(name, folder / name.replace(" ", "-"), store, settings, SCREENER) for name in names]


def calm(question: Question, number: int) -> Entry:
    """No to everything, nothing left out but dates."""
    return without_dates(question, 0)


def declines(question: Question, number: int) -> Entry:
    return AbsentReason.DECLINED if question.id in SAFETY else calm(question, number)


def answer(kiosk: Terminal, interview: Interview, entry: Entry) -> None:
    """Give this entry to the question that is shown."""
    assert interview.current
    kiosk.shows(interview.current.text[:70])
    give(kiosk, interview.current, entry)
    interview.record(interview.current.id, entry)


def finish(kiosk: Terminal) -> None:
    """Finish, read the last page, and give the terminal back."""
    kiosk.shows("Check your answers before you finish")
    kiosk.keys(TAB)
    kiosk.press("Finish")
    kiosk.shows("You have finished")
    kiosk.read_page(READ)
    kiosk.press("Done")
    kiosk.focuses("Begin")


def reads(kiosk: Terminal, interview: Interview) -> None:
    """Read the urgent page, and go on."""
    kiosk.read_page(READ)
    kiosk.press("I have read this")
    acknowledged(interview)


def acknowledged(interview: Interview) -> None:
    for rule in interview.interruptions:
        interview.acknowledge(rule.id, datetime.now(UTC), SAM.name)
    interview.next()


def takes_back(kiosk: Terminal, interview: Interview) -> None:
    """Go back to the question before, and say no."""
    assert interview.current
    kiosk.shows(interview.current.text[:70])
    before = interview.back()
    kiosk.keys(ESCAPE)
    kiosk.shows(before.text[:70])
    give(kiosk, before, False)
    interview.record(before.id, False)
    interview.next()


def holds(kiosk: Terminal, key: str, page: str, seconds: float = 3.0) -> None:
    """Hold a key, as a keyboard repeats it, for longer than an urgent page refuses keys."""
    for _ in range(round(seconds / 0.05)):
        kiosk.keys(key)
        kiosk.read_page(0.05)
    assert page in kiosk.text


def double_clicks(kiosk: Terminal, words: str) -> None:
    """Click twice on the words that are lowest on the screen."""
    kiosk.keys(click(*kiosk.place_of(words)) * 2)


def reference(kiosk: Terminal) -> str:
    """The reference that stands at the top of the page."""
    match = REFERENCE.search(kiosk.text)
    assert match
    return match[0]


def standings(desk: Terminal) -> list[str]:
    """How each response stands, from the top of the list."""
    return [match[1] for line in desk.bare_lines if (match := LISTED.match(line))]


def rings(console: Terminal, times: int = 1) -> None:
    """Wait for so many bells from now on."""
    console.painted.clear()
    console.until(lambda: bytes(console.painted).count(BELL) >= times, f"{times} bells")


def alarms_while_locked(terminal: str, console: Terminal) -> bool:
    """Whether a locked console says that somebody is urgent at this terminal, and since when, and no more."""
    return bool(re.search(rf"! Urgent, {terminal}, \d\d:\d\d(?!\S)", console.text))


def stays(*terminals: Terminal) -> None:
    """Somebody sits at each of them and presses a key now and then, so that none of them locks."""
    for terminal in terminals:
        terminal.keys(UP)
        terminal.read_page(5)


def types_code(kiosk: Terminal, code: str) -> None:
    """A member of staff types a door code below the name."""
    kiosk.keys(code)
    kiosk.shows("\u2022" * len(code))
    kiosk.keys(ENTER)


def test_nobody_who_holds_a_key_dismisses_what_a_locked_console_rings_for(tmp_path: Path) -> None:
    """Part of the half hour below: the console says where and since when, and no more; nobody comes."""
    content, pager = load(ROOT, QUESTIONNAIRE), Pager(tmp_path)
    desk, room = machines(tmp_path, str(tmp_path / "clinic.db"), 1, pager, "Desk", "Room 2")
    database = SQLite(tmp_path / "clinic.db")
    a_clinic(database)
    database.close()
    with ExitStack() as stack:
        console, kiosk = desk.opened("staff", stack), room.opened("kiosk", stack)
        ALEX.unlocks(console)
        console.keys(LOCK)
        console.shows("Your passphrase")
        interview = walk(kiosk, content, calm, until="red_flags")
        answer(kiosk, interview, frozenset({"chest-pain"}))
        kiosk.shows(MEDICAL_PAGE)
        holds(kiosk, ENTER, MEDICAL_PAGE)
        kiosk.shows(NOT_CONFIRMED)
        console.until(lambda: alarms_while_locked("Room 2", console), "the alarm")
        rings(console)
        console.until(lambda: bool(pager.calls), "the call of the pager")
        assert reference(kiosk) not in console.painted.decode()
        assert pager.calls == [Pager.call("Room 2", "")]
        reads(kiosk, interview)
        assert interview.current
        kiosk.shows(interview.current.text[:70])
        leaves(console)
        ends(kiosk)


@pytest.mark.long
def test_half_an_hour_in_a_clinic(server: Server, tmp_path: Path) -> None:
    """Two kiosks, a console where Alex sits, and a locked one. One person declines the safety questions, one clicks
    twice and holds a key, one takes a yes back, and one is at the emergency page while the server is away."""
    content, pager = load(ROOT, QUESTIONNAIRE), Pager(tmp_path)
    store = server.new_database()
    database = PostgreSQL(store)
    a_clinic(database)
    database.close()
    desk, ward, room_1, room_2 = machines(tmp_path, store, 8, pager, "Desk", "Ward", "Room 1", "Room 2")
    desk.run("clinic", "staff", "add", SAM.name, typed=(*ALEX.typed, SAM.passphrase, SAM.passphrase))
    desk.run("clinic", "staff", "code", SAM.name, typed=(*SAM.typed, CODE, CODE))
    with ExitStack() as stack:
        first, second = room_1.opened("kiosk", stack), room_2.opened("kiosk", stack)
        at_desk, at_ward = desk.opened("staff", stack, (120, 40)), ward.opened("staff", stack)
        ALEX.unlocks(at_desk)
        SAM.unlocks(at_ward)
        at_ward.keys(LOCK)
        at_ward.shows("Your passphrase")

        # One declines the safety questions: no alarm, and staff read it first in the response.
        interview = walk(first, content, declines, until=SAFETY[0])
        declined = reference(first)
        go_on(first, interview, declines)
        finish(first)
        at_desk.until(lambda: standings(at_desk) == ["Waiting"], "one who waits")
        at_desk.keys(ENTER)
        at_desk.shows("safety questions declined")
        at_desk.keys(ESCAPE)
        at_desk.shows("Find:")
        assert "! Urgent" not in at_ward.text

        # One clicks twice on yes and on Continue, and then holds Enter: the urgent page stands.
        interview = walk(second, content, calm, until=SAFETY[0])
        clicker = reference(second)
        double_clicks(second, "Yes")
        second.shows("(*)")
        double_clicks(second, "Continue")
        second.shows(URGENT_PAGE)
        assert interview.current
        interview.record(SAFETY[0], True)
        at_desk.shows(f"! Room 2, {clicker}, urgent, nobody has seen to it. F9: see to it.")
        at_desk.until(lambda: standings(at_desk) == ["Urgent, nobody", "Waiting"], "the urgent one first")
        at_ward.until(lambda: alarms_while_locked("Room 2", at_ward), "the alarm of the locked console")
        holds(second, ENTER, URGENT_PAGE)
        assert BELL in bytes(at_desk.painted)
        assert BELL in bytes(at_ward.painted)
        sees_to(at_desk)
        at_desk.until(lambda: standings(at_desk) == ["Waiting", "Seen to by Alex"], "the one who was seen to")
        at_ward.shows_no("! Urgent")
        reads(second, interview)
        go_on(second, interview, calm)
        finish(second)

        # One takes a yes back: it stays urgent until staff close it.
        interview = walk(second, content, calm, until=SAFETY[0])
        changer = reference(second)
        answer(second, interview, True)
        second.shows(URGENT_PAGE)
        reads(second, interview)
        takes_back(second, interview)
        go_on(second, interview, calm)
        finish(second)
        at_desk.shows(f"! Room 2, {changer}, urgent")

        # The server goes away for five minutes, and one comes to the emergency page.
        server.stop()
        back_at = time.monotonic() + AWAY
        at_desk.shows("What is shown may be old.")
        interview = walk(first, content, calm, until=SAFETY[0])
        in_danger = reference(first)
        answer(first, interview, True)
        first.shows(URGENT_PAGE)
        first.shows(NOT_AT_THE_CLINIC)
        reads(first, interview)
        interview = go_on(first, interview, calm, until=NOW)
        answer(first, interview, True)
        first.shows(EMERGENCY_PAGE)
        first.shows(NOT_AT_THE_CLINIC)
        first.shows(NOT_CONFIRMED)
        while time.monotonic() < back_at:
            stays(first, at_desk)
            for each in (second, at_ward):
                each.read_page(0.2)
        for words in (EMERGENCY_PAGE, NOT_AT_THE_CLINIC, NOT_CONFIRMED):
            assert words in first.text
        assert "What is shown may be old." in at_desk.text
        assert "cannot tell whether an answer is urgent" in at_ward.text
        assert Pager.call("Room 1", in_danger) not in pager.calls

        # It comes back: both consoles are told, in the order of what is so.
        server.start()
        at_desk.shows(f"! Room 1, {in_danger}, at the emergency page")
        at_desk.until(
            lambda: standings(at_desk) == ["At the emergency page", "Urgent, nobody", "Waiting", "Seen to by Alex"],
            "the list in its order",
        )
        at_ward.until(lambda: alarms_while_locked("Room 1", at_ward), "the alarm of the locked console")

        first.shows_no(NOT_AT_THE_CLINIC)

        # Nobody sees to it within the clinic's own time.
        for where, who in (("Room 1", in_danger), ("Room 2", changer)):
            for call in (Pager.call(where, who), Pager.call(where, "")):
                at_desk.until(lambda call=call: call in pager.calls, call)
        for console in (at_desk, at_ward):
            rings(console, times=2)
        for name in (declined, clicker, changer, in_danger):
            assert name not in at_ward.painted.decode()

        # Sam unlocks the other console, says so, and opens the page with a door code.
        SAM.unlocks(at_ward)
        at_ward.shows(f"! Room 1, {in_danger}, at the emergency page")
        sees_to(at_ward)
        at_desk.shows(f"Sam sees to Room 1, {in_danger} since")
        first.read_page(READ)
        first.keys(TAB)
        first.press("Staff: continue")
        first.shows("Door code or passphrase")
        first.keys(SAM.name)
        first.shows(SAM.name)
        first.keys(ENTER)
        types_code(first, "z9z9z9")
        first.shows("is not right.")
        types_code(first, CODE)
        first.shows_no(EMERGENCY_PAGE)
        acknowledged(interview)
        go_on(first, interview, calm)
        finish(first)

        # Alex closes what was taken back.
        at_desk.shows(f"! Room 2, {changer}, urgent")
        at_desk.keys(F9)
        at_desk.shows("the answer was changed afterwards")
        at_desk.keys(ESCAPE)
        at_desk.shows_no("the answer was changed afterwards")
        sees_to(at_desk)
        at_ward.shows(f"Alex sees to Room 2, {changer} since")
        at_desk.shows_no(UNSEEN)
        at_desk.until(
            lambda: sorted(set(standings(at_desk))) == ["Seen to by Alex", "Seen to by Sam", "Waiting"], "all"
        )
        for console in (at_desk, at_ward):
            leaves(console)
        ends(first, second)

    assert events(desk, ALEX).count("urgent answer seen to") >= 3
    assert len(pager.calls) == len(set(pager.calls))
    known = ("", clicker, changer, in_danger)
    assert set(pager.calls) <= {Pager.call(f"Room {room}", who) for room in (1, 2) for who in known}
