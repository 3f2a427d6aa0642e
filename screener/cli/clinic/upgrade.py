"""``screener clinic upgrade`` and ``trust``: the store in the newest format, and the clinic that a terminal knows."""

from __future__ import annotations

from argparse import Namespace

from screener.cli.clinic.open_store import clinic_of, existing_store, unlocked
from screener.cli.output import note, say
from screener.store.upgrade import upgrade


def run(options: Namespace) -> int:
    """Carry the store over, or let this terminal know the clinic of the store, once staff unlocked it."""
    if options.action == "trust":
        staff_store = unlocked(existing_store(any_clinic=True))
        say(f"This terminal belongs to {clinic_of(staff_store.store).name}.")
        return 0
    unsigned = upgrade(unlocked(existing_store()), rehearse=options.rehearse)
    if options.rehearse:
        say("The store can be carried over. Nothing was changed. Make a backup, and run it again without --rehearse.")
        return 0
    say(f"The store is carried over. Rows 1 to {unsigned} of the audit trail stay as they are, signed by nobody.")
    note("Update every terminal: older versions of screener no longer open this store. Then make a new backup.")
    return 0
