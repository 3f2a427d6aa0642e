"""An output that fails: no key is lost with it, and what had to be removed is removed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from screener.store.connect import open_store
from screener.store.saved_copies import note_copy
from tests.cli.running import CONTENT, ROOT, bare_environment
from tests.clinic.machine import PASSPHRASE, STAFF, Machine, answered

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="other systems have no such file")

NOT_WHOLE = "The output could not be written in full: No space left on device."
OUTPUTS = {"full": NOT_WHOLE, "closed": "The output is closed.", "read by nobody": "Nobody reads the output."}


@contextmanager
def output(kind: str) -> Iterator[int]:
    """Yield a descriptor that takes nothing."""
    if kind == "read by nobody":
        reading, writing = os.pipe()
        os.close(reading)
    else:
        writing = os.open("/dev/full", os.O_WRONLY)
    try:
        yield writing
    finally:
        os.close(writing)


def run_into(kind: str, machine: Machine, *arguments: str, typed: Sequence[str]) -> tuple[int, str]:
    """Run a command with an output that fails; return the code and what it says of that."""
    with output(kind) as stdout:
        ran = subprocess.run(
            [sys.executable, "-m", "screener", "--content", str(CONTENT), *arguments],
            input="".join(f"{line}\n" for line in typed),
            stdout=stdout,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=bare_environment(machine.home) | {"XDG_RUNTIME_DIR": str(machine.runtime)},
            preexec_fn=(lambda: os.close(1)) if kind == "closed" else None,
            check=False,
        )
    return ran.returncode, ran.stderr


@pytest.mark.parametrize("kind", OUTPUTS)
def test_a_clinic_whose_recovery_key_nobody_can_read_is_not_set_up(machine: Machine, kind: str) -> None:
    """The key is printed once; without it and the passphrases nothing could ever be opened again."""
    typed = ("North Clinic", "north", STAFF, PASSPHRASE, PASSPHRASE)
    code, said = run_into(kind, machine, "clinic", "init", typed=typed)
    assert (code, said.count("\n")) == (2, 1)
    assert said.startswith(f"screener: {OUTPUTS[kind]}")
    assert open_store(str(machine.data / "responses.db")).clinic is None


@pytest.mark.parametrize("kind", OUTPUTS)
def test_a_new_recovery_key_that_nobody_can_read_replaces_none(machine: Machine, kind: str) -> None:
    store, paper = machine.clinic()
    answered(store)
    code, said = run_into(kind, machine, "clinic", "keys", "renew", typed=(STAFF, PASSPHRASE))
    assert (code, said.count("\n")) == (2, 1)
    assert machine.screener("clinic", "keys", "check", typed=[paper]).returncode == 0


@pytest.mark.parametrize("kind", ["full", "closed"])
def test_saved_copies_go_with_their_response_whatever_becomes_of_the_output(machine: Machine, kind: str) -> None:
    store, _ = machine.clinic()
    response = answered(store)
    copy = machine.folder / "copy.txt"
    copy.touch()
    assert machine.screener("clinic", "copies", XDG_STATE_HOME=machine.home / ".local" / "state").returncode == 0
    (listing,) = (machine.home / ".local" / "state").rglob("clinic-*")
    store.identity._clinic_file = listing
    note_copy(store, [response.id], copy)
    reference = "K7QP-3MXD"
    code, said = run_into(
        kind, machine, "clinic", "erase", reference, "--reason", "asked", typed=(STAFF, PASSPHRASE, reference)
    )
    assert (code, said.count("\n")) == (2, 1)
    assert not copy.exists()
