"""The question type ``medicines``: the person's own list of them, in which names are looked up."""

from __future__ import annotations

from screener.i18n.gettext import _
from screener.model.medicines import without_closing
from screener.model.types.base import Asked, TypeWords
from screener.model.types.text import LONGEST_TEXT, OwnWordsType


class MedicinesType(OwnWordsType):
    """A list of medicines, as it was typed."""

    def format(self, question: Asked, answer: str) -> str:
        ending = [question.nothing or ""] if answer != without_closing(answer) else []
        return "; ".join([*without_closing(answer).split("\n"), *ending]) if answer else question.nothing or ""

    def as_typed(self, question: Asked, answer: str) -> str:
        return without_closing(answer)

    def hint(self, question: Asked) -> str:
        return _("Write the names on one line, with commas between them.")

    def example(self, question: Asked) -> str:
        return "1 a day"


MEDICINES = MedicinesType(
    words=TypeWords(
        f"a list of medicines of at most {LONGEST_TEXT} characters",
        "a list of medicines",
        "Write '{code}' in {name}.",
        "a list of medicines in the person's own words",
        "every list has the same effect",
    ),
    holds=str,
    seconds=40,
    takes=frozenset({"nothing"}),
    needs=frozenset({"nothing"}),
)
