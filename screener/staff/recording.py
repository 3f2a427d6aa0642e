"""What staff record themselves, for one person: begun or gone on with by whoever unlocked the store."""

from __future__ import annotations

from collections.abc import Container, Iterable
from pathlib import Path

from screener.content.compiled import Content
from screener.engine.due_form import form_due
from screener.engine.interview import Interview
from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.staff.handover import Handover
from screener.staff.session import StaffSession
from screener.store.content_archive import content_hash, pack
from screener.store.open_response import OpenResponse
from screener.store.person import Person
from screener.store.record import StoredResponse
from screener.store.recording import begin_recording, open_finished, resume_recording
from screener.store.response_list import ResponseListItem
from screener.store.staff_store import StaffStore
from screener.summary.metadata import Mode, new_reference


def open_recordings(
    responses: Iterable[ResponseListItem], person: str, of_staff: Container[str]
) -> list[ResponseListItem]:
    """Return what staff began for a person and have not finished, the last begun first.

    ``of_staff`` are the questionnaires that staff answer.
    """
    begun = [
        (each.entry.started, each.id, each)
        for each in responses
        if each.link and each.link.person == person and not each.finished
        if each.entry and each.entry.questionnaire in of_staff
    ]
    return [each for _started, _id, each in sorted(begun, key=lambda entry: entry[:2], reverse=True)]


async def begin(staff_session: StaffSession, person: Person, questionnaire: str) -> Handover:
    """Begin to record for a person who was confirmed. Raise ``ScreenerError``."""
    content, folder = staff_session.contents.for_staff[questionnaire], staff_session.contents.folder
    if folder is None:
        raise ScreenerError(_("The questions are not here. Start the staff's side with its content folder."))
    opened = await staff_session.change(lambda store: begin_for(store, person, content, folder, "screen"))
    return Handover(staff_session.name, questionnaire, content.questionnaire.language, resumed=opened, person=person)


async def go_on(staff_session: StaffSession, person: Person, listed: ResponseListItem) -> Handover:
    """Go on with what staff began for a person who was confirmed, or correct what they finished. Raise
    ``ScreenerError``.
    """
    open_it = open_finished if listed.finished else resume_recording
    of_staff = staff_session.contents.for_staff
    opened = await staff_session.change(lambda store: open_it(store, listed.id, person, of_staff))
    record = opened[1]
    return Handover(staff_session.name, record.questionnaire, record.language, resumed=opened, person=person)


def begin_for(
    staff_store: StaffStore, person: Person, content: Content, folder: Path, mode: Mode
) -> tuple[OpenResponse, StoredResponse]:
    """Begin a response of staff, with nothing recorded yet, under the name of its person."""
    store = staff_store.store
    started, interview = store.now(), Interview(content.form, content.rules)
    record = StoredResponse(
        reference=new_reference(),
        questionnaire=content.questionnaire.id,
        content=content_hash(content),
        language=content.questionnaire.language,
        mode=mode,
        started=started,
        region=store.clinic.region if store.clinic else None,
        terminal=store.terminal,
        position=interview.position,
        form_due=form_due(interview.state, started),
    )
    return begin_recording(staff_store, person, record, pack(folder, content.questionnaire.id)), record
