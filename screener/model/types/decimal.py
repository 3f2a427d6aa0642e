"""The question type ``decimal``: a number with decimal places."""

from __future__ import annotations

from decimal import Decimal

from screener.i18n.formats import format_number
from screener.i18n.gettext import N_
from screener.model.types import number
from screener.model.types.base import Numeric, exact

_HOW_TO_WRITE = N_("Type a number in digits, such as 12 or 12.5.")


def _to_yaml(answer: Decimal) -> str:
    """Write at most six decimal places, and never exactly three, which could also be thousands."""
    whole, _point, places = f"{answer:.6f}".partition(".")
    places = places.rstrip("0")
    if len(places) == 3:
        places += "0"
    return f"{whole}.{places}" if places else whole


DECIMAL = Numeric(
    expected="a number",
    name="a number",
    remedy="Compare it with a number, such as {name} >= 1.",
    in_book="a number",
    alike="every number has the same effect",
    holds=Decimal,
    seconds=15,
    takes=frozenset({"limits"}),
    needs=frozenset({"limits"}),
    # No zero is added: a dose of 56 that is shown as 56.0 can be read as ten times as much.
    parse=number.parser(
        lambda before, after: Decimal(f"{before}.{after}" if after else before), _HOW_TO_WRITE, whole=False
    ),
    accepts=lambda question, answer: answer.is_finite(),
    refuse=number.refuse,
    doubts=number.doubts,
    format=number.with_unit,
    as_typed=format_number,
    signs=".",
    hint=number.hint,
    example=number.least,
    to_yaml=_to_yaml,
    json_key="decimal",
    to_json=str,
    from_json=lambda written: Decimal(str(written)),
    to_data=lambda question, answer: int(answer) if answer == answer.to_integral_value() else float(answer),
    whole=False,
    amount=exact,
    answer=lambda amount: Decimal(amount.numerator) / amount.denominator,
    bounds=number.limits,
    typed_bounds=number.limits,
    usual_bounds=number.usual_limits,
)
