"""``screener clinic staff``: manage who can unlock the store. Only staff can, so they unlock it first."""

from __future__ import annotations

from argparse import Namespace

from screener.cli.clinic.open_store import clinic_of, store_there, unlocked
from screener.cli.output import note, say
from screener.cli.prompts import new_passphrase
from screener.errors import ScreenerError, nearest
from screener.name_skeleton import skeleton
from screener.store.members import require_own, staff_names, validate_name
from screener.store.store import Store


def run(options: Namespace) -> int:
    """List the members of staff, or add, change or revoke one."""
    store = store_there()
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
        raise ScreenerError(f"There is no member of staff of this name. {nearest(name, names)}".rstrip())
    staff_store = unlocked(store)
    if options.action == "revoke":
        staff_store.revoke(name)
        note(
            f"The passphrase of {name} no longer opens this store. It still opens older copies and backups of it:"
            " screener clinic staff revoke --help"
        )
        return 0
    if options.action == "change":
        require_own(name, staff_store.name)
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
