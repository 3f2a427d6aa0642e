"""Whatever the machine around it does, a command ends with a documented code, and with one sentence where it fails."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.surroundings.machine import ROOT
from tests.surroundings.matrix import in_namespace

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such mounts and accounts")


def wrong_cells(*arguments: str) -> tuple[list[str], int]:
    """Return the cells that are not right, and how many there are."""
    command, environment = in_namespace(*arguments)
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
    cells = [json.loads(line) for line in ran.stdout.splitlines()]
    return [str(cell) for cell in cells if cell["problems"]], len(cells)


def test_a_command_in_hostile_surroundings_ends_with_a_code_and_one_sentence() -> None:
    """Check a sample: every sixth surrounding, with another command each."""
    wrong, count = wrong_cells("--sample")
    assert wrong == []
    assert count > 5


@pytest.mark.long
def test_every_command_in_all_hostile_surroundings_ends_with_a_code_and_one_sentence() -> None:
    """Check every command in every surrounding; this takes half an hour or more."""
    wrong, count = wrong_cells()
    assert wrong == []
    assert count > 1000
