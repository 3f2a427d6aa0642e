"""``screener clinic keys check``: check that the recovery key and a passphrase still open all responses."""

from __future__ import annotations

from argparse import Namespace

from screener.cli.clinic.open_store import clinic_of, store_there
from screener.cli.output import note, say
from screener.cli.prompts import ask
from screener.errors import ScreenerError
from screener.exit_codes import BROKEN
from screener.store.key_check import KeyCheck, check_with_passphrase, check_with_recovery_key
from screener.store.recovery_key import parse_recovery_key


def run(_: Namespace) -> int:
    """Return 0 if each typed key opens everything, 5 if anything stays closed."""
    store = store_there()
    clinic_of(store)
    paper = ask(
        "Recovery key from the paper, all 14 groups; it is not shown (Enter to leave it out):",
        lambda typed: parse_recovery_key(typed) if typed.strip() else None,
        hidden=True,
    )
    name = ask("Name of a member of staff (Enter to leave it out):", str.strip, at_end="")
    if paper is None and not name:
        raise ScreenerError("There was nothing to try. Type the recovery key, or the name of a member of staff.")
    checks = [_told("The recovery key", check_with_recovery_key(store, paper))] if paper is not None else []
    if name:
        passphrase = ask("Passphrase:", str, hidden=True)
        checks.append(_told("The passphrase", check_with_passphrase(store, name, passphrase)))
    return 0 if all(checks) else BROKEN


def _told(key: str, key_check: KeyCheck) -> bool:
    if key_check.closed:
        note(
            f"{key} is the right one, but {key_check.closed} of {key_check.count} responses stay closed: they were "
            "changed, or begun before the clinic was set up."
        )
    elif key_check.count:
        say(f"{key} opens every response ({key_check.count}).")
    else:
        say(f"{key} is the right one. There are no responses yet.")
    return not key_check.closed
