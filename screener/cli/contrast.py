"""``screener contrast``: how well the colours on the screens can be told apart."""

from __future__ import annotations

from argparse import Namespace
from itertools import groupby
from pathlib import Path

from screener.cli.chosen import chosen_content
from screener.cli.output import note, say
from screener.sitting import Sitting
from screener.tui.contrast import Measured, measure

TOO_LITTLE = 1


def run(options: Namespace) -> int:
    """Print every pair of colours in every theme; 1 where one falls short."""
    content = chosen_content(options.content, options.questionnaire)
    measured = measure(lambda: Sitting(content, Path.cwd()))
    for theme, pairs in groupby(measured, lambda one: one.theme):
        say(f"{theme}\n  ratio  least")
        for one in pairs:
            say(_line(one))
        say("")
    short = sum(not one.enough for one in measured)
    note(
        f"{len(measured)} pairs of colours were found on the screens. "
        + (
            f"{short} of them fall short; set other colours in screener/tui/themes.py."
            if short
            else "None falls short."
        )
    )
    return TOO_LITTLE if short else 0


def _line(one: Measured) -> str:
    fault = "  TOO LITTLE" if one.ratio < one.least else "  THE SAME WITH EIGHT COLOURS" if one.same_in_eight else ""
    return f"{one.ratio:7.2f}  {one.least:5.1f}  {one.pair.kind}  {one.pair.front} on {one.pair.back}{fault}"
