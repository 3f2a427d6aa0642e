"""A machine on which every command can be started in hostile surroundings, as an account that may do little.

All of it is on a disk in memory that only this process and those that it starts can see. It vanishes with them, so
that nothing has to be removed; Python and the program are bound into it so that nobody can write in them.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from screener.store.backup import back_up
from screener.store.clinic_setup import set_up_clinic
from screener.store.crypto import Cost
from screener.store.sqlite import SQLite
from screener.store.store import Store

ROOT = Path(__file__).parents[2]
NOBODY = 54321
"""An account that is in no list of accounts, as containers have it."""
STAFF, PASSPHRASE = "Alex Reed", "four quiet grey geese"
ANSWERS = "departure: north\nage: 12\nalone: yes\nflown_before: {absent: asked-declined}\n"
OUTER_NAMESPACE = "SCREENER_TEST_OUTER_NAMESPACE"
"""Names the mount namespace of the tests, so that a process in another one knows that it may mount."""
CLOCK = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
static long fixed(void) { return atol(getenv("CLOCK_SAYS")); }
int clock_gettime(clockid_t clock, struct timespec *now) {
    int (*usual)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
    int code = usual(clock, now);
    if (!code && clock == CLOCK_REALTIME) now->tv_sec = fixed();
    return code;
}
int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    now->tv_sec = fixed(); now->tv_usec = 0; return 0;
}
time_t time(time_t *now) { if (now) *now = fixed(); return fixed(); }
"""


@dataclass
class Start:
    """How one command is started. A surrounding changes it, or the files around it."""

    folder: Path
    environment: dict[str, str]
    closed: set[int] = field(default_factory=set)
    """The descriptors that are closed."""
    full: set[int] = field(default_factory=set)
    """The descriptors that take nothing, as ``/dev/full``."""
    limits: dict[int, int] = field(default_factory=dict)
    current: Path | None = None
    removed: bool = False
    """Whether the current folder is removed before the command begins."""

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def content(self) -> Path:
        return self.folder / "content"

    @property
    def configuration(self) -> Path:
        return self.home / ".config" / "screener" / "config.toml"

    @property
    def data(self) -> Path:
        return self.home / ".local" / "share" / "screener"

    def before_the_program(self) -> None:
        """Run in the new process; close and limit what the surrounding says."""
        for number in self.full:
            os.dup2(os.open("/dev/full", os.O_RDWR), number)
        for limit, value in self.limits.items():
            resource.setrlimit(limit, (value, value))
        if self.removed:
            os.rmdir(os.getcwd())  # noqa: PTH106, PTH109
        for number in self.closed:
            os.close(number)


