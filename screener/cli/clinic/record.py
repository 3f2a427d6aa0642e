"""``screener clinic record``: staff record something for one person, in lines of text and under their name."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import replace

from screener.cli.clinic.asked_person import asked_person
from screener.cli.clinic.open_store import existing_store, unlocked
from screener.cli.content import recorded_by_staff
from screener.cli.output import note
from screener.cli.prompts import ask
from screener.cli.start import received
from screener.config import read_configuration
from screener.errors import ScreenerError
from screener.i18n.gettext import use
from screener.plain.run import read_exactly
from screener.plain.run import run as console
from screener.staff.recording import begin_for, open_recordings
from screener.staff.wording import recorded_for
from screener.store.open_response import OpenResponse
from screener.store.person import Person, identified
from screener.store.record import StoredResponse
from screener.store.recording import open_finished, resume_recording
from screener.store.removal import of_reference
from screener.store.staff_store import StaffStore


def run(options: Namespace) -> int:
    """Ask who records and for whom, confirm the person, then ask the questionnaire as plain mode does."""
    configuration = read_configuration()
    read_exactly(sys.stdin)
    start_options = Namespace(
        content=options.content, questionnaire=options.questionnaire, language=configuration.clinic_language
    )
    session_factory = replace(
        received(start_options, configuration), mode="plain", readings_at=configuration.readings_at_minutes
    )
    content = session_factory.content
    if not content.questionnaire.is_for_staff:
        raise ScreenerError(f'People answer "{content.questionnaire.id}" themselves: screener start')
    staff_store = unlocked(existing_store())
    person = _confirmed(asked_person(staff_store))
    recording: tuple[OpenResponse, StoredResponse]
    if options.correct:
        listed, of_staff = of_reference(staff_store, options.correct), recorded_by_staff(options.content)
        recording = open_finished(staff_store, listed.id, person, of_staff)
    else:
        recording = _begun_before(staff_store, person, content.questionnaire.id) or begin_for(
            staff_store, person, content, session_factory.folder, "plain"
        )
    use(content.questionnaire.language)
    session = replace(session_factory, by=staff_store.name).reopened(*recording)
    return console(session_factory, session, sign=recorded_for(identified(person), staff_store.name))


def _confirmed(person: Person) -> Person:
    """Return the person once it was confirmed who it is. Raise ``ScreenerError`` where it is somebody else."""
    note(f"For {identified(person)}. Ask the person for their name and year of birth.")
    if ask("Is this the person? (yes/no):", _yes_or_no):
        return person
    raise ScreenerError("Nothing was begun. Check the reference.")


def _begun_before(
    staff_store: StaffStore, person: Person, questionnaire: str
) -> tuple[OpenResponse, StoredResponse] | None:
    """Return what was begun for the person last and is not finished, where whoever records goes on with it."""
    for last in open_recordings(staff_store.responses(), person.id, (questionnaire,))[:1]:
        reference = last.entry.reference if last.entry else ""
        if ask(f"{reference} is begun and not finished. Go on with it? (yes/no):", _yes_or_no):
            return resume_recording(staff_store, last.id, person, (questionnaire,))
    return None


def _yes_or_no(typed: str) -> bool:
    if typed.strip().lower() not in ("yes", "no"):
        raise ScreenerError("Type yes or no.")
    return typed.strip().lower() == "yes"
