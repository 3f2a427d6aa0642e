"""What a question type says of itself, for everything that needs neither a screen nor the solver.

What is abstract here, and every field without a default, has to be said for each type: the registry makes one of each
at import, which fails for a type that leaves something out.
"""

from __future__ import annotations

import json
import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar, Generic, Literal, NamedTuple, Protocol, TypeVar

from screener.display_text import is_blank
from screener.i18n.gettext import _
from screener.model.medicines import MedicineList
from screener.model.question_parts import Limits, Option
from screener.model.response import AbsentReason, absent_label

V = TypeVar("V")
A = TypeVar("A")
Json = Any
"""A value as JSON has it."""
QuestionPart = Literal["options", "exclusive", "limits", "written_with", "nothing"]
"""What an author can write for some types only; ``limits`` stands for the unit and the usual range too."""


class InvalidAnswer(ValueError):
    """The typed text is not an answer; the message tells the person how to write one."""


class NoSuchOption(InvalidAnswer):
    """The typed text chooses none of the options."""


class Asked(Protocol):
    """What a type reads of its question, so that questions can name their types."""

    @property
    def id(self) -> str: ...
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
    def nothing(self) -> str | None: ...
    @property
    def medicines(self) -> MedicineList | None: ...
    @property
    def absent(self) -> tuple[AbsentReason, ...]: ...


class OfferedOption(NamedTuple):
    """An answer to choose. ``alone``: choosing it takes back every other one."""

    value: bool | str
    label: str
    help: str | None = None
    alone: bool = True


@dataclass(frozen=True)
class TypeWords:
    """The English words for a type, for authors and clinical leads."""

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


@dataclass(frozen=True, kw_only=True)
class AnswerType(ABC, Generic[V]):
    """One question type, with answers of the Python type ``V``."""

    words: TypeWords
    holds: type[V]
    """The Python type of its answers."""
    seconds: int
    """About how long people take to answer, to say how long is left."""
    takes: frozenset[QuestionPart] = frozenset()
    needs: frozenset[QuestionPart] = frozenset()
    json_key: str | None = None
    """What its answers are called in stored JSON; ``None`` for what JSON has a type for."""

    # Reading

    def read(self, question: Asked, typed: str, *, in_file: bool = False) -> V:
        """Return the answer that a typed text means. Raise ``InvalidAnswer``, also where nothing is typed."""
        if is_blank(typed):
            raise InvalidAnswer(_nothing_typed(question.absent))
        return self.parse(question, typed, in_file=in_file)

    @abstractmethod
    def parse(self, question: Asked, typed: str, *, in_file: bool) -> V:
        """Return the answer that a typed text means; it is not blank. Raise ``InvalidAnswer``."""

    def from_file(self, question: Asked, written: Json) -> V:
        """Return the answer in a file of answers. Raise ``InvalidAnswer`` with words for its author."""
        if not isinstance(written, str):
            raise InvalidAnswer("Only a question with several answers takes a list.")
        return self.read(question, written, in_file=True)

    @abstractmethod
    def accepts(self, question: Asked, answer: object) -> bool:
        """Return whether the value can be an answer, apart from limits."""

    def refuse(self, question: Asked, answer: V) -> None:
        """Raise ``InvalidAnswer`` if the question does not allow the answer, although it is of the right kind."""

    def doubts(self, question: Asked, answer: V) -> Iterator[str]:
        """Yield what asks the person whether an answer that is allowed, and is unusual, is right."""
        return iter(())

    # Showing

    @abstractmethod
    def format(self, question: Asked, answer: V) -> str:
        """Return an answer in words, as the person sees it."""

    @abstractmethod
    def as_typed(self, question: Asked, answer: V) -> str:
        """Return an answer as the person would type it, without its unit; nothing for what is chosen."""

    def offered(self, question: Asked) -> Iterator[OfferedOption]:
        """Yield the answers to choose from; none where the answer is typed."""
        return iter(())

    @abstractmethod
    def hint(self, question: Asked) -> str:
        """Return how to write an answer at a prompt; nothing where the options show it."""

    @abstractmethod
    def example(self, question: Asked) -> V:
        """Return a plain answer."""

    # Writing

    @abstractmethod
    def to_file(self, answer: V) -> str:
        """Return an answer as a file of answers has it, with nothing that could be read in two ways."""

    @abstractmethod
    def to_json(self, answer: V) -> Json:
        """Return an answer as it is stored, below ``json_key`` if there is one."""

    @abstractmethod
    def from_json(self, written: Json) -> V:
        """Return an answer that was stored."""

    @abstractmethod
    def to_data(self, question: Asked, answer: V) -> Json:
        """Return an answer as the data of a summary have it."""

    @abstractmethod
    def from_data(self, coded: Json) -> V:
        """Return an answer from the data of a summary."""


