"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket, gone when they end."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg

SETTINGS = """
listen_addresses = ''
max_connections = 60
shared_buffers = 16MB
max_wal_size = 32MB
min_wal_size = 8MB
autovacuum = off
# The machine never loses its power here, so that nothing has to wait for the disk.
fsync = off
full_page_writes = off
# A server that does not care, so that what the program asks of it is seen to matter.
synchronous_commit = off
wal_writer_delay = 10s
"""


def programs() -> Path | None:
    """The folder with the programs of the newest PostgreSQL on this machine, or ``None``."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: (len(str(folder)), folder))
    on_path = shutil.which("initdb")
    if on_path:
        folders.insert(0, Path(on_path).resolve().parent)
    return next((folder for folder in reversed(folders) if (folder / "postgres").exists()), None)


class Server:
    """One server. It is started when it is made, and can be stopped, started again, and removed."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._user = None if os.getuid() else _somebody()
        self.folder = Path(tempfile.mkdtemp(prefix="screener-pg-"))
        if self._user:
            os.chown(self.folder, self._user.pw_uid, self._user.pw_gid)
        self._databases = 0
        self._run(
            "initdb",
            *("--username=screener", "--auth=trust", "--encoding=UTF8", "--locale=C"),
            *("--no-sync", "--no-instructions", "--wal-segsize=1"),
        )
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(f"{SETTINGS}unix_socket_directories = '{self.folder}'\n")
        self.start()

    @property
    def data(self) -> Path:
        """The folder in which all that it knows lies."""
        return self.folder / "data"

    def start(self) -> None:
        self._run("pg_ctl", "start", "--wait", "--timeout=300", f"--log={self.data / 'server.log'}")

    def stop(self) -> None:
        """As in a power cut, for the server: nothing is written any more. Terminals that are connected fall out."""
        self._run("pg_ctl", "stop", "--mode=immediate", "--wait", "--timeout=300")

    @contextmanager
    def stopped(self) -> Iterator[None]:
        self.stop()
        try:
            yield
        finally:
            self.start()

    @contextmanager
    def hanging(self) -> Iterator[None]:
        self.pause()
        try:
            yield
        finally:
            self.resume()

    def pause(self) -> None:
        """Let the server and all its connections hang, as a machine does that swaps or waits for its disk."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._signal(signal.SIGCONT)

    def fill(self) -> None:
        """No file of the server takes a byte more, as on a disk that is full."""
        for process in self._processes():
            # One of its connections may have ended meanwhile.
            subprocess.run(["prlimit", f"--pid={process}", "--fsize=0:"], check=False, **self._as_its_user())

    def start_again(self) -> None:
        """Start it again, also where it has ended by itself."""
        with suppress(AssertionError):
            self.stop()
        self.start()

    def _signal(self, number: signal.Signals) -> None:
        for process in self._processes():
            with suppress(ProcessLookupError):
                os.kill(process, number)

    def _processes(self) -> Iterator[int]:
        """Yield the server's own process, and then those of its connections."""
        parent = int((self.data / "postmaster.pid").read_text().split()[0])
        yield parent
        for path in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):  # A process that ended meanwhile.
                if int(path.read_text().rpartition(")")[2].split()[1]) == parent:
                    yield int(path.parent.name)

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder)

    def new_database(self) -> str:
        """The address of a database in which there is nothing yet."""
        self._databases += 1
        name = f"clinic{self._databases}"
        self.command(f"CREATE DATABASE {name}{self._quickly}")
        return self.address(name)

    @cached_property
    def _quickly(self) -> str:
        """Copy files, as versions before 15 always do; to write all of them to its log takes a server far longer."""
        with psycopg.connect(self.address("postgres")) as connection:
            return " STRATEGY FILE_COPY" if connection.info.server_version >= 150_000 else ""

    def drop(self, address: str) -> None:
        """Remove a database, whoever is connected to it."""
        name = address.partition("?")[0].rpartition("/")[2]
        self.command(f"DROP DATABASE {name} WITH (FORCE)")

    def address(self, database: str) -> str:
        return f"postgresql://screener@/{database}?host={self.folder}"

    def command(self, statement: str) -> None:
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self._programs / program, f"--pgdata={self.data}", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
            cwd=self.folder,
            check=False,
            **self._as_its_user(),
        )
        assert done.returncode == 0, f"{program} {arguments}: {done.stderr!r} {self._log()}"

    def _as_its_user(self) -> dict[str, Any]:
        return {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []} if self._user else {}

    def _log(self) -> str:
        log = self.data / "server.log"
        return log.read_text(errors="replace")[-2000:] if log.exists() else ""


def _somebody() -> pwd.struct_passwd:
    """Whoever the server runs as where the tests are root's, as which it refuses to run."""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise AssertionError("there is no user as whom PostgreSQL could run")
