"""Prompts of a command: one by one on a terminal, one line each from a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

from screener.cli.output import note, prompt
from screener.display_text import UNPRINTABLE
from screener.errors import ScreenerError

T = TypeVar("T")


def on_terminal() -> bool:
    """Return whether a person is there and can be asked again."""
    return sys.stdin is not None and sys.stdin.isatty()


def ask(question: str, parse: Callable[[str], T], *, hidden: bool = False, at_end: str | None = None) -> T:
    """Ask for text and return what ``parse`` makes of it; ``hidden`` text does not appear on the terminal.

    On a terminal, print a ``ScreenerError`` and ask again; from a pipe, raise it. At the end of the input, use
    ``at_end``, or raise ``ScreenerError`` if it is ``None``.
    """
    while True:
        typed = _hidden(question) if hidden and on_terminal() else _line(question)
        if typed is None:
            typed = at_end
        if typed is None:
            raise ScreenerError("The input ended before all questions. Add the missing lines.")
        try:
            if UNPRINTABLE.search(typed):
                raise ScreenerError("The text contains a control character. Type it again.")
            return parse(typed)
        except ScreenerError as error:
            if not on_terminal():
                raise
            note(str(error))


def _line(question: str) -> str | None:
    if on_terminal():
        prompt(question)
    try:
        line = sys.stdin.readline() if sys.stdin else ""
    except UnicodeError:  # UTF-16 without a mark of its byte order is not a UnicodeDecodeError.
        raise ScreenerError("What was typed is not UTF-8 text.") from None
    return line.removesuffix("\n").removesuffix("\r") if line else None


def _hidden(question: str) -> str | None:
    from getpass import getpass

    from screener.display_text import visible

    try:
        return getpass(visible(question) + " ")
    except EOFError:
        return None
    except UnicodeDecodeError:
        raise ScreenerError("What was typed is not UTF-8 text.") from None


# Prompts of more than one command


def new_passphrase(whose: str) -> str:
    """Ask for a new passphrase, twice."""
    from screener.store.members import LEAST_PASSPHRASE, validate_passphrase
    from screener.store.passphrase import plain_passphrase

    while True:
        first = ask(
            f"{whose}, at least {LEAST_PASSPHRASE} characters; several words are best:",
            validate_passphrase,
            hidden=True,
        )
        if ask("The same once more:", plain_passphrase, hidden=True) == first:
            return first
        if not on_terminal():
            raise ScreenerError("The two passphrases are not the same. Nothing was changed.")
        note("These were not the same. Type both again.")


def new_door_code(whose: str) -> str:
    """Ask for a new door code, twice."""
    from screener.store.door_code import LEAST, MOST, plain_code, validate_door_code

    while True:
        first = ask(f"{whose}, {LEAST} to {MOST} letters and digits:", validate_door_code, hidden=True)
        if ask("The same once more:", plain_code, hidden=True) == first:
            return first
        if not on_terminal():
            raise ScreenerError("The two codes are not the same. Nothing was changed.")
        note("These were not the same. Type both again.")
