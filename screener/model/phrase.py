"""The phrases of the summary's first page: a few words, with names of questions whose answers fill them.

``recalled reading[: {systolic}/{diastolic}]``: a part in square brackets stands only where the rule is raised and every
answer in it was given. The lists of what was answered no and what is not known have the plain words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from screener.values import dataclass

_NAME = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_PART = re.compile(r"\[([^\[\]]*)\]|([^\[\]]+)")


@dataclass(frozen=True)
class PhrasePart:
    """A part of a phrase with the names in it. ``optional`` stands for the square brackets."""

    text: str
    names: tuple[str, ...]
    optional: bool


def phrase_parts(phrase: str) -> tuple[PhrasePart, ...]:
    """Return the parts of a phrase. Raise ``ValueError`` with complaint and remedy where it cannot be read."""
    parts, end = [], 0
    for match in _PART.finditer(phrase):
        if match.start() != end:
            break
        end = match.end()
        inside, outside = match.groups()
        text = inside if inside is not None else outside
        parts.append(PhrasePart(text, tuple(_NAME.findall(text)), inside is not None))
    if end != len(phrase):
        raise ValueError("a square bracket has no partner; write the part that can be left out as [: {question}]")
    for part in parts:
        if re.search(r"[{}]", _NAME.sub("", part.text)):
            raise ValueError("a curly bracket names no question; write {question}")
        if part.optional and not part.text.strip():
            raise ValueError("there is nothing in these square brackets; remove them")
    return tuple(parts)


def plain_words(phrase: str) -> str:
    """Return the words of a phrase without the parts that answers fill."""
    return "".join(part.text for part in phrase_parts(phrase) if not part.optional).strip()


def filled(phrase: str, answer: Callable[[str], str | None]) -> str | None:
    """Return a phrase with its answers, or ``None`` where one is missing outside of square brackets.

    ``answer`` returns the answer to a question in words, or ``None`` where there is none.
    """
    texts = []
    for part in phrase_parts(phrase):
        answers = {name: answer(name) for name in part.names}
        if None not in answers.values():
            texts.append("".join(_pieces(part.text, answers)))
        elif not part.optional:
            return None
    return "".join(texts).strip()


def _pieces(text: str, answers: Mapping[str, str | None]) -> Iterator[str]:
    """Yield the words and answers of a text in turn; a bracket that a person typed is not read again."""
    for number, piece in enumerate(_NAME.split(text)):
        yield (answers[piece] or "") if number % 2 else piece


def phrase_names(phrase: str) -> tuple[str, ...]:
    """Return the names of all questions in a phrase, in their order."""
    return tuple(dict.fromkeys(name for part in phrase_parts(phrase) for name in part.names))
