"""The clinic's own command for urgent answers that nobody has seen to: a pager, a lamp, a message."""

from __future__ import annotations

import asyncio
import shlex
import shutil
import subprocess
import threading
from contextlib import suppress

from screener.display_text import visible
from screener.document.command import run_command
from screener.errors import ScreenerError
from screener.i18n.gettext import _

PATIENCE = 30
"""Seconds until a command that does not end is given up."""
_LONGEST = 80
_THREAD = "on_urgent"


def validate_command(command: str) -> None:
    """Raise ``ScreenerError`` where the command cannot be run: that is said at the start, not when somebody waits."""
    words = _words(command)
    if not any(words[:1]):
        raise ScreenerError(
            _('"on_urgent" is no command. Write a program with its words, such as "/usr/local/bin/page -n".')
        )
    if shutil.which(words[0]) is None:
        unknown = _('The program "{program}" of "on_urgent" cannot be run. Write its whole path.')
        raise ScreenerError(unknown.format(program=words[0]))


async def run_urgent_command(command: str, terminal: str, reference: str) -> str:
    """Give terminal and reference to the command, in a thread; return what went wrong in a sentence, or nothing.

    The program does not wait for the thread when it ends: what it was to tell is told all the same.
    """
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[str] = loop.create_future()

    def run() -> None:
        problem = _run(command, f"{_one_line(terminal)}\n{_one_line(reference)}\n")
        with suppress(RuntimeError):  # The console was closed meanwhile.
            loop.call_soon_threadsafe(lambda: None if ended.done() else ended.set_result(problem))

    threading.Thread(target=run, name=_THREAD, daemon=True).start()
    problem = await ended
    return _("The clinic's command told nobody. {what}").format(what=problem) if problem else ""


def wait_for_commands() -> None:
    """Wait until no command runs any more, because this process is about to be replaced, and their threads with it."""
    for thread in threading.enumerate():
        if thread.name == _THREAD:
            thread.join()


def _run(command: str, text: str) -> str:
    try:
        ended = run_command(_words(command), text, PATIENCE)
    except subprocess.TimeoutExpired:
        return _("It did not end in time and was stopped.")
    except (OSError, ValueError, IndexError) as error:
        return _("It cannot be run: {why}.").format(why=getattr(error, "strerror", None) or error)
    if not ended.code:
        return ""
    if ended.complaint:
        return _("It failed with code {code}: {said}.").format(code=ended.code, said=ended.complaint)
    return _("It failed with code {code}.").format(code=ended.code)


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError:
        return []


def _one_line(text: str) -> str:
    """Return the text on one line: a terminal that somebody tampered with may be called anything."""
    return " ".join(visible(text).split())[:_LONGEST]
