"""The rules, their sources and the crisis lines as they are authored; ``rules/README.md`` teaches these files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from screener.model.base import (
    Authored,
    Condition,
    Date,
    FileName,
    Flag,
    Identifier,
    Language,
    ListLength,
    SourceId,
    StringRule,
    Text,
    Version,
    Whole,
    printable,
)
from screener.model.crisis_lines import CrisisLines, Mark
from screener.model.phrase import phrase_parts
from screener.values import dataclass

Grade = Literal["primary", "copy", "abstract", "third-party", "to-be-checked"]
GRADES: tuple[Grade, ...] = ("primary", "copy", "abstract", "third-party", "to-be-checked")
"""The grades of a rule's best source, the best first; a source that nobody read leaves it to be checked."""


def _phrase(raw: object) -> object:
    written = printable(raw)
    if isinstance(written, str):
        phrase_parts(written)
    return written


Phrase = Annotated[str, StringRule(most=200, read=_phrase)]
"""A few words with names of questions in them, e.g. ``recalled reading[: {systolic}/{diastolic}]``."""
ShortText = Annotated[str, StringRule(most=14, read=printable)]


class Priority(StrEnum):
    """How soon a clinician should see a topic, the most urgent first."""

    URGENT = "urgent"
    PRIORITY = "priority"
    DISCUSS = "discuss"
    INFORM = "inform"


@dataclass(frozen=True, kw_only=True)
class Citation(Authored):
    """The place in a source where a rule's facts are written, and whether somebody read them there."""

    source: SourceId
    section: Text | None = None
    mark: Mark


@dataclass(frozen=True, kw_only=True)
class Interruption(Authored):
    """The page that stops the interview as soon as an urgent rule is raised.

    ``support`` is acknowledged by the person, who may go on; ``emergency`` waits for a member of staff.
    """

    page: Literal["support", "emergency"]
    heading: Text
    paragraphs: Annotated[tuple[Text, ...], ListLength(1, 8)]


@dataclass(frozen=True, kw_only=True)
class Rule(Authored):
    """A condition, and the wordings for the person and for the clinician if it is true."""

    id: FileName
    topic: Text
    """The heading of the rule's text in the summary."""
    priority: Priority
    when: Condition
    patient: Text
    clinician: Text
    sources: Annotated[tuple[Citation, ...], ListLength(1, 12)]
    sensitive: Flag = False
    """The person's copy names the question but not the answer, because somebody else at home may read it."""
    own_words: Annotated[tuple[Identifier, ...], ListLength(0, 6)] = ()
    """Text questions whose answers stand below the topic in the clinician's copy, as the person's own words."""
    silent: Flag = False
    """The person's copy does not print this topic at all, nor name the questions that it reads."""
    persists: Flag = False
    """Once raised, the alarm of an urgent rule stays until staff close it, also if the answer is changed."""
    interruption: Interruption | None = None
    phrase: Phrase | None = None
    """A few clinical words for the first page of the clinician's copy; the topic stands there without them."""
    theme: FileName | None = None
    """The theme of the ruleset below which the phrase stands."""

    def __post_init__(self) -> None:
        if self.silent and self.interruption is not None:
            raise ValueError("a silent rule cannot interrupt, because its page would tell it; remove one of the two")
        if self.priority is Priority.URGENT and self.interruption is None:
            raise ValueError("an urgent rule needs an interruption; write the page that says what to do now")
        if self.priority is not Priority.URGENT and self.interruption is not None:
            raise ValueError("only an urgent rule can interrupt; make it urgent or remove the interruption")
        if self.priority is not Priority.URGENT and self.persists:
            raise ValueError("only an urgent rule has an alarm that can persist; make it urgent or remove persists")


RENAMED_RULE_KEYS = {"discreet": "sensitive"}
RENAMED_REGION_KEYS = {"checked": "taken_up"}
"""Keys of 0.1.0, with their present names."""


@dataclass(frozen=True, kw_only=True)
class Rules(Authored):
    """One file of rules on one theme."""

    rules: Annotated[tuple[Rule, ...], ListLength(1, 200)]


@dataclass(frozen=True, kw_only=True)
class Source(Authored):
    """An entry of the bibliography."""

    id: SourceId
    title: Text
    authors: Text
    year: Text
    locator: Text
    read_at: Text
    """The place where somebody read the text."""
    grade: Literal["primary", "copy", "abstract", "third-party", "citation"]
    read: Date
    """The day on which the entry was added."""


