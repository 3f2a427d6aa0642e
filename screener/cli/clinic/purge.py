"""``screener clinic purge``: which responses are kept too long, and removing them."""

from __future__ import annotations

from argparse import Namespace

from screener.cli.clinic.open_store import store_there
from screener.cli.output import note, say
from screener.store.retention import Overdue, overdue, purge


def run(options: Namespace) -> int:
    """Say what would be removed, or remove it. Nothing tells whose responses they are."""
    store = store_there()
    if not options.apply:
        responses = overdue(store)
        say(_counted("To be purged", responses))
        if responses.doubt and not options.clock_is_right:
            note(f"{responses.doubt} A purge is refused until somebody looked at the date and adds --clock-is-right.")
        if responses.count:
            note("Nothing was removed. To remove them for good: screener clinic purge --apply")
        return 0
    responses, clean = purge(store, clock_is_right=options.clock_is_right)
    say(_counted("Purged", responses))
    if not clean:
        note("Another program reads the store just now, so traces of them, sealed, are left. Purge again later.")
    if responses.count:
        note("Backups that were made before still have them. Remove those that are too old as well.")
    return 0


def _counted(label: str, responses: Overdue) -> str:
    if not responses.count:
        return f"No response was last saved more than {responses.days} days ago."
    many = "response" if responses.count == 1 else "responses"
    return (
        f"{label}: {responses.count} {many} last saved more than {responses.days} days ago"
        f" ({responses.finished} finished, {responses.open} open), the oldest on {responses.oldest}."
    )
