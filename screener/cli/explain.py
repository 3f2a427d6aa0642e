"""``screener explain``: describe a rule, question or score in words, with its sources, cases and dependents."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from screener.check.cases import read_cases
from screener.cli.content import chosen
from screener.cli.explain_answers import explain_answers, read_answers_in_file
from screener.cli.output import say
from screener.content.load import LoadedContent, load
from screener.content.locations import question_locations, rule_locations
from screener.display_text import wrapped
from screener.engine.rules import Outcome
from screener.engine.template import rules_that_read, template_dependents
from screener.errors import CHECK_IT, ScreenerError, nearest
from screener.expressions import tree
from screener.expressions.in_words import amount_in_words, in_words
from screener.model.occurrences import question_of
from screener.model.questionnaire import Question, Score
from screener.model.ruleset import Rule
from screener.paths import questionnaires


def run(options: Namespace) -> int:
    """Print the explanation, 80 columns wide."""
    name = question_of(options.name)
    content = _content_with(name, options)
    symbols = content.form.symbols
    answers = read_answers_in_file(content, options.answers) if options.answers else None
    lines: list[str] = []
    if name in content.ruleset.rule:
        lines += _rule(content, content.ruleset.rule[name])
    if name in symbols:
        symbol = symbols[name]
        lines += _question(content, symbol) if isinstance(symbol, Question) else _score(content, symbol)
    if not lines:
        names = [*content.ruleset.rule, *symbols]
        raise ScreenerError(f'There is no rule, question or score "{name}". {nearest(name, names) or CHECK_IT}')
    if answers is not None:
        lines += ["", *explain_answers(content, options.name, answers)]
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip()))
        hang = indent + "  " if indent else ""
        first, *others = wrapped(line.strip(), 80 - len(hang))
        say("\n".join([indent + first, *(hang + part for part in others)]))
    return 0


def _content_with(name: str, options: Namespace) -> LoadedContent:
    """Return the questionnaire that was named; else the default one, or another one that alone has this name."""
    folder, first = chosen(options.content, options.questionnaire)
    content = load(folder, first)
    if options.questionnaire is None and name not in content.ruleset.rule and name not in content.form.symbols:
        for other in questionnaires(folder):
            if other != first:
                content_there = load(folder, other)
                if name in content_there.ruleset.rule or name in content_there.form.symbols:
                    return content_there
    return content


def _rule(content: LoadedContent, rule: Rule) -> Iterator[str]:
    compiled = content.rules.rules[rule.id]
    source, path = rule_locations(content.rule_files)[rule.id]
    yield f"Rule {rule.id} ({rule.priority}): {rule.topic}"
    yield f"Raised when {in_words(compiled.tree, content.form.symbols)}."
    yield f"Condition: {rule.when}"
    yield ""
    yield f"To the person: {rule.patient}"
    yield f"To the clinician: {rule.clinician}"
    if rule.interruption:
        yield f"Interrupts with the {rule.interruption.page} page: {rule.interruption.heading}"
    yield ""
    yield "Sources:"
    for citation in rule.sources:
        cited = content.ruleset.source[citation.source]
        section = f", {citation.section}" if citation.section else ""
        mark = citation.mark.replace("-", " ")
        yield f"  {cited.id}{section} ({mark}): {cited.authors}. {cited.title} ({cited.year})"
    yield ""
    yield "Cases:"
    for file in read_cases(content, []):
        for case in file.model.cases:
            for outcome in Outcome:
                if rule.id in getattr(case, outcome):
                    yield f"  {outcome}: {case.name}"
    yield ""
    yield f"Reads: {', '.join(sorted(set(map(question_of, tree.names(compiled.tree)))))}"
    yield f"Written at {source.place(*path)}"


def _question(content: LoadedContent, question: Question) -> Iterator[str]:
    source, path = question_locations(content.sections)[question.id]
    yield f"Question {question.id} ({question.type}) in {content.template.section_of[question.id].title}"
    yield question.text
    for option in question.options:
        score = "" if option.score is None else f" (score {option.score})"
        yield f"  {option.code}: {option.label}{score}"
    if question.limits:
        unit = f" {question.unit}" if question.unit else ""
        yield f"Between {question.limits.minimum} and {question.limits.maximum}{unit}."
    yield ""
    if question.why:
        yield f"Why it is asked: {question.why}"
    enabled = content.form.conditions.enable_when.get(question.id)
    if enabled is None:
        yield "Always asked."
    else:
        yield f"Asked when {in_words(enabled, content.form.symbols)}."
    yield from _dependents(content, question.id)
    yield f"Written at {source.place(*path)}"


def _score(content: LoadedContent, score: Score) -> Iterator[str]:
    source, path = question_locations(content.sections)[score.id]
    yield f"Score {score.id}: {score.title}, 0 to {score.maximum}"
    yield f"It is {amount_in_words(content.form.scores[score.id], content.form.symbols)}."
    for band in score.bands:
        yield f"  {band.minimum} to {band.maximum}: {band.label} (published range)"
    if score.bands_note:
        yield score.bands_note
    yield from _dependents(content, score.id)
    yield f"Written at {source.place(*path)}"


def _dependents(content: LoadedContent, name: str) -> Iterator[str]:
    depends = list(_direct(content, name))
    yield f"What depends on it: {', '.join(depends) or 'nothing; it is for the clinician to read'}."
    further: list[str] = []
    waiting = template_dependents(content.form, name)
    visited = {*waiting}
    for after in waiting:
        further += _direct(content, after)
        waiting += [later for later in template_dependents(content.form, after) if later not in visited]
        visited |= {*waiting}
    if further := [named for named in dict.fromkeys(further) if named not in depends]:
        yield f"And through these: {', '.join(further)}."


def _direct(content: LoadedContent, name: str) -> Iterator[str]:
    """Yield the questions, scores and rules whose conditions name it."""
    for after in template_dependents(content.form, name):
        yield f"{'score' if isinstance(content.form.symbols[after], Score) else 'question'} {after}"
    yield from (f"rule {rule}" for rule in rules_that_read(content.form, content.rules, name))
