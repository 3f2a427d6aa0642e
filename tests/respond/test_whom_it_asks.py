"""A questionnaire for staff is never offered to a person, and no words that a person has open it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from screener.content.load import load
from screener.errors import ContentError, ScreenerError
from screener.model.response import AbsentReason
from screener.session.open import SessionFactory
from screener.store.store import Store
from screener.store.unlock import unlock
from tests.check.copies import change, write
from tests.cli.conftest import home, screener, server
from tests.cli.running import Screener
from tests.respond.ward import ward, watch
from tests.session.conftest import PASSPHRASE, STAFF, Terminal, clinic, runtime, terminal
from tests.session.test_appointment import expected, staff_at
from tests.terminal.terminal import Terminal as AtTerminal

__all__ = ("clinic", "home", "runtime", "screener", "server", "terminal")
REMEDY = 'Staff answer "watch". They start it with screener staff, from the page of a person.'


@pytest.fixture
def both(clinic: Terminal, folder: Path) -> SessionFactory:
    """A terminal of a clinic whose folder has a questionnaire for people and one for staff."""
    return replace(clinic.session_factory, folder=folder)


@pytest.mark.parametrize("command", [("start", "--plain", "watch"), ("start", "--answers", "answers.yaml", "watch")])
def test_start_says_where_it_is_started(
    screener: Screener, folder: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    write(tmp_path, "answers.yaml", "walks: yes\n")
    ran = screener("--content", folder, *command)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == f"screener: {REMEDY}\n"


@pytest.mark.parametrize(
    ("questionnaire", "copy", "said"),
    [
        ("watch", "timeline", "Timeline: After the jump"),
        ("watch", "form", "does not say what a form asks for"),
        ("before-a-flight", "timeline", "only what staff record has this copy"),
    ],
)
def test_the_timeline_is_of_what_staff_record(
    screener: Screener, folder: Path, tmp_path: Path, questionnaire: str, copy: str, said: str
) -> None:
    """Of answers from a file, whose recording nobody knows, too; a form has to be written in the content."""
    write(tmp_path, "answers.yaml", "{}\n")
    ran = screener("--content", folder, "summarise", "answers.yaml", "--questionnaire", questionnaire, "--copy", copy)
    assert said in ran.stdout + ran.stderr
    assert ran.returncode == (0 if ran.stdout else 2)


def test_a_kiosk_says_where_it_is_started(folder: Path, tmp_path: Path) -> None:
    with AtTerminal("--content", str(folder), "kiosk", "watch", folder=tmp_path, size=(120, 24)) as at_terminal:
        at_terminal.shows(REMEDY)


def test_a_person_is_not_asked_whether_they_want_it(folder: Path, tmp_path: Path) -> None:
    """The only questionnaire for people is begun at once; of several, only those for people are listed."""
    with AtTerminal("--content", str(folder), folder=tmp_path, size=(120, 24)) as at_terminal:
        at_terminal.shows("Before you fly")
        at_terminal.shows("> Begin")


def test_the_code_of_an_appointment_does_not_open_it(both: SessionFactory, clinic: Terminal) -> None:
    """Also where staff made the code with another content, in which people answered it."""
    code = expected(staff_at(str(clinic.path)), "watch")[2]
    with pytest.raises(ScreenerError, match="does not have the questions"):
        both.by_return_code(code)


def test_a_return_code_does_not_open_it(both: SessionFactory, clinic: Terminal, folder: Path) -> None:
    session = replace(both, content=watch(folder), by=STAFF).new()
    session.answer("walks", True)
    code = session.return_code()
    with pytest.raises(ScreenerError, match="open nothing here"):
        both.by_return_code(code)


def test_what_a_crash_left_is_not_offered_to_a_person(both: SessionFactory, clinic: Terminal, folder: Path) -> None:
    """Staff go on with it from their own screens; the terminal forgets its key."""
    session = replace(both, content=watch(folder), by=STAFF).new()
    session.answer("walks", True)
    assert session.autosave is not None
    assert session.autosave._open_response is not None
    session.autosave._open_response.leave()  # What the end of a process does to its locks.
    assert both.interrupted() is None
    assert both.interrupted() is None
    store: Store = clinic.store()
    assert [listed.finished for listed in unlock(store, STAFF, PASSPHRASE).responses()] == [False]


def test_its_blanks_are_not_recorded_and_have_no_excuse(folder: Path) -> None:
    for question in watch(folder).questionnaire:
        assert question.absent == (AbsentReason.NOT_RECORDED,)
    for question in load(folder, "before-a-flight").questionnaire:
        assert AbsentReason.NOT_RECORDED not in question.absent


@pytest.mark.parametrize(
    ("file", "absent", "message"),
    [
        ("questions/watch/leaving.yaml", "[asked-declined]", "what is left blank is not recorded"),
        ("questions/before-a-flight/body.yaml", "[unknown]", "Only staff leave a question as unknown."),
    ],
)
def test_an_excuse_of_the_other_side_is_a_mistake(tmp_path: Path, file: str, absent: str, message: str) -> None:
    home = ward(tmp_path / "content")
    short = "short_text: remarks"
    change(home, (file, short, f"{short}\n    absent: {absent}"))
    with pytest.raises(ContentError, match=message):
        load(home, Path(file).parent.name)


def test_with_two_for_people_only_these_are_listed(folder: Path, tmp_path: Path) -> None:
    several = Path(shutil.copytree(folder, tmp_path / "several"))
    for part, index in (("questions", "questionnaire"), ("rules", "ruleset")):
        home = Path(shutil.copytree(several / part / "before-a-flight", several / part / "after-a-flight"))
        text = (home / f"{index}.yaml").read_text("utf-8").replace("before-a-flight", "after-a-flight")
        write(home, f"{index}.yaml", text.replace("title: Before you fly\n", "title: After you flew\n"))
    with AtTerminal("--content", str(several), folder=tmp_path, size=(120, 24)) as at_terminal:
        at_terminal.shows("1 After you flew 2 Before you fly Which of these questions do you want to answer?")
