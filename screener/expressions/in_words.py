"""A condition as an English clause, built from the tree and the texts of the questions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from screener.expressions import tree
from screener.expressions.mistakes import Mistake
from screener.expressions.occurrence import BEFORE
from screener.expressions.parse import Symbols, parse_condition
from screener.model.occurrences import number_of, question_of
from screener.model.question_types import in_english
from screener.model.questionnaire import Question, Score
from screener.model.response import ABSENT_LABELS, AbsentReason
from screener.model.types.base import Quoted

_MORE_OR_LESS: dict[tree.Relation, str] = {
    "<": "is less than {}",
    "<=": "is {} or less",
    ">": "is more than {}",
    ">=": "is {} or more",
    "==": "is {}",
    "!=": "is not {}",
}
_IN_TIME: dict[tree.Relation, str] = {
    "<": "is before {}",
    "<=": "is {} or earlier",
    ">": "is after {}",
    ">=": "is {} or later",
    "==": "is {}",
    "!=": "is not {}",
}
_HOLDS = {
    "<": lambda score, limit: score < limit,
    "<=": lambda score, limit: score <= limit,
    ">": lambda score, limit: score > limit,
    ">=": lambda score, limit: score >= limit,
    "==": lambda score, limit: score == limit,
    "!=": lambda score, limit: score != limit,
}


def in_words(node: tree.Truth, symbols: Symbols) -> str:
    """Return the condition as a clause that can follow "when"."""
    return _Words(symbols).clause(node)


def amount_in_words(node: tree.Number, symbols: Symbols) -> str:
    """Return the number as a noun phrase that can follow "is"."""
    return _Words(symbols).amount(node)


class _Words:
    def __init__(self, symbols: Symbols) -> None:
        self.symbols = symbols

    def clause(self, node: tree.Truth, inside: bool = False) -> str:
        """Return the condition as a clause; ``inside`` a longer clause, a group shows where it begins."""
        match node:
            case tree.All(parts):
                return self.group(parts, "and", "both" if inside and len(parts) == 2 else "")
            case tree.Any(parts):
                return self.group(parts, "or", "either" if inside else "")
            case tree.Not(part) if not isinstance(part, tree.YesNo):
                return f"it is not so that {self.clause(part, inside=True)}"
            case tree.Compare(relation, tree.Count(parts), tree.Constant(limit)):
                return self.counted(relation, parts, limit)
            case tree.Occurring(which, title, written):
                whichever = {"any": "any", "none": "no", "first": "the first", "last": "the last"}[which]
                return f"in {whichever} {title}, {self.clause(written, inside=True)}"
        return " ".join(self.said(node))

    def said(self, node: tree.Truth, beside: tuple[tree.Truth, ...] = ()) -> tuple[str, str]:
        """Return the subject and the predicate of a condition, if all conditions ``beside`` it are true too."""
        match node:
            case tree.YesNo(question):
                return self.answer(question), "is yes"
            case tree.Not(tree.YesNo(question)):
                return self.answer(question), "is not yes" if self.may_not_apply(question, beside) else "is no"
            case tree.Is(question, codes, negated):
                return self.answer(question), f"is {'not ' if negated else ''}{self.options(question, codes)}"
            case tree.Includes(question, code, negated):
                verb = "does not include" if negated else "includes"
                return self.answer(question), f"{verb} {self.options(question, [code])}"
            case tree.Answered(question):
                return self.answer(question), "is given"
            case tree.Declined(question):
                return self.answer(question), f'is "{ABSENT_LABELS[AbsentReason.DECLINED]}"'
            case tree.Compare(relation, tree.ItemScore(question, scores), tree.Constant(limit)):
                codes = tuple(code for code, score in scores if _HOLDS[relation](score, limit))
                return self.answer(question), f"is {self.options(question, codes)}" if codes else "is never so"
            case tree.Compare(relation, left, right):
                phrases = _IN_TIME if self.is_quoted(left) else _MORE_OR_LESS
                return self.amount(left), phrases[relation].format(self.amount(right))
        return "", self.clause(node, inside=True)

    def group(self, parts: tuple[tree.Truth, ...], word: str, opening: str) -> str:
        """Join several clauses; predicates of the same subject that follow one another share it."""
        phrases: list[str] = []
        beside = parts if word == "and" else ()
        answered_yes = [part.question for part in parts if isinstance(part, tree.YesNo)]
        if len(answered_yes) > 2:
            how = "any of these is answered yes" if word == "or" else "all of these are answered yes"
            phrases.append(f"{how}: {joined(map(self.quoted, answered_yes), word)}")
            parts = tuple(part for part in parts if not isinstance(part, tree.YesNo))
        refused = [part.question for part in parts if isinstance(part, tree.Declined)]
        if len(refused) > 2:
            how = (
                f'"{ABSENT_LABELS[AbsentReason.DECLINED]}" is the answer to {"any" if word == "or" else "all"} of these'
            )
            phrases.append(f"{how}: {joined(map(self.quoted, refused), word)}")
            parts = tuple(part for part in parts if not isinstance(part, tree.Declined))
        for subject, same in groupby(parts, lambda part: self.said(part, beside)[0]):
            if subject:
                phrases.append(f"{subject} {self.predicate(list(same), word, beside)}")
            else:
                phrases += [self.said(part, beside)[1] for part in same]
        opening = f"{opening} " if opening and len(phrases) > 1 else ""
        apart = "; " if len(phrases) > 2 and any(", " in _unquoted(part) for part in phrases) else ", "
        return opening + apart.join([*phrases[:-1], f"{word} {phrases[-1]}" if len(phrases) > 1 else phrases[-1]])

    def predicate(self, parts: list[tree.Truth], word: str, beside: tuple[tree.Truth, ...]) -> str:
        """Return the predicate of several conditions about one subject."""
        included = [part for part in parts if isinstance(part, tree.Includes)]
        chosen = [part for part in parts if isinstance(part, tree.Is) and not part.negated]
        if len(included) == len(parts) > 1 and len({part.negated for part in included}) == 1:
            labels = [self.options(part.question, [part.code]) for part in included]
            if not included[0].negated:
                return f"includes {joined(labels, word)}"
            if word == "and":
                two = len(labels) == 2
                return f"includes {'neither' if two else 'none of'} {joined(labels, 'nor' if two else 'and')}"
        if len(chosen) == len(parts) > 1 and word == "or":
            return f"is {self.options(chosen[0].question, [code for part in chosen for code in part.codes])}"
        first, *others = (self.said(part, beside)[1] for part in parts)
        if first.startswith("is ") and not any(predicate.startswith("is not ") for predicate in others):
            others = [predicate.removeprefix("is ") for predicate in others]
        return f" {word} ".join([first, *others])

    def may_not_apply(self, question: str, beside: tuple[tree.Truth, ...]) -> bool:
        """Return whether the question may not be asked although the conditions beside it are true."""
        symbol = self.symbols[question]
        if not isinstance(symbol, Question) or symbol.enable_when is None:
            return False
        try:
            enabled = parse_condition(symbol.enable_when, self.symbols)
        except Mistake:
            return True
        return not {*(enabled.parts if isinstance(enabled, tree.All) else (enabled,))} <= set(beside)

    def counted(self, relation: tree.Relation, parts: tuple[tree.Truth, ...], limit: int | Fraction) -> str:
        phrase = {
            ">=": "at least {}", ">": "more than {}", "<=": "at most {}",
            "<": "fewer than {}", "==": "exactly {}", "!=": "not exactly {}",
        }[relation].format(_figure(limit))  # fmt: skip
        if (relation, limit) in (("<", 1), ("<=", 0), ("==", 0)):
            phrase = "none"
        singular = phrase == "none" or limit == 1
        questions = [part.question for part in parts if isinstance(part, tree.YesNo)]
        if len(questions) == len(parts):
            verb = "is" if singular else "are"
            return f"{phrase} of these {verb} answered yes: {joined(map(self.quoted, questions), 'and')}"
        verb = "holds" if singular else "hold"
        return f"{phrase} of these {verb}: " + "; ".join(self.clause(part, inside=True) for part in parts)

    def amount(self, node: tree.Number) -> str:
        match node:
            case tree.Constant(value, kind):
                return _figure(value) if kind is None else in_english(kind, value)
            case tree.NumericAnswer(name):
                return f"the {self.name(name)}"
            case tree.Total(name):
                return f"the {self.name(name)}"
            case tree.ItemScore(question):
                return f"the score of {self.quoted(question)}"
            case tree.Arithmetic("+", tree.Arithmetic(), _) if items := _items(node):
                return f"the sum of the scores of {joined(map(self.quoted, items), 'and')}"
            case tree.Arithmetic(sign, left, right):
                word = {"+": "plus", "-": "minus", "*": "times", "/": "divided by"}[sign]
                return f"{self.amount(left)} {word} {self.amount(right)}"
            case tree.LastAnswer(question, title):
                return f"the {self.name(question)} of the last {title}"
            case tree.Minutes(start, end):
                return f"the number of minutes from {self.amount(start)} to {self.amount(end)}"
            case tree.Count(parts) if all(isinstance(part, tree.YesNo) for part in parts):
                questions = [part.question for part in parts if isinstance(part, tree.YesNo)]
                return f"the number of yes answers to {joined(map(self.quoted, questions), 'and')}"
            case tree.Count(parts):
                return "the number of these that hold: " + "; ".join(self.clause(part, inside=True) for part in parts)

    def answer(self, question: str) -> str:
        return f"the answer to {self.quoted(question)}"

    def quoted(self, question: str) -> str:
        return f'"{self.name(question)}"'

    def name(self, name: str) -> str:
        if name.endswith(f".{BEFORE}"):
            return f"{self.name(name.removesuffix(f'.{BEFORE}'))} of the one before"
        if number_of(name):
            numbered, question = self.symbols[name], self.name(question_of(name))
            assert isinstance(numbered, Question)
            return f"{question} of {numbered.name.removesuffix(f': {question}')}"
        symbol = self.symbols[name]
        return symbol.title if isinstance(symbol, Score) else symbol.name

    def is_quoted(self, node: tree.Number) -> bool:
        if not isinstance(node, tree.NumericAnswer | tree.LastAnswer):
            return False
        symbol = self.symbols[question_of(node.question.removesuffix(f".{BEFORE}"))]
        return isinstance(symbol, Question) and isinstance(symbol.answer_type, Quoted)

    def options(self, question: str, codes: Iterable[str]) -> str:
        symbol = self.symbols[question]
        assert isinstance(symbol, Question)
        return joined((f'"{symbol.option[code].label}"' for code in codes), "or")


def joined(words: Iterable[str], last: str) -> str:
    """Join the words as a list in a sentence: ``a, b or c``."""
    listed = list(words)
    if len(listed) < 2:
        return "".join(listed)
    return ", ".join(listed[:-1]) + f" {last} {listed[-1]}"


def _items(node: tree.Number) -> list[str]:
    """Return the questions of a plain sum of item scores, in order; an empty list for any other number."""
    match node:
        case tree.ItemScore(question):
            return [question]
        case tree.Arithmetic("+", left, tree.ItemScore(question)) if items := _items(left):
            return [*items, question]
    return []


def _unquoted(text: str) -> str:
    """Return the clause without its quoted words."""
    return re.sub(r'"[^"]*"', "", text)


def _figure(number: int | Fraction) -> str:
    """Return the number in decimal digits; it was written in them, so there is an end to them."""
    return str(number) if isinstance(number, int) else str(Decimal(number.numerator) / number.denominator)
