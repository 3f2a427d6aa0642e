"""What an administrator installs: the units, the backup of every night, the man page, and the page that says how."""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from screener.cli.main import parser
from tests.cli.running import ROOT
from tests.clinic.machine import PASSPHRASE, STAFF, Machine, answered

DEPLOY = ROOT / "deploy"
PROGRAM = "/opt/screener/bin/screener"


def needs(program: str) -> str:
    """Return where a program is; skip the test where it is not installed, which fails in CI."""
    path = shutil.which(program)
    if path is None and os.environ.get("CI"):
        pytest.fail(f"{program} is not installed, and in CI its tests must run.")
    if path is None:
        pytest.skip(f"{program} is not installed.")
    return path


# Units


def verified(folder: Path) -> str:
    """What systemd has to say of the units in a folder; nothing, where all is right."""
    units = sorted(str(path) for path in folder.iterdir())
    ran = subprocess.run(
        [needs("systemd-analyze"), "verify", "--man=no", *(unit.replace("@.", "@tty2.") for unit in units)],
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.stdout + ran.stderr


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units with a program that there is on this machine."""
    folder = tmp_path / "units"
    folder.mkdir()
    for path in (*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")):
        (folder / path.name).write_text(path.read_text("ascii").replace(PROGRAM, sys.executable), "ascii")
    return folder


def test_systemd_takes_every_unit(units: Path) -> None:
    """And would say what is wrong in one."""
    assert len(list(units.iterdir())) == 5
    assert verified(units) == ""
    purge = units / "screener-purge.service"
    purge.write_text(purge.read_text("ascii").replace("ProtectSystem", "ProtectSystems"), "ascii")
    assert "ProtectSystems" in verified(units)


def test_the_units_run_commands_that_there_are() -> None:
    commands = [
        line.partition(f"{PROGRAM} ")[2].split()
        for path in (*DEPLOY.glob("*.service"), *DEPLOY.glob("*.conf"), DEPLOY / "kiosk-shell.sh")
        for line in path.read_text("ascii").splitlines()
        if f"{PROGRAM} " in line and not line.startswith("#")
    ]
    assert len(commands) == 4
    for command in commands:
        assert parser().parse_args([word for word in command if word[:1] not in "<>2"])


# The backup of every night


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The program as one file, as it is installed."""
    path = tmp_path / "screener"
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m screener "$@"\n', "ascii")
    path.chmod(0o755)
    return path


def backed_up(machine: Machine, program: Path, keep: int) -> subprocess.CompletedProcess[str]:
    folder = machine.folder / "backups"
    folder.mkdir(exist_ok=True)
    return subprocess.run(
        ["sh", DEPLOY / "backup.sh", folder, str(keep)],
        env={"PATH": os.environ["PATH"], "HOME": str(machine.home), "SCREENER": str(program), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_newest_backups_stay_and_each_was_restored_once(machine: Machine, program: Path) -> None:
    """The machine still knows its own clinic, and nothing of the drill is left."""
    store, _ = machine.clinic()
    answered(store)
    names: list[set[str]] = []
    for _night in range(2):
        ran = backed_up(machine, program, keep=1)
        assert ran.returncode == 0, ran.stderr
        assert "1 response backed up" in ran.stdout
        assert "1 response of North Clinic restored" in ran.stdout
        names.append({path.name for path in (machine.folder / "backups").iterdir()})
    assert [len(each) for each in names] == [1, 1]
    assert names[0] != names[1]
    for path in (machine.folder / "backups").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert machine.staff("verify", "--audit").returncode == 0
    mark = machine.home / ".local" / "state" / "screener" / "clinic.json"
    assert json.loads(mark.read_text("utf-8"))["store"] == str(machine.data / "responses.db")
    assert str(machine.data) in machine.screener("clinic", "show").stdout


def test_a_backup_that_cannot_be_restored_is_named_and_removes_no_older_one(machine: Machine, program: Path) -> None:
    store, _ = machine.clinic()
    answered(store)
    assert backed_up(machine, program, keep=1).returncode == 0
    good = {path.name for path in (machine.folder / "backups").iterdir()}
    # A program that cuts its backups off, as a full disk of another machine may.
    program.write_text(
        f'#!/bin/sh\n"{sys.executable}" -m screener "$@" || exit $?\n'
        'if [ "$2" = backup ]; then truncate --size=8192 "$3"; fi\n',
        "ascii",
    )
    ran = backed_up(machine, program, keep=1)
    assert ran.returncode == 1
    assert ".bad. Older backups stay." in ran.stderr
    now = {path.name for path in (machine.folder / "backups").iterdir()}
    assert good < now
    assert [name.endswith(".bad") for name in now - good] == [True]


# The man page


def subcommands(top: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for added in {id(each): each for each in action.choices.values()}.values():
                yield added
                yield from subcommands(added)


def test_the_man_page_has_every_command_and_option() -> None:
    """Made anew with argparse-manpage, as CONTRIBUTING.md says, whenever one is added."""
    page = (DEPLOY / "screener.1").read_text("utf-8").replace("\\-", "-")
    page = re.sub(r"\\f[BIR]|\\,|\\/", "", page)
    for added in subcommands(parser()):
        assert added.prog in page, added.prog
        for action in added._actions:
            for option in {*action.option_strings} - {"-h", "--help"} if action.help != argparse.SUPPRESS else ():
                assert option in page, (added.prog, option)


def test_the_man_page_can_be_shown(tmp_path: Path) -> None:
    ran = subprocess.run(
        [needs("man"), "--warnings", "-l", "-Tutf8", DEPLOY / "screener.1"],
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8", "MANWIDTH": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "clinic keys rotate" in ran.stdout


# From a bare machine to the first patient


def test_the_commands_of_the_page_are_followed_from_the_first_to_the_last(machine: Machine) -> None:
    """Those of this program, in their order, as the account of the clinic, on a machine where nothing is yet."""
    text = (ROOT / "docs" / "clinic.md").read_text("utf-8")
    section = text[text.index("## From a bare machine") : text.index("\n## Leaving and coming back")]
    lines = [line.strip() for line in section.splitlines() if line.strip().startswith("screener ")]
    commands = [re.findall(r'"[^"]*"|\S+', line)[1:] for line in lines]
    new = "nine small brown wrens"
    typed = {
        "init": (STAFF, PASSPHRASE, PASSPHRASE),
        "staff": (STAFF, PASSPHRASE, new, new),
        "sign": (STAFF, PASSPHRASE, "Sam Park, this morning", "SIGNED"),
        "keys": ("", STAFF, PASSPHRASE),
    }
    assert [command[1] if len(command) > 1 else command[0] for command in commands] == [*typed, "doctor"]
    for command in commands:
        words = [word.strip('"').replace("ID", "north") for word in command]
        ran = machine.screener(*words, typed=typed.get(words[1] if len(words) > 1 else "", ()))
        if words != ["doctor"]:
            assert ran.returncode == 0, (words, ran.stderr)
    assert "right" in ran.stdout
    shown = machine.screener("clinic", "show").stdout
    assert "North Clinic" in shown
    assert "Sam Park" in shown
    for name in re.findall(r"deploy/([a-z.@0-9-]+\.[a-z0-9]+)", section):
        assert (DEPLOY / name).exists(), name
