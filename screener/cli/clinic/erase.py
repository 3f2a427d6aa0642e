"""``screener clinic erase`` and ``close``: a response or a person for good, or what nobody comes back to."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path

from screener.cli.clinic.asked_person import asked_person
from screener.cli.clinic.copies import note_removed
from screener.cli.clinic.open_store import existing_store, location, unlocked
from screener.cli.output import note, say
from screener.cli.prompts import ask
from screener.config import read_configuration
from screener.errors import ScreenerError
from screener.store.clinic import MOST_DAYS
from screener.store.connect import is_server
from screener.store.people import same_reference
from screener.store.removal import Reason, close_abandoned, copied_at, erase, erase_person, of_reference
from screener.store.response_list import ResponseListItem
from screener.store.saved_copies import RemovedCopies, forget_copies, remove_copies
from screener.store.staff_store import StaffStore


def run(options: Namespace) -> int:
    """Erase a response or a person once the reference was typed again, or close abandoned responses."""
    if options.action == "close" and options.days < 1:
        raise ScreenerError("Somebody may still come back today. Give --days 1 or more.")
    if options.action == "erase" and options.person == (options.reference is not None):
        raise ScreenerError("Name the reference of one response, or give --person and no reference.")
    staff_store = unlocked(existing_store())
    if options.action == "close":
        count = close_abandoned(staff_store, min(options.days, MOST_DAYS))
        say(f"Closed: {count} in progress that nobody went on with for {options.days} days.")
        return 0
    if options.person:
        _erase_person(staff_store, options.reason)
        return 0
    listed = of_reference(staff_store, options.reference)
    reference = listed.entry.reference if listed.entry else ""
    ask("Type the reference again, to erase this response for good:", lambda typed: _same(typed, reference))
    clean = erase(staff_store, listed.id, options.reason)
    copies = remove_copies(staff_store.store)  # Before anything is printed: an output that fails keeps no copy.
    say("The response is erased.")
    _note_remains(staff_store, [listed], copies, clean)
    return 0


def _erase_person(staff_store: StaffStore, reason: Reason) -> None:
    """Ask for the clinic's reference of a person twice, and erase what is kept of them, responses included."""
    person = asked_person(staff_store)

    def again(typed: str) -> None:
        if not same_reference(typed, person.reference):
            raise ScreenerError("That is another reference. Nothing was erased.")

    ask("Type the reference again, to erase this person with their appointments and responses for good:", again)
    erased = erase_person(staff_store, person.id, reason)
    copies = remove_copies(staff_store.store)
    say(f"The person is erased, with {len(person.appointments)} appointments and {len(erased.responses)} responses.")
    if erased.unreadable:
        note(f"{erased.unreadable} responses cannot be read, so nobody can tell whose they are.")
    if is_server(location()):
        note(
            "A terminal that is off or has no connection may still have answers of this person. They arrive later, and "
            "are listed without a name then. Erase them by their reference."
        )
    _note_remains(staff_store, erased.responses, copies, erased.nothing_left)


def _note_remains(
    staff_store: StaffStore, erased: Sequence[ResponseListItem], copies: RemovedCopies, clean: bool
) -> None:
    """Say what was removed on this machine, and name whatever is left elsewhere."""
    if not clean:
        note("Another program is reading the store, so sealed traces are left. Run screener clinic purge later.")
    store = staff_store.store
    note_removed(copies)
    forget_copies(store, copies.missing)
    for path in _other_copies([listed.entry.reference for listed in erased if listed.entry]):
        note(f"This copy was not saved by staff here, or was moved: {path}. Remove it yourself.")
    copied = copied_at(staff_store, {listed.id for listed in erased})
    if elsewhere := [terminal for terminal in copied.by_staff if terminal != store.terminal]:
        note(f"Staff saved copies at: {', '.join(elsewhere)}. Run there: screener clinic copies")
    if copied.by_person:
        note(
            f"The person took a copy at: {', '.join(copied.by_person)}. If its file is still there, remove it yourself."
        )
    if copied.on_paper:
        note(f"Copies were printed at: {', '.join(copied.on_paper)}.")
    note("Older backups and printed copies still have it. Remove those too.")


def _other_copies(references: Iterable[str]) -> list[Path]:
    """Return the files in the folder for copies that have one of these references in their name."""
    folder = read_configuration().exports
    if folder is None or not folder.is_dir():
        return []
    return sorted(path for reference in references for path in folder.glob(f"screener-*{_plain(reference)}*"))


def _plain(reference: str) -> str:
    return "".join(letter for letter in reference if letter.isalnum() or letter == "-")


def _same(typed: str, reference: str) -> None:
    if "".join(typed.split()).upper() != reference:
        raise ScreenerError("That is another reference. Nothing was erased.")
