"""``screener clinic erase`` and ``close``: one response for good, or what nobody comes back to."""

from __future__ import annotations

from argparse import Namespace

from screener.cli.clinic.open_store import store_there, unlocked
from screener.cli.output import note, say
from screener.cli.prompts import ask
from screener.errors import ScreenerError
from screener.store.removal import close_abandoned, erase, of_reference


def run(options: Namespace) -> int:
    """Erase a response once its reference was typed again, or close abandoned ones."""
    if options.action == "close" and options.days < 1:
        raise ScreenerError("Somebody may still come back today. Give --days 1 or more.")
    staff_store = unlocked(store_there())
    if options.action == "close":
        count = close_abandoned(staff_store, options.days)
        say(f"Closed: {count} in progress that nobody went on with for {options.days} days.")
        return 0
    listed = of_reference(staff_store, options.reference)
    reference = listed.entry.reference if listed.entry else ""
    ask("Type the reference again, to erase this response for good:", lambda typed: _same(typed, reference))
    clean = erase(staff_store, listed.id, options.reason)
    say("The response is erased.")
    if not clean:
        note("Another program is reading the store, so sealed traces are left. Run screener clinic purge later.")
    note("Older backups and copies that were saved or printed still have it. Remove those too.")
    return 0


def _same(typed: str, reference: str) -> None:
    if "".join(typed.split()).upper() != reference:
        raise ScreenerError("That is another reference. Nothing was erased.")
