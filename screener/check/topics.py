"""The topics of the evidence, each with the rules that cover it, or the reason why no rule does."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Annotated

from screener.content.validate import File, read_model
from screener.errors import Problem, nearest
from screener.model.base import Authored, FileName, ListLength, SourceId, Text
from screener.values import dataclass

FILE = "coverage.yaml"


@dataclass(frozen=True, kw_only=True)
class EvidenceTopic(Authored):
    """A topic that the sources say should be asked about or acted on."""

    id: FileName
    topic: Text
    sources: Annotated[tuple[SourceId, ...], ListLength(1, 12)]
    """Ids of ``rules/sources.yaml``."""
    rules: Annotated[tuple[FileName, ...], ListLength(0, 20)] = ()
    """The rules that cover it."""
    not_covered: Text | None = None
    """The reason why no rule covers it."""
    note: Text | None = None

    def __post_init__(self) -> None:
        if not self.rules and not self.not_covered:
            raise ValueError(
                "this topic has neither rules nor a reason; name its rules, or say in not_covered why none"
            )
        if self.rules and self.not_covered:
            raise ValueError("this topic has rules and a reason for having none; remove one of the two")


@dataclass(frozen=True, kw_only=True)
class EvidenceTopicGroup(Authored):
    """Topics that belong together."""

    title: Text
    topics: Annotated[tuple[EvidenceTopic, ...], ListLength(1, 100)]


@dataclass(frozen=True, kw_only=True)
class EvidenceTopics(Authored):
    """``rules/coverage.yaml``."""

    groups: Annotated[tuple[EvidenceTopicGroup, ...], ListLength(1, 50)]

    def __iter__(self) -> Iterator[EvidenceTopic]:
        return (topic for group in self.groups for topic in group.topics)


def read_topics(folder: Path, problems: list[Problem]) -> File[EvidenceTopics] | None:
    """Read the list of a content folder; return ``None`` if it has none or cannot be read."""
    path = folder / "rules" / FILE
    return read_model(path, folder, EvidenceTopics, problems) if path.exists() else None


def check_topics(file: File[EvidenceTopics], rules: Collection[str], sources: Collection[str]) -> Iterator[Problem]:
    """Check that every rule and source that a topic names exists, and that no id is used twice."""
    first: dict[str, int] = {}
    for number, group in enumerate(file.model.groups):
        for position, topic in enumerate(group.topics):
            path = ("groups", number, "topics", position)
            place = file.source.place(*path, "id")
            if topic.id in first:
                complaint = f'The topic "{topic.id}" is here twice (first on line {first[topic.id]}).'
                yield Problem(place, complaint, "Rename one.")
            first.setdefault(topic.id, place.line)
            for kind, named, existing in (("rule", topic.rules, rules), ("source", topic.sources, sources)):
                for index, name in enumerate(named):
                    if name not in existing:
                        remedy = nearest(name, existing) or "Name an existing one."
                        where = file.source.place(*path, f"{kind}s", index)
                        yield Problem(where, f'There is no {kind} "{name}".', remedy)


def without_topic(topics: EvidenceTopics, rules: Collection[str]) -> list[str]:
    """Return the rules that no topic names, in their order."""
    named = {name for topic in topics for name in topic.rules}
    return [name for name in rules if name not in named]
