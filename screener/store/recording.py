"""What staff record for one person: begun under the name that they confirmed, and gone on with by any of them.

Nothing of it is left to this terminal when its program ends: only staff open it again.
"""

from __future__ import annotations

from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.store.linking import link_confirmed, listed_response
from screener.store.members import require_role
from screener.store.open_response import OpenResponse
from screener.store.person import Person
from screener.store.record import StoredResponse
from screener.store.staff_store import StaffStore


def begin_recording(staff_store: StaffStore, person: Person, record: StoredResponse, content: bytes) -> OpenResponse:
    """Begin a response for a person whose name, reference and year of birth staff confirmed, and link it to them.

    Both are one transaction, so that no response of staff is ever of nobody. Raise ``ScreenerError``.
    """
    staff_store.store.database.require_room()
    with staff_store.store.database.writing() as rows:
        require_role(rows, staff_store.name, "clinician")
        open_response = staff_store.store.begin_within(rows, record, content, staff_store.name)
        link_confirmed(rows, staff_store, open_response.id, person)
    return open_response


def resume_recording(staff_store: StaffStore, identity: str, person: Person) -> tuple[OpenResponse, StoredResponse]:
    """Go on with a response that staff began for a person whom they confirmed. Raise ``ScreenerError``."""
    with staff_store.store.database.writing() as rows:
        require_role(rows, staff_store.name, "clinician")
        link = listed_response(rows, staff_store, identity).link
        if link is None or link.person != person.id:
            raise ScreenerError(_("It is linked to somebody else now. Look at it again."))
        return staff_store.resume_within(rows, identity)
