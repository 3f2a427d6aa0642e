"""The session key: the key of the open response, stored in the memory file system of the login session.

It survives a crash of the program, but not a restart of the machine.

The file is locked while the program that writes the response runs, so that a second program does not use it.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from screener.store.crypto import KEY
from screener.values import dataclass

try:
    import fcntl
except ImportError:  # Windows has no such folder.
    fcntl = None  # type: ignore[assignment]

_SEAT = 16
_NAME = re.compile(r"[0-9a-f]{32}")


def session_key_folder() -> Path | None:
    """Return the folder for session keys, private to the user and gone after a restart, or ``None``."""
    base = os.environ.get("XDG_RUNTIME_DIR") or (f"/run/user/{os.getuid()}" if os.name == "posix" else "")
    if fcntl is None or not base or not Path(base).is_dir():
        return None
    folder = Path(base) / "screener"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.stat()
    except OSError:
        return None
    return folder if status.st_uid == os.getuid() and not status.st_mode & 0o077 else None


@dataclass(frozen=True)
class SessionKey:
    """The key of one response, held by this process."""

    path: Path
    descriptor: int
    response: str
    key: bytes

    def remove(self) -> None:
        """Forget the key; then only staff or a return code open the response."""
        self.path.unlink(missing_ok=True)
        os.close(self.descriptor)


def seat(terminal: str) -> bytes:
    """Return what tells one kiosk from another of the same account: its name and the device that it is shown on."""
    device = ""
    for descriptor in (0, 2):
        with suppress(OSError, AttributeError):
            device = device or os.ttyname(descriptor)
    return hashlib.sha256(f"{terminal}|{device}".encode("utf-8", "surrogatepass")).digest()[:_SEAT]


def store_key(folder: Path, response: str, key: bytes, at: bytes = b"") -> SessionKey | None:
    """Store the key (32 bytes) of a response (32 hexadecimal digits); return ``None`` if that fails.

    ``at`` is the seat where its person sits, in a clinic: nobody else is offered it.
    """
    path = folder / response
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Only now: until here the file may be that of a program which still writes the response.
        os.fchmod(descriptor, 0o600)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, key + at)
    except OSError:
        os.close(descriptor)
        return None
    return SessionKey(path, descriptor, response, key)


def orphaned_keys(folder: Path, at: bytes = b"") -> Iterator[SessionKey]:
    """Yield the keys that crashed programs left behind at a seat, newest first; each is locked when it is yielded.

    The caller holds it, removes it, or lets go of it with ``release``.
    """
    for path in sorted(folder.iterdir(), key=_age):
        if _NAME.fullmatch(path.name) and (session_key := _take_over(path, at)):
            yield session_key


def release(session_key: SessionKey) -> None:
    """Leave a key where it is, for another start of the program."""
    os.close(session_key.descriptor)


def _age(path: Path) -> float:
    try:
        return -path.lstat().st_mtime
    except OSError:  # Removed since the folder was read.
        return 0


def _take_over(path: Path, at: bytes) -> SessionKey | None:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        written = os.read(descriptor, KEY + _SEAT + 1)
        if len(written) in (KEY, KEY + _SEAT) and written[KEY:] == at and path.exists():
            return SessionKey(path, descriptor, path.name, written[:KEY])
    except OSError:
        pass
    os.close(descriptor)
    return None
