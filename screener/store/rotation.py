"""The rotation of the clinic's own key: for the day on which somebody may have it who must not read what comes.

Another key takes its place, signed with the one before. Terminals follow that, staff keep their passphrases, and the
recovery key stays. What is there already is then sealed anew, a part at a time.
"""

from __future__ import annotations

from dataclasses import replace

from screener.errors import ScreenerError
from screener.store import audit
from screener.store.alarm_entry import ensure_alarm_key
from screener.store.approval import sign_approvals_anew
from screener.store.audit import Event
from screener.store.audit_rules import STAFF_EVENTS
from screener.store.clinic import Clinic, audit_start, audit_start_sealed, put_clinic
from screener.store.clinic_keys import ClinicKeys, put_keys_before
from screener.store.crypto import new_pair
from screener.store.database import Rows, put_value
from screener.store.door_code import put_door_codes
from screener.store.key_exchange import put_exchange
from screener.store.members import KeySlot, put_secret_of_member, read_key_slot, staff_names
from screener.store.rehearsal import Rehearsed
from screener.store.sealing_anew import AT_ONCE, list_everything, seal_some
from screener.store.signed_rows import last_signed
from screener.store.staff_store import StaffStore


def rotate_key(staff_store: StaffStore, *, rehearse: bool = False) -> StaffStore:
    """Let a new key take the place of the clinic's; return the store as it is unlocked with that.

    ``seal_anew`` then seals what is there already. A rehearsal does both, checks the audit trail, and changes nothing.
    Raise ``ScreenerError``, such as ``Broken`` where the chain of the audit trail does not hold.
    """
    store = staff_store.store
    clinic_before = store.clinic
    staff_store.read_trail()
    try:
        with store.database.writing(long=rehearse) as rows:
            staff_store.require_role(rows, "administrator")
            store.follow_clinic(rows)
            rotated = _rotated(rows, staff_store)
            if rehearse:
                while not seal_some(rows, rotated, AT_ONCE)[0]:
                    pass
                rotated.check_trail(rows)
                raise Rehearsed
    except Rehearsed:
        store.clinic = clinic_before
        return staff_store
    except BaseException:
        store.clinic = clinic_before
        raise
    assert store.clinic is not None
    store.identity.know(store.clinic)
    return rotated


def _rotated(rows: Rows, staff_store: StaffStore) -> StaffStore:
    store, before = staff_store.store, staff_store.store.clinic
    if before is None or not before.signs:
        raise ScreenerError("This store is of an older format. Run: screener clinic upgrade")
    staff_store.written_digests(rows)  # No row may be out of the trail for a moment, such as that of a passphrase.
    slots, door_codes = _slots(rows, before), staff_store.door_codes(rows)
    secret, _public = new_pair()
    clinic = replace(before, serial=before.serial + 1).signed(secret)
    keys = ClinicKeys(secret, (staff_store.secret, *staff_store.keys.before))
    first = audit_start(rows, staff_store.secret)
    put_clinic(rows, clinic, secret)
    put_value(rows, audit.START_NAME, audit_start_sealed(clinic.public, clinic.recovery, first))
    put_exchange(rows, staff_store.signer, keys.signer, clinic.serial)
    put_keys_before(rows, secret, keys.before)
    ensure_alarm_key(rows, secret)
    sign_approvals_anew(rows, before, keys.signer)
    store.clinic = clinic
    rotated = StaffStore(store, staff_store.name, secret, staff_store.role, keys)
    exchanged = (Event.KEY_EXCHANGED, str(clinic.retention_days), staff_store.name, clinic.digest)
    store.log(rows, *exchanged, staff=keys.signer, before=staff_store.signer)
    for slot in slots:
        put_secret_of_member(rows, slot, secret)
        rotated.write(rows, Event.STAFF_CARRIED, slot.name, slot.digest)
    if door_codes and door_codes.serial:
        digest = put_door_codes(rows, door_codes, keys.signer, int(store.now().timestamp()))
        rotated.write(rows, Event.DOOR_CODES_CARRIED, digest=digest)
    list_everything(rows)
    return rotated


def _slots(rows: Rows, clinic: Clinic) -> list[KeySlot]:
    """Return the key slots of all members of staff. Raise ``ScreenerError`` where one cannot get the new key.

    It is sealed to the member's own key, so that key must be the one that the staff signed.
    """
    slots = []
    for name in staff_names(rows):
        slot = read_key_slot(rows, name)
        if slot is None or last_signed(rows, STAFF_EVENTS, name, clinic.signing, True) != slot.digest:
            raise ScreenerError(
                f"The audit trail does not know the passphrase of {name} as it is. First revoke {name}."
            )
        if not slot.public:
            raise ScreenerError(f"{name} has not unlocked the store since it was carried over. Let {name} unlock once.")
        slots.append(slot)
    return slots
