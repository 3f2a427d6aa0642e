"""Write data to stdout and messages to stderr, both as display text."""

from __future__ import annotations

import sys

from screener.display_text import visible


def say(text: str) -> None:
    """Print data that was asked for."""
    charset = sys.stdout.encoding
    sys.stdout.write(visible(text).encode(charset, "backslashreplace").decode(charset) + "\n")


def prompt(text: str) -> None:
    """Ask for text that is typed on the same line."""
    sys.stderr.write(visible(text) + " ")
    sys.stderr.flush()


def note(text: str) -> None:
    """Print a message about the data."""
    sys.stderr.write(visible(text) + "\n")
