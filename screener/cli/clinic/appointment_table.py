"""A table of appointments (CSV): read as spreadsheets write it, and refused by line."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Collection, Iterator
from dataclasses import fields
from pathlib import Path

from screener.content.yaml_source import MOST_BYTES, read_bytes
from screener.errors import CHECK_IT, ScreenerError, nearest
from screener.file_text import read_text
from screener.store.appointment_entry import TypedAppointment, parse_appointment
from screener.store.appointments import NewAppointment, NotEntered, enter
from screener.store.staff_store import StaffStore

COLUMNS = tuple(field.name for field in fields(TypedAppointment))
_NEEDED = ("name", "reference", "date")
_MOST_ROWS = 1000
_DELIMITERS = ",;\t"


class WrongLines(ScreenerError):
    """Lines of the table that are wrong, each in a sentence; nothing was entered."""

    def __init__(self, lines: dict[int, str]) -> None:
        super().__init__("\n".join(f"Line {line}: {refusal}" for line, refusal in sorted(lines.items())))


def import_table(staff_store: StaffStore, path: Path, questionnaires: Collection[str], *, with_contact: bool) -> int:
    """Enter all appointments of a table, or none; return how many. Raise ``WrongLines`` with all that is wrong."""
    content = read_bytes(path, str(path), MOST_BYTES)
    if len(content) > MOST_BYTES:
        raise ScreenerError(f"{path} is too large for a table of appointments. Split it.")
    text = read_text(content, str(path))
    now = staff_store.store.now()
    entered: dict[int, NewAppointment] = {}
    wrong: dict[int, str] = {}
    for line, typed in _typed_rows(text):
        try:
            if isinstance(typed, str):
                raise ScreenerError(typed)
            entered[line] = parse_appointment(typed, questionnaires, now, with_contact=with_contact)
        except ScreenerError as error:
            wrong[line] = str(error)
    if not entered and not wrong:
        raise ScreenerError("There is no appointment in this table.")
    if len(entered) > _MOST_ROWS:
        raise ScreenerError(f"This table has more than {_MOST_ROWS} appointments. Split it.")
    lines = list(entered)
    try:
        if not wrong:
            enter(staff_store, list(entered.values()))
    except NotEntered as error:
        wrong = {lines[number]: refusal for number, refusal in error.refusals.items()}
    if wrong:
        raise WrongLines(wrong)
    return len(entered)


def _typed_rows(text: str) -> Iterator[tuple[int, TypedAppointment | str]]:
    """Yield each row with the line on which it begins, or what is wrong with that line."""
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=True)
    columns: list[str] | None = None
    line = 1
    while True:
        try:
            row = next(reader, None)
        except csv.Error:
            yield line, "A quotation mark is missing, or stands in the wrong place."
            return
        if row is None:
            return
        begun, line = line, reader.line_num + 1
        if not any(cell.strip() for cell in row):
            continue
        if columns is None:
            columns = _columns(row, begun)
        elif len(row) != len(columns):
            cells = f"Cells in this line: {len(row)}; columns in the first line: {len(columns)}."
            yield begun, f"{cells} Put quotes round a cell that has a comma, a semicolon or a tab in it."
        else:
            yield begun, TypedAppointment(**dict(zip(columns, row, strict=True)))


def _columns(row: list[str], line: int) -> list[str]:
    """Return the names of the columns. Raise ``WrongLines``."""
    names = ["_".join(cell.replace("_", " ").split()).lower() for cell in row]
    for name in names:
        if name not in COLUMNS:
            raise WrongLines({line: f"There is no column of this name. {nearest(name, COLUMNS) or CHECK_IT}"})
    if missing := [name for name in _NEEDED if name not in names]:
        raise WrongLines({line: f"The column {missing[0]} is missing. The first line names the columns."})
    if len({*names}) != len(names):
        raise WrongLines({line: "Two columns have the same name."})
    return names


def _delimiter(text: str) -> str:
    """Return what stands between the cells: spreadsheets write a comma, a semicolon or a tab by the country."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=first.count)


def day_and_time(day: datetime.date, time: datetime.time | None) -> str:
    """Return when somebody is expected."""
    return f"{day} {time:%H:%M}" if time else f"{day}      "
