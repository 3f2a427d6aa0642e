"""Printing through the command that the system has for it."""

from __future__ import annotations

import shlex
import shutil
import subprocess

from screener.display_text import visible
from screener.errors import ScreenerError
from screener.i18n.gettext import _

PATIENCE = 60
"""Seconds until a printer command that does not end is given up."""
_LONGEST = 200


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
        ended = subprocess.run(  # noqa: S603  The command is the one that the clinic configured.
            words, input=text.encode(), capture_output=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        raise ScreenerError(
            _("The printer command did not end in time and was stopped. Look at the printer.")
        ) from None
    except OSError as error:
        raise ScreenerError(_("The printer command cannot be run: {why}.").format(why=error.strerror)) from None
    if ended.returncode:
        complaint = " ".join(visible(ended.stderr.decode(errors="replace")).split())[:_LONGEST].removesuffix(".")
        raise ScreenerError(
            _("The printer command failed with code {code}: {said}.").format(code=ended.returncode, said=complaint)
            if complaint
            else _("The printer command failed with code {code}.").format(code=ended.returncode)
        )
