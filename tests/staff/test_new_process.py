"""Each lock gives the staff screens a new process: nothing that was read stays in memory, and nothing is forgotten."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from screener.cli.new_process import REPLACES, LockedConsole, packed_console, received_console
from screener.errors import ScreenerError
from screener.staff.alarm import Alarm
from screener.staff.locked_watch import LockedWatch
from screener.tui.staff.screens.unlock import UnlockPage
from screener.tui.widgets.fields import Field
from tests.staff.clinic import CALM, FLIGHT, PASSPHRASE, STAFF, URGENT, Clinic
from tests.staff.console import console
from tests.staff.test_terminal import LOCK, QUIT, bells, clinic_at_home, command_line, unlock
from tests.terminal.terminal import PATIENCE, Terminal

ENDED, STARTED = b"\x1b[?1049l", b"\x1b[?1049h"
DOOR = "Your passphrase"

needs_replacing = pytest.mark.skipif(not REPLACES, reason="a process is not replaced on this system")


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    return clinic_at_home(tmp_path)


@pytest.fixture
def terminal(clinic: Clinic, tmp_path: Path) -> Iterator[Terminal]:
    command = f"{sys.executable} -c \"open('{tmp_path}/called', 'a').write('called ')\""
    environment = {"XDG_RUNTIME_DIR": str(tmp_path), "SCREENER_ON_URGENT": command, "SCREENER_URGENT_AFTER": "1"}
    with Terminal("--content", str(FLIGHT), "staff", folder=tmp_path, environment=environment) as opened:
        yield opened


def is_new(terminal: Terminal) -> bool:
    """Whether the process was replaced since the terminal was started."""
    return "--locked" in command_line(Path(f"/proc/{terminal.process.pid}"))


def lock(terminal: Terminal) -> None:
    """Lock, and wait for the door of the next process."""
    apps = terminal.painted.count(STARTED)
    terminal.keys(LOCK)
    terminal.until(lambda: terminal.painted.count(STARTED) > apps, "the next process")
    terminal.shows(DOOR)


def ended_at_lock(terminal: Terminal) -> int:
    """Lock, and wait until the app ends and nothing reads what is typed; return where its last byte is."""
    terminal.keys(LOCK)
    terminal.until(lambda: ENDED in terminal.painted, "the end of the app")
    return terminal.painted.index(ENDED)


def memory(terminal: Terminal) -> bytes:
    """Return all that the process can write to, as root sees it."""
    process, parts = Path(f"/proc/{terminal.process.pid}"), []
    with (process / "mem").open("rb", 0) as file:
        for start, end in re.findall(r"^(\w+)-(\w+) rw", (process / "maps").read_text(), re.MULTILINE):
            file.seek(int(start, 16))
            parts.append(file.read(int(end, 16) - int(start, 16)))
    return b"\0".join(parts)


def settings(terminal: Terminal) -> list[object]:
    return termios.tcgetattr(terminal._ours)


def usual_settings() -> list[object]:
    """Return the settings of a terminal that nobody has used."""
    ours, theirs = os.openpty()
    try:
        return termios.tcgetattr(ours)
    finally:
        os.close(ours)
        os.close(theirs)


@needs_replacing
@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root sees the memory of a process")
def test_nothing_that_was_read_and_no_passphrase_is_in_memory_after_the_lock(
    clinic: Clinic, terminal: Terminal
) -> None:
    """Not in what is in use, and not in what was let go of; it rings all the same, and ends as it always did."""
    clinic.answers("2222-2222", CALM, name="Ana Lee")
    unlock(terminal)
    terminal.shows("> Waiting 2222-2222 front desk Ana Lee")
    terminal.keys(" ")
    terminal.shows("[Page 1]")
    before = memory(terminal)
    assert all(word in before for word in (b"Ana Lee", b"2222-2222", PASSPHRASE.encode()))
    lock(terminal)
    after = memory(terminal)
    assert not any(word in after for word in (b"Ana Lee", b"2222-2222", PASSPHRASE.encode(), STAFF.encode()))
    environment = Path(f"/proc/{terminal.process.pid}/environ").read_bytes()
    assert not any(word in environment for word in (b"Ana", b"2222"))
    assert "Ana" not in command_line(Path(f"/proc/{terminal.process.pid}"))
    clinic.answers("3333-3333", URGENT, name="Bob Oak")
    terminal.shows("! Urgent, front desk")
    assert bells(terminal)
    terminal.keys(QUIT)
    assert terminal.ends() == 0
    assert settings(terminal) == usual_settings()


@needs_replacing
def test_what_is_typed_between_the_two_processes_is_not_shown_and_not_lost(terminal: Terminal) -> None:
    """A name typed early stands in its field; the terminal itself shows nothing of it."""
    unlock(terminal)
    end = ended_at_lock(terminal)
    terminal.keys("Early")
    terminal.shows("Early")
    assert is_new(terminal)
    between = bytes(terminal.painted[end : terminal.painted.index(STARTED, end)])
    assert b"E" not in between
    terminal.keys(QUIT)
    assert terminal.ends() == 0


@needs_replacing
@pytest.mark.long
def test_a_signal_between_the_two_processes_leaves_the_terminal_as_it_was(terminal: Terminal) -> None:
    """The end waits for whichever of them can put the terminal in order."""
    unlock(terminal)
    terminal.keys(LOCK)
    late = time.monotonic() + PATIENCE
    while not is_new(terminal) and time.monotonic() < late:
        terminal.read_page(0.01)
    terminal.signal(signal.SIGTERM)
    assert terminal.ends() == 128 + signal.SIGTERM
    assert settings(terminal) == usual_settings()


@needs_replacing
def test_where_a_new_process_could_not_start_the_console_stays_and_says_so(
    clinic: Clinic, terminal: Terminal, tmp_path: Path
) -> None:
    """The configuration was broken meanwhile: locked it is all the same, and it goes on ringing."""
    unlock(terminal)
    configuration = tmp_path / ".home" / "config" / "screener" / "config.toml"
    configuration.parent.mkdir(parents=True, exist_ok=True)
    configuration.write_text("theme = 3\n")
    lock(terminal)
    terminal.shows("What was read before may stay in the memory of this console until you quit it")
    assert not is_new(terminal)
    clinic.answers("3333-3333", URGENT, name="Bob Oak")
    terminal.shows("! Urgent, front desk")
    configuration.unlink()
    unlock(terminal)
    lock(terminal)
    assert is_new(terminal)
    terminal.keys(QUIT)
    assert terminal.ends() == 0


@needs_replacing
@pytest.mark.long
def test_the_new_process_rings_on_and_calls_nobody_twice(clinic: Clinic, terminal: Terminal, tmp_path: Path) -> None:
    """For whom the clinic's command was called before the lock, it is not called after it."""
    unlock(terminal)
    clinic.answers("3333-3333", URGENT, name="Bob Oak")
    terminal.until((tmp_path / "called").exists, "the clinic's command")
    lock(terminal)
    assert is_new(terminal)
    before = bells(terminal)
    terminal.until(lambda: bells(terminal) >= before + 2, "two more bells")
    assert (tmp_path / "called").read_text() == "called "
    terminal.keys(QUIT)
    assert terminal.ends() == 0


