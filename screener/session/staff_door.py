"""The door of a clinic's terminal: staff open it with a door code, which needs no store, or with their passphrase."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from enum import Enum, auto
from typing import TYPE_CHECKING

from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.session.store_worker import StoreWorker
from screener.session.terminal_store import local_store

if TYPE_CHECKING:
    from screener.store.store import Store

CONTACT = 1.0
"""Seconds for which a door code waits for the store, to learn of codes that were removed."""


class Admission(Enum):
    """What a name opens, with the secret that was typed with it."""

    NOTHING = auto()
    BY_CODE = auto()
    """The emergency page, and a locked terminal."""
    BY_PASSPHRASE = auto()
    """Also the end of the program."""


StaffDoor = Callable[[str, str], Admission]
"""Says what a member of staff opens, by name and door code or passphrase.

It may take a second, and raise ``ScreenerError``.
"""


def staff_door(location: str, terminal: str | None, store: Store) -> StaffDoor:
    """Return the door of a terminal; ``store`` is its file, or its outbox where the clinic has a server."""
    from screener.paths import state_folder
    from screener.store.terminal_door import TerminalDoor, door_file

    clinic = store.clinic
    assert clinic is not None
    door = TerminalDoor(door_file(state_folder(), clinic.signing or clinic.public), clinic.signing)
    door.learn(store.database)
    worker = StoreWorker()

    def learn() -> None:
        local = local_store(location, terminal)
        try:
            door.learn(local.database, local.clinic.signing if local.clinic else b"")
        finally:
            local.database.close()

    def opens(name: str, typed: str) -> Admission:
        """Check them in another thread, and so with a new connection."""
        from screener.store.connect import open_store
        from screener.store.door_code import is_door_code
        from screener.store.members import MustWait, Refused
        from screener.store.unlock import unlock

        if is_door_code(typed):
            with suppress(ScreenerError):  # The codes that this terminal knows are good without its store.
                worker.do(learn, CONTACT)
            return Admission.BY_CODE if door.admits(name, typed) else Admission.NOTHING
        try:
            unlock(open_store(location, terminal), name, typed)
        except MustWait:
            raise
        except Refused:
            return Admission.NOTHING
        except ScreenerError as error:
            code_opens = _("A door code opens this terminal all the same.")
            raise ScreenerError(f"{error} {code_opens}") from None
        door.note_opened()
        return Admission.BY_PASSPHRASE

    return opens
