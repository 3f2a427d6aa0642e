"""``screener series``: print one person's responses over time, from files."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from screener.cli.output import note
from screener.cli.series_files import read_course, read_responses
from screener.cli.summarise import print_document
from screener.document.formats import RenderOptions, rendered
from screener.document.save import write
from screener.series.document import series_document
from screener.series.series import series_of


def run(options: Namespace) -> int:
    """Print or save the document of the series."""
    dates = read_course(options.dates)
    responses = read_responses(options, dates.answered)
    document = series_document(series_of(responses, dates.course, linked_by="files"), charts=not options.without_charts)
    series = rendered(document, options.format, RenderOptions(options.ascii, options.paper))
    if options.output == "-":
        print_document(series, options.format)
    else:
        write(Path(options.output), series)
        note(f"Saved as {options.output}.")
    return 0
