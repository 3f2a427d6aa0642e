"""The question type ``time``: a time of day with 24 hours, compared by its minutes since midnight."""

from __future__ import annotations

import datetime
import re

from screener.i18n.gettext import N_, _
from screener.model.types.base import Asked, InvalidAnswer, Json, Quoted, normalised

_HOW_TO_WRITE = N_("Write the hours and minutes, such as 9:05 or 2105.")
_LAST_MINUTE = 24 * 60 - 1


def _parse(question: Asked, typed: str, in_file: bool) -> datetime.time:
    """Return the time of ``9:05``, ``09.05`` or ``0905``; nothing is guessed from two or three digits."""
    match = re.fullmatch(r"(\d{1,2})[:.](\d{2})|(\d{2})(\d{2})", normalised(typed))
    if match is None:
        raise InvalidAnswer(_(_HOW_TO_WRITE))
    hour, minute = (int(part) for part in match.groups() if part is not None)
    if hour > 23 or minute > 59:
        raise InvalidAnswer(_("Hours go from 0 to 23, and minutes from 0 to 59. Check the time."))
    return datetime.time(hour, minute)


def _from_json(written: Json) -> datetime.time:
    """Return the time of a quoted or stored text, which has all of its digits."""
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", str(written)):
        raise ValueError("not a time")
    return datetime.time.fromisoformat(written)


def _in_digits(time: datetime.time) -> str:
    return f"{time:%H:%M}"


TIME = Quoted(
    expected="a time, as hours and minutes",
    name="a time",
    remedy="Write {name} >= '09:05'.",
    in_book="a time",
    alike="every time has the same effect",
    holds=datetime.time,
    seconds=15,
    parse=_parse,
    accepts=lambda question, time: time == time.replace(second=0, microsecond=0, tzinfo=None),
    format=lambda question, time: _in_digits(time),
    as_typed=_in_digits,
    signs=":",
    hint=lambda question: _(_HOW_TO_WRITE),
    example=lambda question: datetime.time(12),
    to_yaml=lambda time: f'"{_in_digits(time)}"',
    json_key="time",
    to_json=_in_digits,
    from_json=_from_json,
    amount=lambda time: time.hour * 60 + time.minute,
    answer=lambda amount: datetime.time(*divmod(int(amount), 60)),
    bounds=lambda question: (0, _LAST_MINUTE),
    typed_bounds=lambda question: (0, _LAST_MINUTE),
    usual_bounds=lambda question: (8 * 60, 20 * 60),
    literal="09:05",
    in_english=_in_digits,
)