@dataclass(frozen=True, kw_only=True)
class Sources(Authored):
    """``rules/sources.yaml``."""

    sources: Annotated[tuple[Source, ...], ListLength(1, 500)]


@dataclass(frozen=True, kw_only=True)
class BannedWording(Authored):
    """Words that text for a person must not use, and what to write instead."""

    words: Annotated[tuple[Text, ...], ListLength(1, 100)]
    """Whole words or phrases; a final ``*`` matches any ending."""
    why: Text
    instead: Text
    allowed: Annotated[tuple[Text, ...], ListLength(0, 50)] = ()
    """Phrases in which the words are allowed."""
    language: Language | None = None
    """The language of the words, if it differs from that of the questionnaire."""


@dataclass(frozen=True, kw_only=True)
class Wording(Authored):
    """``rules/wording.yaml``."""

    banned: Annotated[tuple[BannedWording, ...], ListLength(0, 100)] = ()


@dataclass(frozen=True, kw_only=True)
class SummaryTheme(Authored):
    """A row of the first page of the clinician's copy: what was reported, answered no or is not known of one theme."""

    id: FileName
    part: Text
    """The heading above all themes with the same part."""
    heading: ShortText
    """One or two words, which stand to the left of the row."""
    facts: Annotated[tuple[Phrase, ...], ListLength(0, 20)] = ()
    """Phrases that stand there whenever their questions are answered, raised rules or not."""
    answered_no: Flag = False
    """Whether rules that are clear stand below "Answered no"."""


@dataclass(frozen=True, kw_only=True)
class RulesetFile(Authored):
    """``rules/<ruleset>/ruleset.yaml``: the questionnaire that the rules read, and their files in order."""

    id: FileName
    version: Version
    title: Text
    language: Language
    questionnaire: FileName
    files: Annotated[tuple[FileName, ...], ListLength(1, 100)]
    themes: Annotated[tuple[SummaryTheme, ...], ListLength(0, 60)] = ()
    """The themes of the summary's first page, in their order."""
    head: Annotated[tuple[Phrase, ...], ListLength(0, 8)] = ()
    """Phrases at the head of the clinician's copy: who the person is, as far as it was asked."""


@dataclass(frozen=True, kw_only=True)
class Ruleset(Authored):
    """All rules for one questionnaire, with the sources that they cite."""

    id: FileName
    version: Version
    title: Text
    language: Language
    questionnaire: FileName
    rules: Annotated[tuple[Rule, ...], ListLength(0, 2000)] = ()
    sources: Annotated[tuple[Source, ...], ListLength(0, 500)] = ()
    crisis_lines: CrisisLines
    themes: Annotated[tuple[SummaryTheme, ...], ListLength(0, 60)] = ()
    head: Annotated[tuple[Phrase, ...], ListLength(0, 8)] = ()

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    @cached_property
    def rule(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def source(self) -> dict[str, Source]:
        return {source.id: source for source in self.sources}

    def grade(self, rule: Rule) -> Grade:
        """Return the grade of the best source in which somebody read a fact of the rule."""
        read = {self.source[citation.source].grade for citation in rule.sources if citation.mark == "verified"}
        return next((grade for grade in GRADES if grade in read), "to-be-checked")


@dataclass(frozen=True, kw_only=True)
class Case(Authored):
    """An example that a clinician can read: answers, and the outcomes that must follow."""

    name: Text
    answers: dict[str, object] = field(default_factory=dict)
    """Answers written as in an answers file; see ``screener.content.answers_file``."""
    previous: dict[str, object] = field(default_factory=dict)
    """The answers of the person's previous response to the same questionnaire, written in the same way."""
    days_since_previous: Whole | None = None
    """How many days before it was; without it, and without ``previous``, there was none."""
    raised: Annotated[tuple[FileName, ...], ListLength(0, 100)] = ()
    clear: Annotated[tuple[FileName, ...], ListLength(0, 100)] = ()
    undetermined: Annotated[tuple[FileName, ...], ListLength(0, 100)] = ()


@dataclass(frozen=True, kw_only=True)
class Cases(Authored):
    """``rules/<ruleset>/cases/<file>.yaml``: questions not named were not asked."""

    cases: Annotated[tuple[Case, ...], ListLength(1, 500)]
