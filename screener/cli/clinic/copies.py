"""``screener clinic copies``: the copies that staff saved on this machine."""

from __future__ import annotations

from argparse import Namespace

from screener.cli.clinic.open_store import clinic_of, existing_store
from screener.cli.output import note, say
from screener.i18n.formats import format_moment
from screener.store.saved_copies import RemovedCopies, forget_copies, remove_copies, saved_copies


def run(_: Namespace) -> int:
    """Print a line for each file that is still there, after those of responses that are gone were removed."""
    store = existing_store()
    clinic_of(store)
    copies = remove_copies(store)
    note_removed(copies)
    forget_copies(store, copies.missing)  # Whoever reads this was told of them, and nobody is told again.
    for copy in saved_copies(store):
        say(f"{format_moment(copy.saved)}  {copy.path}")
    return 0


def note_removed(copies: RemovedCopies) -> None:
    """Count the copies that were removed with their responses, and name those that could not be removed."""
    if copies.removed:
        many = "copy" if len(copies.removed) == 1 else "copies"
        note(f"Removed with its response: {len(copies.removed)} {many} on this machine.")
    for path, reason in copies.not_removed:
        note(f"This copy of a response that is gone could not be removed: {path} ({reason}). Remove it yourself.")
    for path in copies.missing:
        note(f"This copy of a response that is gone is not there: {path}. If somebody moved it, remove it yourself.")
