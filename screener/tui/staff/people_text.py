"""People, their appointments and their responses in the columns of lists, and in passages of text."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from screener.i18n.formats import local
from screener.i18n.gettext import _
from screener.staff.people_list import ListedPerson, appointment_time, state_words
from screener.staff.wording import reference, status
from screener.staff.wording import when as when_words
from screener.store.expected import AppointmentState, ExpectedAnswer
from screener.store.person import Person, identified
from screener.store.response_list import ResponseListItem
from screener.tui.rendering import Piece, Tone
from screener.tui.staff.response_list import cell
from screener.tui.staff.truncate import cut
from screener.tui.widgets.text_block import Passage

Record = ResponseListItem | ExpectedAnswer
"""What the page of a person lists."""
_TONES = {AppointmentState.OVERDUE: Tone.STRONG, AppointmentState.MISSED: Tone.STRONG}
_KIND, _WHEN, _STATE, _TITLE = 13, 17, 12, 24


@dataclass(frozen=True)
class PeopleColumns:
    """The cells of each column; where a column has none, there is no room for it."""

    state: int
    when: int
    reference: int
    name: int
    responses: int

    @classmethod
    def fitting(cls, room: int) -> PeopleColumns:
        """Return the columns for a width; the name has what is left."""
        state, when, reference, responses = (11, 17, 16, 11) if room >= 70 else (10, 12, 12, 0)
        return cls(state, when, reference, room - state - when - reference - responses, responses)


def person_cells(listed: ListedPerson, room: int) -> tuple[Piece, ...]:
    """Return the line of a person: what became of the appointment to look at, when, who, and how many responses."""
    columns, current = PeopleColumns.fitting(room), listed.current
    state, when, tone = "", "", Tone.MUTED
    if current:
        appointment = current.appointment
        when = appointment_time(appointment) if columns.responses else str(appointment.day)
        state, tone = state_words(current.state), _TONES.get(current.state, Tone.TEXT)
    return (
        (cell(state, columns.state), tone),
        (cell(when, columns.when), tone),
        (cell(listed.person.reference, columns.reference), Tone.TEXT),
        (cell(listed.person.name, columns.name), Tone.STRONG),
        (cell(str(len(listed.responses) or ""), columns.responses), Tone.MUTED),
    )


def heads_of_people(room: int) -> tuple[Piece, ...]:
    """Return what the columns of the list by person are."""
    columns = PeopleColumns.fitting(room)
    heads = (
        (_("Standing"), columns.state),
        (_("Expected"), columns.when),
        (_("Reference"), columns.reference),
        (_("Name"), columns.name),
        (_("Responses"), columns.responses),
    )
    return tuple((cell(head, width), Tone.MUTED) for head, width in heads)


def record_cells(
    record: Record, room: int, now: datetime.datetime, title_of: Callable[[str], str]
) -> tuple[Piece, ...]:
    """Return the line of a response or an appointment of a person; ``title_of`` gives that of a questionnaire."""
    rest = room - _KIND - _WHEN - _STATE
    if isinstance(record, ResponseListItem):
        tone, title, when = Tone.URGENT if record.urgent else Tone.TEXT, "", ""
        if record.entry:
            when, title = f"{local(record.entry.started):%Y-%m-%d %H:%M}", title_of(record.entry.questionnaire)
        beside = _TITLE if rest >= 2 * _TITLE else 0
        return (
            (cell(_("Response"), _KIND), Tone.MUTED),
            (cell(when, _WHEN), tone),
            (cell(reference(record), _STATE), tone),
            (cell(status(record, now), rest - beside), tone),
            *([(cell(title, beside), Tone.MUTED)] if beside else []),
        )
    tone = _TONES.get(record.state, Tone.TEXT)
    return (
        (cell(_("Appointment"), _KIND), Tone.MUTED),
        (cell(appointment_time(record.appointment), _WHEN), tone),
        (cell(state_words(record.state), _STATE), tone),
        (cell(title_of(record.appointment.questionnaire), rest), tone),
    )


def appointment_facts(expected: ExpectedAnswer, title: str) -> Iterator[Passage]:
    """Yield what is so of an appointment: for what, when, what became of it, who entered it, its code."""
    appointment = expected.appointment
    yield Passage(cut(title), Tone.STRONG)
    yield Passage(f"{appointment_time(appointment)}: {state_words(expected.state)}", gap=0)
    entered = _("Entered by {name}, {time}.").format(name=appointment.by, time=when_words(appointment.entered))
    yield Passage(cut(entered), Tone.MUTED)
    if appointment.until:
        yield Passage(_("Its code works until {time}.").format(time=when_words(appointment.until)), Tone.MUTED, gap=0)


def identity_of(record: Record) -> str:
    return record.id if isinstance(record, ResponseListItem) else record.appointment.id


def about(person: Person) -> Iterator[Passage]:
    """Yield who it is, with the contact where the clinic keeps one."""
    yield Passage(cut(identified(person)), Tone.HEADING)
    if person.contact:
        yield Passage(cut(_("Contact: {contact}").format(contact=person.contact)), gap=0)


def purpose(days: int) -> Passage:
    """Return why anything of a person is kept, and for how long."""
    text = _(
        "This is kept to expect this person and to put their responses together. It is removed {days} days after the "
        "last appointment, change, code or link."
    )
    return Passage(text.format(days=days), Tone.MUTED)
