"""The texts of content that people read, each by a key such as ``questions.age.help``, to be listed or replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from screener.model.base import Authored
from screener.model.questionnaire import (
    Band,
    Instrument,
    Licence,
    Option,
    PleaseCheck,
    Question,
    Questionnaire,
    Score,
    Section,
    Welcome,
)
from screener.model.ruleset import CrisisLine, CrisisLines, Interruption, Region, Rule, Ruleset

T = TypeVar("T", bound=Authored)
Translate = Callable[["TranslatableText"], str]

_TEXTS: dict[type[Authored], tuple[str, ...]] = {
    Questionnaire: ("title", "welcome", "completion", "sections"),
    Welcome: ("heading", "paragraphs"),
    Section: ("title", "introduction", "questions"),
    Question: ("text", "short_text", "help", "why", "unit", "options", "please_check"),
    Option: ("label", "help"),
    PleaseCheck: ("text",),
    Instrument: ("title", "introduction", "stem", "recall_period", "missing_items", "licence", "options", "questions",
                 "scores"),
    Licence: ("credit",),
    Score: ("title", "bands", "bands_note"),
    Band: ("label",),
    Ruleset: ("rules", "crisis_lines"),
    Rule: ("topic", "patient", "clinician", "interruption"),
    Interruption: ("heading", "paragraphs"),
    CrisisLines: ("regions", "anywhere"),
    Region: ("title", "emergency", "lines"),
    CrisisLine: ("name", "how", "when"),
}  # fmt: skip
"""The fields that people read, and those that lead to more of them."""
_PUBLISHED = ((Instrument, "stem"), (Licence, "credit"), (Question, "text"), (Option, "label"), (Option, "help"),
              (Band, "label"))  # fmt: skip
"""The wording of an instrument that is its publisher's; the rest of its texts is ours."""


@dataclass(frozen=True)
class TranslatableText:
    """One text as it was authored. ``published`` marks the verbatim wording of an instrument."""

    key: str
    text: str
    published: bool


def translate(model: T, retell: Translate) -> T:
    """The model with every text replaced by what ``retell`` makes of it. Of a questionnaire, without its instruments,
    whose texts are told by ``retold`` of each of them."""
    found: T = _translate(model, (), retell, model)
    return found


def translatable_texts(model: Authored) -> dict[str, TranslatableText]:
    """Every text of the model by its key, in the order of the model; of a questionnaire without its instruments."""
    found: dict[str, TranslatableText] = {}

    def collect(text: TranslatableText) -> str:
        return found.setdefault(text.key, text).text

    translate(model, collect)
    return found


def _translate(value: Any, path: tuple[str, ...], retell: Translate, root: Authored) -> Any:
    if isinstance(value, Instrument) and value is not root:
        return value
    changed = {}
    for field in _TEXTS[type(value)]:
        before = getattr(value, field)
        here = _path(value, path, field, root)
        if before is None or before == ():
            continue
        if isinstance(before, str):
            published = isinstance(root, Instrument) and (type(value), field) in _PUBLISHED
            after: Any = retell(TranslatableText(".".join(here), before, published))
        elif isinstance(before, tuple):
            after = tuple(
                retell(TranslatableText(".".join((*here, name)), each, False))
                if isinstance(each, str)
                else _translate(each, (*here, name), retell, root)
                for name, each in _named(before)
            )
        else:
            after = _translate(before, here, retell, root)
        if after != before:
            changed[field] = after
    return replace(value, **changed) if changed else value


def _path(value: Authored, path: tuple[str, ...], field: str, root: Authored) -> tuple[str, ...]:
    """Where a field is in the keys: questions and regions are named by themselves, and shared options once."""
    if field == "crisis_lines":
        return ()
    if field == "questions":
        return (field,)
    if isinstance(root, Instrument) and isinstance(value, Question) and field == "options":
        return (field,) if root.options and value.options == root.options else (*path, field)
    return (*path, field)


def _named(values: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    """Each value by its id or code, or by its number from 1 where it has none."""
    for number, value in enumerate(values, 1):
        names = {field.name for field in fields(value)} & {"id", "code"} if isinstance(value, Authored) else ()
        yield next((str(getattr(value, name)) for name in names), str(number)), value
