"""The staff's side on a real terminal: ``screener staff``, and the person's pages in the same window."""

from __future__ import annotations

import datetime
import os
import re
import shlex
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from screener.cli.new_process import REPLACES
from screener.model.questionnaire import Question
from screener.model.response import AbsentReason, Entry
from tests.expressions.previous_content import previous_folder, with_previous
from tests.staff.clinic import ACUTE, CALM, FLIGHT, NOON, PASSPHRASE, STAFF, URGENT, Clinic
from tests.staff.test_people import expect
from tests.staff.test_previous import LIGHT, answers, linked
from tests.strategies import flight
from tests.terminal.keys import DOWN, ENTER, ESCAPE, TAB
from tests.terminal.terminal import RESTORED, Terminal
from tests.terminal.walking import calm, walk

F3, F4, F9, QUIT, LOCK = "\x1bOR", "\x1bOS", "\x1b[20~", "\x11", "\x0c"


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    return clinic_at_home(tmp_path)


def clinic_at_home(home: Path) -> Clinic:
    """Return a clinic where the program finds it."""
    folder = home / ".home" / "data" / "screener"
    folder.mkdir(mode=0o700, parents=True)
    return Clinic(folder)


@pytest.fixture
def terminal(clinic: Clinic, tmp_path: Path) -> Iterator[Terminal]:
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    exports = tmp_path / "exports"
    exports.mkdir()
    told = f"import sys; open({str(tmp_path / 'told')!r}, 'a').write(sys.stdin.read())"
    environment = {
        "XDG_RUNTIME_DIR": str(runtime),
        "SCREENER_EXPORTS": str(exports),
        "SCREENER_ON_URGENT": shlex.join((sys.executable, "-c", told)),
        "SCREENER_URGENT_AFTER": "1",
    }
    with Terminal("--content", str(FLIGHT), "staff", folder=tmp_path, environment=environment) as opened:
        yield opened


def unlock(terminal: Terminal) -> None:
    """Type the name and the passphrase, each once there is room for it."""
    terminal.shows("Your passphrase")
    terminal.keys(STAFF)
    terminal.shows(STAFF)
    terminal.keys(ENTER + PASSPHRASE)
    terminal.shows("\u2022" * len(PASSPHRASE))
    terminal.keys(ENTER)
    terminal.shows("Find:")


def bells(terminal: Terminal) -> int:
    """How often the bell rang. The same byte ends what the program tells the terminal about itself."""
    return re.sub(rb"\x1b\][^\x07]*\x07", b"", terminal.painted).count(b"\x07")


