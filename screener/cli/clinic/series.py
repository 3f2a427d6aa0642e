"""``screener clinic series``: one person over time, from responses of the store that a member of staff names."""

from __future__ import annotations

from argparse import Namespace

from screener.cli.clinic.open_store import store_there, unlocked
from screener.cli.content import chosen_content
from screener.cli.series import deliver_series
from screener.cli.series_files import read_course
from screener.config import read_configuration
from screener.errors import ScreenerError
from screener.paths import content_cache
from screener.staff.response import ReadingContext, open_response, read_sealed
from screener.staff.series import logged_series
from screener.store.removal import of_reference


def run(options: Namespace) -> int:
    """Print or save the document of the series. Reading each response, and the copy, are in the audit trail."""
    course = read_course(options.dates).course
    staff_store = unlocked(store_there())
    listed = {}
    for reference in options.references:
        item = of_reference(staff_store, reference)
        if item.id in listed:
            raise ScreenerError(f"{reference} is named twice. Name it once.")
        listed[item.id] = item
    content = chosen_content(options.content, options.questionnaire)
    context = ReadingContext(
        content.authored or content, content_cache(), options.language or read_configuration().clinic_language
    )
    responses = [open_response(read_sealed(staff_store, identity, context.current), context) for identity in listed]
    annotations = {identity: item.annotations for identity, item in listed.items()}
    deliver_series(logged_series(staff_store, responses, annotations, course), options)
    return 0
