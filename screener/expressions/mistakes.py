"""The mistakes in conditions, each with what its author can write instead."""

from __future__ import annotations

from screener.model.questionnaire import Question, Score

ALLOWED = (
    "Use and, or, not, comparisons, in, count(...), answered(...), declined(...), + - * / and names of questions "
    "and scores."
)
CALLS = (
    "The only calls are count(...), with conditions and commas in it, answered(...) and declined(...), "
    "with a question in it, and those for repeating sections and times."
)


class Mistake(Exception):
    """A mistake in a condition, with its position in the text (character offsets)."""

    def __init__(self, message: str, remedy: str = "", start: int = 0, end: int = 0) -> None:
        super().__init__(message)
        self.message, self.remedy, self.start, self.end = message, remedy, start, end


_SIGNS = {"=>": ">=", "=<": "<=", "<>": "!=", "&&": "and", "||": "or", "=": "==", "!": "not"}
"""Operators of other languages, with their replacements."""


def syntax_mistake(text: str, reason: str, start: int) -> Mistake:
    """Return the mistake in a text that is no expression at all; ``reason`` is the message of Python's parser."""
    if "nested" in reason:
        return Mistake("This condition is nested too deeply.", "Split it.")
    if "never closed" in reason:
        return Mistake("This bracket is never closed.", "Add the closing one.", start, start + 1)
    if "unterminated" in reason:
        return Mistake("This quote is never closed.", "Add the closing one.", start, start + 1)
    if "unmatched" in reason or "does not match" in reason:
        return Mistake("This bracket closes none that is open.", "Remove it, or add the other.", start, start + 1)
    for sign, instead in _SIGNS.items():
        for begin in (start, start - 1):
            if text.startswith(sign, max(begin, 0)):
                message = f'"{sign}" is not part of the condition language.'
                return Mistake(message, f"Write {instead}.", max(begin, 0), max(begin, 0) + len(sign))
    return Mistake("From here on this is not a condition.", ALLOWED, start, start + 1)


def kind_in_words(symbol: Question | Score) -> str:
    """Return what a name in a condition means, e.g. ``a yes/no question``."""
    if isinstance(symbol, Score):
        return "a score"
    return symbol.answer_type.name


def comparison_remedy(name: str, symbol: Question | Score) -> str:
    """Return the sentence that says how a condition can use the question or score."""
    if isinstance(symbol, Score):
        return f"Compare it with a number, such as {name} >= 1."
    code = next(iter(symbol.option), "code")
    return symbol.answer_type.remedy.format(name=name, code=code)
