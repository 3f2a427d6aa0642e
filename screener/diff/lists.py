"""The differences of the lists beside the rules: banned words, topics, hazards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from screener.check.hazards import Evidence, Hazard, read_hazards
from screener.check.topics import EvidenceTopic, read_topics
from screener.content.validate import read_model
from screener.diff.change import (
    ContentChange,
    Group,
    changed,
    fields_changed,
    paired,
    paragraphs_changed,
    subjects_changed,
)
from screener.errors import ContentError, Problem
from screener.model.ruleset import BannedWording, Wording

_TOPIC = {
    "topic": "topic",
    "sources": "sources",
    "rules": "rules",
    "not_covered": "reason why no rule covers it",
    "note": "note",
}
_HAZARD = {
    "hazard": "hazard",
    "harm": "harm",
    "severity": "severity",
    "open": "what is open",
    "residual": "what is left",
}


@dataclass(frozen=True)
class Lists:
    """The lists of one content folder; a missing list is empty."""

    banned: tuple[BannedWording, ...] = ()
    topics: tuple[EvidenceTopic, ...] = ()
    hazards: tuple[Hazard, ...] = ()


def lists_of(folder: Path) -> Lists:
    """Read the lists. Raise ``ContentError`` if one cannot be read."""
    problems: list[Problem] = []
    path = folder / "rules" / "wording.yaml"
    wording = read_model(path, folder, Wording, problems) if path.exists() else None
    topics, hazards = read_topics(folder, problems), read_hazards(folder, problems)
    if problems:
        raise ContentError(problems)
    return Lists(
        wording.model.banned if wording else (),
        tuple(topics.model) if topics else (),
        hazards.model.hazards if hazards else (),
    )


def list_changes(old: Lists, new: Lists) -> Iterator[ContentChange]:
    """Yield every difference between the lists of two content folders."""
    yield from _wordings(old.banned, new.banned)
    yield from _topics(old.topics, new.topics)
    yield from _hazards(old.hazards, new.hazards)


def _wordings(old: tuple[BannedWording, ...], new: tuple[BannedWording, ...]) -> Iterator[ContentChange]:
    before, now = ({word: banned for banned in entries for word in banned.words} for entries in (old, new))
    for word in sorted(before.keys() - now.keys()):
        yield ContentChange(Group.WORDING, f'"{word}"', "removed")
    for word in sorted(now.keys() - before.keys()):
        yield ContentChange(Group.WORDING, f'"{word}"', "added", None, f"{now[word].why} Instead: {now[word].instead}")
    for word in sorted(before.keys() & now.keys()):
        yield from fields_changed(
            Group.WORDING,
            f'"{word}"',
            before[word],
            now[word],
            {"why": "reason", "instead": "what to write instead", "language": "language"},
        )
    allowed = [{phrase for banned in entries for phrase in banned.allowed} for entries in (old, new)]
    for phrase in sorted(allowed[0] - allowed[1]):
        yield ContentChange(Group.WORDING, f'"{phrase}"', "no longer allowed")
    for phrase in sorted(allowed[1] - allowed[0]):
        yield ContentChange(Group.WORDING, f'"{phrase}"', "now allowed")


def _topics(old: tuple[EvidenceTopic, ...], new: tuple[EvidenceTopic, ...]) -> Iterator[ContentChange]:
    topics = paired(old, new, lambda topic: topic.id)
    yield from subjects_changed(Group.TOPICS, "topic", topics, lambda topic: topic.topic)
    for name, before, now in topics.both:
        yield from fields_changed(Group.TOPICS, f"topic {name}", before, now, _TOPIC)


def _hazards(old: tuple[Hazard, ...], new: tuple[Hazard, ...]) -> Iterator[ContentChange]:
    hazards = paired(old, new, lambda hazard: hazard.id)
    yield from subjects_changed(Group.HAZARDS, "hazard", hazards, lambda hazard: hazard.hazard)
    for name, before, now in hazards.both:
        subject = f"hazard {name}"
        yield from fields_changed(Group.HAZARDS, subject, before, now, _HAZARD)
        yield from paragraphs_changed(Group.HAZARDS, subject, "its causes", before.causes, now.causes)
        yield from paragraphs_changed(Group.HAZARDS, subject, "its controls", before.controls, now.controls)
        evidence = [tuple(map(_named, each.verified_by)) for each in (before, now)]
        yield from changed(Group.HAZARDS, subject, "evidence", *evidence)


def _named(evidence: Evidence) -> str:
    return evidence.test or (f"case: {evidence.case}" if evidence.case else f"proof: {evidence.proof}")
