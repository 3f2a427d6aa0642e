"""Where each question, score and rule is written, so that a mistake in a condition can point at its character."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from screener.content.validate import File
from screener.content.yaml_source import Keys, YamlSource
from screener.engine.form import ConditionPath, ReportMistake
from screener.errors import Problem
from screener.expressions.mistakes import Mistake
from screener.model.questionnaire import Instrument, Section
from screener.model.ruleset import Rules

Locations = Mapping[str, tuple[YamlSource, Keys]]


def question_places(sections: Iterable[File[Section]]) -> Iterator[tuple[str, YamlSource, Keys]]:
    """Yield every question and score with its file and its path in it; a name used twice is yielded twice."""
    for file in sections:
        for position, question in enumerate(file.model.questions):
            yield question.id, file.source, ("questions", position)
        if isinstance(file.model, Instrument):
            for position, score in enumerate(file.model.scores):
                yield score.id, file.source, ("scores", position)


def rule_places(files: Iterable[File[Rules]]) -> Iterator[tuple[str, YamlSource, Keys]]:
    """Yield every rule with its file and its path in it."""
    for file in files:
        for position, rule in enumerate(file.model.rules):
            yield rule.id, file.source, ("rules", position)


def question_locations(sections: Iterable[File[Section]]) -> Locations:
    return {name: (source, path) for name, source, path in question_places(sections)}


def rule_locations(files: Iterable[File[Rules]]) -> Locations:
    return {name: (source, path) for name, source, path in rule_places(files)}


def report_to(problems: list[Problem], places: Locations) -> ReportMistake:
    """Return a reporter that turns a mistake in a condition into a problem with file, line, column and a caret."""

    def report(where: ConditionPath, mistake: Mistake) -> None:
        source, path = places[str(where[0])]
        path = (*path, *where[1:])
        written = source.at(*path)
        indent = len(written) - len(written.lstrip())
        place = source.within(*path, offset=indent + mistake.start)
        problems.append(Problem(place, mistake.message, mistake.remedy, _excerpt(written, mistake)))

    return report


def _excerpt(written: str, mistake: Mistake) -> str:
    """Return the condition with carets below the mistake, or nothing if the mistake has no position."""
    if mistake.end <= mistake.start:
        return ""
    text = written.strip().replace("\n", " ")
    return f"    {text}\n    {' ' * mistake.start}{'^' * (mistake.end - mistake.start)}"
