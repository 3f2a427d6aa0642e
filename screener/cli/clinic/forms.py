"""``screener clinic forms``: whose form is not recorded as sent, and until when it is due."""

from __future__ import annotations

from argparse import Namespace

from screener.cli.clinic.open_store import store_there, unlocked
from screener.cli.output import note, say
from screener.staff.due_forms import WITHIN, due_day, due_forms, due_words
from screener.store.people import read_people


def run(_options: Namespace) -> int:
    """Print a line for each response: when its form is due, its reference and questionnaire, and whose it is."""
    staff_store = unlocked(store_there())
    people, now = read_people(staff_store), staff_store.store.now()
    due = due_forms(staff_store.responses(), now)
    for listed in due:
        day, entry, link = due_day(listed), listed.entry, listed.link
        assert day
        assert entry
        person = people.get(link.person) if link else None
        parts = (due_words(day, now), entry.reference, entry.questionnaire)
        say("  ".join((*parts, *((person.reference, person.name) if person else ()))))
    if not due:
        note(f"No form is recorded as not sent and due within {WITHIN} days.")
    return 0
