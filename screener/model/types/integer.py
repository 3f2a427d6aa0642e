"""The question type ``integer``: a whole number."""

from __future__ import annotations

from screener.i18n.formats import format_number
from screener.i18n.gettext import N_
from screener.model.types import number
from screener.model.types.base import Numeric, as_it_is

_HOW_TO_WRITE = N_("Type a whole number in digits, such as 12.")

INTEGER = Numeric(
    expected="a whole number",
    name="a number",
    remedy="Compare it with a number, such as {name} >= 1.",
    in_book="a whole number",
    alike="every number has the same effect",
    holds=int,
    seconds=15,
    takes=frozenset({"limits", "written_with"}),
    needs=frozenset({"limits"}),
    parse=number.parser(lambda before, after: None if after.strip("0") else int(before), _HOW_TO_WRITE, whole=True),
    refuse=number.refuse,
    doubts=number.doubts,
    format=number.with_unit,
    as_typed=format_number,
    hint=number.hint,
    example=lambda question: int(number.least(question)),
    to_yaml=str,
    to_json=as_it_is,
    from_json=as_it_is,
    amount=as_it_is,
    answer=int,
    bounds=number.limits,
    typed_bounds=number.limits,
    usual_bounds=number.usual_limits,
)
