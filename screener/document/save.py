"""Write a summary to a file: private from its first byte, never over another file, with a name that reveals nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Literal, get_args

from screener.document import json, markdown, text
from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.summary.document import Document

Format = Literal["text", "markdown", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)
SUFFIXES: dict[Format, str] = {"text": ".txt", "markdown": ".md", "json": ".json"}


def render(document: Document, format: Format = "text", *, ascii_only: bool = False) -> str:
    """Return the document in one of the formats. ``ascii_only`` is for text; JSON is always ASCII."""
    if format == "text":
        return text.render(document, plain=ascii_only)
    renderers: dict[str, Callable[[Document], str]] = {"markdown": markdown.render, "json": json.render}
    return renderers[format](document)


def save(
    document: Document, folder: Path, reference: str, format: Format = "text", *, ascii_only: bool = False
) -> Path:
    """Write the document into a folder under a name made of its reference; return the path.

    Raise ``ScreenerError`` if the folder cannot be written to or the file exists already.
    """
    path = folder / f"screener-{reference}-{document.audience}{SUFFIXES[format]}"
    write(path, render(document, format, ascii_only=ascii_only))
    return path


def write(path: Path, content: str) -> None:
    """Create a file that only its owner can read (mode 0600), and make sure that it is on the disk.

    Raise ``ScreenerError`` with one sentence. A file that exists is never touched, and no file is left half written.
    """
    encoded = content.encode()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except FileExistsError:
        exists = _("{path} exists already, and nothing is overwritten. Choose another name.")
        raise ScreenerError(exists.format(path=path)) from None
    except OSError as error:
        refused = _("{path} cannot be written: {reason}. Choose another folder.")
        raise ScreenerError(refused.format(path=path, reason=error.strerror)) from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(encoded)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)
        cut_off = _("{path} could not be written in full: {reason}. Choose another folder.")
        raise ScreenerError(cut_off.format(path=path, reason=error.strerror)) from None
