"""``screener kiosk``: let one person after the other answer on this terminal."""

from __future__ import annotations

import sys
from argparse import Namespace

from screener.cli.content import chosen_content
from screener.cli.output import note
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
    if uncalled := _uncalled(options):
        note(f"Nobody has called the crisis lines of these regions: {', '.join(uncalled)}.")
        note('Call every line of your region. Then write "called: {by: NAME, on: DAY}" in rules/crisis-lines.yaml.')
    # Neither the current folder nor PYTHON variables may add code to the program.
    command = [sys.executable, "-E", "-P", "-m", "screener"]
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


def _uncalled(options: Namespace) -> tuple[str, ...]:
    """Return the regions whose crisis lines nobody has called; a mistake in the content is told by the first start."""
    try:
        return chosen_content(options.content, options.questionnaire).ruleset.crisis_lines.uncalled
    except ScreenerError:
        return ()
