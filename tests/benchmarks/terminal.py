"""A program on a terminal of its own, timed from outside by the bytes that it paints."""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from termios import TIOCSWINSZ
from types import TracebackType
from typing import Self

import pyte

COLUMNS, ROWS = 100, 30
_ESCAPES = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][0-9A-B]|[=>78])")
_LONGEST = 20.0


def environment(home: Path) -> dict[str, str]:
    """What every program that is measured runs in: byte code is kept, nothing is configured."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "SCREENER", "TEXTUAL", "XDG")) and name != "NO_COLOR"
    }
    folders = {name: str(home / name.lower()) for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    return kept | folders | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}


class Terminal:
    """Starts the program at once. Leaving the context ends it."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
        self.painted = bytearray()
        self._at = 0.0
        self._cpu = 0.0
        self.memory = 0.0
        """The most memory that the program had, in MB; known once it has ended, on Linux."""
        self._ours, theirs = os.openpty()
        fcntl.ioctl(theirs, TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            command, cwd=folder, env=environment, pass_fds=(theirs,), preexec_fn=lambda: os.login_tty(theirs)
        )
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    @property
    def cpu(self) -> float:
        """The CPU time that the program has used so far; 0 where the system does not tell."""
        if self._process.returncode is not None:
            return self._cpu
        spent = (task.joinpath("schedstat") for task in Path(f"/proc/{self._process.pid}/task").glob("*"))
        try:
            return sum(int(file.read_text().split()[0]) for file in spent) / 1e9
        except OSError:
            return 0.0

    def end(self) -> None:
        """Kill the program and note its CPU time."""
        if self._process.returncode is not None:
            return
        with suppress(OSError):
            # What the system says after its end counts the memory of this process too, of which it is a fork.
            status = Path(f"/proc/{self._process.pid}/status").read_text()
            self.memory = int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1e3
        os.kill(self._process.pid, signal.SIGKILL)
        _, ended, used = os.wait4(self._process.pid, 0)
        self._process.returncode = os.waitstatus_to_exitcode(ended)
        self._cpu = used.ru_utime + used.ru_stime
        os.close(self._ours)

    def wait_for(self, text: str, since: int = 0) -> float:
        """When the text had been painted. ``since`` is a count of bytes before which nothing is looked at."""
        wanted = text.encode()
        while wanted not in _ESCAPES.sub(b"", self.painted[since:]):
            if not self._read(_LONGEST):
                raise TimeoutError(f'"{text}" was not painted. The screen was:\n{self.screen()}')
        return self._at

    def compute(self, quiet: float = 0.03) -> None:
        """Read until nothing has come for a while."""
        while self._read(quiet):
            pass

    def press(self, keys: str) -> tuple[float, float]:
        """Write keys; return when that was, and when the first bytes came."""
        start = time.perf_counter()
        os.write(self._ours, keys.encode())
        if not self._read(_LONGEST):
            raise TimeoutError(f"{keys!r} painted nothing. The screen was:\n{self.screen()}")
        return start, self._at

    def screen(self) -> str:
        """What a person sees now."""
        screen = pyte.Screen(COLUMNS, ROWS)
        pyte.ByteStream(screen).feed(bytes(self.painted))
        return "\n".join(screen.display)

    @property
    def last_paint(self) -> float:
        """When bytes came last."""
        return self._at

    def _read(self, timeout: float) -> bool:
        readable, _, _ = select.select([self._ours], [], [], timeout)
        if not readable:
            return False
        try:
            chunk = os.read(self._ours, 1 << 16)
        except OSError:
            return False
        self._at = time.perf_counter()
        self.painted += chunk
        return bool(chunk)
