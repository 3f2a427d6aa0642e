"""How staff unlock a store: who may, how often somebody may try, and what is logged of it."""

from __future__ import annotations

from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.store.alarm_entry import ensure_alarm_key
from screener.store.audit import Event
from screener.store.audit_rules import CLINIC_EVENTS, STAFF_EVENTS
from screener.store.clinic import key_exchanged_message
from screener.store.clinic_keys import read_keys
from screener.store.database import Rows
from screener.store.members import (
    MustWait,
    Refused,
    carried_key_slot,
    normalise_name,
    put_key_slot,
    read_key_slot,
    role_of,
    secret_of_staff,
    staff_names,
)
from screener.store.patience import seconds_to_wait
from screener.store.sealing_anew import seal_listed
from screener.store.signature import clinic_signer
from screener.store.signed_rows import last_signed
from screener.store.staff_store import StaffStore
from screener.store.store import Store


def unlock(store: Store, name: str, passphrase: str) -> StaffStore:
    """Open a store for a member of staff, and log who it was. If that fails, log the attempt and raise ``Refused``.

    This takes about half a second.
    """
    name = normalise_name(name)
    with store.database.reading() as rows:
        _require_patience(rows, store)
        if not store.any_clinic:
            store.follow_clinic(rows)
    try:
        with store.database.reading() as rows:
            secret = secret_of_staff(rows, name, passphrase)
    except Refused:
        with store.database.writing() as rows:
            # Only a name that there is: people type passphrases into the wrong field.
            store.log(rows, Event.REFUSED, name if name in staff_names(rows) else "")
        raise
    if store.clinic:
        store.clinic.require_secret(secret)
    with store.database.reading() as rows:
        _require_entry(rows, store, name, clinic_signer(secret).public)
        role, present = role_of(rows, name), read_key_slot(rows, name)
        keys = read_keys(rows, secret)
    carried = None
    if store.clinic and store.clinic.signs and present and not present.public:
        carried = carried_key_slot(name, present.role, passphrase, secret, store.cost)
    staff_store = StaffStore(store, name, secret, role or "reception", keys)
    if store.clinic:
        store.identity.know(store.clinic, anew=store.any_clinic)
    with store.database.writing() as rows:
        if carried:
            put_key_slot(rows, carried)
            staff_store.write(rows, Event.STAFF_CHANGED, name, carried.digest)
        if ensure_alarm_key(rows, secret):
            staff_store.write(rows, Event.ALARM_KEY_RESTORED)
        staff_store.write(rows, Event.UNLOCKED)
    seal_listed(staff_store)
    return staff_store


def _require_patience(rows: Rows, store: Store) -> None:
    """Raise ``MustWait`` where this terminal refused several people in a row, and the last of them just now."""
    refused = []
    for at, event in rows.all(
        "SELECT at, event FROM audit WHERE terminal = ? AND event IN (?, ?) ORDER BY n DESC LIMIT 20",
        (store.terminal, str(Event.REFUSED), str(Event.UNLOCKED)),
    ):
        if event == Event.UNLOCKED:
            break
        refused.append(at)
    if seconds := seconds_to_wait(len(refused), refused[0] if refused else 0, store.now().timestamp()):
        refusal = _("This terminal refused several passphrases in a row. Wait {count} seconds.")
        raise MustWait(refusal.format(count=seconds))


def _require_entry(rows: Rows, store: Store, name: str, public: bytes) -> None:
    """Raise ``ScreenerError`` where the audit trail knows another clinic, or does not let somebody in any more.

    What matters is the last row about each. In format 2 the staff signed it.
    """
    if store.clinic is None:
        return
    if last_signed(rows, CLINIC_EVENTS, None, public, store.clinic.signs) != store.clinic.digest:
        raise ScreenerError(key_exchanged_message())
    key_slot = read_key_slot(rows, name)
    digest = key_slot.digest if key_slot else b""
    if store.clinic.signs and last_signed(rows, STAFF_EVENTS, name, public, True) != digest:
        raise ScreenerError(
            _(
                "Somebody changed who may unlock this store, and the audit trail does not say so. Stop using it, "
                "and restore a backup."
            )
        )
