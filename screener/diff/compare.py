"""Compare two content folders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from screener.content.load import LoadedContent, load
from screener.diff.cases import AuthoredCase, CaseName, case_changes, cases_of, flip_changes, flips
from screener.diff.change import ContentChange, Group
from screener.diff.lists import list_changes, lists_of
from screener.diff.questions import questionnaire_changes
from screener.diff.rules import crisis_line_changes, ruleset_changes, source_changes
from screener.diff.translations import language_changes
from screener.errors import CHECK_IT, ContentError, ScreenerError, nearest
from screener.paths import questionnaires


@dataclass(frozen=True)
class Difference:
    """All differences between two folders, in the order of their groups; ``annotations`` say what to consider."""

    changes: tuple[ContentChange, ...]
    annotations: tuple[str, ...] = ()


def compare(old: Path, new: Path, only: str | None = None) -> Difference:
    """Compare two content folders, or one questionnaire that both have.

    Raise ``ContentError`` if one cannot be read, with its folder in each place, and ``ScreenerError`` if the
    questionnaire is missing.
    """
    names = [questionnaires(folder) for folder in (old, new)]
    if only is not None:
        for folder, ids in zip((old, new), names, strict=True):
            if only not in ids:
                raise ScreenerError(f'There is no questionnaire "{only}" in {folder}. {nearest(only, ids) or CHECK_IT}')
        names = [[only], [only]]
    shared = [name for name in names[0] if name in names[1]]
    changes = [
        ContentChange(Group.FRONT, f"questionnaire {name}", description)
        for ids, description in zip(names, ("removed", "added"), strict=True)
        for name in ids
        if name not in shared
    ]
    annotations: list[str] = []
    with _read_in(old):
        before = {name: load(old, name) for name in shared}
        old_cases = {name: cases_of(content) for name, content in before.items()}
        old_lists = lists_of(old)
    with _read_in(new):
        now = {name: load(new, name) for name in shared}
        new_cases = {name: cases_of(content) for name, content in now.items()}
        new_lists = lists_of(new)
    for name in shared:
        differences = list(compare_questionnaires(before[name], now[name], old_cases[name], new_cases[name]))
        changes += differences
        annotations += _versions(before[name], now[name], differences)
    for name in shared[:1]:  # All questionnaires of a folder share these.
        changes += source_changes(before[name].ruleset, now[name].ruleset)
        changes += crisis_line_changes(before[name].ruleset.crisis_lines, now[name].ruleset.crisis_lines)
    changes += list_changes(old_lists, new_lists)
    order = list(Group)
    return Difference(tuple(sorted(changes, key=lambda change: order.index(change.group))), tuple(annotations))


def compare_questionnaires(
    old: LoadedContent,
    new: LoadedContent,
    old_cases: Mapping[CaseName, AuthoredCase],
    new_cases: Mapping[CaseName, AuthoredCase],
) -> Iterator[ContentChange]:
    """Yield every difference between two versions of one questionnaire, its rules and their cases."""
    yield from flip_changes(flips(old, new, old_cases, new_cases))
    yield from questionnaire_changes(old.form, new.form)
    yield from ruleset_changes(old, new)
    yield from language_changes(old, new)
    yield from case_changes(old_cases, new_cases)


def _versions(old: LoadedContent, new: LoadedContent, changes: Sequence[ContentChange]) -> Iterator[str]:
    questionnaire_groups = {Group.SECTIONS, Group.INSTRUMENTS, Group.QUESTIONS}
    versions = (
        (questionnaire_groups, "questionnaire", old.questionnaire.version, new.questionnaire.version),
        ({Group.RULES}, "ruleset", old.ruleset.version, new.ruleset.version),
    )
    for groups, kind, before, now in versions:
        if before == now and any(change.group in groups for change in changes):
            yield f"The {kind} {new.questionnaire.id} changed, but its version is still {now}. Raise it."


@contextmanager
def _read_in(folder: Path) -> Iterator[None]:
    """Add to each problem the folder of the two that it is in."""
    try:
        yield
    except ContentError as error:
        raise ContentError(
            replace(problem, place=problem.place._replace(file=str(folder / problem.place.file)))
            for problem in error.problems
        ) from None
