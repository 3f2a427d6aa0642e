"""The question type ``medicines``: the person's own list of them, in which names are looked up."""

from __future__ import annotations

from screener.i18n.gettext import _
from screener.model.name_list import in_words, without_closing
from screener.model.types.base import ListedText, as_it_is, text_to_yaml
from screener.model.types.text import LONGEST_TEXT, accepts_text, parse_text

MEDICINES = ListedText(
    expected=f"a list of medicines of at most {LONGEST_TEXT} characters",
    name="a list of medicines",
    remedy="Write '{code}' in {name}.",
    in_book="a list of medicines in the person's own words",
    alike="every list has the same effect",
    holds=str,
    seconds=40,
    takes=frozenset({"nothing"}),
    needs=frozenset({"nothing"}),
    parse=parse_text,
    accepts=accepts_text,
    format=lambda question, text: in_words(text, question.nothing or ""),
    name_list="medicines",
    as_typed=without_closing,
    hint=lambda question: _("Write the names on one line, with commas between them."),
    example=lambda question: "1 a day",
    to_yaml=text_to_yaml,
    to_json=as_it_is,
    from_json=as_it_is,
)
