"""``screener clinic erase`` and ``close``: a response or a person for good, or what nobody comes back to."""

from __future__ import annotations

from argparse import Namespace

from screener.cli.clinic.asked_person import asked_person
from screener.cli.clinic.open_store import store_there, unlocked
from screener.cli.output import note, say
from screener.cli.prompts import ask
from screener.errors import ScreenerError
from screener.store.people import same_reference
from screener.store.removal import Reason, close_abandoned, erase, erase_person, of_reference
from screener.store.staff_store import StaffStore


def run(options: Namespace) -> int:
    """Erase a response or a person once the reference was typed again, or close abandoned responses."""
    if options.action == "close" and options.days < 1:
        raise ScreenerError("Somebody may still come back today. Give --days 1 or more.")
    if options.action == "erase" and options.person == (options.reference is not None):
        raise ScreenerError("Name the reference of one response, or give --person and no reference.")
    staff_store = unlocked(store_there())
    if options.action == "close":
        count = close_abandoned(staff_store, options.days)
        say(f"Closed: {count} in progress that nobody went on with for {options.days} days.")
        return 0
    if options.person:
        _erase_person(staff_store, options.reason)
        return 0
    listed = of_reference(staff_store, options.reference)
    reference = listed.entry.reference if listed.entry else ""
    ask("Type the reference again, to erase this response for good:", lambda typed: _same(typed, reference))
    clean = erase(staff_store, listed.id, options.reason)
    say("The response is erased.")
    _note_remains(clean)
    return 0


def _erase_person(staff_store: StaffStore, reason: Reason) -> None:
    """Ask for the clinic's reference of a person twice, and erase what is kept of them, responses included."""
    person = asked_person(staff_store)

    def again(typed: str) -> None:
        if not same_reference(typed, person.reference):
            raise ScreenerError("That is another reference. Nothing was erased.")

    ask("Type the reference again, to erase this person with their appointments and responses for good:", again)
    erased = erase_person(staff_store, person.id, reason)
    say(f"The person is erased, with {len(person.appointments)} appointments and {erased.responses} responses.")
    if erased.unreadable:
        note(f"{erased.unreadable} responses cannot be read, so nobody can tell whose they are.")
    _note_remains(erased.nothing_left)


def _note_remains(clean: bool) -> None:
    if not clean:
        note("Another program is reading the store, so sealed traces are left. Run screener clinic purge later.")
    note("Older backups and copies that were saved or printed still have it. Remove those too.")


def _same(typed: str, reference: str) -> None:
    if "".join(typed.split()).upper() != reference:
        raise ScreenerError("That is another reference. Nothing was erased.")
