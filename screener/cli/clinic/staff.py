"""``screener clinic staff``: manage who can unlock the store. Only staff can, so they unlock it first."""

from __future__ import annotations

from argparse import Namespace

from screener.cli.clinic.open_store import clinic_of, existing_store, unlocked
from screener.cli.output import note, say
from screener.cli.prompts import new_door_code, new_passphrase
from screener.errors import CHECK_IT, ScreenerError, nearest
from screener.name_skeleton import skeleton
from screener.store.door_code_change import set_door_code
from screener.store.members import require_own, staff_names, validate_name
from screener.store.store import Store


def run(options: Namespace) -> int:
    """List the members of staff; add, change or revoke one; or set a door code."""
    store = existing_store()
    clinic_of(store)
    if options.action == "list":
        for name in _names(store):
            say(name)
        return 0
    name = validate_name(options.name)
    names = _names(store)
    if options.action == "add" and name in names:
        raise ScreenerError(f"{name} is already a member of staff. For a new passphrase: screener clinic staff change")
    alike = next((existing for existing in names if skeleton(existing) == skeleton(name)), None)
    if options.action == "add" and alike:
        raise ScreenerError(
            f"{alike} is a member of staff already, and the two names could be mixed up. For a new passphrase: "
            "screener clinic staff change. For somebody else, add an initial or a second name."
        )
    if options.action != "add" and name not in names:
        raise ScreenerError(f"There is no member of staff of this name. {nearest(name, names) or CHECK_IT}")
    staff_store = unlocked(store)
    if options.action == "revoke":
        staff_store.revoke(name)
        note(
            f"The passphrase of {name} no longer opens this store. It still opens older copies and backups of it:"
            " screener clinic staff revoke --help"
        )
        return 0
    if options.action in ("change", "code"):
        require_own(name, staff_store.name, "passphrase" if options.action == "change" else "door code")
    if options.action == "code":
        set_door_code(staff_store, new_door_code(f"New door code of {name}"))
        note(
            f"{name} has a door code now. It opens the emergency page and a locked kiosk, and nothing that is stored. "
            "Terminals know it when they have reached the store the next time."
        )
        return 0
    role = options.role if options.action == "add" else None
    staff_store.admit(name, new_passphrase(f"New passphrase of {name}"), role)
    if options.action == "add":
        note(f"{name} can unlock the store now.")
    else:
        note(f"{name} has a new passphrase. The old one still opens older copies and backups of the store.")
    return 0


def _names(store: Store) -> list[str]:
    with store.database.reading() as rows:
        return staff_names(rows)
