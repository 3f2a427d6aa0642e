"""The arguments of ``screener series``."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Sequence


def path(text: str) -> object:
    """Return the path of an argument. Help must not wait for the module of paths."""
    from pathlib import Path

    return Path(text)


def add_series(command: Callable[[str, str], ArgumentParser]) -> ArgumentParser:
    """Add the command to those of a parser, and return its own parser."""
    series = command("series", "print one person's responses over time: charts of scores, and what changed")
    series.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        type=path,
        help="a clinician's copy in JSON, or a file of answers as summarise reads it; all of one person",
    )
    series.add_argument(
        "--older",
        metavar="DIR",
        type=path,
        action="append",
        default=[],
        help="a content folder of an older version, if files were answered under it (can be repeated)",
    )
    series.add_argument("--questionnaire", metavar="ID", help="that of files of answers, if there are several")
    add_series_options(series)
    return series


def add_series_options(series: ArgumentParser) -> None:
    """Add the options of every document of a series."""
    series.add_argument(
        "--dates",
        metavar="FILE",
        type=path,
        help="a YAML file with treatment_days, dose_changes, missed, and when each file of answers was answered",
    )
    series.add_argument("--language", metavar="LANG", help="the language of the document, such as es-US")
    series.add_argument("--without-charts", action="store_true", help="only tables of figures, e.g. to be read aloud")
    series.add_argument(
        "--columns", type=int, choices=(80, 120), default=80, help="the width of charts in text (default: 80)"
    )
    add_output_options(series, ("text", "markdown", "html", "pdf", "json"))


def add_output_options(parser: ArgumentParser, formats: Sequence[str]) -> None:
    """Add the options of every document that is printed or saved."""
    parser.add_argument("--format", choices=formats, default="text", help="(default: text)")
    parser.add_argument("--ascii", action="store_true", help="only ASCII characters in text")
    add_paper(parser)
    parser.add_argument(
        "--output", metavar="FILE", default="-", help="a file that does not exist yet (default: stdout)"
    )


def add_paper(parser: ArgumentParser) -> None:
    """Add the size of paper."""
    parser.add_argument("--paper", choices=("A4", "letter"), default="A4", help="of HTML and PDF (default: A4)")
