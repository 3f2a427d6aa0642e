"""``screener start`` as a process: with pipes, and on a terminal of its own."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

from screener.content.compiled import Content
from screener.pastes import RUSH
from tests.plain.test_parity import CHANGING, URGENT
from tests.plain.walks import script

CONTENT = Path(__file__).parents[1] / "fixtures"
COMMAND = [sys.executable, "-m", "screener", "--content", str(CONTENT)]
WRITTEN = """\
departure: south
typed_by: self
age: 12
alone: yes
first_flight: {absent: asked-unknown}
flown_before: no
nerves_1: never
nerves_2: never
nerves_3: never
items: oxygen
oxygen_flow: 2.5
bag: {absent: asked-declined}
bag_limit: 5
chest_pain: yes
pain_now: no
remarks: well
"""
"""What the walk with changes comes to, as a file of answers."""

Ran = subprocess.CompletedProcess[bytes]
Run = Callable[..., Ran]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def run(home: Path, tmp_path: Path) -> Run:
    """The command, with pipes for a terminal. It never prints a traceback."""

    def run(*arguments: str, stdin: bytes = b"", **environment: str) -> Ran:
        ran = subprocess.run(
            [*COMMAND, *arguments],
            input=stdin,
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], "HOME": str(home)} | environment,
            capture_output=True,
            check=False,
        )
        assert b"Traceback" not in ran.stderr
        return ran

    return run


@pytest.fixture
def typed(flight: Content) -> bytes:
    """The walk with changes, as a script of answers."""
    return "".join(f"{line}\n" for line in script(flight, CHANGING)).encode()


def without_end(printed: bytes) -> bytes:
    """A summary without the time at its end, which a file of answers does not tell, and without its checksum."""
    told = re.sub(rb"^(  Answered .*) - \d\d:\d\d|^-- Checksum: .*", rb"\1", printed, flags=re.MULTILINE)
    return b" ".join(told.split())


def summarised(run: Run, printed: bytes, *options: str, remarks: str = "well") -> bytes:
    """What ``screener summarise`` prints for the same answers, reference and time as a summary has."""
    text = printed.decode()
    reference, at = re.findall(r"^  Reference +(\S+)$|^  Answered +(\S+ \S+)(?: - \S+)? UTC", text, re.MULTILINE)
    fixed = ("--reference", reference[0], "--answered", at[1].replace(" ", "T") + "Z")
    return run("summarise", "-", *fixed, *options, stdin=WRITTEN.replace("well", remarks).encode()).stdout


def test_a_piped_script_gives_the_summary_and_nothing_else_on_stdout(run: Run, typed: bytes) -> None:
    """The bytes are those of ``screener summarise`` with the same answers, reference and time."""
    ran = run("start", "--plain", stdin=typed)
    assert ran.returncode == 0
    assert without_end(ran.stdout) == without_end(summarised(run, ran.stdout))
    assert ran.stderr.startswith(b"Before you fly\n")
    assert b"Where do you leave from?" in ran.stderr


def test_the_plain_mode_is_chosen_or_says_why(run: Run, home: Path) -> None:
    """Without a terminal it starts by itself and says so in one line; by flag, environment or file it says nothing."""
    because = b"This is plain mode, because input or output is not a terminal.\n"
    assert run().stderr.startswith(because)
    assert run("start", SCREENER_PLAIN="1").stderr.startswith(b"Before you fly")
    assert run("start", SCREENER_PLAIN="0").stderr.startswith(because)
    configured = home / "configured" / "screener"
    configured.mkdir(parents=True)
    (configured / "config.toml").write_text("plain = true\n", "utf-8")
    assert run("start", XDG_CONFIG_HOME=str(configured.parent)).stderr.startswith(b"Before you fly")
    (configured / "config.toml").write_text('plain = "perhaps"\n', "utf-8")
    refused = run("start", XDG_CONFIG_HOME=str(configured.parent))
    assert (refused.returncode, refused.stderr) == (2, b'screener: "plain" cannot be "perhaps". Write yes or no.\n')


@pytest.mark.parametrize("end", [0, 1, 40, -3])
def test_input_that_ends_too_early_exits_with_3(run: Run, typed: bytes, end: int, tmp_path: Path) -> None:
    """In the middle of a line too: one sentence on stderr, nothing on stdout, and no file."""
    ran = run("start", "--plain", stdin=typed[:end])
    assert (ran.returncode, ran.stdout) == (3, b"")
    ended = b"screener: The input ended before the questionnaire was finished."
    assert any(line.startswith(ended) for line in ran.stderr.splitlines())
    assert not list(tmp_path.iterdir())


def test_a_script_that_was_cut_leaves_nothing(run: Run, typed: bytes, tmp_path: Path) -> None:
    """An age of 12 that began as 120 is not gone on with; a script that ends after a whole line is."""
    environment = {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    tmp_path.chmod(0o700)
    cut = b"".join(typed.splitlines(keepends=True)[:3]).rstrip(b"\n")
    ran = run("start", "--plain", stdin=cut, **environment)
    assert ran.returncode == 3
    assert b"Line 3 has no line end, so a part of it may be missing. Nothing of this input is kept here." in ran.stderr
    go_on = ("start", "--plain", "--resume")
    assert b"Welcome back" not in run(*go_on, **environment).stderr
    assert b"What was answered is kept. To go on:" in run("start", "--plain", stdin=cut + b"\n", **environment).stderr
    assert b"Welcome back" in run(*go_on, **environment).stderr


@pytest.mark.parametrize("written", [b"caf\xe9", b"\xff", b"w\x00e\x00l\x00l\x00"], ids=["latin-1", "byte", "utf-16"])
def test_bytes_that_are_not_text_end_a_script(run: Run, typed: bytes, written: bytes) -> None:
    """No character is put for what is not UTF-8: its line is named, and nothing is kept."""
    ran = run("start", "--plain", stdin=typed.replace(b"well", written))
    assert (ran.returncode, ran.stdout) == (2, b"")
    line = typed[: typed.index(b"well")].count(b"\n") + 1
    refused = f"screener: line {line} was not taken at remarks. The line is not UTF-8. Save the script as UTF-8."
    assert ran.stderr.decode().splitlines()[-1].startswith(refused)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["no mark", "mark"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["unix", "windows", "old mac"])
def test_a_script_of_any_system_is_read(run: Run, typed: bytes, mark: bytes, end: bytes) -> None:
    """Byte order mark and line ends change no answer."""
    ran = run("start", "--plain", stdin=mark + typed.replace(b"\n", end))
    assert ran.returncode == 0
    assert without_end(ran.stdout) == without_end(summarised(run, ran.stdout))
    assert b"Remarks: well\n" in ran.stdout or b"Remarks: well\n" in ran.stderr


def test_a_script_in_utf_16_is_refused_with_what_to_do(run: Run, typed: bytes) -> None:
    """Editors of Windows save it so; the first line is named, and nothing is kept."""
    ran = run("start", "--plain", stdin=typed.decode().encode("utf-16"))
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"screener: line 1 was not taken" in ran.stderr
    assert b"Save the script as UTF-8." in ran.stderr


@pytest.mark.parametrize("paste", [b"x" * 1_000_000, b"\n" * 1_000_000], ids=["line", "lines"])
def test_a_megabyte_is_not_too_much(run: Run, typed: bytes, paste: bytes) -> None:
    """A line of that size is refused, as is a script of empty lines, and neither floods the output."""
    ran = run("start", "--plain", stdin=paste + b"\n" + typed)
    assert ran.returncode == 2
    assert len(ran.stderr) < 200_000


def test_without_utf_8_the_output_is_ascii(run: Run, typed: bytes) -> None:
    """The notice says so, and the summary is the one of ``summarise --ascii``."""
    ran = run("start", "--plain", stdin=typed.replace(b"well", b"caf\xe9"), PYTHONIOENCODING="latin-1")
    assert ran.returncode == 0
    assert without_end(ran.stdout) == without_end(summarised(run, ran.stdout, "--ascii", remarks="caf\u00e9"))
    assert ran.stdout.isascii()
    assert ran.stderr.isascii()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_a_summary_that_cannot_be_written_is_said(home: Path, typed: bytes, tmp_path: Path) -> None:
    """The answers are not lost at the end: a copy can be saved instead; without one the exit code is 2."""
    for lines, code in ((b"", 2), (b"s\n\nd\n", 0)):
        with Path("/dev/full").open("wb") as full:
            ran = subprocess.run(
                [*COMMAND, "start", "--plain"],
                input=typed + lines,
                cwd=tmp_path,
                env={"PATH": os.environ["PATH"], "HOME": str(home)},
                stdout=full,
                stderr=subprocess.PIPE,
                check=False,
            )
        assert b"Error: Your copy could not be written: No space left on device." in ran.stderr
        assert (ran.returncode, len(list(tmp_path.iterdir()))) == (code, 1 if code == 0 else 0)


def test_an_emergency_is_walked_through_with_staff(run: Run, flight: Content) -> None:
    """Urgent pages are on stderr, the summary on stdout."""
    ran = run("start", "--plain", stdin="\n".join(script(flight, URGENT)).encode())
    assert ran.returncode == 0
    assert b"Please stay here and get help now\nGet help now\n" in ran.stderr
    assert b"Someone should be with you now." in ran.stdout.replace(b"\n    ", b" ")


def test_plain_mode_loads_no_screens() -> None:
    """It starts without Textual, Rich and a history of lines."""
    code = (
        "import sys, screener.cli.start, screener.plain.run; "
        "print({'textual', 'rich', 'readline', 'curses'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "set()\n"


# On a terminal

Terminal = Callable[..., "pexpect.spawn[str]"]


@pytest.fixture
def terminal(home: Path, tmp_path: Path) -> Iterator[Terminal]:
    """The command on a terminal of its own."""
    started: list[pexpect.spawn[str]] = []

    def start(*arguments: str, size: tuple[int, int] = (24, 80), **environment: str) -> pexpect.spawn[str]:
        child = pexpect.spawn(
            COMMAND[0],
            [*COMMAND[1:], *arguments],
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], "HOME": str(home), "TERM": "xterm", "LC_ALL": "C.UTF-8"} | environment,
            dimensions=size,
            encoding="utf-8",
            timeout=30,
        )
        started.append(child)
        return child

    yield start
    for child in started:
        child.close(force=True)


def code_of(child: pexpect.spawn[str]) -> int | None:
    child.expect(pexpect.EOF)
    child.wait()
    code: int | None = child.exitstatus
    return code


AUTOMATIC = [
    ({"TERM": "dumb"}, (24, 80), 'TERM is "dumb"'),
    ({"PYTHONIOENCODING": "iso8859-1"}, (24, 80), "the character set is iso8859-1, not UTF-8"),
    ({}, (17, 80), "the window is smaller than 60 columns and 18 rows"),
    ({}, (24, 59), "the window is smaller than 60 columns and 18 rows"),
]


@pytest.mark.parametrize(("environment", "size", "why"), AUTOMATIC, ids=range(len(AUTOMATIC)))
def test_where_screens_cannot_be_shown_it_is_plain(
    terminal: Terminal, environment: dict[str, str], size: tuple[int, int], why: str
) -> None:
    """One line says why; then everything is said on the terminal, and no escape sequence is sent."""
    child = terminal("start", size=size, **environment)
    child.expect("Answer:")
    assert child.before is not None
    assert " ".join(child.before.split()).startswith(f"This is plain mode, because {why}. Before you fly")
    assert "\x1b" not in child.before
    child.sendeof()
    assert code_of(child) == 3


def test_a_language_from_right_to_left_is_plain(terminal: Terminal, tmp_path: Path) -> None:
    """The screens cannot show it, and a terminal may."""
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    for file in folder.rglob("*.yaml"):
        file.write_text(file.read_text("utf-8").replace("language: en-GB", "language: ar"), "utf-8")
    child = terminal("--content", str(folder), "start")
    child.expect("This is plain mode, because its language is written from right to left.")
    child.expect("Answer:")


def test_an_interrupt_asks_and_a_second_one_ends(terminal: Terminal) -> None:
    """Ctrl+C asks whether to leave; staying asks the question again; twice ends with 130."""
    child = terminal("start", "--plain")
    child.expect("Answer:")
    child.sendintr()
    child.expect("Do you want to leave.*Leave:")
    child.sendline("1")
    child.expect("Where do you leave from.*Answer:")
    child.sendline("s")
    child.expect("A number, or b:")
    child.sendintr()
    child.expect("Leave:")
    child.sendintr()
    assert code_of(child) == 130


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_other_signals_end_with_their_codes(terminal: Terminal, number: int, code: int) -> None:
    """Nothing that was answered is shown on the way."""
    child = terminal("start", "--plain")
    child.expect("Answer:")
    child.sendline("2")
    child.expect("Who types.*Answer:")
    child.kill(number)
    assert code_of(child) == code
    assert child.before is not None
    assert "south" not in child.before


def test_a_whole_walk_on_a_terminal(terminal: Terminal, flight: Content, tmp_path: Path) -> None:
    """Questions and summary are on the same terminal, help is at hand, and a copy is saved where one asks for it."""
    child = terminal("start", "--plain")
    child.delaybeforesend = 4 * RUSH  # Lines that arrive at once are a paste.
    for line in ["h", *script(flight, CHANGING)]:
        child.expect(r": (?:\x1b\[\?2004h)?$")
        child.sendline(line)
    child.expect("Below is your own copy.")
    child.expect("-- Checksum: ")
    child.expect("d when you are done:")
    child.sendline("s")
    child.expect("Folder")
    child.sendline("")
    child.expect("The copy is saved in this file:")
    child.expect("done:")
    child.sendline("d")
    assert code_of(child) == 0
    [file] = tmp_path.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_script_stops_at_the_first_line_that_is_not_taken(run: Run, typed: bytes) -> None:
    """The line after it would answer another question. Its number is told, and no summary is made of the rest."""
    lines = typed.splitlines(keepends=True)
    ran = run("start", "--plain", stdin=b"".join([lines[0], b"99\n", *lines[2:]]))
    assert ran.returncode == 2
    assert ran.stdout == b""
    assert b"screener: line 2 was not taken at typed_by." in ran.stderr


def test_lines_that_are_left_over_are_an_error(run: Run, typed: bytes) -> None:
    ran = run("start", "--plain", stdin=typed + b"d\n1\n")
    assert ran.returncode == 2
    assert b"was not taken" in ran.stderr


def test_the_flags_of_start_are_taken_without_its_name(run: Run, typed: bytes) -> None:
    """And before them the folder of the content, as for every command."""
    assert run("--plain", stdin=typed).returncode == 0


def test_a_configured_store_that_is_not_there_is_named_and_none_is_made(run: Run, typed: bytes, tmp_path: Path) -> None:
    """As where its disk is not mounted: nothing is asked, and no answer goes to another place."""
    store = tmp_path / "mounted" / "responses.db"
    ran = run("start", "--plain", stdin=typed, SCREENER_STORE=str(store))
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert str(store).encode() in ran.stderr
    assert not store.parent.exists()
