"""A command of the clinic's own holds up nothing, whatever it does."""

from __future__ import annotations

import os
import select
import subprocess
import tracemalloc
from pathlib import Path

import pytest

from screener.document.command import run_command

PATIENCE = 60.0
A_LOT = 60_000_000


def test_what_a_command_writes_is_not_kept_in_memory() -> None:
    """Check that one that writes without end fills no memory, and that the beginning of its complaint is told."""
    script = f"head -c {A_LOT} /dev/zero; echo no pager >&2; head -c {A_LOT} /dev/zero >&2; exit 3"
    tracemalloc.start()
    try:
        ended = run_command(["sh", "-c", script], "text", PATIENCE)
        assert tracemalloc.get_traced_memory()[1] < A_LOT / 10
    finally:
        tracemalloc.stop()
    assert ended.code == 3
    assert ended.complaint.startswith("no pager")


def test_what_a_command_leaves_in_the_background_is_not_waited_for(tmp_path: Path) -> None:
    """Check that a script that starts a pager and ends has ended."""
    line = tmp_path / "line"
    os.mkfifo(line)
    try:
        assert run_command(["sh", "-c", f"cat {line} & exit 0"], "text", 5) == (0, "")
    finally:
        line.write_text("hung up")


def test_a_command_that_is_given_up_ends_with_all_that_it_began(tmp_path: Path) -> None:
    """Check that nothing of it goes on when staff are told that it was given up."""
    line = tmp_path / "line"
    os.mkfifo(line)
    reading = os.open(line, os.O_RDONLY | os.O_NONBLOCK)
    with pytest.raises(subprocess.TimeoutExpired):
        run_command(["sh", "-c", f"exec 3>{line}; sleep 1000; true"], "text", 0.5)
    assert select.select([reading], [], [], PATIENCE)[0]
    assert os.read(reading, 1) == b""  # The end: nobody holds the other end any more.
    os.close(reading)


@pytest.mark.parametrize("script", ["exit 0", "exec <&-; exit 0", "cat >/dev/null"])
def test_a_command_need_not_read_what_it_gets(script: str) -> None:
    """Check that it gets its text or leaves it, also a long one."""
    assert run_command(["sh", "-c", script], "text" * 1_000_000, PATIENCE).code == 0