def test_nobody_but_the_staff_screens_goes_on_so(clinic: Clinic, tmp_path: Path) -> None:
    """Whoever types the option by hand is told so, and nothing is believed."""
    with Terminal("staff", "--locked", "0", folder=tmp_path, environment={}) as terminal:
        terminal.keys("{}\n\x04")
        terminal.shows("Only the staff screens start this. Run: screener staff")
        assert terminal.ends() == 2


@needs_replacing
def test_only_a_file_in_memory_from_this_very_process_is_believed(tmp_path: Path) -> None:
    """Neither one with a name, which anybody could have written, nor one of another process."""
    console = LockedConsole("It was locked.", "Invented Clinic", "gb", 30, LockedWatch(), Alarm(time.monotonic))
    values = packed_console(console, usual_settings())
    received, first_settings = received_console(in_memory(values), time.monotonic)
    assert (received.notice, received.clinic, received.region) == ("It was locked.", "Invented Clinic", "gb")
    assert first_settings == usual_settings()
    named = tmp_path / "named"
    named.write_bytes(values)
    other = values.replace(str(os.getpid()).encode(), b"1")
    for descriptor in (os.open(named, os.O_RDONLY), in_memory(other), in_memory(b"[]")):
        with pytest.raises(ScreenerError, match="Only the staff screens start this"):
            received_console(descriptor, time.monotonic)


def in_memory(content: bytes) -> int:
    file = os.memfd_create("console")
    os.write(file, content)
    os.lseek(file, 0, os.SEEK_SET)
    return file


async def test_the_app_ends_at_each_lock_with_the_reason(clinic: Clinic) -> None:
    """Because nobody was there; whoever quits, quits."""
    async with console(clinic, ends_at_lock=True) as staff:
        await staff.wait(400)
        assert staff.app.return_code == 0
        assert staff.app.locked_because == "It was locked because nobody pressed a key for a while."
    async with console(clinic, ends_at_lock=True) as staff:
        await staff.press("ctrl+q")
        assert staff.app.return_code == 0
        assert staff.app.locked_because is None


async def test_while_somebody_types_or_the_clinics_command_runs_the_process_stays(
    clinic: Clinic, tmp_path: Path
) -> None:
    """It is locked at once; it ends once the command has ended and the door is left."""
    go_on = tmp_path / "go on"
    os.mkfifo(go_on)
    waits = f"{sys.executable} -c \"open('{go_on}').read()\""
    async with console(clinic, ends_at_lock=True, on_urgent=waits, urgent_after=0) as staff:
        clinic.answers("3333-3333", URGENT)
        await staff.app.look()
        await staff.pilot.pause()
        await staff.pilot.press("ctrl+l")
        await staff.pilot.pause()
        assert isinstance(staff.app.screen, UnlockPage)
        assert not staff.app.staff_session.is_open
        assert staff.app.return_code is None
        staff.app.screen.query_one("#name", Field).value = STAFF
        go_on.write_text("")
        await staff.settle()
        staff.app.tick()
        await staff.settle()
        assert staff.app.return_code is None
        staff.app.screen.query_one("#name", Field).value = ""
        staff.app.tick()
        assert staff.app.return_code == 0


@pytest.mark.parametrize("turns", [1, 2, 3])
async def test_a_signal_while_the_list_is_opened_is_no_fault_of_the_program(clinic: Clinic, turns: int) -> None:
    """It comes before all of the page is there, some turns of the event loop after the page was begun."""
    async with console(clinic) as staff:
        staff.app.enter()
        for _ in range(turns):
            await asyncio.sleep(0)
        staff.app._end_by_signal(signal.SIGTERM)
        await staff.settle()
        assert staff.app.return_code == 128 + signal.SIGTERM
