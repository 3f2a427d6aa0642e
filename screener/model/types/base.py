"""What a question type says of itself, for everything that needs neither a screen nor the solver.

Each type is one value, made at import: it cannot be made without all that has no default here.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Generic, Literal, NamedTuple, Protocol, TypeVar

from screener.display_text import is_blank
from screener.i18n.gettext import _
from screener.model.question_parts import Limits, Option
from screener.model.response import AbsentReason, absent_label
from screener.values import dataclass

V = TypeVar("V")
Json = Any
"""A value as JSON has it."""
Ends = tuple[int | Fraction, int | Fraction]
"""The least and the largest amount."""
QuestionPart = Literal["options", "exclusive", "limits", "written_with", "nothing", "future"]
"""What an author can write for some types only; ``limits`` stands for the unit and the usual range too."""


class InvalidAnswer(ValueError):
    """The typed text is not an answer; the message tells the person how to write one."""


class NoSuchOption(InvalidAnswer):
    """The typed text chooses none of the options."""


class Asked(Protocol):
    """What a type reads of its question: a question names its type, and no module is part of a circle."""

    @property
    def option(self) -> Mapping[str, Option]: ...
    @property
    def options(self) -> tuple[Option, ...]: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def limits(self) -> Limits | None: ...
    @property
    def usual(self) -> Limits | None: ...
    @property
    def future(self) -> bool: ...
    @property
    def nothing(self) -> str | None: ...
    @property
    def absent(self) -> tuple[AbsentReason, ...]: ...


class OfferedOption(NamedTuple):
    """An answer to choose. ``alone``: choosing it takes back every other one."""

    value: bool | str
    label: str
    help: str | None = None
    alone: bool = True


@dataclass(frozen=True, kw_only=True)
class AnswerType(Generic[V]):
    """One question type, with answers of the Python type ``V``."""

    # The English words for authors and clinical leads

    expected: str
    """What an answers file must hold, after "takes"."""
    name: str
    """What a name in a condition is, after "is"."""
    remedy: str
    """How a condition can use it; ``{name}`` and ``{code}`` are its id and its first option."""
    in_book: str
    """What the rule book says of its answer."""
    alike: str
    """What a proof says where no answer to it matters."""

    # What it is made of

    holds: type[V]
    seconds: int
    """About how long people take to answer, to say how long is left."""
    takes: frozenset[QuestionPart] = frozenset()
    needs: frozenset[QuestionPart] = frozenset()

    # Reading

    parse: Callable[[Asked, str, bool], V]
    """Returns the answer that a typed text means, which is not blank; in a file where the last is true."""
    from_yaml: Callable[[Asked, Json], V] | None = None
    """Reads an answer in a file, where it is not written as it is typed. Raises ``InvalidAnswer``."""
    accepts: Callable[[Asked, V], bool] = lambda question, answer: True
    """Whether the question can have this answer, apart from what ``refuse`` says."""
    refuse: Callable[[Asked, V], None] = lambda question, answer: None
    """Raises ``InvalidAnswer`` for an answer that the question does not allow."""
    doubts: Callable[[Asked, V], Iterator[str]] = lambda question, answer: iter(())
    """Yields what asks the person whether an unusual answer is right."""

    # Showing

    format: Callable[[Asked, V], str]
    """Returns an answer in words, as the person sees it."""
    as_typed: Callable[[V], str]
    """Returns an answer as the person would type it, without its unit; nothing for what is chosen."""
    signs: str = ""
    """What a typed answer has between its digits, for those who type with the mouse."""
    offered: Callable[[Asked], Iterator[OfferedOption]] = lambda question: iter(())
    """Yields the answers to choose from."""
    hint: Callable[[Asked], str]
    """Returns how to write an answer at a prompt; nothing where the options show it."""
    example: Callable[[Asked], V]
    """Returns a plain answer."""

    # Writing

    to_yaml: Callable[[V], str]
    """Returns an answer for a file of answers, with nothing that could be read in two ways."""
    json_key: str | None = None
    """What its answers are called in stored JSON; ``None`` for what JSON has a type for."""
    to_json: Callable[[V], Json]
    """Returns an answer as it is stored, below ``json_key``."""
    from_json: Callable[[Json], V]
    to_data: Callable[[Asked, V], Json] | None = None
    """Returns an answer for the data of a summary, where that is not what is stored; ``from_json`` reads both."""

    def read(self, question: Asked, typed: str, *, in_file: bool = False) -> V:
        """Return the answer that a typed text means. Raise ``InvalidAnswer``, also where nothing is typed."""
        if is_blank(typed):
            raise InvalidAnswer(_nothing_typed(question.absent))
        return self.parse(question, typed, in_file)

    def from_file(self, question: Asked, written: Json) -> V:
        """Return the answer in a file of answers. Raise ``InvalidAnswer`` with words for its author."""
        if not isinstance(written, str) and "exclusive" not in self.takes:
            raise InvalidAnswer("Only a question with several answers takes a list.")
        return self.from_yaml(question, written) if self.from_yaml else self.read(question, written, in_file=True)


class YesOrNo(AnswerType[bool]):
    """An answer that is true or false."""


class Choice(AnswerType[str]):
    """The code of the chosen option."""


class Choices(AnswerType[frozenset[str]]):
    """The codes of the chosen options."""


class OwnWords(AnswerType[str]):
    """A text that the person writes; it is empty for the answer that there is nothing to write."""


class FreeText(OwnWords):
    """A text of which conditions only see whether it is there."""


@dataclass(frozen=True, kw_only=True)
class ListedText(OwnWords):
    """A list of names that the person writes, in which conditions see the groups of the names."""

    name_list: str
    """The file of ``questions/`` that holds the names and their groups, without its ending."""


@dataclass(frozen=True, kw_only=True)
class Amount(AnswerType[V]):
    """An answer that is typed on one line, and that conditions compare."""

    whole: bool = True
    """Whether every amount is a whole number."""
    amount: Callable[[V], int | Fraction]
    answer: Callable[[int | Fraction], V]
    """Returns the answer of an amount within the bounds."""
    bounds: Callable[[Asked], Ends]
    """Returns between which amounts an answer that is missing lies."""
    typed_bounds: Callable[[Asked], Ends]
    """Returns between which amounts an answer that can be typed lies."""
    usual_bounds: Callable[[Asked], Ends | None]
    """Returns between which amounts an example is easy to read."""


class Numeric(Amount[V]):
    """A number, which conditions compute with."""


@dataclass(frozen=True, kw_only=True)
class Quoted(Amount[V]):
    """An amount that is no number: conditions compare it with a quoted text, or with one of its own type."""

    literal: str
    """An example of the quoted text, which ``from_json`` reads."""
    in_english: Callable[[V], str]
    """Returns an answer in words for the rule book."""


def exact(number: int | Decimal) -> int | Fraction:
    """Return the number without rounding, as an ``int`` if it is whole."""
    fraction = Fraction(number)
    return int(fraction) if fraction.denominator == 1 else fraction


def text_to_yaml(text: str) -> str:
    """Return a text for a file of answers: in quotes where it could be read as something else."""
    plain = re.fullmatch(r"[a-zA-Z0-9][a-zA-Z0-9_-]*", text) and text.lower() != "null"
    if plain:
        return text
    # JSON writes an emoji as two escapes, which YAML does not read.
    escaped = (f"\\U{ord(sign):08x}" if ord(sign) > 0xFFFF else json.dumps(sign)[1:-1] for sign in text)
    return f'"{"".join(escaped)}"'


def as_it_is(answer: V) -> V:
    """Return an answer that JSON has a type for."""
    return answer


def normalised(typed: str) -> str:
    """Write digits of any script in ASCII, and remove spaces at the ends and doubled ones."""
    return " ".join("".join(map(_normalised_character, typed)).split())


def _normalised_character(sign: str) -> str:
    """Normalise one character, but keep a raised or circled digit: 70² is not 702."""
    digit = unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKC", sign)
    return sign if any(letter.isnumeric() for letter in plain) else plain


def _nothing_typed(absent: Iterable[AbsentReason]) -> str:
    """Return what to do where nothing was typed, with the other answers that the question has."""
    others = [f'"{absent_label(reason)}"' for reason in absent]
    if not others:
        return _("Type your answer.")
    *before, last = others
    either = _("{choices} or {last}").format(choices=", ".join(before), last=last) if before else last
    return _("Type your answer, or choose {others}.").format(others=either)
