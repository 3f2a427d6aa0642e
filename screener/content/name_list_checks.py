"""Checks of lists of names: questions have theirs, and a name has one meaning, which rules can read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from screener.content.validate import File
from screener.errors import Place, Problem, nearest
from screener.file_text import is_archived
from screener.i18n.formats import bare
from screener.model.name_list import NameList
from screener.model.questionnaire import Section
from screener.model.ruleset import Sources
from screener.model.types.base import ListedText


def name_lists_there(
    sections: Iterable[File[Section]], name_lists: Mapping[str, File[NameList]], sources: File[Sources] | None
) -> Iterator[Problem]:
    """Check that each question for listed names has its list, and that the lists cite existing sources."""
    for file in sections:
        for position, question in enumerate(file.model.questions):
            kind = question.answer_type
            if isinstance(kind, ListedText) and kind.name_list not in name_lists:
                place = file.source.place("questions", position, "type")
                message = (
                    f"A question of type {question.type} needs questions/{kind.name_list}.yaml, and it is not there."
                )
                yield Problem(place, message, "Add the file, or make it a text question.")
    if sources is None:
        return
    bibliography = {source.id for source in sources.model.sources}
    for name_list in name_lists.values():
        for position, name in enumerate(name_list.model.names):
            if name.source and name.source not in bibliography:
                place = name_list.source.place("names", position, "source")
                yield Problem(
                    place, f'There is no source "{name.source}" in the bibliography.', "Add it, or cite another."
                )


def names_with_one_meaning(name_lists: Iterable[File[NameList]]) -> Iterator[Problem]:
    """Check that each name stands once and has the groups that it seems to have, because rules read no others."""
    for file in name_lists:
        if not is_archived():
            yield from _listed_twice(file, "group", [group.code for group in file.model.groups])
            yield from _listed_twice(file, "name", [bare(name.name) for name in file.model.names])
        codes = [group.code for group in file.model.groups]
        listed = {name.name: name for name in file.model.names}
        for position, name in enumerate(file.model.names):
            for number, code in enumerate(name.groups):
                if code not in codes:
                    place = file.source.place("names", position, "groups", number)
                    yield Problem(place, f'There is no group "{code}".', nearest(code, codes) or "Add it.")
            if name.brand_of is None:
                continue
            place = file.source.place("names", position, "brand_of")
            substance = listed.get(name.brand_of)
            if substance is None:
                what = f'"{name.name}" is a brand of "{name.brand_of}", which is not listed.'
                yield Problem(place, what, nearest(name.brand_of, listed) or "Add it.")
            elif substance.brand_of and not is_archived():
                what = f'"{name.name}" is a brand of "{name.brand_of}", which is a brand itself.'
                yield Problem(place, what, "Name the substance.")


def _listed_twice(file: File[NameList], kind: str, names: list[str]) -> Iterator[Problem]:
    """Name each entry that another one before it means too: the later one alone would count."""
    key = "code" if kind == "group" else "name"
    first: dict[str, Place] = {}
    for position, name in enumerate(names):
        place = file.source.place(f"{kind}s", position, key)
        if name in first:
            written = file.source.at(f"{kind}s", position, key)
            what = f'The {kind} "{written}" is here twice (first on line {first[name].line}).'
            yield Problem(place, what, "Remove one, and keep what is true of it.")
        first.setdefault(name, place)
