"""Plain mode on the streams of this process."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TextIO

from screener.content.compiled import Content
from screener.plain.signals import Ended, Signals
from screener.plain.talk import EndOfInput, Talk
from screener.plain.walk import LEFT, UNFINISHED, Walk
from screener.sitting import Sitting


def run(
    content: Content,
    *,
    export_folder: Path,
    because: str | None = None,
) -> int:
    """Interview one person by prompts and lines; returns the exit code of the process.

    0: finished. 2: finished, but the summary could not be written. 3: left early, or the input ended. 129, 143: ended
    by a signal. An interrupt asks whether to leave; a second one is raised as ``KeyboardInterrupt``. ``because`` is
    said first: why it is plain mode unasked. The summary goes to stdout and, where that is not a terminal, all else to
    stderr.
    """
    typed, printed = sys.stdin or io.StringIO(), sys.stdout or io.StringIO()
    told = printed if printed.isatty() else sys.stderr or io.StringIO()
    if isinstance(typed, io.TextIOWrapper):
        typed.reconfigure(errors="replace", newline="\n")
    with Signals() as signals:
        talk = Talk(typed, told, printed, signals)
        try:
            if because:
                talk.say(f"This is plain mode, because {because}.")
            code = Walk(talk, Sitting(content, export_folder, face="plain")).run()
        except EndOfInput:
            _say_last(UNFINISHED)
            code = LEFT
        except Ended as ended:
            code = ended.code
    _let_go(told, printed)
    return code


def _say_last(text: str) -> None:
    """Say something on stderr, if anybody is there to read it."""
    try:
        print(text, file=sys.stderr, flush=True)  # noqa: T201
    except (OSError, ValueError):
        _let_go(sys.stderr)


def _let_go(*streams: TextIO) -> None:
    """Make what can no longer be written go nowhere, so that the end of the process does not fail on it."""
    for stream in streams:
        try:
            stream.flush()
        except (OSError, ValueError):
            if isinstance(stream, io.TextIOWrapper):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
