"""The texts of content that people read, each with a key such as ``questions.age.help``, to be listed or replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from screener.model.base import Authored
from screener.model.crisis_lines import CrisisLine, CrisisLines, Region
from screener.model.front_parts import DueForm, FormItem, Moment, Welcome
from screener.model.instrument_parts import Band, Licence
from screener.model.question_parts import Option, PleaseCheck, Repeats
from screener.model.questionnaire import Instrument, Question, Questionnaire, Score, Section
from screener.model.ruleset import Interruption, Rule, Ruleset, SummaryTheme

T = TypeVar("T", bound=Authored)
Translate = Callable[["TranslatableText"], str]

_TEXTS: dict[type[Authored], tuple[str, ...]] = {
    Questionnaire: ("title", "welcome", "completion", "moment", "form", "sections"),
    Moment: ("name",),
    DueForm: ("name", "items"),
    FormItem: ("text",),
    Welcome: ("heading", "paragraphs", "more"),
    Section: ("title", "introduction", "questions", "repeats"),
    Repeats: ("title",),
    Question: ("text", "short_text", "help", "why", "unit", "nothing", "options", "please_check"),
    Option: ("label", "help"),
    PleaseCheck: ("text",),
    Instrument: ("title", "introduction", "stem", "recall_period", "missing_items", "licence", "options", "questions",
                 "scores"),
    Licence: ("credit",),
    Score: ("title", "bands", "bands_note"),
    Band: ("label",),
    Ruleset: ("rules", "crisis_lines", "themes", "head"),
    SummaryTheme: ("part", "heading", "facts"),
    Rule: ("topic", "patient", "clinician", "interruption", "phrase"),
    Interruption: ("heading", "paragraphs"),
    CrisisLines: ("regions", "anywhere"),
    Region: ("title", "emergency", "lines"),
    CrisisLine: ("name", "how", "when"),
}  # fmt: skip
"""The fields that people read, and the fields that contain such fields."""
_PUBLISHED = ((Instrument, "stem"), (Licence, "credit"), (Question, "text"), (Option, "label"), (Option, "help"),
              (Band, "label"))  # fmt: skip
"""The wording of an instrument that belongs to its publisher; its other texts are ours."""


@dataclass(frozen=True)
class TranslatableText:
    """One authored text. ``published`` marks the verbatim wording of an instrument."""

    key: str
    text: str
    published: bool


def translate(model: T, retell: Translate) -> T:
    """Return the model with every text replaced by the result of ``retell``.

    The instruments of a questionnaire stay unchanged; translate each with a separate call.
    """
    translated: T = _translate(model, (), retell, model)
    return translated


def translatable_texts(model: Authored) -> dict[str, TranslatableText]:
    """Return every text of the model by its key, in order, without the instruments of a questionnaire."""
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
    """Return the path of a field in the keys: questions and regions start a new path; shared options appear once."""
    if field == "crisis_lines":
        return ()
    if field == "questions":
        return (field,)
    if isinstance(root, Instrument) and isinstance(model, Question) and field == "options":
        return (field,) if root.options and model.options == root.options else (*path, field)
    return (*path, field)


def _named(entries: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    """Yield each value with its id or code, or with its number from 1 if it has neither."""
    for number, entry in enumerate(entries, 1):
        names = {field.name for field in fields(entry)} & {"id", "code"} if isinstance(entry, Authored) else ()
        yield next((str(getattr(entry, name)) for name in names), str(number)), entry
