"""People, their appointments and their responses in the columns of lists, and in passages of text."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from screener.i18n.formats import local
from screener.i18n.gettext import _
from screener.staff.people_list import ListedPerson, appointment_time, state_words
from screener.staff.wording import reference, status
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
_KIND, _WHEN, _STATE = 13, 17, 12


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


def record_cells(record: Record, room: int, now: datetime.datetime) -> tuple[Piece, ...]:
    """Return the line of a response or an appointment of a person."""
    if isinstance(record, ResponseListItem):
        kind, when, what = _("Response"), "", reference(record)
        if record.entry:
            when = f"{local(record.entry.started):%Y-%m-%d %H:%M}"
        state, tone = status(record, now), Tone.URGENT if record.urgent else Tone.TEXT
    else:
        kind, when, what = _("Appointment"), appointment_time(record.appointment), record.appointment.questionnaire
        state, tone = state_words(record.state), _TONES.get(record.state, Tone.TEXT)
    rest = room - _KIND - _WHEN - _STATE
    return (
        (cell(kind, _KIND), Tone.MUTED),
        (cell(when, _WHEN), tone),
        (cell(what, _STATE) if isinstance(record, ResponseListItem) else cell(state, _STATE), tone),
        (cell(state, rest) if isinstance(record, ResponseListItem) else cell(what, rest), tone),
    )


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
