"""``screener clinic audit``: who did what and when, of everything or of one response, person or time."""

from __future__ import annotations

import csv
import datetime
import io
from argparse import Namespace

from screener.cli.clinic.open_store import existing_store, unlocked
from screener.cli.output import note, say
from screener.errors import CHECK_IT, ScreenerError, nearest
from screener.exit_codes import BROKEN
from screener.i18n.formats import local
from screener.store.audit import AuditRow, Broken, Event
from screener.store.audit_rules import CLINIC_EVENTS
from screener.store.members import normalise_name
from screener.store.people import read_people
from screener.store.staff_store import StaffStore

_SHOWN = 8
"""The number of letters printed of the id of a response that was removed or is unreadable."""
_COLUMNS = ("row", "time", "who", "terminal", "event", "about")
_FORMULA = ("=", "+", "-", "@", "\t")
"""What a spreadsheet takes for a formula."""


def run(options: Namespace) -> int:
    """Print the rows that are asked for; return 0 if the trail holds, 5 if it does not."""
    staff_store = unlocked(existing_store())
    rows = staff_store.audit_rows()
    references = {listed.id: listed.entry.reference for listed in staff_store.responses() if listed.entry}
    people = {person.id: person.reference for person in read_people(staff_store).values()}
    chosen_rows = _asked(options, rows, references)
    if options.csv:
        written = io.StringIO()
        table = csv.writer(written, lineterminator="\n")
        table.writerow(_COLUMNS)
        table.writerows([_unlike_formula(part) for part in _parts(row, references | people)] for row in chosen_rows)
        say(written.getvalue().removesuffix("\n"))
    else:
        for row in chosen_rows:
            say("  ".join(_parts(row, references | people)).rstrip())
    return _checked(staff_store)


def _checked(staff_store: StaffStore) -> int:
    try:
        for line in staff_store.check_trail().notes:
            note(line)
    except Broken as error:
        note(str(error))
        return BROKEN
    return 0


def _asked(options: Namespace, rows: list[AuditRow], references: dict[str, str]) -> list[AuditRow]:
    """Return the rows that the options ask for. Raise ``ScreenerError`` for what there is not."""
    if options.response is not None:
        typed = "".join(options.response.split()).upper()
        response_of = {reference: response for response, reference in references.items()}
        if typed not in response_of:
            raise ScreenerError(f"There is no response with this reference. {nearest(typed, response_of) or CHECK_IT}")
        rows = [row for row in rows if row.subject == response_of[typed]]
    if options.staff is not None:
        name = normalise_name(options.staff)
        named = {row.actor for row in rows if row.actor}
        rows = [row for row in rows if name in (row.actor, row.subject)]
        if not rows and name not in named:
            raise ScreenerError(f"There is nobody of this name in these rows. {nearest(name, named) or CHECK_IT}")
    if options.since is not None:
        try:
            since = datetime.datetime.fromisoformat(options.since).astimezone().timestamp()
        except (ValueError, OverflowError, OSError):
            raise ScreenerError("This is not a date. Write it like 2026-03-31.") from None
        rows = [row for row in rows if row.at >= since]
    return rows


def _parts(row: AuditRow, references: dict[str, str]) -> list[str]:
    about = references.get(row.subject) or _short(row)
    if row.event in (Event.ERASED, Event.PERSON_ERASED):
        about += f" ({bytes(row.digest).decode(errors='replace')})"
    parts = (row.n, _moment(row.at), row.actor or "-", row.terminal, row.event, about)
    # Whatever a row holds, it is one line, and its columns stay apart.
    return [" ".join(str(part).split()) for part in parts]


def _unlike_formula(part: str) -> str:
    return f"'{part}" if part.startswith(_FORMULA) and part != "-" else part


def _moment(at: int) -> str:
    try:
        return local(datetime.datetime.fromtimestamp(at, datetime.UTC)).isoformat(" ")
    except (OverflowError, ValueError, OSError):  # No clock gives such a time, but a changed row may hold one.
        return str(at)


def _short(row: AuditRow) -> str:
    """Shorten the id of a response, but keep the name of a member of staff."""
    subject = str(row.subject)
    if row.event in CLINIC_EVENTS and subject:
        return f"responses are kept {subject} days"
    return subject[:_SHOWN] if len(subject) == 32 and not subject.strip("0123456789abcdef") else subject
