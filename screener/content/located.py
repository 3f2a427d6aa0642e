"""Where each question, score and rule is written, so that a mistake in a condition can point at its character."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from screener.content.source import Keys, Source
from screener.content.validate import File
from screener.form import Report, Where
from screener.language.parse import Mistake
from screener.problem import Problem
from screener.questionnaire import Instrument, Section
from screener.ruleset import Rules

Located = Mapping[str, tuple[Source, Keys]]


def question_places(sections: Iterable[File[Section]]) -> Iterator[tuple[str, Source, Keys]]:
    """Every question and score with its file and its path in it; a name used twice comes twice."""
    for file in sections:
        for position, question in enumerate(file.model.questions):
            yield question.id, file.source, ("questions", position)
        if isinstance(file.model, Instrument):
            for position, score in enumerate(file.model.scores):
                yield score.id, file.source, ("scores", position)


def rule_places(files: Iterable[File[Rules]]) -> Iterator[tuple[str, Source, Keys]]:
    """Every rule with its file and its path in it."""
    for file in files:
        for position, rule in enumerate(file.model.rules):
            yield rule.id, file.source, ("rules", position)


def located(sections: Iterable[File[Section]]) -> Located:
    return {name: (source, path) for name, source, path in question_places(sections)}


def located_rules(files: Iterable[File[Rules]]) -> Located:
    return {name: (source, path) for name, source, path in rule_places(files)}


def report_to(problems: list[Problem], places: Located) -> Report:
    """A reporter that turns a mistake in a condition into a problem with file, line, column and a caret."""

    def report(where: Where, mistake: Mistake) -> None:
        source, path = places[str(where[0])]
        path = (*path, *where[1:])
        written = source.at(*path)
        indent = len(written) - len(written.lstrip())
        place = source.within(*path, offset=indent + mistake.start)
        problems.append(Problem(place, mistake.what, mistake.remedy, _excerpt(written, mistake)))

    return report


def _excerpt(written: str, mistake: Mistake) -> str:
    """The condition with carets below what is wrong; nothing where the mistake is not in one place."""
    if mistake.end <= mistake.start:
        return ""
    text = written.strip().replace("\n", " ")
    return f"    {text}\n    {' ' * mistake.start}{'^' * (mistake.end - mistake.start)}"
