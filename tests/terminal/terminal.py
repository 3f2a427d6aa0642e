"""A program on a terminal of its own, as a person has it: keys in, a screen out, and every byte that was painted.

Nothing here waits for a time to pass. A test waits for what is on the screen, or for the end, and gives up only when
the program has painted nothing for a minute, or something else for four.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from termios import TIOCSWINSZ
from typing import Self

import pyte
import pytest

from screener.display_text import UNPRINTABLE
from tests.terminal.keys import TAB

ROOT = Path(__file__).parents[2]
SCREENER = (sys.executable, "-m", "screener")
PATIENCE = 60.0
"""Seconds without any output after which a test gives up."""
READING, URGENT = 1.6, 2.6
"""Seconds for which a page is read before something is pressed on it: more than it asks for, on a busy machine too."""
_EDGES = str.maketrans(dict.fromkeys("\u258c\u2502\u2500\u256d\u256e\u256f\u2570", " "))
RESTORED = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?1003l", b"\x1b[?2004l", b"\x1b[<u")
"""Back to the usual screen, cursor shown, reports of mouse and paste off, keys as before."""
_SENT = re.compile(
    rb"\x1b\[(?:[0-9;]*m|\d+;\d+H|[02] q|>25u|<u|\?(?:7|25|1000|1003|1004|1006|1015|1049|2004|2026|2048)[hl]|\?2026\$p)"
    rb"|\x1b\]22;[a-z-]+\x07|\r\n|\x1b(?:[][][0-9;?]*)?\Z"
)
"""All that the program may send besides text: colours, places, its settings of the terminal, the shape of the mouse;
and the start of one of these, where no more was read."""
_UNKNOWN = re.compile(rb"\x1b\[[<=][0-9;]*[a-zA-Z]|\x1b\]22;[^\x07\x1b]*(?:\x07|\x1b\\)")
"""Sequences that pyte prints, or takes for a title, instead of ignoring them: kinds of keys, the shape of the mouse."""
_BEGUN = re.compile(rb"(.*?)(\x1b(?:\[[<=0-9;]*|\][^\x07\x1b]*\x1b?)?)?", re.DOTALL)
"""What was read, and a sequence at its end of which more is to come."""


class Terminal:
    """Starts the program at once; leaving the context kills it. Only what ``environment`` says is set for it."""

    def __init__(
        self,
        *words: str,
        folder: Path,
        command: Sequence[str] = SCREENER,
        size: tuple[int, int] = (80, 24),
        environment: Mapping[str, str] | None = None,
        ignore: Sequence[signal.Signals] = (),
        controls: bool = True,
    ) -> None:
        """``ignore`` names signals that are ignored when it starts. Without ``controls`` no hang-up reaches it."""
        self.painted = bytearray()
        self._begun = b""
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._ours, theirs = os.openpty()
        os.set_blocking(self._ours, False)
        self._set_size(size)

        def prepare() -> None:
            if controls:
                os.login_tty(theirs)
            else:
                os.setsid()
                for stream in range(3):
                    os.dup2(theirs, stream)
            for number in ignore:
                signal.signal(number, signal.SIG_IGN)

        self.process = subprocess.Popen(
            [*command, *words],
            cwd=folder,
            env={**bare_environment(folder), **(environment or {})},
            pass_fds=(theirs,),
            preexec_fn=prepare,
        )
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.hang_up()

    # What is seen

    @property
    def lines(self) -> list[str]:
        """The lines of the screen."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        """What the screen says, with all space between words made one."""
        return " ".join(" ".join(self.bare_lines).split())

    @property
    def bare_lines(self) -> list[str]:
        """The lines of the screen without the edges of cards, dialogs and fields."""
        return [line.translate(_EDGES).rstrip() for line in self._screen.display]

    @property
    def title(self) -> str:
        """The title of the window, as the program set it."""
        return str(self._screen.title)

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and row of the terminal's own cursor, from 0."""
        return self._screen.cursor.x, self._screen.cursor.y

    @property
    def strange(self) -> list[str]:
        """What a terminal could obey or hide, and the program never sends: other ways of controlling it."""
        return UNPRINTABLE.findall(_SENT.sub(b"", bytes(self.painted)).decode("utf-8", "replace"))

    @property
    def left_behind(self) -> bytes:
        """What was written after the usual screen was given back."""
        return bytes(self.painted).rpartition(RESTORED[0])[2]

    def place_of(self, words: str) -> tuple[int, int]:
        """Column and row, from 1, where these words are clicked; those that are lowest on the screen."""
        row, line = next((row, line) for row, line in reversed([*enumerate(self.lines, 1)]) if words in line)
        return line.index(words) + 2, row

    # Waiting

    def until(self, true: Callable[[], bool], what: str) -> None:
        """Read until something is true."""
        late = time.monotonic() + 4 * PATIENCE
        while not true():
            if not self._read() or time.monotonic() > late:
                pytest.fail(f"{what} did not come. The screen is:\n" + "\n".join(self.lines))

    def shows(self, words: str) -> None:
        """Read until these words are on the screen, however its lines are broken."""
        wanted = " ".join(words.translate(_EDGES).split())
        self.until(lambda: wanted in self.text, repr(wanted))

    def shows_no(self, words: str) -> None:
        """Read until these words are not on the screen any more."""
        self.until(lambda: words not in self.text, f"a screen without {words!r}")

    def focuses(self, label: str) -> None:
        """Read until the caret is before exactly this label, not before a longer one that begins with it."""
        wanted = re.compile(rf"(?:^|\s)> {re.escape(label)}(?:\s\s|$)")
        self.until(lambda: any(wanted.search(line) for line in self.bare_lines), f"the caret before {label!r}")

    def ends(self) -> int:
        """Read to the end; return the exit code, which a signal makes negative."""
        while self._read():
            pass
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            pytest.fail("The program did not end. The screen is:\n" + "\n".join(self.lines))

    # Acting

    def keys(self, keys: str | bytes) -> None:
        """Type, in one burst; what the program paints meanwhile is read, so that neither waits for the other."""
        left = keys.encode() if isinstance(keys, str) else keys
        while left:
            state = self._state(select.POLLIN | select.POLLOUT, PATIENCE)
            if state & ~select.POLLOUT and not self._take():
                return
            if state & select.POLLOUT:
                left = left[os.write(self._ours, left) :]
            if not state:
                pytest.fail("The program does not read what is typed.")

    def insist(self, key: str | bytes, words: str) -> None:
        """Press a key, as a person does, again and again until it has its effect: the program drops what comes in one
        rush with a paste. The key must do no more when it is pressed twice."""
        for _ in range(round(2 * PATIENCE)):
            self.keys(key)
            while words not in self.text and self._read(0.2):
                pass
            if words in self.text:
                return
        pytest.fail(f"{words!r} did not come. The screen is:\n" + "\n".join(self.lines))

    def settles_with(self, words: str = "") -> None:
        """Read until a line of the screen has these words, and nothing is painted any more for a moment."""
        late = time.monotonic() + PATIENCE
        while self._read(0.1) or not any(words in line for line in self.lines):
            if time.monotonic() > late:
                pytest.fail(f"{words!r} did not come. The screen is:\n" + "\n".join(self.lines))

    def press(self, action: str, *, after: str = "") -> None:
        """Press an action that has the caret, or that Tab goes to from where the caret is ``after`` something."""
        if after:
            self.focuses(after)
            self.keys(TAB)
        self.focuses(action)
        self.keys(" ")

    def read_page(self, seconds: float = READING) -> None:
        """Look at a page for as long as it has to be read before its buttons take anything."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._read(left)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window; the program gets SIGWINCH."""
        self._set_size((columns, rows))
        self._screen.resize(rows, columns)

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """Close the terminal under the program."""
        with contextlib.suppress(OSError):
            os.close(self._ours)

    # Reading

    def _read(self, patience: float = PATIENCE) -> bool:
        """Read some of what was painted; ``False`` at the end, or when nothing came for too long."""
        if not self._state(select.POLLIN, patience):
            return False
        return self._take()

    def _state(self, wanted: int, patience: float) -> int:
        """Wait for the terminal; 0 when nothing came. A poll, unlike a select, takes descriptors above 1,023."""
        poll = select.poll()
        poll.register(self._ours, wanted)
        return next((state for _, state in poll.poll(patience * 1000)), 0)

    def _take(self) -> bool:
        try:
            some = os.read(self._ours, 65536)
        except BlockingIOError:  # The terminal was ready when it was asked, and is not any more: this is no end.
            return True
        except OSError:
            return False
        self.painted += some
        found = _BEGUN.fullmatch(self._begun + some)
        assert found
        self._begun = found[2] or b""
        self._stream.feed(_UNKNOWN.sub(b"", found[1]))
        return bool(some)

    def _set_size(self, size: tuple[int, int]) -> None:
        columns, rows = size
        fcntl.ioctl(self._ours, TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def bare_environment(folder: Path) -> dict[str, str]:
    """A terminal that can do everything, a home in ``folder``, and nothing else of this machine."""
    homes = {f"XDG_{name}_HOME": str(folder / ".home" / name.lower()) for name in ("CACHE", "CONFIG", "DATA", "STATE")}
    return homes | {
        "PATH": os.environ["PATH"],
        "HOME": str(folder / ".home"),
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "TZ": "UTC",
        # A test that waits on a busy machine is not somebody who has gone away.
        "SCREENER_HIDE_AFTER": "0",
    }
