"""Write data to stdout and messages to stderr, both as display text.

Data that cannot be written is a mistake of the command, in one sentence. Messages that cannot be written are dropped.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

TYPE_CHECKING = False  # What --help does not need is imported where it is used: typing alone is a tenth of it.
if TYPE_CHECKING:
    from typing import TextIO


def say(text: str) -> None:
    """Print data that was asked for. Raise ``NoOutput``."""
    from screener.display_text import visible

    with _output() as stdout:
        charset = stdout.encoding
        stdout.write(visible(text).encode(charset, "backslashreplace").decode(charset) + "\n")


def say_indented(label: str, text: str) -> None:
    """Print a label and text in one line, which a terminal gets wrapped beside its label. Raise ``NoOutput``."""
    import shutil
    import textwrap

    if sys.stdout is not None and sys.stdout.isatty():
        width = max(shutil.get_terminal_size().columns - len(label), 20)
        lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
        text = ("\n" + " " * len(label)).join(lines)
    for line in f"{label}{text}".split("\n"):
        say(line.rstrip())


def hand_over(content: str | bytes) -> None:
    """Write a finished document as it is. Raise ``NoOutput``."""
    with _output() as stdout:
        if isinstance(content, str):
            stdout.write(content)
        else:
            stdout.buffer.write(content)
        stdout.flush()


def print_once(text: str) -> None:
    """Print what nobody is shown again. Raise ``NoOutput`` also where nobody reads the output to its end."""
    try:
        say(text)
        flush()
    except BrokenPipeError:
        from screener.errors import NoOutput

        raise NoOutput("Nobody reads the output. Start the command with an output, such as a terminal.") from None


def flush() -> None:
    """Write what is left. Raise ``NoOutput`` if that fails."""
    if sys.stdout:
        with _output() as stdout:
            stdout.flush()


def prompt(text: str) -> None:
    """Ask for text that is typed on the same line."""
    from screener.display_text import visible

    _message(visible(text) + " ")


def note(text: str) -> None:
    """Print a message about the data. Raise ``NoOutput`` where the data before it could not be written."""
    flush()
    report(text)


def report(text: str) -> None:
    """Print why the command ends, whatever became of its data."""
    from screener.display_text import visible

    _message(visible(text) + "\n")


def let_go(*streams: TextIO | None) -> None:
    """Point streams that can no longer be written at nothing, so that the process does not fail on them at its end."""
    for stream in streams:
        try:
            if stream:
                stream.flush()
        except (OSError, ValueError):
            if isinstance(stream, io.TextIOWrapper):
                with suppress(OSError, ValueError):
                    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def _output() -> Iterator[TextIO]:
    if sys.stdout is None:
        from screener.errors import NoOutput

        raise NoOutput("The output is closed. Start the command with an output, such as a terminal or a file.")
    try:
        yield sys.stdout
    except BrokenPipeError:
        raise
    except OSError as error:
        from screener.errors import NoOutput

        reason = error.strerror or type(error).__name__
        raise NoOutput(f"The output could not be written in full: {reason}. Write to another place.") from None


def _message(text: str) -> None:
    if sys.stderr:
        with suppress(OSError, ValueError):  # Nobody can be told that nobody can be told.
            sys.stderr.write(text)
            sys.stderr.flush()