class PlainJson(AnswerType[V]):
    """A type whose answers JSON has as they are."""

    def to_json(self, answer: V) -> Json:
        return answer

    def from_json(self, written: Json) -> V:
        answer: V = written
        return answer

    def to_data(self, question: Asked, answer: V) -> Json:
        return answer

    def from_data(self, coded: Json) -> V:
        return self.from_json(coded)


class AmountType(AnswerType[A]):
    """A type whose answer is typed on one line, and which conditions compare as an amount."""

    whole: ClassVar[bool] = True
    """Whether every amount is a whole number."""

    @abstractmethod
    def bounds(self, question: Asked) -> tuple[int | Fraction, int | Fraction]:
        """Return the least and the largest amount, which an answer that is missing may have."""

    def typed_bounds(self, question: Asked) -> tuple[int | Fraction, int | Fraction]:
        """Return the least and the largest amount that can be typed."""
        return self.bounds(question)

    def usual_bounds(self, question: Asked) -> tuple[int | Fraction, int | Fraction] | None:
        """Return the amounts of an example that is easy to read."""
        return None

    @abstractmethod
    def amount(self, answer: A) -> int | Fraction:
        """Return the amount by which conditions compare an answer."""

    @abstractmethod
    def answer(self, amount: int | Fraction) -> A:
        """Return the answer of an amount within the bounds."""


class QuotedType(AmountType[A]):
    """An amount that is no number: conditions compare it with a quoted text, or with one of its own type."""

    literal: ClassVar[str]
    """An example of the quoted text."""

    def hint(self, question: Asked) -> str:
        return self.how_to_write()

    @abstractmethod
    def how_to_write(self) -> str:
        """Return how to write an answer, with an example."""

    @abstractmethod
    def from_text(self, text: str) -> A:
        """Return what a quoted text of a condition, or a stored one, means. Raise ``ValueError``."""

    @abstractmethod
    def to_text(self, answer: A) -> str:
        """Return an answer as that text."""

    @abstractmethod
    def in_english(self, answer: A) -> str:
        """Return an answer in words for the rule book."""

    def to_file(self, answer: A) -> str:
        return in_file(self.to_text(answer))

    def to_json(self, answer: A) -> Json:
        return self.to_text(answer)

    def from_json(self, written: Json) -> A:
        return self.from_text(written)

    def to_data(self, question: Asked, answer: A) -> Json:
        return self.to_text(answer)

    def from_data(self, coded: Json) -> A:
        return self.from_text(coded)


def exact(number: Decimal) -> int | Fraction:
    """Return the number without rounding, as an ``int`` if it is whole."""
    fraction = Fraction(number)
    return int(fraction) if fraction.denominator == 1 else fraction


def in_file(text: str) -> str:
    """Return a text as a file of answers has it: in quotes where it could be read as something else."""
    plain = re.fullmatch(r"[a-zA-Z0-9][a-zA-Z0-9_-]*", text) and text.lower() != "null"
    return text if plain else json.dumps(text)


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
