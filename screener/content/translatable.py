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
    """Return the model with every text replaced by what ``retell`` returns for it.

    The instruments of a questionnaire stay as they are; translate each by a call for itself.
    """
    translated: T = _translate(model, (), retell, model)
    return translated


def translatable_texts(model: Authored) -> dict[str, TranslatableText]:
    """Every text of the model by its key, in the order of the model; of a questionnaire without its instruments."""
    texts: dict[str, TranslatableText] = {}

    def collect(text: TranslatableText) -> str:
        return texts.setdefault(text.key, text).text

    translate(model, collect)
    return texts


def _translate(model: Any, path: tuple[str, ...], retell: Translate, root: Authored) -> Any:
    if isinstance(model, Instrument) and model is not root:
        return model
    changed = {}
    for field in _TEXTS[type(model)]:
        before = getattr(model, field)
        key = _path(model, path, field, root)
        if before is None or before == ():
            continue
        if isinstance(before, str):
            published = isinstance(root, Instrument) and (type(model), field) in _PUBLISHED
            after: Any = retell(TranslatableText(".".join(key), before, published))
        elif isinstance(before, tuple):
            after = tuple(
                retell(TranslatableText(".".join((*key, name)), each, False))
                if isinstance(each, str)
                else _translate(each, (*key, name), retell, root)
                for name, each in _named(before)
            )
        else:
            after = _translate(before, key, retell, root)
        if after != before:
            changed[field] = after
    return replace(model, **changed) if changed else model


def _path(model: Authored, path: tuple[str, ...], field: str, root: Authored) -> tuple[str, ...]:
    """Where a field is in the keys: questions and regions are named by themselves, and shared options once."""
    if field == "crisis_lines":
        return ()
    if field == "questions":
        return (field,)
    if isinstance(root, Instrument) and isinstance(model, Question) and field == "options":
        return (field,) if root.options and model.options == root.options else (*path, field)
    return (*path, field)


def _named(entries: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    """Each value by its id or code, or by its number from 1 where it has none."""
    for number, entry in enumerate(entries, 1):
        names = {field.name for field in fields(entry)} & {"id", "code"} if isinstance(entry, Authored) else ()
        yield next((str(getattr(entry, name)) for name in names), str(number)), entry
