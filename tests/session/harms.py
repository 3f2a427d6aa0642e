"""A store that goes away at one answer of a short questionnaire, before an urgent one, and who answers meanwhile.

Whoever answers is timed: the pages with help wait for no store, in both faces.
"""

from __future__ import annotations

import io
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from screener.model.questionnaire import Question
from screener.plain.console import EndOfInput, LineConsole
from screener.plain.interview import PlainInterview
from screener.session.session import InterviewSession
from screener.store.connect import open_database
from screener.store.record import StoredResponse
from screener.store.store import Store
from screener.store.unlock import unlock
from tests.session.conftest import PASSPHRASE, QUICK, STAFF, Terminal
from tests.store.postgres import Server
from tests.tui.screens import Screens

URGENT = "chest_pain"
URGENT_WORDS = "Please tell the crew"
BEFORE_URGENT = 12
"""How many questions come before the urgent one where every question is skipped."""
HELP_WITHIN = 1.0
"""Seconds in which a page with help is there, whatever the store does."""


@dataclass(frozen=True)
class Place:
    """Where the answers of a terminal go: a file, or an outbox in front of a server."""

    terminal: Terminal
    server: Server | None = None

    @property
    def location(self) -> str:
        assert self.terminal.session_factory.location
        return self.terminal.session_factory.location

    def responses(self) -> list[StoredResponse]:
        """What the staff of the clinic can read."""
        with closing(open_database(self.location)) as database:
            staff_store = unlock(Store(database, cost=QUICK), STAFF, PASSPHRASE)
            return [staff_store.read(listed.id) for listed in staff_store.responses()]


_SCHEDULED = Path("/proc/thread-self/schedstat")
"""What Linux tells of this thread: nanoseconds on a processor, and waiting for one."""
Harm = Callable[[Place], AbstractContextManager[None]]


def own_time() -> float:
    """The time in seconds, without what this thread waited for its turn while others used the machine."""
    with suppress(OSError):
        return time.monotonic() - int(_SCHEDULED.read_text().split()[1]) / 1e9
    return time.monotonic()


# What happens to a file


