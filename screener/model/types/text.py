"""The question type ``text``: the person's own words."""

from __future__ import annotations

import unicodedata

from screener.i18n.gettext import _
from screener.model.types.base import Asked, InvalidAnswer, Json, PlainJson, TypeWords, in_file

LONGEST_TEXT = 4000
"""The number of characters that a free-text answer may have."""


class OwnWordsType(PlainJson[str]):
    """A text that the person writes; it is empty for the answer that there is nothing to write."""

    def parse(self, question: Asked, typed: str, *, in_file: bool) -> str:
        text = unicodedata.normalize("NFC", typed).strip()
        if len(text) > LONGEST_TEXT:
            too_long = _("This is {length} characters long. Shorten it to {most}.")
            raise InvalidAnswer(too_long.format(length=len(text), most=LONGEST_TEXT))
        return text

    def from_file(self, question: Asked, written: Json) -> str:
        return "" if question.nothing and written == "" else super().from_file(question, written)

    def accepts(self, question: Asked, answer: object) -> bool:
        return isinstance(answer, str) and (0 if question.nothing else 1) <= len(answer) <= LONGEST_TEXT

    def format(self, question: Asked, answer: str) -> str:
        return answer or question.nothing or ""

    def as_typed(self, question: Asked, answer: str) -> str:
        return answer

    def to_file(self, answer: str) -> str:
        return in_file(answer)


class TextType(OwnWordsType):
    """Free text."""

    def hint(self, question: Asked) -> str:
        return _("Write your answer on one line.")

    def example(self, question: Asked) -> str:
        return "words"


TEXT = TextType(
    words=TypeWords(
        f"text of at most {LONGEST_TEXT} characters",
        "free text",
        "Write answered({name}), or ask a choice beside it.",
        "a text in the person's own words",
        "every text has the same effect",
    ),
    holds=str,
    seconds=40,
    takes=frozenset({"nothing"}),
)
