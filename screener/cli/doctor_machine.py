"""The checks of ``screener doctor`` that look at the terminal and the machine around the program."""

from __future__ import annotations

import importlib.util
import os
import shlex
import shutil
import stat
import sys
from pathlib import Path

from screener.cli.configuration_privacy import exposed
from screener.cli.doctor_checks import Check, DoctorLine, Setup, not_checked, right, wrong
from screener.crash import crash_file, recorded_crashes
from screener.store.session_key import session_key_folder
from screener.tui import SMALLEST


def machine_checks() -> tuple[tuple[str, Check], ...]:
    """Return the checks by their names, in the order of the page."""
    return (
        ("screen", _screen),
        ("colours", _colours),
        ("keys", _keys),
        ("locale", _locale),
        ("permissions", _permissions),
        ("copies", _copies),
        ("after a crash", _crash_recovery),
        ("kiosk", _kiosk),
        ("printer", _printer),
        ("urgent command", _urgent_command),
        ("faults", _faults),
    )


def _on_terminal() -> bool:
    return bool(sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty())


def _screen(_: Setup) -> DoctorLine:
    if not _on_terminal():
        return not_checked("This command was not started on a terminal.")
    columns, rows = os.get_terminal_size(sys.stderr.fileno())
    if columns < SMALLEST[0] or rows < SMALLEST[1]:
        smallest = f"{SMALLEST[0]} columns and {SMALLEST[1]} rows"
        return wrong(f"It has {columns} columns and {rows} rows.", f"Make the window larger, at least {smallest}.")
    return right(f"It has {columns} columns and {rows} rows.")


def _terminfo() -> tuple[int, bool] | None:
    """Return the number of colours and whether F8 is known; ``None`` where nothing is known of the terminal."""
    if not os.environ.get("TERM"):
        return None
    try:
        import curses

        curses.setupterm(os.environ["TERM"], 1)
        return curses.tigetnum("colors"), bool(curses.tigetstr("kf8"))
    except Exception:  # A Python without curses, a terminal that no list names: each with an error of its own.
        return None


def _colours(_: Setup) -> DoctorLine:
    if os.environ.get("NO_COLOR"):
        return right("None, because NO_COLOR is set.")
    if os.environ.get("COLORTERM") in ("truecolor", "24bit"):
        return right("16 million.")
    if (terminfo := _terminfo()) is None:
        return not_checked("Nothing is known of this terminal.")
    if terminfo[0] < 8:
        return wrong("The terminal shows no colours.", "Choose another terminal, or add --no-color.")
    return right(f"{terminfo[0]}. A terminal that shows 16 million sets COLORTERM=truecolor.")


def _keys(_: Setup) -> DoctorLine:
    if not os.environ.get("TERM") and not _on_terminal():
        return not_checked("This command was not started on a terminal.")
    if os.environ.get("TERM", "dumb") == "dumb":
        return wrong('TERM is "dumb".', "Set TERM to what the terminal is, such as xterm-256color.")
    terminfo = _terminfo()
    if terminfo and not terminfo[1]:
        return wrong("This terminal has no function keys, and F8 opens help.", "Choose another terminal or TERM.")
    return right("Function keys are known." if terminfo else "Function keys are taken for those of an xterm.")


def _locale(_: Setup) -> DoctorLine:
    charset = (sys.stderr.encoding if sys.stderr else None) or "unknown"
    if charset.lower().replace("-", "") != "utf8":
        return wrong(f"The character set is {charset}, not UTF-8.", "Set LANG to one with UTF-8, such as en_GB.UTF-8.")
    return right("The character set is UTF-8.")


def _permissions(setup: Setup) -> DoctorLine:
    if what_and_remedy := exposed(setup.configuration):
        return wrong(*what_and_remedy)
    return right("The configuration shows no password of a database to others.")


def _copies(setup: Setup) -> DoctorLine:
    folder = setup.configuration.exports
    if folder is None:
        return right("They are saved where the person says.")
    if not folder.is_dir():
        return wrong(f"The folder for copies {folder} is missing.", "Make it, or change exports.")
    if not os.access(folder, os.W_OK | os.X_OK):
        return wrong(f"This account may not write in {folder}.", "Change its permissions, or change exports.")
    if os.name == "posix" and folder.stat().st_mode & stat.S_IRWXO:
        return wrong(f"Every account can look into {folder}.", "Close it to others, or change exports.")
    return right(f"They are saved in {folder}. Those that staff save go with their response.")


def _crash_recovery(_: Setup) -> DoctorLine:
    if session_key_folder() is None:
        return not_checked(
            "Answers are not found again when the program dies. If they should be, set XDG_RUNTIME_DIR to a folder in "
            "memory that only this account can enter."
        )
    return right("Interrupted answers are found again.")


def _kiosk(setup: Setup) -> DoctorLine:
    if not (setup.store and setup.store.clinic):
        return not_checked("A kiosk needs a clinic; none was set up here.")
    if importlib.util.find_spec("termios") is None:
        return wrong("This system has no terminals for a kiosk.", "Use Linux, macOS or another Unix.")
    if setup.configuration.plain:
        return wrong("Plain mode is configured, and a kiosk cannot lock it.", "Remove plain from the configuration.")
    return right(f"It can be started. Staff know it as {setup.store.terminal}.")


def _printer(setup: Setup) -> DoctorLine:
    return _command(setup.configuration.printer, "printer")


def _urgent_command(setup: Setup) -> DoctorLine:
    return _command(setup.configuration.on_urgent, "on_urgent")


def _command(configured: str | None, key: str) -> DoctorLine:
    """Check that the program of a command is there; the command itself is not run."""
    if not configured:
        return not_checked("None is configured.")
    try:
        words = shlex.split(configured)
    except ValueError:
        words = []
    if not words:
        return wrong(f"The command of {key} has an open quote or no word in it.", f"Correct {key}.")
    if shutil.which(words[0]) is None:
        return wrong(f"There is no program {Path(words[0]).name}.", f"Install it, or correct {key}.")
    return right(f"{Path(words[0]).name} is there.")


def _faults(_: Setup) -> DoctorLine:
    count = len(recorded_crashes())
    if count:
        noted = "1 fault of the program is noted" if count == 1 else f"{count} faults of the program are noted"
        return wrong(f"{noted} in {crash_file()}.", "Report them, then remove the file.")
    return right("None are noted.")
