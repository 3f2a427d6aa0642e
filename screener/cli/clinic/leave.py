"""``screener clinic leave``: make a terminal of a clinic anybody's own machine again. Only staff can."""

from __future__ import annotations

from argparse import Namespace

from screener.cli.clinic.open_store import clinic_of, location, opened_store, unlocked
from screener.cli.clinic_terminal import mark_file, read_mark, remove_mark
from screener.cli.output import note
from screener.config import configuration_file, read_configuration
from screener.errors import ScreenerError
from screener.store.connect import is_there, without_secrets


def run(_: Namespace) -> int:
    """Ask for a staff passphrase, remove the mark of this terminal, and say what is left to do."""
    mark, where = read_mark(), location()
    if not is_there(where):
        if mark is None:
            raise ScreenerError("This terminal belongs to no clinic. Nothing was changed.")
        raise ScreenerError(
            f"The store of {mark.clinic}, {mark.store}, is not here, so that no passphrase can be checked. Connect or "
            f"configure it; if it is lost for good, an administrator removes {mark_file()}."
        )
    store = opened_store()
    clinic = clinic_of(store)
    unlocked(store)
    remove_mark()
    store.identity.forget()
    note(f"This terminal does not belong to {clinic.name} any more. The store and what is in it stay as they are.")
    if configured := read_configuration().store:
        note(f"Now remove the store {without_secrets(configured)} from the configuration ({configuration_file()}).")
    else:
        note(f"Now move {where} and the files beside it away, or answers still go there.")
    return 0
