"""The question type ``yes_no``."""

from __future__ import annotations

from collections.abc import Iterator

from screener.i18n.formats import bare
from screener.i18n.gettext import _
from screener.model.types.base import Asked, InvalidAnswer, Json, NoSuchOption, OfferedOption, PlainJson, TypeWords

_TYPED = {"1": True, "y": True, "yes": True, "2": False, "n": False, "no": False}
_IN_FILE = {"yes": True, "true": True, "no": False, "false": False}


class YesNoType(PlainJson[bool]):
    """Yes or no."""

    def parse(self, question: Asked, typed: str, *, in_file: bool) -> bool:
        meanings = _TYPED | {bare(_("Yes")): True, bare(_("No")): False}
        if bare(typed) not in meanings:
            raise NoSuchOption(_("Type y or n."))
        return meanings[bare(typed)]

    def from_file(self, question: Asked, written: Json) -> bool:
        if not isinstance(written, str) or written not in _IN_FILE:
            raise InvalidAnswer("Write yes or no.")
        return _IN_FILE[written]

    def accepts(self, question: Asked, answer: object) -> bool:
        return isinstance(answer, bool)

    def format(self, question: Asked, answer: bool) -> str:
        return _("Yes") if answer else _("No")

    def as_typed(self, question: Asked, answer: bool) -> str:
        return ""

    def offered(self, question: Asked) -> Iterator[OfferedOption]:
        yield OfferedOption(True, _("Yes"))
        yield OfferedOption(False, _("No"))

    def hint(self, question: Asked) -> str:
        return ""

    def example(self, question: Asked) -> bool:
        return False

    def to_file(self, answer: bool) -> str:
        return "yes" if answer else "no"


YES_NO = YesNoType(
    words=TypeWords(
        "yes or no", "a yes/no question", "Write {name}, or not {name}.", "yes or no", "yes and no have the same effect"
    ),
    holds=bool,
    seconds=8,
)
