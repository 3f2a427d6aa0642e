"""``screener series``: print one person's responses over time, from files."""

from __future__ import annotations

from argparse import Namespace

from screener.cli.content import content_folder
from screener.cli.series_files import read_course, read_responses
from screener.cli.summarise import deliver
from screener.document.formats import RenderOptions, rendered
from screener.errors import ScreenerError
from screener.series.document import INDENT, series_document
from screener.series.series import Series, series_of


def run(options: Namespace) -> int:
    """Print or save the document of the files."""
    if file := _twice(list(map(str, options.files))):
        raise ScreenerError(f"{file} is there twice. Name it once.")
    for folder in options.older:  # A name with a mistake is told, also where no file needs the folder.
        content_folder(folder)
    dates = read_course(options.dates)
    responses = list(read_responses(options, dates.answered))
    if reference := _twice([response.reference for response in responses]):
        raise ScreenerError(f"Response {reference} is there twice. Name it once.")
    deliver_series(series_of(responses, dates.course, linked_by="files"), options)
    return 0


def _twice(names: list[str]) -> str | None:
    return next((name for name in names if names.count(name) > 1), None)


def deliver_series(series: Series, options: Namespace) -> None:
    """Print or save the document of a series, as the arguments say. Raise ``ScreenerError``."""
    document = series_document(series, columns=options.columns - INDENT, charts=not options.without_charts)
    content = rendered(document, options.format, RenderOptions(options.ascii, options.paper))
    deliver(content, options)
