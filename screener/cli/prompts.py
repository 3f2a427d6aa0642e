"""Questions of a command to whoever runs it: one by one on a terminal, one line each from a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

from screener.cli.output import note, prompt
from screener.display_text import UNPRINTABLE
from screener.errors import ScreenerError

T = TypeVar("T")


def on_terminal() -> bool:
    """Whether somebody sits there and can be asked again."""
    return sys.stdin is not None and sys.stdin.isatty()


def ask(question: str, parse: Callable[[str], T], *, hidden: bool = False, at_end: str | None = None) -> T:
    """What was typed, as ``understand`` reads it; ``hidden`` text does not appear on the terminal.

    A mistake, which is a ``ScreenerError``, is said on a terminal and the question asked again; from a pipe it is
    raised. So is the end of the input, unless ``at_end`` says what stands for it.
    """
    while True:
        typed = _hidden(question) if hidden and on_terminal() else _line(question)
        if typed is None:
            typed = at_end
        if typed is None:
            raise ScreenerError("The input ended before everything was asked.")
        try:
            if UNPRINTABLE.search(typed):
                raise ScreenerError("There is a sign in it that is no letter, digit, space or mark. Type it again.")
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
    except UnicodeDecodeError:
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


# What is asked in more than one command


def new_passphrase(whose: str) -> str:
    """A new passphrase, typed twice."""
    from screener.store.clinic import LEAST_PASSPHRASE, validate_passphrase

    while True:
        first = ask(
            f"{whose}, at least {LEAST_PASSPHRASE} characters; several words are best:",
            validate_passphrase,
            hidden=True,
        )
        if ask("The same once more:", str, hidden=True) == first:
            return first
        if not on_terminal():
            raise ScreenerError("The two passphrases are not the same. Nothing was changed.")
        note("These were not the same. Type both again.")
