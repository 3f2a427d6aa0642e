"""Whose response it is: staff link it to a person, or undo a link that was wrong.

Two things have to agree: the clinic's reference and the year of birth, or the name as staff confirm it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.name_skeleton import skeleton
from screener.staff.base_session import Locked
from screener.staff.search import matcher
from screener.staff.wording import called, when
from screener.store.annotation import latest
from screener.store.linking import link_by_identifiers, link_by_name, unlink
from screener.store.person import Person, identified
from screener.store.response_list import ResponseListItem
from screener.store.staff_store import StaffStore
from screener.tui.rendering import Tone
from screener.tui.staff.base_screen import FormDialog
from screener.tui.staff.dialogs.confirm import ConfirmDialog
from screener.tui.staff.truncate import cut_to
from screener.tui.widgets.button import Button
from screener.tui.widgets.fields import Field
from screener.tui.widgets.menu import OneOf
from screener.tui.widgets.text_block import Passage, TextBlock

_NAME, _MOST_OFFERED = 60, 5


class LinkDialog(FormDialog[str]):
    """Gives back what was done, in a sentence."""

    def __init__(self, response: str) -> None:
        super().__init__()
        self.response = response
        self._linked_to = ""
        """The id of the person whose link this page shows; it tells nothing."""

    @property
    def listed(self) -> ResponseListItem | None:
        return self.staff_session.worklist.get(self.response)

    @property
    def person(self) -> Person | None:
        """Whom the response is linked to."""
        link = self.listed.link if self.listed else None
        return self.staff_session.people.get(link.person) if link else None

    def content(self) -> Iterable[Widget]:
        listed, person = self.listed, self.person
        self._linked_to = person.id if person else ""
        yield TextBlock(
            Passage(_("Whose response is it?"), Tone.HEADING),
            Passage(cut_to(called(listed), _NAME) if listed else "", Tone.STRONG),
        )
        if person and listed:
            yield TextBlock(Passage(cut_to(identified(person), 3 * _NAME), Tone.STRONG), Passage(_how(listed)))
        else:
            yield TextBlock(Passage(_("Reference of the clinic, or a part of the name"), Tone.MUTED), classes="-label")
            typed = (listed.own_name or "") if listed else ""
            yield Field(typed, id="reference")
            yield TextBlock(Passage(_("Year of birth, such as 1987"), Tone.MUTED), classes="-label")
            yield Field(id="year")
            menu = OneOf(_labels(self._matching(typed)), id="people")
            menu.display = bool(menu.labels)
            yield menu
        yield TextBlock(id="result")

    def actions(self) -> Iterable[Widget]:
        if self.person:
            yield Button(_("Show this person"), "screen.show", primary=True)
            yield Button(_("Undo the link"), "screen.undo")
        else:
            yield Button(_("Link by both"), "screen.link", primary=True)
            yield Button(_("Confirm the name"), "screen.confirm")
        yield Button(_("Close"), "screen.back")

    def _offered(self) -> list[Person]:
        """Return the people who match what was typed."""
        return self._matching(next((field.value for field in self.query("#reference").results(Field)), ""))

    def _matching(self, typed: str) -> list[Person]:
        """Return the people whose name or reference has the typed words; with nothing typed, nobody."""
        if not typed.strip():
            return []
        matches, people = matcher(typed), self.staff_session.people.values()
        matching = [each for each in people if matches(f"{skeleton(each.name)}\n{skeleton(each.reference)}")]
        return sorted(matching, key=lambda each: (skeleton(each.name), each.id))[:_MOST_OFFERED]

    @on(Input.Changed, "#reference")
    def _offer(self) -> None:
        labels = _labels(self._offered())
        for menu in self.query("#people").results(OneOf):
            if menu.labels != labels:
                menu.labels, menu.chosen, menu.caret = labels, 0, 0
                menu.display = bool(labels)
                menu.changed()

    @on(Input.Submitted)
    async def _go_on(self, event: Input.Submitted) -> None:
        if event.input.id == "year":
            await self.action_link()
        else:
            self.focus_next()

    async def action_link(self) -> None:
        reference, year = (self.query_one(f"#{id}", Field).value for id in ("reference", "year"))
        await self._do(lambda store: link_by_identifiers(store, self.response, reference, year))

    def action_confirm(self) -> None:
        """Ask whether it is the very person whose name stands there."""
        offered = self._offered()
        if not offered:
            self.say(_("Error: Type a part of the name first."), Tone.ERROR)
            return
        person = offered[min(self.query_one("#people", OneOf).chosen, len(offered) - 1)]
        text = _("Ask the person for their name. Is it {person}?").format(person=cut_to(identified(person), 3 * _NAME))

        def sure(yes: bool | None) -> None:
            if yes:
                self.run_worker(self._do(lambda store: link_by_name(store, self.response, person)))

        self.staff_app.push_dialog(ConfirmDialog(_("Confirm the name"), text, _("Yes, link it")), sure)

    def action_show(self) -> None:
        person = self.person
        self.dismiss()
        if person:
            self.staff_app.open_person(person.id)

    async def action_undo(self) -> None:
        await self._do(lambda store: unlink(store, self.response, self._linked_to))

    async def _do(self, work: Callable[[StaffStore], object]) -> None:
        linked = self.person is not None
        try:
            await self.staff_session.change(work)
        except Locked:
            return
        except ScreenerError as error:
            self.say_error(error)
        else:
            self.dismiss(_("The link is undone.") if linked else _("It is linked."))


def _labels(people: list[Person]) -> list[str]:
    return [cut_to(identified(each), 3 * _NAME) for each in people]


def _how(listed: ResponseListItem) -> str:
    """Return how staff made sure of it, and who did."""
    link, by_staff = listed.link, latest(listed.annotations, "linked")
    if link and link.by == "code":
        return _("It was answered with the code of this person's appointment.")
    if by_staff is None or link is None:
        return ""
    text = (
        _("{by} linked it by the reference and the year of birth, {time}.")
        if link.by == "identifiers"
        else _("{by} linked it by the confirmed name, {time}.")
    )
    return text.format(by=by_staff.by, time=when(by_staff.at))