class Machine:
    """What all cells of the matrix share: Python and program, and files to begin with."""

    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch
        scratch.chmod(0o755)
        self.mounts = may_mount() and self._mounted()
        self.account = NOBODY if self.mounts else None
        self.python = [str(self._interpreter())] if self.mounts else [sys.executable]
        self.template = scratch / "template"
        self._number = 0
        _fill(self.template)
        subprocess.run([*self.python, "-m", "screener", "check"], env=self.environment, check=True, stdout=2)

    def _mounted(self) -> bool:
        """Mount a disk in memory, and Python and program in it, to be read only; return whether that is possible."""
        if not mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", self.scratch):
            return False
        for name, source in (("python", sys.base_prefix), ("site", sysconfig.get_paths()["purelib"]), ("source", ROOT)):
            target = self.scratch / name
            target.mkdir()
            if not (mount("--bind", source, target) and mount("-o", "remount,bind,ro", target)):
                raise OSError(f"{source} cannot be bound to be read only")
        return True

    def _interpreter(self) -> Path:
        """Return the interpreter of a virtual environment in which the program is installed."""
        binaries = self.scratch / "venv" / "bin"
        site = binaries.parent / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"
        binaries.mkdir(parents=True)
        site.mkdir(parents=True)
        base = self.scratch / "python" / "bin"
        (binaries / "python3").symlink_to(base / f"python3.{sys.version_info.minor}")
        (binaries.parent / "pyvenv.cfg").write_text(f"home = {base}\n", "utf-8")
        (site / "screener.pth").write_text(f"{self.scratch / 'source'}\n{self.scratch / 'site'}\n", "utf-8")
        return binaries / "python3"

    @property
    def environment(self) -> dict[str, str]:
        own = {} if self.mounts else {"PYTHONPATH": str(ROOT)}
        return own | {"PATH": "/usr/bin:/bin", "PYTHONPYCACHEPREFIX": str(self.scratch / "compiled")}

    def new_start(self) -> Start:
        """Return the files of a new account with a clinic, in good order."""
        self._number += 1
        folder = self.scratch / f"cell-{self._number}"
        shutil.copytree(self.template, folder)
        folder.chmod(0o755)
        environment = self.environment | {
            "HOME": str(folder / "home"),
            "XDG_RUNTIME_DIR": str(folder / "run"),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
        }
        return Start(folder, environment)

    def give_to_account(self, start: Start) -> None:
        if self.account is not None:
            for path in (start.folder, *start.folder.rglob("*")):
                os.chown(path, self.account, self.account, follow_symlinks=False)

    @cache  # noqa: B019
    def clock(self) -> Path | None:
        """Return the library that sets the clock of one process; ``None`` without a compiler of C."""
        library = self.scratch / "clock.so"
        compiler = shutil.which("cc")
        if not compiler or sys.platform != "linux":
            return None
        subprocess.run(
            [compiler, "-shared", "-fPIC", "-x", "c", "-", "-o", library, "-ldl"], input=CLOCK, text=True, check=True
        )
        return library


def mount_namespace() -> str:
    """Return the name of the mount namespace of this process; empty where there is no such thing."""
    try:
        return str(Path("/proc/self/ns/mnt").readlink())
    except OSError:
        return ""


def may_mount() -> bool:
    """Return whether this process has a mount namespace of its own, in which nothing that it mounts is seen outside."""
    outer = os.environ.get(OUTER_NAMESPACE)
    return os.geteuid() == 0 and bool(outer) and mount_namespace() not in ("", outer)


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Yield a folder for a machine. Nothing is ever removed through a mount: a disk in memory goes by itself."""
    # Another account works in it, so it stands where everybody may enter.
    folder = Path(tempfile.mkdtemp(prefix="screener-surroundings-", dir="/tmp" if may_mount() else None))
    try:
        yield folder
    finally:
        if may_mount():
            subprocess.run(["umount", "--lazy", "--recursive", folder], capture_output=True, check=False)
            with suppress(OSError):
                folder.rmdir()
        else:
            shutil.rmtree(folder, ignore_errors=True)


def mount(*arguments: str | Path) -> bool:
    return subprocess.run(["mount", *map(str, arguments)], capture_output=True, check=False).returncode == 0


def _fill(folder: Path) -> None:
    """Write a content folder, answers, and a clinic with a backup."""
    shutil.copytree(ROOT / "tests" / "fixtures", folder / "content")
    (folder / "run").mkdir(mode=0o700)
    (folder / "answers.yaml").write_text(ANSWERS, "utf-8")
    (folder / "dates.yaml").write_text("answered: {answers.yaml: 2026-03-31T10:00Z}\n", "utf-8")
    (folder / "summary.txt").write_text("Summary\n\nNot one of this program.\n", "utf-8")
    start = Start(folder, {})
    start.configuration.parent.mkdir(parents=True)
    start.configuration.write_text('terminal = "desk"\n', "utf-8")
    start.data.mkdir(mode=0o700, parents=True)
    store = Store(SQLite(start.data / "responses.db"), cost=Cost(64, 1, 1))
    set_up_clinic(store, "North Clinic", "north", 30, STAFF, PASSPHRASE)
    back_up(store, folder / "backup.db")
    store.database.close()


def typed(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def account_of(machine: Machine) -> dict[str, object]:
    """Return how a process is started as the account."""
    if machine.account is None:
        return {}
    return {"user": machine.account, "group": machine.account, "extra_groups": []}
