"""Keeping and coming back by prompts and lines, as a process with pipes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from screener.content.compiled import Content
from screener.model.response import AbsentReason
from tests.cli.running import Ran as Ended
from tests.cli.running import Server, serving
from tests.plain.walks import Action, Finish, Give, script
from tests.session.conftest import Terminal
from tests.strategies import HERE

Ran = subprocess.CompletedProcess[str]
Run = Callable[..., Ran]
QuickRun = Callable[..., Ended]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def run(lines: list[str], *arguments: str, **environment: str) -> Ran:
        homes = {name: str(tmp_path / name) for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
        return subprocess.run(
            [sys.executable, "-m", "screener", "--content", str(HERE / "fixtures"), "start", "--plain", *arguments],
            input="".join(f"{line}\n" for line in lines),
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), **homes, **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("home")) as server:
        yield server


@pytest.fixture
def quick_run(commands: Server, tmp_path: Path) -> QuickRun:
    """The same in a process in which four words take a guesser no time."""

    def run(lines: list[str], *arguments: str, **environment: str) -> Ended:
        homes = {name: str(tmp_path / name) for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
        words = ("--content", str(HERE / "fixtures"), "start", "--plain", *arguments)
        typed = "".join(f"{line}\n" for line in lines)
        return commands.run(*words, folder=tmp_path, stdin=typed, HOME=tmp_path, **homes, **environment)

    return run


@pytest.fixture
def lines(flight: Content) -> list[str]:
    """A script that declines everything it can: two lines for each question, and then the end."""
    from tests.plain.prompts import session

    at, walk = session(flight), list[Action]()
    while question := at.interview.current:
        given = AbsentReason.DECLINED if AbsentReason.DECLINED in question.absent else question.absent[0]
        walk.append(Give(given))
        at.interview.record(question.id, given)
        at.interview.next()
    return script(flight, [*walk, Finish()])


def body(printed: str) -> str:
    """A summary without what tells one sitting from another."""
    return re.sub(r"(Reference|Answered) +.*|^-- Checksum: .*|^   .*", "", printed, flags=re.MULTILINE)


@pytest.mark.parametrize("answers", [1, 4, -1])
def test_a_script_that_is_cut_anywhere_exits_with_3_and_goes_on_with_the_rest(
    run: Run, lines: list[str], answers: int, runtime: Path, tmp_path: Path
) -> None:
    """The summary is then the one that the whole script gives, and nothing is left behind."""
    where = {"XDG_RUNTIME_DIR": str(runtime)}
    whole = run(lines, **where)
    assert whole.returncode == 0
    cut = 2 * answers if answers > 0 else len(lines) - 1
    first = run(lines[:cut], **where)
    assert first.returncode == 3
    assert first.stdout == ""
    assert "What was answered is kept. To go on: screener start --plain --resume" in first.stderr
    rest = run(lines[cut:], "--resume", **where)
    assert (rest.returncode, body(rest.stdout)) == (0, body(whole.stdout))
    assert Terminal(None, tmp_path / "XDG_DATA_HOME" / "screener" / "responses.db").kept() == 0  # type: ignore[arg-type]
    assert not list((runtime / "screener").iterdir())


def test_where_no_key_can_be_parked_the_end_of_input_gives_four_words(quick_run: QuickRun, lines: list[str]) -> None:
    run = quick_run
    """And the next script begins with them."""
    assert "this computer cannot open your answers again" in " ".join(run([]).stderr.split())
    whole, first = run(lines), run(lines[:6])
    assert first.returncode == 3
    code = re.search(r"The four words to come back: (\S+ \S+ \S+ \S+)\n", first.stderr)
    assert code
    assert "for at least 30 days after the last answer" in " ".join(first.stderr.split())
    rest = run([code[1], *lines[6:]], "--resume")
    assert (rest.returncode, body(rest.stdout)) == (0, body(whole.stdout))


def test_a_script_that_begins_anew_does_not_meet_somebody_elses_answers(
    run: Run, lines: list[str], runtime: Path
) -> None:
    """It gets the prompts that it was written for, whatever was interrupted here before."""
    where = {"XDG_RUNTIME_DIR": str(runtime)}
    assert run(lines[:6], **where).returncode == 3
    assert run(lines, **where).returncode == 0


def test_leaving_with_four_words(quick_run: QuickRun, lines: list[str], runtime: Path) -> None:
    """At the prompt too."""
    run = quick_run
    where = {"XDG_RUNTIME_DIR": str(runtime)}
    left = run([*lines[:4], "q", "2"], **where)
    assert left.returncode == 3
    code = re.search(r"Your four words to come back\n(\S+ \S+ \S+ \S+)\n", left.stderr)
    assert code
    assert "for at least 30 days after the last answer" in " ".join(left.stderr.split())
    refused = run(["r", "these are no words", code[1], *lines[4:]], **where)
    assert refused.returncode == 2
    assert "screener: line 2 was not taken" in refused.stderr
    assert run(["r", code[1], *lines[4:]], **where).returncode == 0
