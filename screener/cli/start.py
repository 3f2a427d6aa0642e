"""``screener start``: a person answers on this terminal."""

from __future__ import annotations

import gc
import os
import sys
from argparse import Namespace
from pathlib import Path

from screener.cli.chosen import chosen_content
from screener.configuration import read_configuration
from screener.tui import SMALLEST

_RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}


def run(options: Namespace) -> int:
    """Interview somebody: on screens, or in plain mode where that was chosen or the screens cannot be shown."""
    gc.disable()  # Until the first page there is nothing but modules and content, and none of it is garbage.
    configuration = read_configuration()
    content = chosen_content(options.content, options.questionnaire)
    folder = configuration.exports or Path.cwd()
    plain = options.plain or configuration.plain
    because = None if plain else _cannot_show(content.questionnaire.language)
    if plain or because:
        from screener.plain.run import run as talk

        return talk(content, export_folder=folder, because=because)
    from screener.tui.app import run as show

    gc.freeze()
    gc.enable()
    return show(
        content,
        theme=options.theme or configuration.theme,
        no_color=options.no_color or bool(os.environ.get("NO_COLOR")),
        export_folder=folder,
    )


def _cannot_show(language: str) -> str | None:
    """Why the screens cannot be shown here, or ``None`` where they can."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty()):
        return "input or output is not a terminal"
    if os.environ.get("TERM", "dumb") == "dumb":
        return 'TERM is "dumb"'
    if (sys.stderr.encoding or "").lower().replace("-", "") != "utf8":
        return f"the character set is {sys.stderr.encoding or 'unknown'}, not UTF-8"
    columns, rows = os.get_terminal_size(sys.stderr.fileno())
    if 0 < columns < SMALLEST[0] or 0 < rows < SMALLEST[1]:
        return f"the window is smaller than {SMALLEST[0]} columns and {SMALLEST[1]} rows"
    if language.split("-")[0].lower() in _RIGHT_TO_LEFT:
        return "its language is written from right to left"
    return None
