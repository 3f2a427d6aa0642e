"""Differences between the texts of two versions in other languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from screener.content.compiled import Content
from screener.diff.change import ContentChange, Group, changed


def language_changes(old: Content, new: Content) -> Iterator[ContentChange]:
    """Yield every text in another language that was changed, added or removed, by its file and key."""
    before, now = _texts(old), _texts(new)
    for subject in dict.fromkeys((*before, *now)):
        then, later = before.get(subject, {}), now.get(subject, {})
        for key in dict.fromkeys((*then, *later)):
            yield from changed(Group.LANGUAGES, subject, key, then.get(key), later.get(key))


def _texts(content: Content) -> dict[str, Mapping[str, str]]:
    """Return the texts of each file, under the words that identify the file."""
    files: dict[str, Mapping[str, str]] = {}
    for each in content.languages:
        files[f"{each.language}, questions"] = each.questions
        files[f"{each.language}, rules"] = each.rules
        for name, texts in each.instruments.items():
            edition = {"edition": each.editions[name]} if name in each.editions else {}
            files[f"{each.language}, instrument {name}"] = edition | dict(texts)
    return files
