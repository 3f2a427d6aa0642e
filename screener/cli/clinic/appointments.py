"""``screener clinic appointments``: who is expected, for which questionnaire, and when.

Whatever is about a person is asked by prompts or read from a file: nothing of it is in an argument.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from screener.cli.clinic.appointment_table import day_and_time, import_table
from screener.cli.clinic.open_store import existing_store, unlocked
from screener.cli.content import asked_of_people
from screener.cli.output import note, say
from screener.cli.prompts import ask
from screener.config import read_configuration
from screener.errors import ScreenerError
from screener.i18n.formats import format_moment, local
from screener.store.appointment_entry import TypedAppointment, parse_appointment, parse_day, parse_time
from screener.store.appointments import enter, issue_code, remove_appointment
from screener.store.expected import ExpectedAnswer, expected_answers
from screener.store.people import read_people
from screener.store.person import Person, checked_reference, checked_year
from screener.store.response_list import ResponseListItem
from screener.store.staff_store import StaffStore

SHOWN = 8
"""Letters of the id of an appointment: it is random and says nothing of anybody."""


def run(options: Namespace) -> int:
    """Enter, list, import or remove appointments, or print the code of one."""
    questionnaires = asked_of_people(options.content) if options.action in ("add", "import") else []
    staff_store = unlocked(existing_store())
    match options.action:
        case "add":
            _add(staff_store, questionnaires)
        case "import":
            with_contact = read_configuration().appointment_contact
            count = import_table(staff_store, options.file, questionnaires, with_contact=with_contact)
            say(f"Entered: {count} {'appointment' if count == 1 else 'appointments'}.")
        case "list":
            for line in _lines(staff_store, options.state):
                say(line)
        case "code":
            code, until = issue_code(staff_store, _identity(staff_store, options.id))
            say(code)
            note(f"These four words work once, until {format_moment(until)}. They are not shown again.")
        case "remove":
            remove_appointment(staff_store, _identity(staff_store, options.id))
            say("The appointment is removed.")
    return 0


def _add(staff_store: StaffStore, questionnaires: list[str]) -> None:
    """Ask for one appointment, field by field, and enter it."""
    now, with_contact = staff_store.store.now(), read_configuration().appointment_contact
    local_now = local(now)

    def reference(typed: str) -> str:
        checked_reference(typed)
        return typed

    def year(typed: str) -> str:
        checked_year(typed, local_now.year)
        return typed

    def day(typed: str) -> str:
        parse_day(typed, local_now.date())
        return typed

    def time(typed: str) -> str:
        parse_time(typed)
        return typed

    typed = TypedAppointment(
        name=ask("The person's name:", str),
        reference=ask("The clinic's reference of the person:", reference),
        year_of_birth=ask("The year of birth, such as 1987 (Enter alone if it is not known):", year),
        contact=ask("How to reach the person (Enter alone for nothing):", str) if with_contact else "",
        questionnaire=ask(f"The questionnaire ({', '.join(questionnaires)}):", str) if len(questionnaires) > 1 else "",
        date=ask("The date, such as 2026-03-31:", day),
        time=ask("The time, such as 14:30 (Enter alone for any time of that day):", time),
    )
    ((_person, appointment),) = enter(
        staff_store, [parse_appointment(typed, questionnaires, now, with_contact=with_contact)]
    )
    identity = appointment.id[:SHOWN]
    say(f"Entered: {identity}")
    note(f"For the four words that the person types: screener clinic appointments code {identity}")


def _lines(staff_store: StaffStore, only: str | None) -> Iterator[str]:
    """Yield a line for each appointment: overdue ones first, then missed ones; in each part the earliest first."""
    everybody = [(expected, person) for person, answers in _expected(staff_store) for expected in answers]
    everybody.sort(key=lambda each: (each[0].state, each[0].appointment.day, str(each[0].appointment.time or "any")))
    for expected, person in everybody:
        state = expected.state.name.lower()
        if only in (None, state):
            appointment = expected.appointment
            when = day_and_time(appointment.day, appointment.time)
            parts = (appointment.id[:SHOWN], when, f"{state:8}", appointment.questionnaire, person.reference)
            say_of = (*parts, person.name, *([person.contact] if person.contact else []))
            yield "  ".join(say_of)


def _expected(staff_store: StaffStore) -> Iterator[tuple[Person, list[ExpectedAnswer]]]:
    responses: dict[str, list[ResponseListItem]] = {}
    for listed in staff_store.responses():
        if link := listed.link:
            responses.setdefault(link.person, []).append(listed)
    for person in read_people(staff_store).values():
        yield person, expected_answers(person, responses.get(person.id, ()), staff_store.store.now())


def _identity(staff_store: StaffStore, typed: str) -> str:
    """Return the id of the appointment that begins so. Raise ``ScreenerError`` for none, or for several."""
    ids = [each.id for person in read_people(staff_store).values() for each in person.appointments]
    matching = [identity for identity in ids if identity.startswith(typed.lower())]
    if not typed or len(matching) != 1:
        raise ScreenerError("There is no such appointment. For their ids: screener clinic appointments list")
    return matching[0]