@contextmanager
def locked(place: Place) -> Iterator[None]:
    """Another program holds the file of the store."""
    with closing(sqlite3.connect(place.terminal.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def hung(place: Place) -> Iterator[None]:
    """Another program was stopped while it wrote to the file of the store."""
    program = (
        "import sqlite3, sys\n"
        "other = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "other.execute('BEGIN IMMEDIATE')\n"
        "print('held', flush=True)\n"
        "sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", program, str(place.terminal.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        other.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            other.kill()


@contextmanager
def full(place: Place) -> Iterator[None]:
    """The disk of this terminal takes no byte more: of a file's store, or of the outbox."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


@contextmanager
def moved(place: Place) -> Iterator[None]:
    """The folder of the store is disconnected from its place, as a share that is unmounted while a program uses it."""
    folder = place.terminal.path.parent
    away = folder.rename(folder.with_name("away"))
    try:
        yield
    finally:
        away.rename(folder)


# What happens to a server


def stopped(place: Place) -> AbstractContextManager[None]:
    assert place.server
    return place.server.stopped()


def hanging(place: Place) -> AbstractContextManager[None]:
    assert place.server
    return place.server.hanging()


@contextmanager
def server_full(place: Place) -> Iterator[None]:
    """The disk of the server takes no byte more. It ends over that, and is started again when there is room."""
    assert place.server
    place.server.fill()
    try:
        yield
    finally:
        place.server.start_again()


@contextmanager
def server_locked(place: Place) -> Iterator[None]:
    """Another program on the server holds what is written to."""
    with psycopg.connect(place.location) as other:
        other.execute("LOCK TABLE response, alarm, audit IN ACCESS EXCLUSIVE MODE")
        yield
        other.rollback()


@contextmanager
def disconnected(place: Place) -> Iterator[None]:
    """Every connection breaks, and no new one is taken."""
    assert place.server
    name = place.location.partition("?")[0].rpartition("/")[2]
    place.server.command(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    place.server.command(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    try:
        yield
    finally:
        place.server.command(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


# Who answers meanwhile


@dataclass
class Seen:
    """What a person saw: how many answers were shown as saved, and after how many seconds help was there."""

    session: InterviewSession
    saved: int = 0
    seconds: list[float] = field(default_factory=list)

    def look(self) -> None:
        if self.session.saved:
            self.saved = max(self.saved, len(self.session.history))


def answered_until(terminal: Terminal, count: int) -> InterviewSession:
    """Somebody who gave so many answers, and comes to the next question."""
    session = terminal.session_factory.new()
    while (question := session.interview.current) and question.id != URGENT and count > 0:
        session.answer(question.id, question.absent[0])
        session.interview.next()
        count -= 1
    return session


async def help_comes_on_screens(place: Place, session: InterviewSession, harm: Harm) -> Seen:
    """The person goes on to the urgent question and answers yes. Nothing here waits for the store.

    Where an answer is refused, the page does not go on before there is room; help comes at once.
    """
    seen = Seen(session)
    async with place.terminal.screens(session) as person:
        person.app.on_resume_requested()
        await person.settle()
        seen.look()
        with ExitStack() as meanwhile:
            meanwhile.enter_context(harm(place))
            while (question := person.app.interview.current) and question.id != URGENT:
                person.app._saving.record(question.id, question.absent[0])
                await person.settle()
                seen.look()
                if person.page == "NotSavedDialog":
                    await _asks_for_help(person, seen)
                    meanwhile.close()
                    await person.press("enter")
                    seen.look()
                assert person.page == "QuestionPage"
            began = own_time()
            await person.press("1", "enter")
            assert person.page == "UrgentPage"
            assert URGENT_WORDS in " ".join(person.text.split())
            seen.seconds.append(own_time() - began)
            await _asks_for_help(person, seen)
            seen.look()
    return seen


async def _asks_for_help(person: Screens, seen: Seen) -> None:
    began = own_time()
    await person.press("f8")
    assert person.page == "CrisisHelp"
    seen.seconds.append(own_time() - began)
    await person.press("escape")


def help_comes_in_plain_mode(place: Place, session: InterviewSession, harm: Harm) -> Seen:
    """The same at the prompts."""
    seen = Seen(session)
    with ExitStack() as meanwhile, suppress(EndOfInput):
        meanwhile.enter_context(harm(place))
        said = _Said(seen)
        PlainInterview(LineConsole(_Typist(seen, said, meanwhile.close), said, io.StringIO()), session).run()
    assert URGENT_WORDS in " ".join(said.getvalue().split())
    return seen


class _Said(io.StringIO):
    """What is said at the prompts, and how many seconds after the last line help was."""

    def __init__(self, seen: Seen) -> None:
        super().__init__()
        self._seen = seen
        self.typed_at = 0.0

    @property
    def prompt(self) -> str:
        return self.getvalue().rpartition("\n")[2]

    def write(self, text: str, /) -> int:
        if URGENT_WORDS in " ".join(text.split()) or text.startswith("Get help now"):
            self._seen.seconds.append(own_time() - self.typed_at)
        return super().write(text)


class _Typist(io.StringIO):
    """Skips every question for its first reason, says yes to the urgent one, and asks for help on its page.

    Whose answer is refused asks for help, and tries again when there is room.
    """

    def __init__(self, seen: Seen, said: _Said, make_room: Callable[[], None]) -> None:
        super().__init__()
        self._seen = seen
        self._said = said
        self._make_room = make_room
        self._helped: set[str] = set()

    def readline(self, size: int | None = -1, /) -> str:
        self._seen.look()
        line = self._next_line(self._said.prompt, self._seen.session.interview.current)
        self._said.typed_at = own_time()
        return line

    def _next_line(self, prompt: str, question: Question | None) -> str:
        for asked in ("r to try again", "type the word"):
            if asked in prompt and asked not in self._helped:
                self._helped.add(asked)
                return "h\n"
        if "r to try again" in prompt:
            self._make_room()
            return "r\n"
        if "type the word" in prompt:
            return ""
        if "A number, or b:" in prompt:
            return "1\n"
        return "y\n" if question and question.id == URGENT else "s\n"
