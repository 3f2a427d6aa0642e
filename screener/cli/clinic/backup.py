"""``screener clinic backup`` and ``restore``: write everything to one file, still sealed, and read it back."""

from __future__ import annotations

import datetime
from argparse import Namespace

from screener.cli.clinic.open_store import existing_store, location, opened_store
from screener.cli.clinic_terminal import mark_terminal
from screener.cli.output import note, say
from screener.i18n.formats import format_moment
from screener.store.backup import back_up, require_backup, restore


def run(options: Namespace) -> int:
    """Back up or restore, and print the number of responses."""
    if options.action == "backup":
        count = back_up(existing_store(), options.file)
        say(f"{_responses(count)} backed up to {options.file}.")
        note("Keep it away from this machine, and the recovery key away from both.")
        return 0
    require_backup(options.file)
    store = opened_store(any_clinic=True)
    count, backup_time = restore(store, options.file)
    if store.clinic:
        mark_terminal(store.clinic.name, location())
    whose = f" of {store.clinic.name}" if store.clinic else ""
    at = format_moment(datetime.datetime.fromisoformat(backup_time))
    say(f"{_responses(count)}{whose} restored from the backup of {at}.")
    note("What was purged after that day is back as well. Look through it: screener clinic purge")
    return 0


def _responses(count: int) -> str:
    return f"{count} response" if count == 1 else f"{count} responses"
