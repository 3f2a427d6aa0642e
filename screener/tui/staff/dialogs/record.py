"""Recording for one person: who that is, confirmed before the first entry, and what is begun or gone on with."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.staff.handover import Handover
from screener.staff.people_list import ListedPerson
from screener.staff.recording import begin, go_on, open_recordings
from screener.staff.wording import reference, short_when
from screener.store.response_list import ResponseListItem
from screener.tui.rendering import Tone
from screener.tui.staff.base_screen import StaffDialog
from screener.tui.staff.truncate import cut_to
from screener.tui.widgets.button import Button
from screener.tui.widgets.menu import OneOf
from screener.tui.widgets.text_block import Passage, TextBlock

_NAME = 60


class RecordDialog(StaffDialog[Handover]):
    """Gives back what is recorded for whom. The person is confirmed by the name, the reference and the year of birth.

    ``response``: nothing else is offered than to go on with this one.
    """

    PAUSE = 1.0
    """Long enough that a key meant for the page below confirms nobody."""

    def __init__(self, person: str, response: str | None = None) -> None:
        super().__init__()
        self._person = person
        self._response = response

    @property
    def listed(self) -> ListedPerson | None:
        return self.staff_session.listed_person(self._person)

    @property
    def _recordings(self) -> list[ResponseListItem]:
        """What can be gone on with, or corrected."""
        if self._response is None:
            responses = self.listed.responses if self.listed else ()
            return open_recordings(responses, self._person, self.staff_session.contents.for_staff)
        listed = self.staff_session.worklist.get(self._response)
        return [listed] if listed else []

    @property
    def _new(self) -> list[str]:
        return [] if self._response else list(self.staff_session.contents.for_staff)

    def content(self) -> Iterable[Widget]:
        person = self.listed.person if self.listed else None
        heading = Passage(_("Is this the person?"), Tone.HEADING)
        if person:
            born = str(person.year_of_birth) if person.year_of_birth else _("not known here")
            yield TextBlock(
                heading,
                Passage(cut_to(person.name, _NAME), Tone.STRONG),
                Passage(_("Reference: {reference}").format(reference=person.reference), gap=0),
                Passage(_("Year of birth: {year}").format(year=born), gap=0),
                Passage(_("Ask the person for their name and year of birth before you go on.")),
            )
        else:
            yield TextBlock(heading)
        # Where several can be begun, none is proposed: a wrong one would stand under the name of the person.
        proposed = bool(self._recordings) or len(self._new) == 1
        yield OneOf(self._labels(), chosen=0 if proposed else OneOf.NONE, id="what")
        yield TextBlock(id="result")

    def _labels(self) -> list[str]:
        titles = {name: content.questionnaire.title for name, content in self.staff_session.contents.for_staff.items()}
        now, labels = self.staff_session.now(), []
        for each in self._recordings:
            if each.entry:
                going_on = _("Go on: {title}, begun {time} ({reference})")
                if each.finished:
                    going_on = _("Correct: {title}, begun {time} ({reference})")
                time = short_when(each.entry.started, now)
                title = titles.get(each.entry.questionnaire, each.entry.questionnaire)
                labels.append(going_on.format(title=title, time=time, reference=reference(each)))
        return labels + [_("Begin: {title}").format(title=titles[name]) for name in self._new]

    def actions(self) -> Iterable[Widget]:
        yield Button(_("This is the person"), "screen.confirm", primary=True)
        yield Button(_("Close"), "screen.back")

    async def action_confirm(self) -> None:
        """Begin or go on, for the very person who was shown."""
        listed, recordings, row = self.listed, self._recordings, self.query_one(OneOf).chosen
        if row == OneOf.NONE:
            self.say_error(_("Choose what you record."))
            self.query_one(OneOf).focus()
            return
        if listed is None or row >= len(recordings) + len(self._new):
            self.say_error(_("This person was removed."))
            return
        try:
            handover = await (
                go_on(self.staff_session, listed.person, recordings[row])
                if row < len(recordings)
                else begin(self.staff_session, listed.person, self._new[row - len(recordings)])
            )
        except ScreenerError as error:
            self.say_error(error)
        else:
            self.dismiss(handover)
