"""What a machine refuses, as one sentence with its remedy. It is never called a defect of the program."""

from __future__ import annotations

import errno
import os

from screener.display_text import visible

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM})
_TOO_MANY = frozenset({errno.EMFILE, errno.ENFILE})
_NO_MEMORY = frozenset({errno.ENOMEM, errno.EAGAIN})
_FAILING = frozenset({errno.EIO, errno.ESTALE, errno.ENXIO, errno.ENODEV})
_NETWORK = (ConnectionError, TimeoutError)
MEMORY = "The machine has no memory or no process left for this. Close other programs, and start it again."


def refusal(error: BaseException) -> str | None:
    """Return what the machine refused and what to do; ``None`` if the error is a defect of the program."""
    match error:
        case MemoryError():
            return MEMORY
        case RuntimeError() if "start new thread" in str(error):
            return MEMORY
        case ImportError() if not (error.name or "").startswith("screener."):
            return f"The Python package {error.name or '?'} is missing or cannot be loaded. Install screener again."
        case OSError():
            return _refused(error)
    return None


def _refused(error: OSError) -> str:
    """Return the sentence for an error of the system."""
    path = _path(error)
    code = error.errno
    if code in _FORBIDDEN:
        where = path or "something that it needs"
        return f"This account may not use {where}. Ask an administrator for access, or choose another place."
    if code in _FULL:
        return f"There is no room left{f' for {path}' if path else ' on the disk'}. Make room, and start it again."
    if code == errno.EROFS:
        return f"{path or 'The disk'} can only be read. Choose another place, or make it writable."
    if code in _TOO_MANY:
        return "Too many files are open on this machine. Close other programs, or raise the limit (ulimit -n)."
    if code in _NO_MEMORY:
        return MEMORY
    if code in _FAILING:
        return f"{path or 'A disk or a terminal'} does not work just now. Check that it is connected, and try again."
    if isinstance(error, _NETWORK):
        return "The connection was lost or took too long. Check the network, and try again."
    if code == errno.ENOENT and not path:
        return "The current folder no longer exists. Change to another folder, and start it again."
    if code == errno.ENOENT:
        return f"{path} is missing. Check its name, and that its disk is connected."
    reason = error.strerror or type(error).__name__
    return f"{path or 'The machine'} cannot be used: {reason}. Choose another place, or ask an administrator."


def _path(error: OSError) -> str:
    """Return the path that an error names, on one line; empty where the system does not name one."""
    name = error.filename
    if isinstance(name, bytes):
        name = os.fsdecode(name)
    return visible(name).replace("\n", " ") if isinstance(name, str) else ""
