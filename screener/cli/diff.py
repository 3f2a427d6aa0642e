"""``screener diff``: print the changes between two content folders in words, and the cases that flip."""

from __future__ import annotations

from argparse import Namespace

from screener.cli.content import content_folder
from screener.cli.output import note, say
from screener.diff.compare import compare
from screener.diff.report import report
from screener.exit_codes import DIFFERENT


def run(options: Namespace) -> int:
    """Return 0 if there is no difference, 6 if there is one."""
    old, new = content_folder(options.old), content_folder(options.new)
    difference = compare(old, new, options.questionnaire)
    for line in report(difference.changes):
        say(line)
    for annotation in difference.annotations:
        note(annotation)
    if not difference.changes:
        note("No difference. Comments and layout were not compared.")
        return 0
    return DIFFERENT
