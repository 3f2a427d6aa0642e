"""The differences of two rulesets and of the lists they share: rules, sources and crisis lines."""

from __future__ import annotations

from collections.abc import Iterator

from screener.content.compiled import Content
from screener.diff.change import (
    ContentChange,
    Group,
    after,
    changed,
    entries_changed,
    fields_changed,
    paired,
    paragraphs_changed,
    subjects_changed,
)
from screener.expressions.in_words import in_words
from screener.model.crisis_lines import CrisisLine, CrisisLines, Region
from screener.model.ruleset import Citation, Rule, Ruleset, Source

_FRONT = {"id": "id", "version": "version", "title": "title", "language": "language"}
_RULE = {
    "topic": "topic",
    "priority": "priority",
    "patient": "wording for the person",
    "clinician": "wording for the clinician",
    "sensitive": "sensitive",
    "phrase": "phrase of the first page",
    "theme": "theme of the first page",
    "silent": "silent",
    "own_words": "own words",
    "persists": "persists",
}
_THEME = {"part": "part", "heading": "heading", "answered_no": "answered no"}
_SOURCE = {
    "title": "title",
    "authors": "authors",
    "year": "year",
    "locator": "locator",
    "read_at": "where it was read",
    "grade": "grade",
    "read": "day it was taken up",
}
_REGION = {
    "title": "title",
    "emergency": "what to do in an emergency",
    "taken_up": "day it was taken up",
    "called": "call",
    "source": "source",
}
_LINE = {"how": "what to do", "when": "when it is open", "mark": "mark"}


def ruleset_changes(old: Content, new: Content) -> Iterator[ContentChange]:
    """Yield every difference between the rules for two versions of one questionnaire."""
    before, now = old.ruleset, new.ruleset
    yield from fields_changed(Group.FRONT, f"ruleset {now.id}", before, now, _FRONT)
    rules = paired(before, now, lambda rule: rule.id)
    for name, rule in rules.removed:
        words = in_words(old.rules.rules[name].tree, old.form.symbols)
        yield ContentChange(
            Group.RULES, f"rule {name}", f"removed ({rule.priority})", f"{rule.topic}. Raised when {words}."
        )
    for name, rule in rules.added:
        words = in_words(new.rules.rules[name].tree, new.form.symbols)
        summary = f"{rule.topic}. Raised when {words}."
        yield ContentChange(Group.RULES, f"rule {name}", f"added ({rule.priority})", None, summary)
    for name, follows in rules.moved:
        yield ContentChange(Group.RULES, f"rule {name}", f"moved {after(follows)}")
    for _, old_rule, new_rule in rules.both:
        yield from _rule(old, new, old_rule, new_rule)
    yield from _themes(before, now)


def _themes(before: Ruleset, now: Ruleset) -> Iterator[ContentChange]:
    yield from paragraphs_changed(Group.RULES, "first page", "its head", before.head, now.head)
    themes = paired(before.themes, now.themes, lambda theme: theme.id)
    yield from entries_changed(Group.RULES, "first page", "theme", themes, lambda theme: theme.heading)
    for name, old_theme, new_theme in themes.both:
        yield from fields_changed(Group.RULES, f"theme {name}", old_theme, new_theme, _THEME)
        yield from paragraphs_changed(Group.RULES, f"theme {name}", "its facts", old_theme.facts, new_theme.facts)


def _rule(old: Content, new: Content, old_rule: Rule, new_rule: Rule) -> Iterator[ContentChange]:
    group, subject = Group.RULES, f"rule {new_rule.id}"
    if old_rule.when.split() != new_rule.when.split():
        words = [in_words(content.rules.rules[new_rule.id].tree, content.form.symbols) for content in (old, new)]
        if words[0] == words[1]:
            yield ContentChange(group, subject, "condition written differently", old_rule.when, new_rule.when)
        else:
            yield ContentChange(group, subject, "condition changed", *(f"Raised when {each}." for each in words))
    yield from fields_changed(group, subject, old_rule, new_rule, _RULE)
    yield from _interruption(old_rule, new_rule)
    sources = paired(old_rule.sources, new_rule.sources, _cited)
    yield from entries_changed(group, subject, "source", sources, _mark)
    for name, before, now in sources.both:
        yield from changed(group, subject, f"mark of the source {name}", _mark(before), _mark(now))


def _interruption(old_rule: Rule, new_rule: Rule) -> Iterator[ContentChange]:
    group, subject = Group.RULES, f"rule {new_rule.id}"
    before, now = old_rule.interruption, new_rule.interruption
    if before and now:
        yield from fields_changed(
            group, subject, before, now, {"page": "kind of its page", "heading": "heading of its page"}
        )
        yield from paragraphs_changed(group, subject, "its page", before.paragraphs, now.paragraphs)
    else:
        pages = [page and " ".join((f"{page.page}: {page.heading}", *page.paragraphs)) for page in (before, now)]
        yield from changed(group, subject, "page that interrupts", *pages)


def _cited(citation: Citation) -> str:
    return f"{citation.source}, {citation.section}" if citation.section else citation.source


def _mark(citation: Citation) -> str:
    return citation.mark.replace("-", " ")


def source_changes(old: Ruleset, new: Ruleset) -> Iterator[ContentChange]:
    """Yield every difference between two bibliographies."""
    sources = paired(old.sources, new.sources, lambda source: source.id)
    yield from subjects_changed(Group.SOURCES, "source", sources, _source_line)
    for name, before, now in sources.both:
        yield from fields_changed(Group.SOURCES, f"source {name}", before, now, _SOURCE)


def _source_line(source: Source) -> str:
    return f"{source.authors}. {source.title} ({source.year})"


def crisis_line_changes(old: CrisisLines, new: CrisisLines) -> Iterator[ContentChange]:
    """Yield every difference between two lists of crisis lines."""
    yield from _region("anywhere", old.anywhere, new.anywhere)
    regions = paired(old.regions, new.regions, lambda region: region.code)
    yield from subjects_changed(Group.CRISIS_LINES, "region", regions, _region_line)
    for name, before, now in regions.both:
        yield from _region(f"region {name}", before, now)


def _region(subject: str, old: Region, new: Region) -> Iterator[ContentChange]:
    group = Group.CRISIS_LINES
    yield from fields_changed(group, subject, old, new, _REGION)
    lines = paired(old.lines, new.lines, lambda line: line.name)
    yield from entries_changed(group, subject, "line", lines, _call)
    for name, before, now in lines.both:
        labels = {key: f"{label} of {name}" for key, label in _LINE.items()}
        yield from fields_changed(group, subject, before, now, labels)


def _call(line: CrisisLine) -> str:
    return f"{line.how} {line.when}." if line.when else line.how


def _region_line(region: Region) -> str:
    return " ".join((region.emergency, *(f"{line.name}: {_call(line)}" for line in region.lines)))
