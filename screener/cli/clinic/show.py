"""``screener clinic show``: print the settings of a store, without opening anything in it."""

from __future__ import annotations

from argparse import Namespace

from screener.cli.clinic.open_store import clinic_of, existing_store, location
from screener.cli.output import say
from screener.store.connect import without_secrets
from screener.store.members import staff_names
from screener.store.response_row import COMPLETED, IN_PROGRESS


def run(_: Namespace) -> int:
    """Print a name and a value on each line."""
    store = existing_store()
    clinic = clinic_of(store)
    with store.database.reading() as rows:
        states = dict(rows.all("SELECT state, COUNT(*) FROM response GROUP BY state"))
        staff = staff_names(rows)
    say(f"name        {clinic.name}")
    say(f"region      {clinic.region}")
    say(f"retention   {clinic.retention_days} days after the last answer")
    say(f"responses   {states.get(COMPLETED, 0)} finished, {states.get(IN_PROGRESS, 0)} open")
    say(f"staff       {', '.join(staff)}")
    say(f"audit       {store.head()}")
    say(f"store       {without_secrets(location())}")
    return 0
