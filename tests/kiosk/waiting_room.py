"""A kiosk as it stands in a clinic: the supervisor on a terminal of its own, and whoever comes."""

from __future__ import annotations

import sys
import termios
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyte

from screener.store.clinic_setup import set_up_clinic
from screener.store.sqlite import SQLite
from screener.store.store import Store
from tests.terminal.keys import ENTER, LEAVE, TAB
from tests.terminal.terminal import _UNKNOWN, SCREENER, Terminal, bare_environment

CONTENT = Path(__file__).parents[1] / "fixtures"
SECRET = "LILACS"
"""What the first person types."""
NAME, PASSPHRASE = "Jo Field", "a long summer rain"
_CLEANED = b"\x1b[3J"
SUPERVISE = (
    sys.executable,
    "-c",
    "import sys; from screener.kiosk.supervisor import supervise; sys.exit(supervise(sys.argv[1:]))",
)


class Kiosk(Terminal):
    """``screener kiosk``, or the supervisor with another program than that."""

    def __init__(self, folder: Path, *program: str) -> None:
        words = program or ("--content", str(CONTENT), "kiosk", "--no-color")
        # Where the system keeps a place for keys of an open response, the next person is asked whether it is theirs.
        nowhere = {"XDG_RUNTIME_DIR": str(folder / "nowhere")}
        super().__init__(*words, folder=folder, command=SUPERVISE if program else SCREENER, environment=nowhere)

    @property
    def settings(self) -> Sequence[object]:
        """How the terminal is set."""
        return list(termios.tcgetattr(self._ours))

    @property
    def people(self) -> list[int]:
        """The processes that the supervisor has started and that live, by their numbers."""
        return [
            int(process.name)
            for process in Path("/proc").iterdir()
            if process.name.isdigit() and _parent(process) == self.process.pid
        ]

    def could_be_read(self, painted: bytes) -> str:
        """What a person reads on a terminal that keeps 1,000 lines, who also scrolls back, once this was painted."""
        screen = pyte.HistoryScreen(80, 24, history=1000)
        pyte.ByteStream(screen).feed(_UNKNOWN.sub(b"", painted))
        scrolled_away = ("".join(line[column].data for column in sorted(line)) for line in screen.history.top)
        return "\n".join([*scrolled_away, *screen.display]).strip()

    def answers(self, typed: str = SECRET) -> None:
        """Answer up to the first field, and type something there that others must not see."""
        self.starts()
        self.keys(ENTER)
        self.shows("Where do you leave from?")
        self.keys("1")
        self.shows("(*) The north")
        self.keys(ENTER)
        self.shows("Who types the answers?")
        self.keys("1")
        self.shows("(*) I do")
        self.keys(ENTER)
        self.shows("How old are you?")
        self.keys(typed)
        self.shows(typed)

    @contextmanager
    def another(self) -> Iterator[None]:
        """Inside, the program ends; then wait until its page was cleaned away, and the next one is at its first."""
        cleaned = self.painted.count(_CLEANED)
        yield
        self.until(lambda: self.painted.count(_CLEANED) > cleaned, "a clean terminal")
        self.starts()

    def starts(self) -> None:
        """Wait for the first page, and nothing else."""
        self.shows("We ask a few things before your flight.")
        self.focuses("Begin")

    def staff(self) -> None:
        """Open the door."""
        self.keys(LEAVE)
        self.shows("Door code or passphrase")
        self.keys(NAME)
        self.shows(NAME)
        self.keys(TAB + PASSPHRASE)
        self.shows("\u2022" * len(PASSPHRASE))
        self.keys(ENTER)
        self.focuses("Go on here")
        self.read_page()


def _parent(process: Path) -> int | None:
    """The number of the process that started this one; ``None`` where it ended meanwhile, or waits to be buried."""
    try:
        state, parent = (process / "stat").read_text().rpartition(")")[2].split()[:2]
    except OSError:
        return None
    return None if state == "Z" else int(parent)


@contextmanager
def kiosk(folder: Path, *program: str) -> Iterator[Kiosk]:
    with Kiosk(folder, *program) as opened:
        try:
            yield opened
        finally:
            opened.process.terminate()
            opened.ends()


def found_clinic(folder: Path) -> None:
    """Set a clinic up in the home that terminals in this folder have."""
    store = Store(SQLite(Path(bare_environment(folder)["XDG_DATA_HOME"]) / "screener" / "responses.db"))
    set_up_clinic(store, "Invented Clinic", "north", 365, NAME, PASSPHRASE)
    store.database.close()
