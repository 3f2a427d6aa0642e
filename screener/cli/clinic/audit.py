"""``screener clinic audit``: who did what and when."""

from __future__ import annotations

import datetime
from argparse import Namespace

from screener.cli.clinic.open_store import store_there, unlocked
from screener.cli.output import note, say
from screener.exit_codes import BROKEN
from screener.i18n.formats import local
from screener.store.audit import AuditRow, Broken, all_rows

_SHOWN = 8
"""The number of letters printed of a response id; enough to tell it from others."""


def run(_: Namespace) -> int:
    """Print every row; return 0 if the trail holds, 5 if it does not."""
    staff_store = unlocked(store_there())
    with staff_store.store.database.reading() as rows:
        for row in all_rows(rows):
            say(_line(row))
    try:
        staff_store.check_audit()
    except Broken as error:
        note(str(error))
        return BROKEN
    return 0


def _line(row: AuditRow) -> str:
    parts = (str(row.n), _moment(row.at), row.actor or "-", row.terminal, row.event, _short(row.subject))
    return "  ".join(parts).rstrip()


def _moment(at: int) -> str:
    try:
        return local(datetime.datetime.fromtimestamp(at, datetime.UTC)).isoformat(" ")
    except (OverflowError, ValueError, OSError):  # No clock gives such a time, but a changed row may hold one.
        return str(at)


def _short(subject: str) -> str:
    """Shorten the id of a response, but keep the name of a member of staff."""
    return subject[:_SHOWN] if len(subject) == 32 and not subject.strip("0123456789abcdef") else subject
