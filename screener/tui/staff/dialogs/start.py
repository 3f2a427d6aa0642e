"""Starting a response for somebody, or going on with one."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from screener.display_text import is_blank
from screener.errors import ScreenerError
from screener.i18n.gettext import _, language_name
from screener.staff.handover import Handover, hand_over
from screener.staff.people_list import appointment_time
from screener.staff.wording import called
from screener.store.person import identified
from screener.tui.rendering import Tone
from screener.tui.staff.base_screen import StaffDialog
from screener.tui.staff.setup import Offer
from screener.tui.staff.truncate import cut_to
from screener.tui.widgets.button import Button
from screener.tui.widgets.fields import Field
from screener.tui.widgets.key_bar import CLOSE, NEXT_BUTTON, PRESS, Key
from screener.tui.widgets.menu import OneOf
from screener.tui.widgets.text_block import Passage, TextBlock

MOST_OF_A_NAME = 100
_NAME = 60


class _Attend(StaffDialog[Handover]):
    """Gives back how somebody is to answer on this terminal. The staff's side is locked before they do."""

    KEYS: tuple[Key, ...] = (PRESS, NEXT_BUTTON, CLOSE)

    def explained(self) -> Iterable[Passage]:
        yield Passage(
            _("The staff's side locks first. When the questionnaire ends, type your passphrase again to open it."),
            Tone.MUTED,
        )

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Hand over"), "screen.attend(False)", primary=True)
        yield Button(_("Read aloud"), "screen.attend(True)")
        yield Button(_("Close"), "screen.back")

    async def action_attend(self, read_aloud: bool) -> None:
        """``read_aloud``: a member of staff reads the questions and enters the answers, under their name."""
        raise NotImplementedError


class StartDialog(_Attend):
    """Asks what to call the person, and what they are to answer in which language."""

    KEYS = (CLOSE,)

    def __init__(self, offers: tuple[Offer, ...]) -> None:
        super().__init__()
        self._offers = offers
        self._languages = offers[0].languages

    def content(self) -> Iterable[Widget]:
        yield TextBlock(
            Passage(_("Start for somebody"), Tone.HEADING),
            Passage(_("A name or a reference of your own, if you want one. Only staff see it.")),
        )
        yield Field(id="name")
        if len(self._offers) > 1:
            yield OneOf([offer.title for offer in self._offers], id="questionnaire")
        if len(self._languages) > 1:
            yield OneOf([language_name(language) for language in self._languages], id="language")
        yield TextBlock(*self.explained())
        yield TextBlock(id="result")

    async def action_attend(self, read_aloud: bool) -> None:
        written = self.query_one(Field).value.strip()
        name = "" if is_blank(written) else written
        if len(name) > MOST_OF_A_NAME:
            too_long = _("Error: This is {length} characters long. Shorten it to {most}.")
            self.say(too_long.format(length=len(name), most=MOST_OF_A_NAME), Tone.ERROR)
            return
        offer = self._offers[self._chosen("#questionnaire")]
        language = self._languages[self._chosen("#language")]
        self.dismiss(Handover(self.staff_session.name if read_aloud else None, offer.id, language, name or None))

    def _chosen(self, id: str) -> int:
        choices = self.query(id).results(OneOf)
        return next((list.chosen for list in choices), 0)


class GoOnDialog(_Attend):
    """Takes a response that is in progress over to this terminal."""

    def __init__(self, identity: str) -> None:
        super().__init__()
        self._identity = identity

    def content(self) -> Iterable[Widget]:
        listed = self.staff_session.worklist.get(self._identity)
        yield TextBlock(
            Passage(_("Go on here"), Tone.HEADING),
            Passage(cut_to(called(listed), _NAME) if listed else "", Tone.STRONG),
            Passage(_("If it is still open on another terminal, that terminal can no longer save.")),
            *self.explained(),
        )
        yield TextBlock(id="result")

    async def action_attend(self, read_aloud: bool) -> None:
        by = self.staff_session.name if read_aloud else None
        try:
            open_response, record = await self.staff_session.resume(self._identity)
        except ScreenerError as error:
            self.say_error(error)
        else:
            self.dismiss(Handover(by, record.questionnaire, record.language, record.name, (open_response, record)))


class StartForPersonDialog(_Attend):
    """Starts the questionnaire of an appointment for its person, once staff have made sure who it is."""

    def __init__(self, appointment: str) -> None:
        super().__init__()
        self._appointment = appointment

    def content(self) -> Iterable[Widget]:
        people = self.staff_session.people.values()
        person = next((each for each in people if each.appointment(self._appointment)), None)
        appointment = person.appointment(self._appointment) if person else None
        if person and appointment:
            asked = self.staff_app.setup.title_of(appointment.questionnaire)
            yield TextBlock(
                Passage(_("Start here for this person"), Tone.HEADING),
                Passage(cut_to(identified(person), _NAME), Tone.STRONG),
                Passage(f"{asked}, {appointment_time(appointment)}", gap=0),
                Passage(
                    _(
                        "Is it this person? Ask for the name and the year of birth, and compare them. This person may "
                        "see some answers from last time, to confirm or change. A code of this appointment is void "
                        "from now on."
                    )
                ),
                *self.explained(),
            )
        yield TextBlock(id="result")

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Yes, hand over"), "screen.attend(False)", primary=True)
        yield Button(_("Yes, read aloud"), "screen.attend(True)")
        yield Button(_("Close"), "screen.back")

    async def action_attend(self, read_aloud: bool) -> None:
        try:
            by = self.staff_session.name if read_aloud else None
            handover = await hand_over(self.staff_session, self._appointment, by)
        except ScreenerError as error:
            self.say_error(error)
        else:
            self.dismiss(handover)
