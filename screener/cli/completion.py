"""``screener completion``: print the completion script of a shell."""

from __future__ import annotations

from argparse import Namespace

import shtab

from screener.cli.main import parser
from screener.cli.output import say


def run(options: Namespace) -> int:
    """Print the script; the documentation of the shell says where to put it."""
    say(shtab.complete(parser(), shell=options.shell))
    return 0
