"""What the machine refuses is one sentence with a remedy; only defects are called so, and they are noted for repair."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from screener.crash import MOST_LINES
from screener.errors import ScreenerError
from screener.machine import refusal
from screener.store.sqlite import SQLite
from tests.cli.running import CONTENT, Screener, bare_environment

SECRET = "Quetzalcoatlus"
FAILING = (
    "import sys; from screener.cli import list; from screener.cli.main import run\n"
    f"def fail(options): answer = '{SECRET}'; raise ValueError('this says ' + answer)\n"
    "list.run = fail; sys.exit(run(['list']))\n"
)


def failed(home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command that has a defect in it."""
    return subprocess.run(
        [sys.executable, "-c", FAILING],
        env=bare_environment(home) | environment,
        cwd=CONTENT.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_defect_is_noted_where_an_administrator_finds_it(tmp_path: Path, screener: Screener) -> None:
    """Check that time, version and place are in the file that ``paths`` names, for its owner only, and no answer."""
    ran = failed(tmp_path)
    noted = tmp_path / ".local" / "state" / "screener" / "faults.log"
    assert ran.returncode == 1
    assert ran.stderr.startswith("screener: a defect in the program stopped it. Reference: ValueError-")
    assert f"It is noted in {noted}" in ran.stderr
    assert ran.stderr.count("\n") == 1
    assert "ValueError-" in noted.read_text()
    assert SECRET not in noted.read_text() + ran.stderr
    assert noted.stat().st_mode & 0o777 == 0o600
    assert f"faults         {noted}" in screener("paths", HOME=tmp_path).stdout


def test_the_file_of_the_defects_does_not_grow_for_ever(tmp_path: Path) -> None:
    noted = tmp_path / ".local" / "state" / "screener" / "faults.log"
    noted.parent.mkdir(parents=True)
    noted.write_text("an older one\n" * (MOST_LINES + 50))
    failed(tmp_path)
    lines = noted.read_text().splitlines()
    assert len(lines) == MOST_LINES
    assert "ValueError" in lines[-1]


def test_a_defect_that_cannot_be_noted_is_reported_all_the_same(tmp_path: Path) -> None:
    ran = failed(tmp_path, XDG_STATE_HOME="/proc/nowhere")
    assert (ran.returncode, ran.stderr.count("\n")) == (1, 1)
    assert "It is noted" not in ran.stderr


@pytest.mark.parametrize("code", sorted(errno.errorcode))
def test_every_error_of_the_system_has_a_sentence(code: int) -> None:
    """Check that each code gives a sentence with a remedy, with and without the path that it is about."""
    for error in (OSError(code, os.strerror(code)), OSError(code, os.strerror(code), "/srv/a\nb")):
        sentence = refusal(error)
        assert sentence
        assert sentence.endswith((".", ")."))
        assert sentence.count(". ") >= 1
        assert "\n" not in sentence


def test_a_mistake_of_the_program_is_no_refusal() -> None:
    assert refusal(ValueError("x")) is None
    assert refusal(ImportError("x", name="screener.missing")) is None
    assert refusal(ImportError("x", name="termios"))
    assert refusal(MemoryError())


@pytest.mark.skipif(os.name != "posix", reason="other systems have other permissions")
@pytest.mark.parametrize(
    ("mode", "beside", "closes"),
    [(0o755, "", True), (0o755, "letters.txt", False), (0o1777, "", False), (0o775, "", False), (0o2755, "", False)],
    ids=["its own folder", "with other files", "as /tmp", "of a group", "shared by a mark"],
)
def test_only_a_folder_of_the_store_alone_is_to_be_closed(tmp_path: Path, mode: int, beside: str, closes: bool) -> None:
    """Check that nobody is told to close a folder that others share, such as /tmp: there a folder of its own helps."""
    folder = tmp_path / "shared"
    folder.mkdir()
    if beside:
        (folder / beside).touch()
    folder.chmod(mode)
    with pytest.raises(ScreenerError, match="Others can look into") as refused:
        SQLite(folder / "responses.db")
    assert ("chmod" in str(refused.value)) is closes
    assert closes or f"such as {folder / 'screener'}." in str(refused.value)
    assert not (folder / "responses.db").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="other systems have no such file")
@pytest.mark.parametrize(
    "command",
    [
        "schema rules",
        "list",
        "--help",
        "explain age",
        "summarise -",
        "check",
        "check --coverage",
        "rulebook --format markdown",
    ],
)
def test_an_output_that_takes_nothing_is_a_mistake_of_the_command(home: Path, command: str) -> None:
    """Check that a full disk behind the output is said in one sentence, and the code is not 0."""
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "screener", "--content", str(CONTENT), *command.split()],
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=bare_environment(home),
            check=False,
        )
    assert ran.returncode == 2
    assert ran.stderr.startswith("screener: The output could not be written in full: No space left on device.")
    assert ran.stderr.count("\n") == 1


def test_a_pdf_without_an_output_is_a_mistake_of_the_command(home: Path) -> None:
    """Check that a closed output is said in one sentence for a document that is no text, too."""
    ran = subprocess.run(
        [sys.executable, "-m", "screener", "--content", str(CONTENT), "summarise", "-", "--format", "pdf"],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=bare_environment(home),
        preexec_fn=lambda: os.close(1),
        check=False,
    )
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1)
    assert ran.stderr.startswith("screener: The output is closed.")


def test_a_closed_descriptor_is_not_that_of_the_store(tmp_path: Path) -> None:
    """Check that no file is opened in the place of a closed stdin or stdout, where it would be written to."""
    program = (
        "import os, sys, screener.__main__ as main, screener.cli.list as command\n"
        "opened = []\n"
        "command.run = lambda options: opened.append(os.open('/etc/passwd', os.O_RDONLY)) or 0\n"
        "sys.argv = ['screener', 'list']\n"
        "try: main.main()\n"
        "except SystemExit: open(sys.argv[0] + '.out', 'w').write(str(opened))\n"
    )
    subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=bare_environment(tmp_path) | {"PYTHONPATH": str(CONTENT.parents[1])},
        preexec_fn=lambda: (os.close(0), os.close(1), None)[2],
        check=False,
    )
    assert int((tmp_path / "screener.out").read_text().strip("[]")) > 2


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such files")
@pytest.mark.parametrize("place", ["body.yaml", "more.yaml", "questionnaire.yaml"])
@pytest.mark.parametrize("command", ["summarise -", "check", "start --plain"])
def test_a_fifo_among_the_content_hangs_nothing(tmp_path: Path, place: str, command: str) -> None:
    """Check that what nobody may ever write into is refused with its name, whichever command meets it."""
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    fifo = content / "questions" / "before-a-flight" / place
    fifo.unlink(missing_ok=True)
    os.mkfifo(fifo)
    ran = subprocess.run(
        [sys.executable, "-m", "screener", "--content", str(content), *command.split()],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=bare_environment(tmp_path),
        timeout=60,
        check=False,
    )
    assert ran.returncode == 2
    assert place in ran.stderr
