"""Data goes to stdout, talk to stderr; both through the display boundary."""

from __future__ import annotations

import sys

from screener.display_text import visible


def say(text: str) -> None:
    """Print data that somebody asked for."""
    charset = sys.stdout.encoding
    sys.stdout.write(visible(text).encode(charset, "backslashreplace").decode(charset) + "\n")


def prompt(text: str) -> None:
    """Ask for something that is to be typed on the same line."""
    sys.stderr.write(visible(text) + " ")
    sys.stderr.flush()


def note(text: str) -> None:
    """Print something about the data."""
    sys.stderr.write(visible(text) + "\n")
