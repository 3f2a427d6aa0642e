"""The surroundings: what can be wrong around a program that is in order itself."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.surroundings.machine import Machine, Start, mount


@dataclass(frozen=True)
class Surrounding:
    """``before`` changes files before they are given to the account, ``after`` what belongs to it then.

    ``after`` returns ``False`` where this machine cannot have such surroundings.
    """

    name: str
    before: Callable[[Start], object] = lambda start: None
    after: Callable[[Machine, Start], object] = lambda machine, start: None


def _env(name: str, **variables: str | None) -> Surrounding:
    """Return surroundings with these variables; ``None`` removes one, and ``@`` is the folder of the cell."""

    def before(start: Start) -> None:
        for variable, value in variables.items():
            start.environment.pop(variable, None)
            if value is not None:
                start.environment[variable] = value.replace("@", str(start.folder))

    return Surrounding(name, before)


def _mode(name: str, place: str, mode: int = 0) -> Surrounding:
    """Return surroundings in which a file or folder belongs to root, and the account may use it as ``mode`` says."""

    def after(machine: Machine, start: Start) -> bool:
        path = start.folder / place
        if not path.exists():
            path.mkdir(parents=True)
        if machine.account is not None:
            os.chown(path, 0, 0)
        path.chmod(mode)
        return machine.account is not None or os.geteuid() != 0

    return Surrounding(name, after=after)


def _fifo(name: str, place: str) -> Surrounding:
    def before(start: Start) -> None:
        (start.folder / place).unlink(missing_ok=True)
        os.mkfifo(start.folder / place)

    return Surrounding(name, before)


def _folder_instead(name: str, place: str) -> Surrounding:
    def before(start: Start) -> None:
        (start.folder / place).unlink(missing_ok=True)
        (start.folder / place).mkdir(parents=True)

    return Surrounding(name, before)


def _loop(name: str, place: str) -> Surrounding:
    def before(start: Start) -> None:
        (start.folder / place).unlink(missing_ok=True)
        (start.folder / place).symlink_to(start.folder / place)

    return Surrounding(name, before)


def _bytes(name: str, place: str, content: bytes) -> Surrounding:
    def before(start: Start) -> None:
        (start.folder / place).parent.mkdir(mode=0o700, exist_ok=True)
        (start.folder / place).write_bytes(content)

    return Surrounding(name, before)


def _disk(name: str, free: int | None, *, only_read: bool = False) -> Surrounding:
    """Return surroundings in which the home is on a disk with so much room left, or that can only be read."""

    def after(machine: Machine, start: Start) -> bool:
        if not machine.mounts:
            return False
        aside = start.home.rename(start.folder / "aside")
        start.home.mkdir()
        if not mount("-t", "tmpfs", "-o", "size=24m,mode=700", "tmpfs", start.home):
            return False
        os.chown(start.home, machine.account or 0, machine.account or 0)
        subprocess.run(["cp", "-a", f"{aside}/.", start.home], check=True)
        if free is not None:
            _fill_up(start.home / "filler", free)
        return not only_read or mount("-o", "remount,ro", start.home)

    return Surrounding(name, after=after)


def _fill_up(filler: Path, free: int) -> None:
    disk = os.statvfs(filler.parent)
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, disk.f_bavail * disk.f_frsize - free)


def _streams(name: str, *, closed: tuple[int, ...] = (), full: tuple[int, ...] = ()) -> Surrounding:
    def before(start: Start) -> None:
        start.closed.update(closed)
        start.full.update(full)

    return Surrounding(name, before)


def _limit(name: str, limit: int, value: int) -> Surrounding:
    return Surrounding(name, lambda start: start.limits.update({limit: value}))


def _clock(name: str, says: int) -> Surrounding:
    def after(machine: Machine, start: Start) -> bool:
        library = machine.clock()
        start.environment |= {"LD_PRELOAD": str(library), "CLOCK_SAYS": str(says)}
        return library is not None

    return Surrounding(name, after=after)


def _current(name: str, *, removed: bool = False, mode: int | None = None) -> Surrounding:
    def after(machine: Machine, start: Start) -> None:
        start.current = start.folder / "current"
        start.current.mkdir()
        start.removed = removed
        if machine.account is not None:
            os.chown(start.current, machine.account, machine.account)
        if mode is not None:
            start.current.chmod(mode)

    return Surrounding(name, after=after)


SECTION = "content/questions/before-a-flight/body.yaml"
CONFIGURATION = "home/.config/screener/config.toml"
STORE = "home/.local/share/screener/responses.db"
SURROUNDINGS = (
    Surrounding("in order"),
    _env("no HOME, and in no list of accounts", HOME=None),
    _env("HOME is empty", HOME=""),
    _env("HOME cannot be made", HOME="/proc/nowhere"),
    _env("HOME is relative", HOME="home"),
    _env("HOME is not UTF-8", HOME="@/h\udcff"),
    _env("XDG folders cannot be made", XDG_DATA_HOME="/proc/a", XDG_CONFIG_HOME="/proc/b", XDG_CACHE_HOME="/proc/c"),
    _env("no other variable at all", HOME=None, XDG_RUNTIME_DIR=None, LANG=None, TERM=None, PATH=None),
    _mode("home may not be entered", "home"),
    _mode("home may not be written", "home", 0o555),
    _mode("configuration folder may not be entered", "home/.config/screener"),
    _mode("configuration may not be read", CONFIGURATION),
    _mode("folder of the store may not be entered", "home/.local/share/screener"),
    _mode("folder above the store may not be entered", "home/.local/share"),
    _mode("folder of the store may not be written", "home/.local/share/screener", 0o555),
    _mode("store may not be read", STORE),
    _mode("cache may not be entered", "home/.cache"),
    _mode("state may not be entered", "home/.local/state"),
    _mode("runtime folder may not be entered", "run"),
    _mode("content may not be entered", "content"),
    _mode("questions may not be listed", "content/questions/before-a-flight"),
    _mode("rules may not be listed", "content/rules/before-a-flight"),
    _mode("languages may not be listed", "content/questions/before-a-flight/languages"),
    _mode("cases may not be listed", "content/rules/before-a-flight/cases"),
    _mode("a section may not be read", SECTION),
    _fifo("a section is a FIFO", SECTION),
    _fifo("a FIFO among the sections", "content/questions/before-a-flight/more.yaml"),
    _fifo("a FIFO among the cases", "content/rules/before-a-flight/cases/more.yaml"),
    _fifo("a FIFO beside the rules", "content/rules/more.yaml"),
    _fifo("configuration is a FIFO", CONFIGURATION),
    _fifo("store is a FIFO", STORE),
    _folder_instead("a section is a folder", SECTION),
    _folder_instead("configuration is a folder", CONFIGURATION),
    _folder_instead("store is a folder", STORE),
    _loop("a section is a link to itself", SECTION),
    _loop("configuration is a link to itself", CONFIGURATION),
    _loop("store is a link to itself", STORE),
    _bytes("store is empty", STORE, b""),
    _bytes("store is something else", STORE, b"not a database " * 1000),
    _bytes("configuration is not text", CONFIGURATION, bytes(range(256))),
    _disk("home is full", 0),
    _disk("home has 100 kB left", 100_000),
    _disk("home has 8 MB left", 8_000_000),
    _disk("home can only be read", None, only_read=True),
    _streams("stdin is closed", closed=(0,)),
    _streams("stdout is closed", closed=(1,)),
    _streams("stderr is closed", closed=(2,)),
    _streams("all streams are closed", closed=(0, 1, 2)),
    _streams("stdout is full", full=(1,)),
    _streams("stderr is full", full=(2,)),
    _streams("stdout and stderr are full", full=(1, 2)),
    _env("TERM is not set", TERM=None),
    _env("TERM is unknown", TERM="no-such-terminal"),
    _env("TERM is dumb", TERM="dumb"),
    _env("locale is C", LANG=None, LC_ALL="C"),
    _env("locale is unknown", LANG="xx_YY.UTF-8"),
    _env("locale is Turkish", LANG="tr_TR.UTF-8", LC_ALL="tr_TR.UTF-8"),
    _env("characters are ASCII", PYTHONIOENCODING="ascii"),
    _env("characters are UTF-16", PYTHONIOENCODING="utf-16"),
    _env("COLUMNS is 3", COLUMNS="3", LINES="2"),
    _env("COLUMNS is no number", COLUMNS="many", LINES="-1"),
    _env("TMPDIR cannot be written", TMPDIR="/proc"),
    _env("time zone is unknown", TZ="Nowhere/Nothing"),
    _env("language is unknown", SCREENER_LANGUAGE="xx"),
    _current("current folder is removed", removed=True),
    _current("current folder may not be read", mode=0o111),
    _clock("clock says 1970", 5),
    _clock("clock says 2099", 4_090_000_000),
    _limit("no file may grow", resource.RLIMIT_FSIZE, 0),
    _limit("12 open files", resource.RLIMIT_NOFILE, 12),
)
