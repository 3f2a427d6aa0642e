"""``screener clinic init``: set up the store of this machine for a clinic."""

from __future__ import annotations

from argparse import Namespace

from screener.cli.clinic.open_store import location, opened_store
from screener.cli.clinic_terminal import mark_terminal
from screener.cli.content import content_folder
from screener.cli.output import note, print_once
from screener.cli.prompts import ask, new_passphrase, on_terminal
from screener.errors import CHECK_IT, ScreenerError, nearest
from screener.model.crisis_lines import CrisisLines
from screener.paths import content_cache, questionnaires
from screener.store.clinic import MOST_DAYS, require_no_clinic
from screener.store.clinic_setup import set_up_clinic
from screener.store.connect import without_secrets
from screener.store.members import validate_name

PAPER = """\
Recovery key of {name}

    {key}

What it is for
    All responses of the clinic are encrypted. The passphrases of staff open
    them, and so does this key, on a day when no passphrase is left. It is
    shown only once and is not stored on the computer.

What to do now
    1. Write it on paper, or print this page, and check every letter.
       There is no zero, one, eight or nine in it.
    2. Lock the paper away. Give access only to people who may read
       everything: with this key and a copy of the data, anybody can read
       every response. Keep it neither on a computer nor beside a backup.
    3. Then close this window, so that nobody scrolls back to the key.
    4. Check the key now and once a year: screener clinic keys check
"""
"""Without the key and all passphrases nobody can ever read the responses again, not even the makers of this program."""


def run(options: Namespace) -> int:
    """Ask for missing values, set the store up, and print the recovery key on stdout."""
    store = opened_store(any_clinic=True)
    require_no_clinic(store.clinic)
    validate_retention(options.retention_days)
    lines = _crisis_lines(options)
    if on_terminal():
        note(f"This sets up {without_secrets(location())} for a clinic.")
    name = validate_name(options.name) if options.name is not None else ask("Name of the clinic:", validate_name)
    if options.region is not None:
        region = _region(lines, options.region)
    else:
        listed = ", ".join(_regions(lines))
        region = ask(f"Region, whose crisis lines are shown ({listed}):", lambda typed: _region(lines, typed))
    staff = ask("Name of the first member of staff:", validate_name)
    passphrase = new_passphrase(f"Passphrase of {staff}")
    key = set_up_clinic(
        store, name, region, options.retention_days, staff, passphrase, lambda key: print_paper(name, key)
    )
    mark_terminal(name, location())
    if on_terminal():
        written_down(key)
    note(
        f"{name} is set up, and responses are kept {options.retention_days} days. Restart all running terminals."
        " To add members of staff: screener clinic staff add NAME"
    )
    return 0


def validate_retention(days: int) -> None:
    """Raise ``ScreenerError`` for a number of days for which no clinic keeps responses."""
    if days < 1:
        raise ScreenerError("Responses are kept for at least one day. Give --retention-days 1 or more.")
    if days > MOST_DAYS:
        raise ScreenerError(f"Responses are kept for {MOST_DAYS} days at the most. Give fewer to --retention-days.")


def region_of(options: Namespace, typed: str) -> str:
    """Return a region that the content has crisis lines for. Raise ``ScreenerError`` for any other."""
    return _region(_crisis_lines(options), typed)


def _crisis_lines(options: Namespace) -> CrisisLines:
    from screener.content.cache import load_cached

    folder = content_folder(options.content)
    ids = questionnaires(folder)
    if not ids:
        raise ScreenerError(f"{folder} has no questionnaire in it. Name another folder with --content.")
    return load_cached(folder, ids[0], content_cache()).ruleset.crisis_lines


def _regions(lines: CrisisLines) -> list[str]:
    return [*sorted(lines.region), lines.anywhere.code]


def _region(lines: CrisisLines, typed: str) -> str:
    code = typed.strip().lower()
    if code not in _regions(lines):
        raise ScreenerError(f"There are no crisis lines for this region. {nearest(code, _regions(lines)) or CHECK_IT}")
    return code


def print_paper(name: str, key: str) -> None:
    """Print a recovery key on stdout. Raise ``NoOutput`` where it did not get there, as nobody could ever read it."""
    print_once(PAPER.format(name=name, key=key).rstrip("\n"))


def written_down(key: str) -> None:
    """Continue once the end of the key was typed from the paper."""
    last = key.split()[-1]

    def same(typed: str) -> None:
        if typed.strip().upper() != last:
            raise ScreenerError("That is not the last group of the key. Look at the paper again.")

    ask("Type the last group of four from your paper:", same, at_end=last)
