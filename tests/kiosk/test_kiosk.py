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
    with kiosk(clinic) as here:
        here.answers()
        [first] = here.people
        for process in (here.process.pid, first):
            for known in ("cmdline", "environ"):
                assert SECRET.encode() not in told_of(process, known)
        for _ in range(2):
            with here.another():
                os.kill(first, signal.SIGKILL)
            [second] = here.people
            assert second != first
            before, cleaned, after = bytes(here.painted).rpartition(b"\x1b[3J")
            since = before.rpartition(SECRET.encode())[2]
            assert all(sequence in since for sequence in (*RESTORED, b"\x1bc", b"\x1b[2J"))
            assert here.could_be_read(before + cleaned) == ""
            assert SECRET not in here.could_be_read(before + cleaned + after)
            first = second
        here.answers(typed="3")
        here.keys("\x16")
        here.keys("7")
        here.shows("Read as 37 years")
        assert SECRET not in here.text


def told_of(process: int, what: str) -> bytes:
    """What the system tells of a process; nothing where nobody but root may know."""
    try:
        return Path(f"/proc/{process}/{what}").read_bytes()
    except PermissionError:
        return b""


def test_keys_typed_for_a_killed_program_do_not_reach_the_next(clinic: Path) -> None:
    """What was typed before the terminal was cleaned is gone, even an Enter that would begin."""
    with kiosk(clinic) as here:
        here.starts()
        [first] = here.people
        with here.another():
            here.signal(signal.SIGSTOP)
            os.waitid(os.P_PID, here.process.pid, os.WSTOPPED | os.WNOWAIT)
            os.kill(first, signal.SIGKILL)
            select.select([os.pidfd_open(first)], [], [])
            here.keys(ENTER + "1" + ENTER + SECRET + "\x03\x1a\x1c")
            here.signal(signal.SIGCONT)
        assert here.people != [first]
        here.keys(F8)
        here.shows("If you are at the clinic, tell a member of staff now.")
        here.keys(ESCAPE)
        here.starts()
        assert SECRET.encode() not in here.painted


def test_no_key_and_no_click_leads_out(clinic: Path) -> None:
    """All 34 control keys, F1 to F12, and a click wherever the top and the bottom line are: the question is still
    there, in the same process; nothing was copied and no file was made."""
    leads_to = {
        "escape": ("> Begin", " "),
        "ctrl+q": ("Staff: your name", ESCAPE),
        "ctrl+c": ("Staff: your name", ESCAPE),
        "f1": ("It decides whom to call", ESCAPE),
        "f8": ("If you are at the clinic", ESCAPE),
        "ctrl+i": ("> Continue", BACKTAB),
    }
    on_the_bottom_line = {
        "F8 Get help now": "f8",
        "F1 Why we ask": "f1",
        "Esc Back": "escape",
        "Ctrl+Q Leave": "ctrl+q",
    }
    with kiosk(clinic) as here:
        here.starts()
        people = here.people
        here.keys(ENTER)
        for name, key in (CONTROL | FUNCTION).items():
            here.shows("( ) The south")
            here.keys(key)
            if name in leads_to:
                goes_back(here, *leads_to[name])
            still_at_the_question(here)
        bottom = here.lines[-1]
        for column in range(1, 81, 5):
            here.keys(click(column, 1))
            still_at_the_question(here)
            here.keys(click(column, 24))
            for label, name in on_the_bottom_line.items():
                if bottom.index(label) < column <= bottom.index(label) + len(label):
                    goes_back(here, *leads_to[name])
            still_at_the_question(here)
        assert here.people == people
        assert b"\x1b]52" not in here.painted
        assert {path.name for path in clinic.iterdir()} == {".home"}
        assert {path.name for path in (clinic / ".home").iterdir()} == {"cache", "data"}


def goes_back(here: Kiosk, seen: str, back: str) -> None:
    """A page came that has these words, and a key leads back from it."""
    here.shows(seen)
    here.keys(back)
    here.shows_no(seen)


def still_at_the_question(here: Kiosk) -> None:
    """The answer can be chosen, and let go of again."""
    here.shows("Where do you leave from?")
    here.shows("( ) The south")
    here.keys("2")
    here.shows("(*) The south")
    here.keys("2")
    here.shows("( ) The south")


def test_signals_that_keys_can_send_do_not_end_it(clinic: Path) -> None:
    """Interrupted, quit or stopped, it still has the same program, and starts the next one after that."""
    with kiosk(clinic) as here:
        here.starts()
        people = here.people
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU):
            here.signal(number)
        here.keys(F8)
        here.shows("If you are at the clinic")
        assert here.people == people
        with here.another():
            os.kill(people[0], signal.SIGKILL)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_the_system_ends_it_and_finds_the_terminal_as_it_was(clinic: Path, number: signal.Signals, code: int) -> None:
    """The signal is passed on, the program ends, and the terminal is clean and set as before."""
    with Kiosk(clinic) as here:
        before = here.settings
        here.answers()
        people = here.people
        assert here.settings != before
        here.signal(number)
        assert here.ends() == code
        assert here.settings == before
        assert not any(Path(f"/proc/{process}").exists() for process in people)
        assert here.could_be_read(bytes(here.painted)) == ""


def test_only_staff_close_it(clinic: Path) -> None:
    """With name and passphrase they give it to the next person, in another process, or close it, which ends with 0."""
    with Kiosk(clinic) as here:
        before = here.settings
        here.answers()
        people = here.people
        here.staff()
        with here.another():
            here.press("Next person", after="Go on here")
        assert here.people != people
        here.staff()
        here.keys(TAB)
        here.press("Close this terminal", after="Next person")
        assert here.ends() == 0
        assert here.settings == before
        assert here.could_be_read(bytes(here.painted)) == ""


def test_a_kiosk_without_a_clinic_says_so_and_ends(tmp_path: Path) -> None:
    """The sentence stays on the screen, and the exit code is that of a mistake."""
    with Kiosk(tmp_path) as here:
        assert here.ends() == 2
        assert here.text == "screener: A kiosk needs a clinic. Run screener clinic init first."


def test_a_program_that_fails_at_once_is_tried_again_ever_more_slowly(tmp_path: Path) -> None:
    """After the fifth time people are told in one sentence; a signal still ends it."""
    starts = tmp_path / "starts"
    with Kiosk(tmp_path, "/bin/sh", "-c", f"echo start >> '{starts}'; exit 1") as here:
        here.shows("The questionnaire does not start: please tell staff. Next try in 5 seconds.")
        assert starts.read_text().count("start") >= 5
        here.signal(signal.SIGTERM)
        assert here.ends() == 143
    pauses = [pause_after(failures) for failures in range(12)]
    assert pauses == [0, 0, 0, 0, 0, 5, 10, 20, 40, 60, 60, 60]


def test_a_terminal_that_goes_away_ends_it(clinic: Path) -> None:
    """Neither the supervisor nor the program lives on without a terminal."""
    with Kiosk(clinic) as here:
        here.starts()
        people = here.people
        here.hang_up()
        assert here.process.wait(60) == 129
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
            "screener.i18n",
            "screener.i18n.gettext",
            "screener.kiosk",
            "screener.kiosk.supervisor",
            "screener.kiosk.terminal",
        ]
    )
    assert heavy == "[]"
