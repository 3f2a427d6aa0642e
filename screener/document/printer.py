"""Printing through the command that the system has for it."""

from __future__ import annotations

import shlex
import shutil
import subprocess

from screener.document.command import run_command
from screener.errors import ScreenerError
from screener.i18n.gettext import _

PATIENCE = 60
"""Seconds until a printer command that does not end is given up."""


def send(command: str, text: str) -> None:
    """Give a text to the printer command on its standard input: other users can see the words of a command.

    Raise ``ScreenerError`` with one sentence if the command cannot be run or fails.
    """
    try:
        words = shlex.split(command)
    except ValueError:
        words = []
    if not words:
        raise ScreenerError(_('No printer is configured. Add printer = "lp" to the configuration file.'))
    if shutil.which(words[0]) is None:
        raise ScreenerError(
            _("The printer command {command} cannot be run. Check it in the configuration.").format(command=command)
        )
    try:
        ended = run_command(words, text, PATIENCE)
    except subprocess.TimeoutExpired:
        raise ScreenerError(
            _("The printer command did not end in time and was stopped. Look at the printer.")
        ) from None
    except OSError as error:
        raise ScreenerError(_("The printer command cannot be run: {why}.").format(why=error.strerror)) from None
    if ended.code:
        raise ScreenerError(
            _("The printer command failed with code {code}: {said}.").format(code=ended.code, said=ended.complaint)
            if ended.complaint
            else _("The printer command failed with code {code}.").format(code=ended.code)
        )
