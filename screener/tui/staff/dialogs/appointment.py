"""Entering an appointment, and changing what is kept of a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from screener.errors import ScreenerError
from screener.i18n.formats import local
from screener.i18n.gettext import _
from screener.staff.base_session import Locked
from screener.store.appointment_entry import TypedAppointment, parse_appointment
from screener.store.appointments import enter
from screener.store.people import change_person
from screener.store.person import Person, new_person
from screener.tui.rendering import Tone
from screener.tui.staff.base_screen import FormDialog
from screener.tui.staff.people_text import purpose
from screener.tui.widgets.button import Button
from screener.tui.widgets.fields import Field
from screener.tui.widgets.menu import OneOf
from screener.tui.widgets.text_block import Passage, TextBlock


class _PersonFields(FormDialog[str]):
    """Asks for what is kept of a person; gives back their id once it is kept."""

    def __init__(self, identity: str = "") -> None:
        """``identity`` is that of somebody who is known, whose fields are filled in."""
        super().__init__()
        self.identity = identity
        self.shown: Person | None = None
        """What was kept of the person when the fields were filled in."""

    @property
    def person(self) -> Person | None:
        return self.staff_session.people.get(self.identity)

    def person_fields(self) -> Iterable[Widget]:
        person = self.shown = self.person
        year = str(person.year_of_birth or "") if person else ""
        yield from _field(_("Name"), "name", person.name if person else "")
        yield from _field(_("Reference of the clinic"), "reference", person.reference if person else "")
        yield from _field(_("Year of birth, such as 1987"), "year", year)
        if self.staff_app.setup.with_contact:
            yield from _field(_("How to reach the person"), "contact", person.contact if person else "")

    def foot(self) -> Iterable[Widget]:
        yield TextBlock(purpose(self.staff_app.setup.days_kept))
        yield TextBlock(id="result")

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Keep it"), "screen.keep", primary=True)
        yield Button(_("Close"), "screen.back")

    def typed(self, id: str) -> str:
        """Return what was typed into a field; nothing where there is no such field."""
        return next((field.value for field in self.query(f"#{id}").results(Field)), "")

    @on(Input.Submitted)
    async def _go_on(self, event: Input.Submitted) -> None:
        """Go on to the next field; keep what was typed after the last one."""
        if event.input is self.query(Field).last():
            await self.action_keep()
        else:
            self.focus_next()

    async def action_keep(self) -> None:
        try:
            identity = await self.keep()
        except Locked:
            return
        except ScreenerError as error:
            self.say_error(error)
        else:
            self.dismiss(identity)

    async def keep(self) -> str:
        """Keep what was typed; return the id of the person. Raise ``ScreenerError``."""
        raise NotImplementedError


class AppointmentDialog(_PersonFields):
    """Enters one appointment, of somebody new or known."""

    def content(self) -> Iterable[Widget]:
        yield TextBlock(Passage(_("New appointment"), Tone.HEADING))
        yield from self.person_fields()
        offers = self.staff_app.setup.offers
        if len(offers) > 1:
            yield OneOf([offer.title for offer in offers], id="questionnaire")
        yield from _field(_("Date, such as 2026-03-31"), "date", str(local(self.staff_session.now()).date()))
        yield from _field(_("Time, such as 14:30, or empty for any time of that day"), "time", "")
        yield from self.foot()

    async def keep(self) -> str:
        offers = [offer.id for offer in self.staff_app.setup.offers]
        chosen = next((menu.chosen for menu in self.query("#questionnaire").results(OneOf)), 0)
        fields = {name: self.typed(name) for name in ("name", "reference", "contact", "date", "time")}
        typed = TypedAppointment(
            **fields, year_of_birth=self.typed("year"), questionnaire=offers[chosen] if offers else ""
        )
        with_contact = self.staff_app.setup.with_contact
        entered = parse_appointment(typed, offers, self.staff_session.now(), with_contact=with_contact)
        ((person, _appointment),) = await self.staff_session.change(lambda store: enter(store, [entered]))
        return person.id


class ChangePersonDialog(_PersonFields):
    """Changes what is kept of somebody who is known."""

    def content(self) -> Iterable[Widget]:
        yield TextBlock(Passage(_("Change what is kept of this person"), Tone.HEADING))
        yield from self.person_fields()
        yield from self.foot()

    async def keep(self) -> str:
        person = self.shown
        if person is None or self.person is None:
            raise ScreenerError(_("This person was removed."))
        contact = self.typed("contact") if self.staff_app.setup.with_contact else person.contact
        year = local(self.staff_session.now()).year
        changed = new_person(self.typed("name"), self.typed("reference"), self.typed("year"), contact, person.id, year)
        with_appointments = replace(changed, appointments=person.appointments)
        await self.staff_session.change(lambda store: change_person(store, with_appointments, person))
        return person.id


def _field(label: str, id: str, value: str) -> Iterable[Widget]:
    yield TextBlock(Passage(label, Tone.MUTED), classes="-label")
    yield Field(value, id=id)
