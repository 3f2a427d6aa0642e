"""Write a document to a file: private from its first byte, never over another, under a name that reveals nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from screener.document.formats import REGISTRY, Format, RenderOptions, rendered
from screener.document.model import Document
from screener.errors import ScreenerError
from screener.i18n.gettext import _


def save(
    document: Document,
    folder: Path,
    reference: str,
    format: Format = "text",
    options: RenderOptions | None = None,
    note: Callable[[Path], None] = lambda path: None,
) -> Path:
    """Write the document into a folder under a name made of its reference; return the path.

    ``note`` is called with the path once the new file is there, and before anything is in it.

    Raise ``ScreenerError`` if the folder cannot be written to or the file exists already.
    """
    path = folder / f"screener-{reference}-{document.audience}{REGISTRY[format].suffix}"
    write(path, rendered(document, format, options), note)
    return path


def already_exists(path: Path) -> ScreenerError:
    """Return that there is a file of this name already."""
    sentence = _("{path} exists already, and nothing is overwritten. Choose another name.")
    return ScreenerError(sentence.format(path=path))


def write(path: Path, content: str | bytes, note: Callable[[Path], None] = lambda path: None) -> None:
    """Create a file that only its owner can read (mode 0600), note its path, and make sure that it is on the disk.

    Raise ``ScreenerError`` with one sentence. A file that exists is never touched, and no file is left half written.
    """
    encoded = content.encode() if isinstance(content, str) else content
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except FileExistsError:
        raise already_exists(path) from None
    except OSError as error:
        refused = _("{path} cannot be written: {reason}. Choose another folder.")
        raise ScreenerError(refused.format(path=path, reason=error.strerror)) from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(file.fileno(), 0o600)
            note(path)
            file.write(encoded)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)
        cut_off = _("{path} could not be written in full: {reason}. Choose another folder.")
        raise ScreenerError(cut_off.format(path=path, reason=error.strerror)) from None
