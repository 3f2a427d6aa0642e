"""What staff record for one person: begun under the name that they confirmed, and gone on with by any of them.

Nothing of it is left to this terminal when its program ends: only staff open it again.
"""

from __future__ import annotations

from collections.abc import Container

from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.store.audit import Event
from screener.store.database import Rows, one
from screener.store.decoding import as_bytes
from screener.store.linking import link_confirmed, listed_response
from screener.store.open_response import OpenResponse
from screener.store.person import Person
from screener.store.record import StoredResponse
from screener.store.response_row import COMPLETED, digest_of, read_response
from screener.store.staff_store import StaffStore


def begin_recording(staff_store: StaffStore, person: Person, record: StoredResponse, content: bytes) -> OpenResponse:
    """Begin a response for a person whose name, reference and year of birth staff confirmed, and link it to them.

    Both are one transaction, so that no response of staff is ever of nobody. Raise ``ScreenerError``.
    """
    staff_store.store.database.require_room()
    with staff_store.store.database.writing() as rows:
        staff_store.require_role(rows, "clinician")
        open_response = staff_store.store.begin_within(rows, record, content, staff_store.name)
        link_confirmed(rows, staff_store, open_response.id, person)
    return open_response


class FinishedRecording(OpenResponse):
    """A finished response of staff that they correct: it stays finished, and each save is in the audit trail."""

    def __init__(
        self, staff_store: StaffStore, person: Person, identity: str, key: bytes, version: bytes, last: StoredResponse
    ) -> None:
        super().__init__(staff_store.store, identity, key, version)
        self._staff_store = staff_store
        self._person = person
        self._last = last

    def save(self, response: StoredResponse) -> None:
        """Save what was corrected; where nothing was, only the page is another one, and nothing is written."""
        if _content(response) == _content(self._last):
            return
        with self.store.database.writing() as rows:
            self._staff_store.require_role(rows, "clinician")
            _require_link(rows, self._staff_store, self.id, self._person)
            self._write(rows, response, COMPLETED)
            self._staff_store.write_sealed(rows, Event.CORRECTED, self.id, digest_of(rows, self.id))
        self.version, self._last = self._attempted, response

    def finish(self, response: StoredResponse, by: str = "") -> StoredResponse:  # noqa: ARG002 (they unlocked it)
        self.save(response)
        self.forget()
        return response


def open_finished(
    staff_store: StaffStore, identity: str, person: Person, of_staff: Container[str]
) -> tuple[FinishedRecording, StoredResponse]:
    """Open a finished response of staff, to correct what was recorded for a person. Raise ``ScreenerError``.

    ``of_staff`` are the questionnaires that staff answer: nobody corrects what a person answered.
    """
    with staff_store.store.database.writing() as rows:
        staff_store.require_role(rows, "clinician")
        _require_link(rows, staff_store, identity, person)
        row = one(rows, "SELECT version, state, keys FROM response WHERE id = ?", (identity,))
        if row is None or row[1] != COMPLETED:
            raise ScreenerError(_("This response is not finished. Go on with it."))
        key = staff_store.response_key(identity, as_bytes(row[2]))
        record = read_response(rows, identity, key)
        _require_recording(record, of_staff)
        staff_store.write_sealed(rows, Event.VIEWED, identity)
    return FinishedRecording(staff_store, person, identity, key, bytes(row[0]), record), record


def resume_recording(
    staff_store: StaffStore, identity: str, person: Person, of_staff: Container[str]
) -> tuple[OpenResponse, StoredResponse]:
    """Go on with a response that staff began for a person whom they confirmed. Raise ``ScreenerError``.

    ``of_staff`` are the questionnaires that staff answer.
    """
    with staff_store.store.database.writing() as rows:
        staff_store.require_role(rows, "clinician")
        _require_link(rows, staff_store, identity, person)
        opened, record = staff_store.resume_within(rows, identity)
        _require_recording(record, of_staff)
    return opened, record


def _content(response: StoredResponse) -> tuple[object, ...]:
    """Return what a correction can change; the page and the terminal of whoever looks at it are no correction."""
    alarms = response.urgent, response.taken_back, response.emergency_since
    return response.history, response.acknowledgements, *alarms


def _require_recording(record: StoredResponse, of_staff: Container[str]) -> None:
    if record.questionnaire not in of_staff:
        raise ScreenerError(_("Staff did not record this. They correct and go on with only what staff recorded."))


def _require_link(rows: Rows, staff_store: StaffStore, identity: str, person: Person) -> None:
    link = listed_response(rows, staff_store, identity).link
    if link is None or link.person != person.id:
        raise ScreenerError(_("It is linked to somebody else now. Look at it again."))
