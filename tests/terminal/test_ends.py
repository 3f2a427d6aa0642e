"""However the program is ended from outside: the terminal is as it was, the exit code says why, answers are kept."""

from __future__ import annotations

import os
import signal

import pytest

from tests.terminal.conftest import TYPED, Start, at_the_age
from tests.terminal.keys import ENTER, ESCAPE, F8, INTERRUPT, LEAVE, TAB
from tests.terminal.terminal import RESTORED, Terminal

SIGNALS = {signal.SIGTERM: 143, signal.SIGHUP: 129, signal.SIGINT: 130, signal.SIGQUIT: 131}
ALWAYS = {signal.SIGTERM, signal.SIGHUP}
"""What a machine sends that is shut down, and a window that is closed."""


@pytest.mark.parametrize(
    ("number", "code"),
    [
        pytest.param(number, code, id=number.name, marks=() if number in ALWAYS else pytest.mark.long)
        for number, code in SIGNALS.items()
    ],
)
def test_a_signal_restores_the_terminal(
    start: Start, autosave: dict[str, str], number: signal.Signals, code: int
) -> None:
    """No answer is left on the screen, and the next start offers to go on where the person was."""
    terminal = start(environment=autosave)
    at_the_age(terminal)
    terminal.signal(number)
    assert terminal.ends() == code
    assert all(sequence in terminal.painted for sequence in RESTORED)
    assert TYPED.encode() not in terminal.left_behind
    again = start(environment=autosave)
    again.shows("interrupted")
    again.focuses("Go on")
    again.read_page()
    again.keys(ENTER)
    again.shows("How old are you?")


def test_resume_goes_on_without_asking(start: Start, autosave: dict[str, str]) -> None:
    """On screens as in plain mode: the page where the person was comes first, and nothing is asked before."""
    terminal = start(environment=autosave)
    at_the_age(terminal)
    terminal.signal(signal.SIGKILL)
    terminal.ends()
    again = start("--resume", environment=autosave)
    again.shows("How old are you?")
    assert b"interrupted" not in again.painted


def test_it_is_not_stopped_with_a_shell_in_front_of_it(at_a_field: Terminal) -> None:
    """The signal that a shell stops programs with is ignored: the page stays, and the next key acts."""
    at_a_field.signal(signal.SIGTSTP)
    at_a_field.keys(F8)
    at_a_field.shows("Call 0001.")
    assert os.waitpid(at_a_field.process.pid, os.WNOHANG | os.WUNTRACED) == (0, 0)
    at_a_field.keys(ESCAPE)
    at_a_field.shows_no("Call 0001.")
    assert RESTORED[0] not in at_a_field.painted


def test_after_a_stop_that_nobody_can_refuse_it_sets_the_terminal_up_again(at_a_field: Terminal) -> None:
    """It goes on where it was, on the screen and in the mode that it needs, and each key is read once."""
    at_a_field.signal(signal.SIGSTOP)
    os.waitpid(at_a_field.process.pid, os.WUNTRACED)
    before = len(at_a_field.painted)
    at_a_field.signal(signal.SIGCONT)
    at_a_field.until(lambda: b"\x1b[?2004h" in at_a_field.painted[before:], "the terminal set up again")
    at_a_field.keys("\x7f8")
    at_a_field.shows("Read as 48 years")


@pytest.mark.parametrize("ignored", [(), (signal.SIGHUP,)], ids=["usual", "nohup"])
def test_a_terminal_that_is_closed_ends_it(start: Start, ignored: tuple[signal.Signals, ...]) -> None:
    """Also where the signal that tells of it was set to be ignored: nothing lives on without anybody in front of it."""
    terminal = start(ignore=ignored)
    at_the_age(terminal)
    terminal.hang_up()
    assert terminal.process.wait(60) == 129


def test_a_terminal_that_goes_away_without_a_signal_ends_it(start: Start) -> None:
    """Where the terminal does not control the program, the end of input is what tells of it."""
    terminal = start(controls=False)
    at_the_age(terminal)
    terminal.hang_up()
    assert terminal.process.wait(60) == 129


def test_leaving_early_ends_with_3(at_a_field: Terminal) -> None:
    """Ctrl+C asks, as Ctrl+Q does, and the terminal is given back."""
    at_a_field.keys(LEAVE)
    at_a_field.shows("Do you want to leave?")
    at_a_field.keys(ESCAPE)
    at_a_field.shows_no("Do you want to leave?")
    at_a_field.keys(INTERRUPT)
    at_a_field.shows("Do you want to leave?")
    at_a_field.read_page()
    at_a_field.keys(TAB * 2 + ENTER)
    assert at_a_field.ends() == 3
    assert all(sequence in at_a_field.painted for sequence in RESTORED)
    assert TYPED.encode() not in at_a_field.left_behind
