"""The arguments of ``screener series``."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path


def add_series(command: Callable[[str, str], ArgumentParser]) -> ArgumentParser:
    """Add the command to those of a parser, and return its own parser."""
    series = command("series", "print one person's responses over time: charts of scores, and what changed")
    series.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        type=Path,
        help="a clinician's copy in JSON, or a file of answers as summarise reads it; all of one person",
    )
    series.add_argument(
        "--dates",
        metavar="FILE",
        type=Path,
        help="a YAML file: when each file of answers was answered, and treatment_days, dose_changes, missed",
    )
    series.add_argument(
        "--older",
        metavar="DIR",
        type=Path,
        action="append",
        default=[],
        help="a content folder of an older version, if files were answered under it (can be repeated)",
    )
    series.add_argument("--questionnaire", metavar="ID", help="that of files of answers, if there are several")
    series.add_argument("--language", metavar="LANG", help="the language of the document, such as es-US")
    series.add_argument(
        "--format", choices=("text", "markdown", "html", "pdf", "json"), default="text", help="(default: text)"
    )
    series.add_argument(
        "--without-charts", action="store_true", help="only the tables of figures, e.g. to be read aloud"
    )
    series.add_argument("--ascii", action="store_true", help="only ASCII characters in text")
    series.add_argument(
        "--output", metavar="FILE", default="-", help="a file that does not exist yet (default: stdout)"
    )
    return series
