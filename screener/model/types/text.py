"""The question type ``text``: the person's own words."""

from __future__ import annotations

import unicodedata

from screener.i18n.gettext import _
from screener.model.types.base import Asked, FreeText, InvalidAnswer, as_it_is, text_to_yaml

LONGEST_TEXT = 4000
"""The number of characters that a free-text answer may have."""


def parse_text(question: Asked, typed: str, in_file: bool) -> str:
    """Return the text as it was typed, without spaces at its ends. Raise ``InvalidAnswer`` if it is too long."""
    text = unicodedata.normalize("NFC", typed).strip()
    if len(text) > LONGEST_TEXT:
        too_long = _("This is {length} characters long. Shorten it to {most}.")
        raise InvalidAnswer(too_long.format(length=len(text), most=LONGEST_TEXT))
    return text


def accepts_text(question: Asked, text: str) -> bool:
    """Return whether the length is possible."""
    return (0 if question.nothing else 1) <= len(text) <= LONGEST_TEXT


TEXT = FreeText(
    expected=f"text of at most {LONGEST_TEXT} characters",
    name="free text",
    remedy="Write answered({name}), or ask a choice beside it.",
    in_book="a text in the person's own words",
    alike="every text has the same effect",
    holds=str,
    seconds=40,
    takes=frozenset({"nothing"}),
    parse=parse_text,
    accepts=accepts_text,
    format=lambda question, text: text or question.nothing or "",
    as_typed=as_it_is,
    hint=lambda question: _("Write your answer on one line."),
    example=lambda question: "words",
    to_yaml=text_to_yaml,
    to_json=as_it_is,
    from_json=as_it_is,
)
