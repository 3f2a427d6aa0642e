"""The kiosk on a real terminal: no way out but the staff's, and nothing of the last person for the next."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from screener.kiosk.supervisor import pause_after
from screener.kiosk.terminal import Gone, Terminal
from screener.pastes import SAME_RUSH
from tests.kiosk.waiting_room import CONTENT, SECRET, Kiosk, found_clinic, kiosk
from tests.terminal.keys import BACKTAB, CONTROL, ENTER, ESCAPE, F8, FUNCTION, TAB, click
from tests.terminal.terminal import RESTORED, SCREENER, bare_environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pty")


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a clinic was set up once; that takes as long as it has to for a passphrase."""
    folder = tmp_path_factory.mktemp("clinic")
    found_clinic(folder)
    return folder


@pytest.fixture
def clinic(founded: Path, tmp_path: Path) -> Path:
    """A folder with a clinic of its own."""
    return shutil.copytree(founded, tmp_path / "clinic")


def test_after_a_killed_program_the_next_person_finds_nothing_of_the_last(clinic: Path) -> None:
    """Neither on the screen, nor scrolled away, nor to be pasted; it is another process, at the first page, in a
    terminal set as before. What was typed is in no argument and no environment of a process."""
    with kiosk(clinic) as terminal:
        terminal.answers()
        [first] = terminal.people
        for process in (terminal.process.pid, first):
            for file_name in ("cmdline", "environ"):
                assert SECRET.encode() not in told_of(process, file_name)
        for _ in range(2):
            with terminal.another():
                os.kill(first, signal.SIGKILL)
            [second] = terminal.people
            assert second != first
            before, cleaned, after = bytes(terminal.painted).rpartition(b"\x1b[3J")
            since = before.rpartition(SECRET.encode())[2]
            assert all(sequence in since for sequence in (*RESTORED, b"\x1bc", b"\x1b[2J"))
            assert terminal.could_be_read(before + cleaned) == ""
            assert SECRET not in terminal.could_be_read(before + cleaned + after)
            first = second
        terminal.answers(typed="3")
        terminal.keys("\x16")
        terminal.keys("7")
        terminal.shows("Read as 37 years")
        assert SECRET not in terminal.text


def told_of(process: int, file_name: str) -> bytes:
    """What the system tells of a process; nothing where nobody but root may know."""
    try:
        return Path(f"/proc/{process}/{file_name}").read_bytes()
    except PermissionError:
        return b""


def test_keys_typed_for_a_killed_program_do_not_reach_the_next(clinic: Path) -> None:
    """What was typed before the terminal was cleaned is gone, even an Enter that would begin."""
    with kiosk(clinic) as terminal:
        terminal.starts()
        [first] = terminal.people
        with terminal.another():
            terminal.signal(signal.SIGSTOP)
            os.waitid(os.P_PID, terminal.process.pid, os.WSTOPPED | os.WNOWAIT)
            os.kill(first, signal.SIGKILL)
            select.select([os.pidfd_open(first)], [], [])
            terminal.keys(ENTER + "1" + ENTER + SECRET + "\x03\x1a\x1c")
            terminal.signal(signal.SIGCONT)
        assert terminal.people != [first]
        terminal.keys(F8)
        terminal.shows("If you are at the clinic, tell a member of staff now.")
        terminal.keys(ESCAPE)
        terminal.starts()
        assert SECRET.encode() not in terminal.painted


def test_no_key_and_no_click_leads_out(clinic: Path) -> None:
    """All 34 control keys, F1 to F12, and a click wherever the top and the bottom line are: the question is still
    there, in the same process; nothing was copied and no file was made."""
    leads_to = {
        "escape": ("> Begin", " "),
        "ctrl+q": ("Name of the member of staff", ESCAPE),
        "ctrl+c": ("Name of the member of staff", ESCAPE),
        "f1": ("It decides whom to call", ESCAPE),
        "ctrl+l": ("This page is hidden", " "),
        "f8": ("If you are at the clinic", ESCAPE),
        "ctrl+i": ("> Continue", BACKTAB),
    }
    on_the_bottom_line = {
        "? why": "f1",
        "Esc back": "escape",
        "Ctrl+Q leave": "ctrl+q",
    }
    with kiosk(clinic) as terminal:
        terminal.starts()
        people = terminal.people
        terminal.keys(ENTER)
        for name, key in (CONTROL | FUNCTION).items():
            terminal.shows("( ) The south")
            terminal.keys(key)
            if name in leads_to:
                goes_back(terminal, *leads_to[name])
            still_at_the_question(terminal)
        bottom = terminal.lines[-1]
        for column in range(1, 81, 5):
            terminal.keys(click(min(column, 55), 1))
            still_at_the_question(terminal)
            terminal.keys(click(column, 24))
            for label, name in on_the_bottom_line.items():
                if bottom.index(label) < column <= bottom.index(label) + len(label):
                    goes_back(terminal, *leads_to[name])
            still_at_the_question(terminal)
        assert terminal.people == people
        assert b"\x1b]52" not in terminal.painted
        assert {path.name for path in clinic.iterdir()} == {".home"}
        assert {path.name for path in (clinic / ".home").iterdir()} == {"cache", "data", "state"}


def goes_back(terminal: Kiosk, text: str, back: str) -> None:
    """A page came that has these words, and a key leads back from it."""
    terminal.shows(text)
    terminal.keys(back)
    terminal.shows_no(text)


