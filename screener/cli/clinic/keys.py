"""``screener clinic keys check``: whether what is on paper and in somebody's head still opens what is kept."""

from __future__ import annotations

from argparse import Namespace

from screener.cli.asking import ask
from screener.cli.clinic.opened import clinic_of, store_there
from screener.cli.output import note, say
from screener.problem import ScreenerError
from screener.store.drill import Drill, with_paper, with_passphrase
from screener.store.paper_key import from_paper


def run(_: Namespace) -> int:
    """Return 0 where each key that was typed opens everything, 5 where anything stays closed."""
    store = store_there()
    clinic_of(store)
    paper = ask(
        "Recovery key from the paper, all 14 groups; it is not shown (Enter to leave it out):",
        lambda typed: from_paper(typed) if typed.strip() else None,
        hidden=True,
    )
    name = ask("Name of a member of staff (Enter to leave it out):", str.strip, at_end="")
    if paper is None and not name:
        raise ScreenerError("There was nothing to try. Type the recovery key, or the name of a member of staff.")
    found = [_told("The recovery key", with_paper(store, paper))] if paper is not None else []
    if name:
        passphrase = ask("Passphrase:", str, hidden=True)
        found.append(_told("The passphrase", with_passphrase(store, name, passphrase)))
    return 0 if all(found) else 5


def _told(what: str, drill: Drill) -> bool:
    if drill.closed:
        note(
            f"{what} is the right one, but {drill.closed} of {drill.count} responses stay closed: they were changed,"
            " or they were begun before the clinic was set up."
        )
    elif drill.count:
        say(f"{what} opens every response ({drill.count}).")
    else:
        say(f"{what} is the right one. There are no responses yet.")
    return not drill.closed
