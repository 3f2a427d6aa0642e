"""``screener kiosk``: let one person after the other answer on this terminal."""

from __future__ import annotations

from argparse import Namespace

from screener.cli.own_program import own_program
from screener.config import read_configuration
from screener.errors import ScreenerError
from screener.i18n.gettext import use


def run(options: Namespace) -> int:
    """Start a separate process of the program for each person."""
    if language := options.language or read_configuration().language:
        use(language)
    try:
        from screener.kiosk.supervisor import supervise
        from screener.kiosk.terminal import Gone
    except ImportError:
        raise ScreenerError("A kiosk needs a terminal of Linux, macOS or another Unix.") from None
    command = own_program()
    if options.content:
        command += ["--content", str(options.content)]
    command += ["start", "--profile", "kiosk"]
    if options.theme:
        command += ["--theme", options.theme]
    if options.no_color:
        command += ["--no-color"]
    if options.language:
        command += ["--language", options.language]
    if options.questionnaire:
        command += ["--", options.questionnaire]
    try:
        return supervise(command)
    except Gone:
        raise ScreenerError("A kiosk needs a terminal. Input and output of this command are none.") from None