def still_at_the_question(terminal: Kiosk) -> None:
    """The answer can be chosen, and let go of again."""
    terminal.shows("Where do you leave from?")
    terminal.shows("( ) The south")
    terminal.keys("2")
    terminal.shows("(*) The south")
    terminal.keys("c")
    terminal.shows("( ) The south")
    terminal.read_page(SAME_RUSH)  # The next key may be Enter; right behind a letter it is of a paste.


def test_signals_that_keys_can_send_do_not_end_it(clinic: Path) -> None:
    """Interrupted, quit or stopped, it still has the same program, and starts the next one after that."""
    with kiosk(clinic) as terminal:
        terminal.starts()
        people = terminal.people
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU):
            terminal.signal(number)
        terminal.keys(F8)
        terminal.shows("If you are at the clinic")
        assert terminal.people == people
        with terminal.another():
            os.kill(people[0], signal.SIGKILL)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_the_system_ends_it_and_finds_the_terminal_as_it_was(clinic: Path, number: signal.Signals, code: int) -> None:
    """The signal is passed on, the program ends, and the terminal is clean and set as before."""
    with Kiosk(clinic) as terminal:
        before = terminal.settings
        terminal.answers()
        people = terminal.people
        assert terminal.settings != before
        terminal.signal(number)
        assert terminal.ends() == code
        assert terminal.settings == before
        assert not any(Path(f"/proc/{process}").exists() for process in people)
        assert terminal.could_be_read(bytes(terminal.painted)) == ""


def test_only_staff_close_it(clinic: Path) -> None:
    """With name and passphrase they give it to the next person, in another process, or close it, which ends with 0."""
    with Kiosk(clinic) as terminal:
        before = terminal.settings
        terminal.answers()
        people = terminal.people
        terminal.staff()
        with terminal.another():
            terminal.press("Next person", after="Go on here")
        assert terminal.people != people
        terminal.staff()
        terminal.keys(TAB)
        terminal.press("Close this terminal", after="Next person")
        assert terminal.ends() == 0
        assert terminal.settings == before
        assert terminal.could_be_read(bytes(terminal.painted)) == ""


def test_a_kiosk_without_a_clinic_says_so_and_ends(tmp_path: Path) -> None:
    """The sentence stays on the screen, and the exit code is that of a mistake."""
    with Kiosk(tmp_path) as terminal:
        assert terminal.ends() == 2
        assert terminal.text.endswith("screener: A kiosk needs a clinic. Run screener clinic init first.")


def test_a_program_that_fails_at_once_is_tried_again_ever_more_slowly(tmp_path: Path) -> None:
    """After the fifth time people are told in one sentence; a signal still ends it."""
    starts = tmp_path / "starts"
    with Kiosk(tmp_path, "/bin/sh", "-c", f"echo start >> '{starts}'; exit 1") as terminal:
        terminal.shows("The questionnaire does not start: please tell staff. Next try in 5 seconds.")
        assert starts.read_text().count("start") >= 5
        terminal.signal(signal.SIGTERM)
        assert terminal.ends() == 143
    pauses = [pause_after(failures) for failures in range(12)]
    assert pauses == [0, 0, 0, 0, 0, 5, 10, 20, 40, 60, 60, 60]


def test_a_terminal_that_goes_away_ends_it(clinic: Path) -> None:
    """Neither the supervisor nor the program lives on without a terminal."""
    with Kiosk(clinic) as terminal:
        terminal.starts()
        people = terminal.people
        terminal.hang_up()
        assert terminal.process.wait(60) == 129
        assert not any(Path(f"/proc/{process}").exists() for process in people)


def test_a_terminal_that_went_away_is_noticed() -> None:
    """Cleaning, setting and writing all say that it is gone, also where no signal told of it."""
    ours, theirs = os.openpty()
    terminal = Terminal(theirs, theirs)
    os.close(ours)
    for act in (terminal.quiet, terminal.clean, terminal.restore, lambda: terminal.say("x")):
        with pytest.raises(Gone):
            act()
    os.close(theirs)


def commanded(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command without a terminal."""
    return subprocess.run(
        [*SCREENER, "--content", str(CONTENT), *words],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, env=bare_environment(folder), cwd=folder, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["kiosk"], "A kiosk needs a terminal. Input and output of this command are none."),
        (["start", "--profile", "kiosk", "--plain"], "A kiosk cannot lock lines of text, and the screens are not shown "
         "here because plain mode is chosen."),
        (["start", "--profile", "kiosk"], "A kiosk cannot lock lines of text, and the screens are not shown here "
         "because input or output is not a terminal."),
    ],
)  # fmt: skip
def test_lines_of_text_cannot_be_locked(tmp_path: Path, words: list[str], sentence: str) -> None:
    """Where the screens cannot be shown, a kiosk is refused in one sentence."""
    ran = commanded(tmp_path, *words)
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", f"screener: {sentence}\n")


def test_the_supervisor_knows_no_screens_and_no_answers() -> None:
    """It imports nothing of the questionnaire, so that it starts at once and has nothing to let out."""
    program = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "import screener.kiosk.supervisor\n"
        "new = set(sys.modules) - before\n"
        "print(sorted(name for name in new if name.startswith('screener')))\n"
        "print(sorted(new & {'textual', 'rich', 'pydantic', 'yaml', 'sqlite3', 'asyncio', 'subprocess', 'logging'}))\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    mine, heavy = ran.stdout.splitlines()
    assert mine == str(
        [
            "screener",
            "screener.exit_codes",
            "screener.i18n",
            "screener.i18n.gettext",
            "screener.i18n.marking",
            "screener.kiosk",
            "screener.kiosk.supervisor",
            "screener.kiosk.terminal",
        ]
    )
    assert heavy == "[]"
