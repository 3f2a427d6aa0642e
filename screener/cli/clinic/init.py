"""``screener clinic init``: from a store on this machine to that of a clinic."""

from __future__ import annotations

from argparse import Namespace

from screener.cli.clinic.open_store import location, opened_store
from screener.cli.content import content_folder
from screener.cli.output import note, say
from screener.cli.prompts import ask, new_passphrase, on_terminal
from screener.errors import ScreenerError, nearest
from screener.model.ruleset import CrisisLines
from screener.paths import questionnaires
from screener.store.clinic import require_no_clinic, validate_name
from screener.store.clinic_setup import set_up_clinic
from screener.store.connect import without_secrets

_PAPER = """\
Recovery key of {name}

    {key}

What it is for
    Everything that is kept for the clinic is locked. The passphrases of the
    staff open it, and so does this key, on the day on which no passphrase
    is left. It is shown this once and is not kept on the computer.

What to do now
    1. Write it on paper, or print this page, and check every letter.
       There is no zero, one, eight or nine in it.
    2. Lock the paper away, where only those come who may read everything.
       Whoever has this key and a copy of the data can read every response.
       Do not keep it on a computer, nor beside a backup.
    3. Close this window then, so that nobody scrolls back to it.
    4. Try the paper now and once a year: screener clinic keys check
"""
"""Without the key and all passphrases nobody can ever read the responses again, the makers of this program included."""


def run(options: Namespace) -> int:
    """Ask for what is missing, set the store up, and print the recovery key on stdout."""
    store = opened_store()
    require_no_clinic(store.clinic)
    if options.retention_days < 1:
        raise ScreenerError("Responses are kept for at least one day. Give --retention-days 1 or more.")
    lines = _crisis_lines(options)
    note(f"This sets up {without_secrets(location())} for a clinic.")
    name = validate_name(options.name) if options.name is not None else ask("Name of the clinic:", validate_name)
    if options.region is not None:
        region = _region(lines, options.region)
    else:
        listed = ", ".join(_regions(lines))
        region = ask(f"Region, whose crisis lines are shown ({listed}):", lambda typed: _region(lines, typed))
    staff = ask("Name of the first member of staff:", validate_name)
    passphrase = new_passphrase(f"Passphrase of {staff}")
    key = set_up_clinic(store, name, region, options.retention_days, staff, passphrase)
    say(_PAPER.format(name=name, key=key).rstrip("\n"))
    if on_terminal():
        _written_down(key)
    note(
        f"{name} is set up, and responses are kept {options.retention_days} days. Terminals that are running have to be"
        " started anew. Let others in: screener clinic staff add NAME"
    )
    return 0


def _crisis_lines(options: Namespace) -> CrisisLines:
    from platformdirs import user_cache_path

    from screener.content.cache import load_kept

    folder = content_folder(options.content)
    ids = questionnaires(folder)
    if not ids:
        raise ScreenerError(f"{folder} has no questionnaire in it, so there is nothing to set a clinic up for.")
    return load_kept(folder, ids[0], user_cache_path("screener") / "content").ruleset.crisis_lines


def _regions(lines: CrisisLines) -> list[str]:
    return [*sorted(lines.region), lines.anywhere.code]


def _region(lines: CrisisLines, typed: str) -> str:
    code = typed.strip().lower()
    if code not in _regions(lines):
        raise ScreenerError(f"There are no crisis lines of this region. {nearest(code, _regions(lines))}".rstrip())
    return code


def _written_down(key: str) -> None:
    """Go on when the end of the key was typed from the paper."""
    last = key.split()[-1]

    def same(typed: str) -> None:
        if typed.strip().upper() != last:
            raise ScreenerError("That is not the last group of the key. Look at the paper again.")

    ask("Type the last group of four from your paper:", same, at_end=last)
