"""What lies in the folder where a kiosk starts, and what its environment says, adds no code to a person's process."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from tests.kiosk.waiting_room import CONTENT, found_clinic
from tests.terminal.terminal import Terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pty")
NEVER_IN_THE_SUPERVISOR = ("textual", "zxcvbn", "wcwidth")
"""Modules that a person's process imports at some time, or may, and the process that starts it does not."""


def test_python_files_of_the_folder_and_python_variables_change_nothing(tmp_path: Path) -> None:
    """Somebody can write into the folder where it starts, and set variables for the account."""
    found_clinic(tmp_path)
    marker = tmp_path / "hostile-code-ran"
    hostile = f"open({str(marker)!r}, 'w').close()\n"
    for folder in (tmp_path, tmp_path / "path"):
        folder.mkdir(exist_ok=True)
        for name in NEVER_IN_THE_SUPERVISOR:
            (folder / f"{name}.py").write_text(hostile, "ascii")
    (tmp_path / "startup.py").write_text(hostile, "ascii")
    # The first process is the program as it is installed, which finds itself; only what it starts is asked here.
    command = (sys.executable, "-c", "import sys; del sys.path[0]; from screener.__main__ import main; main()")
    environment = {
        "XDG_RUNTIME_DIR": str(tmp_path / "nowhere"),
        "PYTHONPATH": str(tmp_path / "path"),
        "PYTHONSTARTUP": str(tmp_path / "startup.py"),
        "PYTHONINSPECT": "1",
    }
    words = ("--content", str(CONTENT), "kiosk", "--no-color")
    with Terminal(*words, folder=tmp_path, command=command, environment=environment) as kiosk:
        kiosk.shows("We ask a few things before your flight.")
        kiosk.focuses("Begin")
        assert not marker.exists()
        kiosk.signal(signal.SIGTERM)  # PYTHONINSPECT then keeps the first process, which is not asked here.
        kiosk.shows(">>>")
        kiosk.hang_up()
    assert not marker.exists()
