"""``screener clinic purge``: list or remove responses that are stored too long."""

from __future__ import annotations

from argparse import Namespace

from screener.cli.clinic.copies import note_removed
from screener.cli.clinic.open_store import existing_store
from screener.cli.output import note, say
from screener.store.retention import Overdue, overdue, purge
from screener.store.saved_copies import remove_copies


def run(options: Namespace) -> int:
    """Print the number of responses to remove, or remove them; print nothing about the people."""
    store = existing_store()
    if not options.apply:
        responses = overdue(store)
        say(_counted("To be purged", responses))
        _say_people("To be purged", responses)
        if responses.doubt and not options.clock_is_right:
            note(f"{responses.doubt} A purge is refused until somebody checks the date and adds --clock-is-right.")
        if responses.count or responses.people:
            note("Nothing was removed. To remove them for good: screener clinic purge --apply")
        return 0
    responses, clean = purge(store, clock_is_right=options.clock_is_right)
    copies = remove_copies(store)  # Before anything is printed: an output that fails keeps no copy.
    say(_counted("Purged", responses))
    _say_people("Purged", responses)
    if not clean:
        note("Another program is reading the store, so sealed traces of them are left. Purge again later.")
    if responses.count or responses.people:
        note("Older backups still have them. Remove those that are too old.")
    note_removed(copies)
    return 0


def _say_people(label: str, due: Overdue) -> None:
    if due.people:
        many = "person" if due.people == 1 else "people"
        say(f"{label}: {due.people} {many} with appointments, of whom nothing is more recent than {due.days} days.")


def _counted(label: str, responses: Overdue) -> str:
    if not responses.count:
        return f"No response was last saved more than {responses.days} days ago."
    many = "response" if responses.count == 1 else "responses"
    return (
        f"{label}: {responses.count} {many} last saved more than {responses.days} days ago"
        f" ({responses.finished} finished, {responses.open} open), the oldest on {responses.oldest}."
    )
