"""``screener clinic keys check``: check that the recovery key and a passphrase still open all responses."""

from __future__ import annotations

from argparse import Namespace

from screener.cli.clinic.init import print_paper, written_down
from screener.cli.clinic.open_store import clinic_of, existing_store, unlocked
from screener.cli.output import note, say
from screener.cli.prompts import ask, new_passphrase, on_terminal
from screener.errors import ScreenerError
from screener.exit_codes import BROKEN
from screener.store.key_check import KeyCheck, check_with_passphrase, check_with_recovery_key
from screener.store.members import validate_name
from screener.store.recovery import admit_with_recovery_key, new_recovery_pair, renew_recovery_key
from screener.store.recovery_key import parse_recovery_key
from screener.store.rotation import rotate_key
from screener.store.sealing_anew import seal_anew, was_interrupted
from screener.store.staff_store import StaffStore


def run(options: Namespace) -> int:
    """Check the keys, come back in with the recovery key, or let a new one take its place."""
    if options.action == "recover":
        return _come_back(options.name)
    if options.action == "rotate":
        return _rotate(rehearse=options.rehearse)
    return _renew() if options.action == "renew" else _check()


def _come_back(name: str) -> int:
    store = existing_store()
    clinic_of(store)
    paper = ask("Recovery key from the paper, all 14 groups; it is not shown:", parse_recovery_key, hidden=True)
    name = validate_name(name)
    admit_with_recovery_key(store, paper, name, new_passphrase(f"New passphrase of {name}"))
    say(f"{name} can unlock the store now, as an administrator.")
    note("Lock the paper away again.")
    return 0


def _renew() -> int:
    """Print a new recovery key and seal everything to it; only go on where an earlier run was interrupted."""
    store = existing_store()
    if was_interrupted(store):
        return _go_on(unlocked(store))
    staff_store = unlocked(store)
    key, public = new_recovery_pair()
    print_paper(clinic_of(store).name, key)
    if on_terminal():
        written_down(key)
    renew_recovery_key(staff_store, public)
    left_out = seal_anew(staff_store)
    say("Every response is sealed to the new recovery key.")
    _note_left_out(left_out)
    note("The paper before opens older backups only. Make a new backup, then destroy that paper.")
    return 0


def _go_on(staff_store: StaffStore) -> int:
    """Seal what an earlier run did not come to; there is no new key."""
    left_out = seal_anew(staff_store)
    say("A key was exchanged before, and everything is sealed to it now. For another new key, run it once more.")
    _note_left_out(left_out)
    return 0


def _rotate(*, rehearse: bool) -> int:
    """Exchange the clinic's own key and seal everything to the new one; go on where an earlier run was interrupted."""
    store = existing_store()
    interrupted = was_interrupted(store)
    staff_store = unlocked(store)
    if rehearse:
        rotate_key(staff_store, rehearse=True)
        say("The clinic's key can be exchanged. Nothing was changed. Make a backup, and run it without --rehearse.")
        return 0
    if interrupted:
        return _go_on(staff_store)
    staff_store = rotate_key(staff_store)
    left_out = seal_anew(staff_store)
    say("The clinic has a new key, and every response is sealed to it. Passphrases and the recovery key stay.")
    _note_left_out(left_out)
    note("Consoles that are open ask for a passphrase once more. Make a new backup, then remove the older ones.")
    return 0


def _note_left_out(count: int) -> None:
    """Say how many responses were not sealed anew."""
    if count:
        note(
            f"{count} stay as they were: this clinic's key does not open them, or somebody changed them. "
            "See: screener clinic keys check, and: screener verify --audit"
        )


def _check() -> int:
    """Return 0 if each typed key opens everything, 5 if anything stays closed."""
    store = existing_store()
    clinic_of(store)
    paper = ask(
        "Recovery key from the paper, all 14 groups; it is not shown (Enter to leave it out):",
        lambda typed: parse_recovery_key(typed) if typed.strip() else None,
        hidden=True,
    )
    name = ask("Name of a member of staff (Enter to leave it out):", str.strip, at_end="")
    if paper is None and not name:
        raise ScreenerError("There was nothing to try. Type the recovery key, or the name of a member of staff.")
    checks = [_say_check("The recovery key", check_with_recovery_key(store, paper))] if paper is not None else []
    if name:
        passphrase = ask("Passphrase:", str, hidden=True)
        checks.append(_say_check("The passphrase", check_with_passphrase(store, name, passphrase)))
    return 0 if all(checks) else BROKEN


def _say_check(key: str, key_check: KeyCheck) -> bool:
    if key_check.closed:
        note(
            f"{key} is the right one, but {key_check.closed} of {key_check.count} responses stay closed: they were "
            "changed, begun before the clinic was set up, or not sealed anew yet since a key was exchanged."
        )
    elif key_check.count:
        say(f"{key} opens every response ({key_check.count}).")
    else:
        say(f"{key} is the right one. There are no responses yet.")
    return not key_check.closed
