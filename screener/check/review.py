"""The lists that a clinical lead keeps beside the rules: topics of the evidence, and hazards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from screener.check.coverage.topics import check_topics, read_topics
from screener.check.hazards import check_hazards, evidences, read_hazards
from screener.content.load import Manuscript
from screener.content.validate import File
from screener.problem import Problem
from screener.ruleset import Cases


def check_review(folder: Path, contents: Sequence[Manuscript], cases: Iterable[File[Cases]]) -> Iterator[Problem]:
    """Whatever the lists name exists. ``contents`` and ``cases`` are those of all questionnaires of the folder."""
    problems: list[Problem] = []
    if topics := read_topics(folder, problems):
        rules = [rule for content in contents for rule in content.ruleset.rule]
        sources = [source for content in contents for source in content.ruleset.source]
        yield from check_topics(topics, rules, sources)
    if hazards := read_hazards(folder, problems):
        yield from check_hazards(hazards, evidences(folder, cases))
    yield from problems
