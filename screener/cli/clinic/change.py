"""``screener clinic change``: the name or the region of the clinic, or how long responses are kept."""

from __future__ import annotations

from argparse import Namespace

from screener.cli.clinic.init import region_of, validate_retention
from screener.cli.clinic.open_store import clinic_of, existing_store, location, unlocked
from screener.cli.clinic_terminal import mark_terminal
from screener.cli.output import note, say
from screener.cli.prompts import ask
from screener.errors import ScreenerError
from screener.store.clinic_change import change_clinic
from screener.store.members import validate_name


def run(options: Namespace) -> int:
    """Change what the options name, once an administrator unlocked the store."""
    days = options.retention_days
    if (options.name, options.region, days) == (None, None, None):
        raise ScreenerError("Say what to change: --name, --region or --retention-days.")
    if days is not None:
        validate_retention(days)
    name = None if options.name is None else validate_name(options.name)
    region = None if options.region is None else region_of(options, options.region)
    staff_store = unlocked(existing_store())
    before = clinic_of(staff_store.store)
    if days is not None and days < before.retention_days:
        note(f"The next purge then removes everything older than {days} days, instead of {before.retention_days}.")
        ask("Type the number of days again:", lambda typed: _same(typed, days))
    clinic = change_clinic(staff_store, name=name, region=region, retention_days=days)
    mark_terminal(clinic.name, location())
    say(f"{clinic.name}, {clinic.region}; responses are kept {clinic.retention_days} days after the last answer.")
    note("Terminals show it to the next person.")
    return 0


def _same(typed: str, days: int) -> None:
    if typed.strip() != str(days):
        raise ScreenerError("That is another number. Nothing was changed.")