def command_line(process: Path) -> str:
    """Return what everybody on the machine can read of a process; empty for one that has ended."""
    try:
        return (process / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""


def handed_over_process(terminal: Terminal) -> Path:
    """Return the one process at this terminal in which a person answers; staff's is another."""
    (process,) = [each for each in Path("/proc").glob("[0-9]*") if is_handed_over(each, terminal)]
    return process


def is_handed_over(process: Path, terminal: Terminal) -> bool:
    with suppress(ProcessLookupError):  # Those of other tests come and go.
        at_terminal = os.getsid(int(process.name)) == terminal.process.pid
        return at_terminal and "--handed-over" in command_line(process)
    return False


def choose(question: Question, number: int) -> Entry:
    return AbsentReason.DECLINED if question.type == "date" else calm(question, number)


def test_staff_read_a_response_and_hear_of_an_urgent_one(clinic: Clinic, terminal: Terminal) -> None:
    """Unlock, list, open, save; what another terminal saves rings the bell by itself, and locking hides everything."""
    clinic.answers("2222-2222", CALM, name="Ana Lee")
    unlock(terminal)
    assert PASSPHRASE.encode() not in terminal.painted
    terminal.shows("Ana Lee")
    terminal.shows("> Waiting 2222-2222 front desk Ana Lee")
    assert bells(terminal) == 0
    terminal.keys(" ")
    terminal.shows("[Page 1]")
    terminal.keys("3")
    terminal.shows("All answers, with those before them")
    clinic.answers("3333-3333", URGENT, name="Bob Oak")
    terminal.shows("! front desk, 3333-3333, Bob Oak, urgent")
    assert bells(terminal)
    terminal.keys(F9)
    terminal.focuses("I see to it")
    terminal.read_page()
    terminal.keys(" ")
    terminal.shows_no("! front desk")
    terminal.keys(LOCK)
    terminal.shows("Your passphrase")
    assert not any(word in terminal.text for word in ("Ana", "Bob", "2222", "3333"))
    terminal.keys(QUIT)
    assert terminal.ends() == 0
    assert all(sequence in terminal.painted for sequence in RESTORED)
    assert terminal.title == ""
    (listed,) = [listed for listed in clinic.staff_store().responses() if listed.name == "Bob Oak"]
    assert [(annotation.kind, annotation.by, annotation.text) for annotation in listed.annotations] == [
        ("acknowledged", STAFF, "chest-pain")
    ]
    clinic.staff_store().check_audit()


def test_a_terminal_is_handed_over_and_comes_back_locked(clinic: Clinic, terminal: Terminal) -> None:
    """The person's pages replace those of staff; leaving them needs the passphrase; when they end, the door is shut."""
    clinic.answers("2222-2222", CALM, name="Ana Lee")
    unlock(terminal)
    terminal.keys(F3)
    terminal.shows("A name or a reference of your own")
    terminal.keys("Cleo")
    terminal.shows("Cleo")
    terminal.keys(TAB)
    terminal.focuses("(*) English")
    terminal.keys(TAB)
    terminal.press("Hand over")
    terminal.shows("We ask a few things before your flight.")
    assert "Ana" not in terminal.text
    assert not any(word in command_line(handed_over_process(terminal)) for word in ("Ana", "Cleo", "2222"))
    terminal.keys(QUIT)
    terminal.shows("If you are answering questions here")
    terminal.keys(ESCAPE)
    terminal.shows("We ask a few things before your flight.")
    walk(terminal, flight(), choose)
    terminal.shows("Check your answers before you finish")
    terminal.keys(TAB)
    terminal.press("Finish")
    terminal.shows("You have finished")
    terminal.read_page()
    terminal.press("Done")
    terminal.shows("The questionnaire was finished.")
    assert not REPLACES or "--locked" in command_line(Path(f"/proc/{terminal.process.pid}"))
    assert not any(word in terminal.text for word in ("Ana", "Cleo", "2222"))
    unlock(terminal)
    terminal.shows("Cleo")
    terminal.keys(QUIT)
    assert terminal.ends() == 0
    (record,) = [
        clinic.staff_store().read(listed.id) for listed in clinic.staff_store().responses() if listed.name == "Cleo"
    ]
    assert {answer.by for answer in record.history} == {None}
    assert record.finished


def test_a_person_goes_on_in_a_process_of_their_own(clinic: Clinic, terminal: Terminal, tmp_path: Path) -> None:
    """With what staff resumed for them, whose key only that process holds."""
    answered: dict[str, Entry] = {"departure": "south"}
    clinic.answers("2222-2222", answered, name="Ana Lee", finished=False)
    clinic.answers("3333-3333", CALM, name="Bob Oak")
    unlock(terminal)
    terminal.shows("Ana Lee")
    terminal.keys(DOWN)
    terminal.shows("> In progress 2222-2222")
    terminal.keys(ENTER)
    terminal.press("Go on with it")
    terminal.press("Hand over")
    terminal.shows("Who types the answers?")
    terminal.keys("1")
    terminal.shows("(*) I do")
    process = handed_over_process(terminal)
    assert not any(word in command_line(process) for word in ("Ana", "Bob", "2222"))
    [key] = (tmp_path / "runtime" / "screener").iterdir()
    holders = [file for file in (process / "fd").iterdir() if file.exists() and file.resolve() == key]
    assert len(holders) == 1
    terminal.keys(ENTER)
    terminal.shows("How old are you?")
    terminal.signal(signal.SIGTERM)
    terminal.ends()
    (listed,) = [listed for listed in clinic.staff_store().responses() if listed.name == "Ana Lee"]
    assert list(clinic.staff_store().read(listed.id).entries) == ["departure", "typed_by"]


def test_a_person_is_handed_the_terminal_from_their_appointment(clinic: Clinic, tmp_path: Path) -> None:
    """In a process of their own, which shows what they told last time and keeps it by a press; it is linked to them."""
    staff_store, folder = clinic.staff_store(), previous_folder(tmp_path / "content")
    ana = expect(staff_store, "Ana Lee", "A-1", NOON.date())
    linked(clinic, ana, answers(clinic, "2222-2222", LIGHT))
    ana = expect(staff_store, "Ana Lee", "A-1", datetime.date.today() + datetime.timedelta(days=9))
    environment = {"XDG_RUNTIME_DIR": str(tmp_path)}
    with Terminal("--content", str(folder), "staff", folder=tmp_path, environment=environment) as terminal:
        unlock(terminal)
        terminal.keys(F4)
        terminal.shows("People: 1")
        terminal.keys(" ")
        terminal.shows("Ana Lee, A-1, born 1980")
        terminal.keys(DOWN * 2)
        terminal.shows("> Appointment")
        terminal.keys(F3)
        terminal.press("Yes, hand over")
        terminal.shows("We ask a few things before your flight.")
        command = command_line(handed_over_process(terminal))
        assert not any(word in command for word in ("Ana", "A-1", "2222", ana.id, ana.appointments[-1].id))
        walk(terminal, with_previous(), choose, until="alone")
        terminal.shows("On 2026-03-01 you answered: Yes")
        assert "2222" not in terminal.text
        terminal.keys("\x1b[Z")
        terminal.press("It is still so")
        terminal.shows("When was your first flight?")
        terminal.signal(signal.SIGTERM)
        terminal.ends()
    last = max(clinic.staff_store().responses(), key=lambda listed: listed.entry.started if listed.entry else NOON)
    assert last.link
    assert (last.link.person, last.link.appointment) == (ana.id, ana.appointments[-1].id)
    record = clinic.staff_store().read(last.id)
    assert [past.question for past in record.history if past.carried_over] == ["alone"]
    assert record.carried_from
    assert record.carried_from.reference == "2222-2222"


def test_nobody_but_the_staff_screens_starts_that_process(clinic: Clinic, tmp_path: Path) -> None:
    """Whoever types the option by hand is told so, and nothing is asked."""
    with Terminal("start", "--handed-over", "0", folder=tmp_path, environment={}) as terminal:
        terminal.keys("nothing\n\x04")
        terminal.shows("Only the staff screens start this. Run: screener staff")
        assert terminal.ends() == 2


def test_a_locked_console_rings_and_calls_the_clinics_command(
    clinic: Clinic, terminal: Terminal, tmp_path: Path
) -> None:
    """Without anybody at it: the terminal and the time, and no more; another console that sees to it ends that."""
    unlock(terminal)
    terminal.keys(LOCK)
    terminal.shows("Your passphrase")
    assert bells(terminal) == 0
    response = clinic.answers("3333-3333", ACUTE, name="Bob Oak", finished=False)
    terminal.shows(f"! Urgent, front desk, {NOON.astimezone():%Y-%m-%d}")
    assert bells(terminal) >= 1
    terminal.until(lambda: bells(terminal) >= 3, "a louder bell")
    assert (tmp_path / "told").read_text() == "front desk\n\n"
    assert not any(word in terminal.text for word in ("Bob", "3333", "chest", "emergency page"))
    clinic.staff_store().annotate(response.id, "acknowledged", "chest-pain chest-pain-now")
    terminal.shows_no("Urgent")
    terminal.keys(QUIT)
    assert terminal.ends() == 0


def test_what_came_while_somebody_answered_here_rings_afterwards(clinic: Clinic, terminal: Terminal) -> None:
    """The console is locked then, and knows of it all the same."""
    unlock(terminal)
    terminal.keys(F3)
    terminal.shows("A name or a reference of your own")
    terminal.keys(TAB)
    terminal.focuses("(*) English")
    terminal.keys(TAB)
    terminal.press("Hand over")
    terminal.shows("We ask a few things before your flight.")
    clinic.answers("3333-3333", URGENT, name="Bob Oak")
    terminal.keys(QUIT)
    terminal.shows("If you are answering questions here")
    terminal.keys(STAFF)
    terminal.shows(STAFF)
    terminal.keys(TAB + PASSPHRASE)
    terminal.shows("\u2022" * len(PASSPHRASE))
    terminal.keys(ENTER)
    terminal.focuses("Go on here")
    terminal.read_page()
    terminal.keys(TAB)
    terminal.press("Close this terminal", after="Next person")
    terminal.shows("Your passphrase")
    terminal.shows("! Urgent, front desk")
    assert bells(terminal)
    assert not any(word in terminal.text for word in ("Bob", "3333"))
    terminal.keys(QUIT)
    assert terminal.ends() == 0
