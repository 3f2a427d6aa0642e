"""The functions of conditions that look at the occurrences of a repeating section, and at the minutes between times.

Each is written with the ids of the template and becomes ordinary parts with the keys of the occurrences, so that every
reading keeps its three values: the answers of an occurrence that is not there are those of a question that is not
asked, and those of an occurrence that may still come are missing.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping

from screener.expressions import tree
from screener.expressions.facts import HALF_A_DAY
from screener.expressions.mistakes import comparison_remedy, kind_in_words
from screener.expressions.occurrence import BEFORE, at_occurrence, needs_to_exist, occurrence_gate
from screener.expressions.parser_base import ParserBase
from screener.model.occurrences import key_of
from screener.model.question_parts import Repeats
from screener.model.questionnaire import Question, Section
from screener.model.types.base import Amount, Quoted


def answer_named_in(node: ast.expr) -> ast.Name | None:
    """Return the name of the question whose answer this is: a name, or one occurrence of it."""
    match node:
        case ast.Name():
            return node
        case ast.Call(func=ast.Name(id="first" | "last" | "before"), args=[ast.Name() as name], keywords=[]):
            return name
    return None


# Conditions


def _any(parser: ParserBase, node: ast.Call) -> tree.Truth:
    section, repeats, written = _condition(parser, node)
    return tree.Occurring("any", repeats.title, written, _any_part(section, written))


def _first(parser: ParserBase, node: ast.Call) -> tree.Truth:
    section, repeats, written = _condition(parser, node)
    return tree.Occurring("first", repeats.title, written, at_occurrence(written, section, 1))


def _last(parser: ParserBase, node: ast.Call) -> tree.Truth:
    section, repeats, written = _condition(parser, node)
    exists = needs_to_exist(written, section)
    parts = (
        tree.All((*_is_last(section, number, exists), at_occurrence(written, section, number)))
        for number in range(1, repeats.up_to + 1)
    )
    return tree.Occurring("last", repeats.title, written, tree.Any(tuple(parts)))


def _none_between(parser: ParserBase, node: ast.Call) -> tree.Truth:
    """Read ``none_between(q, 30, 60)``: no occurrence has an answer and lies so many minutes after the moment."""
    match node.args:
        case [ast.Name() as name, earliest, latest] if not node.keywords:
            section, repeats = _repeating(parser, name)
            bounds = [_whole(parser, bound) for bound in (earliest, latest)]
            if repeats.time is None or (moment := parser.repeating.moment) is None:
                message = f'The section of "{name.id}" counts no minutes.'
                raise parser.mistake(name, message, "Give its repeats a time, and the questionnaire a moment.")
            if not -HALF_A_DAY <= bounds[0] <= bounds[1] < HALF_A_DAY:
                message = f"These are no minutes of {-HALF_A_DAY} to {HALF_A_DAY - 1}, the smaller one first."
                raise parser.mistake(node, message, "Write such as none_between(a_question, 30, 60).")
            minutes = tree.Minutes(_time(moment), _time(repeats.time))
            written = tree.All(
                (
                    tree.Answered(name.id),
                    tree.Compare(">=", minutes, tree.Constant(bounds[0])),
                    tree.Compare("<=", minutes, tree.Constant(bounds[1])),
                )
            )
            # Nothing is said of minutes since a moment that is not asked for, as of any question that does not apply.
            moment_is_asked = tree.Compare(">=", _time(moment), tree.Constant(0, "time"))
            none = tree.Not(_any_part(section, written))
            return tree.Occurring("none", repeats.title, written, tree.All((moment_is_asked, none)))
    message = "none_between(...) takes a question of a repeating section and two numbers of minutes."
    raise parser.mistake(node, message, "Write none_between(a_question, 30, 60).")


def _any_part(section: Section, written: tree.Truth) -> tree.Truth:
    """Return that the condition is true of an occurrence that is there."""
    assert section.repeats
    exists = needs_to_exist(written, section)
    parts = []
    for number in range(1, section.repeats.up_to + 1):
        part = at_occurrence(written, section, number)
        before = occurrence_gate(section, number) if exists else ()
        parts.append(tree.All((*before, part)) if before else part)
    return tree.Any(tuple(parts))


def _is_last(section: Section, number: int, exists: bool = True) -> tuple[tree.Truth, ...]:
    """Return what makes an occurrence the last one: it is there, and no other one follows."""
    repeats = section.repeats
    assert repeats
    before = occurrence_gate(section, number) if exists else ()
    after = (tree.Not(tree.YesNo(key_of(repeats.another, number))),) if number < repeats.up_to else ()
    return (*before, *after)


def _condition(parser: ParserBase, node: ast.Call) -> tuple[Section, Repeats, tree.Truth]:
    """Return the repeating section that a call such as ``any(...)`` is about, and the condition on one occurrence."""
    function = _name(node)
    named = [part for part in ast.walk(node) if isinstance(part, ast.Name) and part.id in parser.repeating]
    sections = {parser.repeating[part.id].id: parser.repeating[part.id] for part in named}
    if len(node.args) != 1 or node.keywords or len(sections) != 1:
        message = f"{function}(...) takes one condition on the questions of one repeating section."
        raise parser.mistake(node, message, f"Write such as {function}(a_question >= 180).")
    (section,) = sections.values()
    around, parser.inside = parser.inside, section
    try:
        written = parser.truth(node.args[0])
    finally:
        parser.inside = around
    assert section.repeats
    return section, section.repeats, written


# Numbers


def _first_answer(parser: ParserBase, node: ast.Call) -> tree.Number:
    return _answer(parser, _argument(parser, node), 1)


def _last_answer(parser: ParserBase, node: ast.Call) -> tree.Number:
    return _last_of(parser, _argument(parser, node), 1)


def _change(parser: ParserBase, node: ast.Call) -> tree.Number:
    """Read ``change(q)``: the last answer minus the first. Where there is one occurrence only, nothing has changed."""
    name = _argument(parser, node)
    question = parser.symbols[name.id]
    if isinstance(question, Question) and isinstance(question.answer_type, Quoted):
        raise parser.mistake(name, f'"{name.id}" is {kind_in_words(question)}, not a number.', "Use minutes(...).")
    return tree.Arithmetic("-", _last_of(parser, name, 2), _answer(parser, name, 1))


def _before(parser: ParserBase, node: ast.Call) -> tree.Number:
    """Read ``before(q)``: the answer in the occurrence before. The first one has none before it."""
    name = _argument(parser, node)
    if parser.inside is not parser.repeating[name.id]:
        message = "before(...) is about one occurrence."
        raise parser.mistake(node, message, "Put any(...) around the condition.")
    return _answer(parser, name, BEFORE)


def _minutes(parser: ParserBase, node: ast.Call) -> tree.Number:
    """Read ``minutes(a, b)``: how many minutes after ``a`` it is ``b``; less than 0 if it is before."""
    if len(node.args) == 2 and not node.keywords and all(map(answer_named_in, node.args)):
        for argument in node.args:
            named = answer_named_in(argument)
            assert named
            symbol = parser.symbol(named) if named is argument else parser.symbols.get(named.id)
            if isinstance(symbol, Question) and symbol.type != "time":
                message = f'"{named.id}" is {kind_in_words(symbol)}, not a time.'
                raise parser.mistake(argument, message, "Name a time question.")
        return tree.Minutes(parser.quoted_answer(node.args[0]), parser.quoted_answer(node.args[1]))
    raise parser.mistake(node, "minutes(...) takes two times.", "Write minutes(a_time, another_time).")


def _last_of(parser: ParserBase, name: ast.Name, earliest: int) -> tree.Number:
    section, repeats = _repeating(parser, name)
    answers = [_answer(parser, name, number) for number in range(1, repeats.up_to + 1)]
    cases = tuple((tree.All(_is_last(section, number)), answer) for number, answer in enumerate(answers, 1))
    match answers[0]:
        case tree.NumericAnswer(_, low, high):
            return tree.LastAnswer(name.id, repeats.title, cases[earliest - 1 :], low, high)
        case tree.ItemScore(_, scores):
            values = [score for _code, score in scores]
            return tree.LastAnswer(name.id, repeats.title, cases[earliest - 1 :], min(values), max(values))


def _answer(parser: ParserBase, name: ast.Name, number: int | str) -> tree.NumericAnswer | tree.ItemScore:
    """Return the answer in one occurrence as a number or an amount."""
    question = parser.symbols[name.id]
    assert isinstance(question, Question)
    key = f"{name.id}.{number}"
    if isinstance(question.answer_type, Amount):
        return tree.NumericAnswer(key, *question.answer_type.bounds(question))
    if question.scored:
        return tree.ItemScore(key, tuple((o.code, o.score) for o in question.options if o.score is not None))
    message = f'"{name.id}" is {kind_in_words(question)}, not a number.'
    raise parser.mistake(name, message, comparison_remedy(name.id, question))


def _argument(parser: ParserBase, node: ast.Call) -> ast.Name:
    """Return the one argument of a function: a question of a repeating section."""
    match node.args:
        case [ast.Name() as name] if not node.keywords:
            _repeating(parser, name)
            return name
    message = f"{_name(node)}(...) takes one question of a repeating section where a number is expected."
    raise parser.mistake(node, message, f"Write such as {_name(node)}(a_question) >= 2.")


def _repeating(parser: ParserBase, name: ast.Name) -> tuple[Section, Repeats]:
    section = parser.repeating.get(name.id)
    if section is None:
        parser.symbol(name)
        raise parser.mistake(name, f'"{name.id}" is answered once.', "Name it by itself.")
    assert section.repeats
    return section, section.repeats


def _whole(parser: ParserBase, node: ast.expr) -> int:
    constant = parser.number(node)
    if isinstance(constant, tree.Constant) and isinstance(constant.value, int):
        return constant.value
    raise parser.mistake(node, "This is not a whole number of minutes.", "Write a number such as 30.")


def _time(name: str) -> tree.NumericAnswer:
    return tree.NumericAnswer(name, 0, 2 * HALF_A_DAY - 1)


def _name(node: ast.Call) -> str:
    assert isinstance(node.func, ast.Name)
    return node.func.id


TRUTHS: Mapping[str, Callable[[ParserBase, ast.Call], tree.Truth]] = {
    "any": _any,
    "first": _first,
    "last": _last,
    "none_between": _none_between,
}
"""The functions that are true, false or unknown."""
NUMBERS: Mapping[str, Callable[[ParserBase, ast.Call], tree.Number]] = {
    "first": _first_answer,
    "last": _last_answer,
    "change": _change,
    "before": _before,
    "minutes": _minutes,
}
"""The functions that are a number, or an amount such as a time."""
