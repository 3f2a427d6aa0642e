"""``screener completion``: the completion script of a shell."""

from __future__ import annotations

from argparse import Namespace

import shtab

from screener.cli.main import parser
from screener.cli.output import say


def run(options: Namespace) -> int:
    """Print the script; the shell's own documentation says where it belongs."""
    say(shtab.complete(parser(), shell=options.shell))
    return 0
