"""The differences of two lists of names: the names, their groups, and the words that name nothing."""

from __future__ import annotations

from collections.abc import Iterator

from screener.diff.change import ContentChange, Group, changed, entries_changed, fields_changed, paired
from screener.model.name_list import ListedName, NameList

_GROUP = {"label": "label"}
_NAME = {"regions": "regions", "source": "source", "mark": "mark"}


def listed_name_changes(subject: str, old: NameList | None, new: NameList | None) -> Iterator[ContentChange]:
    """Yield every difference between the lists of names of a question; of a whole list, how many names it has."""
    group = Group.QUESTIONS
    if not old or not new:
        counts = (len(names.names) if names else None for names in (old, new))
        yield from changed(group, subject, "listed names", *counts)
        return
    groups = paired(old.groups, new.groups, lambda name_group: name_group.code)
    yield from entries_changed(group, subject, "group of names", groups, lambda name_group: name_group.label)
    for code, group_before, group_now in groups.both:
        labels = {name: f"{label} of the group of names {code}" for name, label in _GROUP.items()}
        yield from fields_changed(group, subject, group_before, group_now, labels)
    before, now = ({name.label: name for name in names.names} for names in (old, new))
    for label in dict.fromkeys((*before, *now)):
        yield from changed(group, subject, f"listed name {label}", _groups(before.get(label)), _groups(now.get(label)))
        if label in before and label in now:
            labels = {name: f"{field_label} of the listed name {label}" for name, field_label in _NAME.items()}
            yield from fields_changed(group, subject, before[label], now[label], labels)
    yield from _passed_over(subject, old, new)


def _groups(name: ListedName | None) -> str | None:
    return None if name is None else ", ".join(name.groups) or "no group"


def _passed_over(subject: str, old: NameList, new: NameList) -> Iterator[ContentChange]:
    """Yield the words that came and went; their order says nothing."""
    before, now = old.passed_over.split(), new.passed_over.split()
    if removed := [word for word in before if word not in now]:
        yield ContentChange(Group.QUESTIONS, subject, "words that are passed over removed", " ".join(removed))
    if added := [word for word in now if word not in before]:
        yield ContentChange(Group.QUESTIONS, subject, "words that are passed over added", None, " ".join(added))
