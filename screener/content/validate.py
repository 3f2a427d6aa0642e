"""From YAML to models: every mistake is a sentence with its place, its remedy and the closest known name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from screener.content.yaml_source import MOST_BYTES, YamlSource, read_bytes, read_text
from screener.errors import MOST_PROBLEMS, ContentError, Place, Problem, nearest, quoted
from screener.file_text import is_archived
from screener.model.base import (
    LANGUAGE_TAG,
    Authored,
    FileName,
    Identifier,
    Loinc,
    OptionCode,
    Recall,
    SourceId,
    StringRule,
    Version,
)
from screener.model.crisis_lines import CrisisLines
from screener.model.ruleset import RENAMED_REGION_KEYS, RENAMED_RULE_KEYS, Rules

M = TypeVar("M", bound=Authored)


@dataclass(frozen=True)
class File(Generic[M]):
    """One authored file: its text with places, and its model."""

    source: YamlSource
    model: M


def read_model(path: Path, folder: Path, model: type[M], problems: list[Problem]) -> File[M] | None:
    """Read one file of a content folder, or return ``None`` after adding its mistakes to ``problems``."""
    name = path.relative_to(folder).as_posix()
    try:
        content = read_bytes(path, name, MOST_BYTES, regular=True)
    except ContentError as error:
        problems.extend(error.problems)
        return None
    file, mistakes = _read(content, name, model, is_archived())  # type: ignore[arg-type]
    problems.extend(mistakes)
    return file  # type: ignore[return-value]  # A cache forgets what its parameters have to do with each other.


@lru_cache(maxsize=200)
def _read(
    content: bytes, name: str, model: type[Authored], _archived: bool
) -> tuple[File[Authored] | None, tuple[Problem, ...]]:
    """Read the text of a file, once for all questionnaires that share it.

    ``_archived`` only keeps apart what is read of an archive: some checks pass that over.
    """
    try:
        source = read_text(content, name)
    except ContentError as error:
        return None, error.problems
    if not source.value:
        return None, (Problem(Place(source.file), "The file is empty.", "Fill it in, or remove it."),)
    problems: list[Problem] = []
    validated_model = validate(model, source, problems)
    return File(source, validated_model) if validated_model else None, tuple(problems)


_KEYS = ("This must have keys and values.", "Write key: value, each on a line of its own.")
_LIST = ("This must be a list.", "Write [one, two], or each entry on a line of its own after a hyphen.")
_ONE_VALUE = ("This must be one value.", "Write it without brackets, and without a list or keys of its own.")
_SHAPES = {
    "string_type": ("This must be text.", "Put quotes round it if it has brackets or colons in it."),
    "tuple_type": _LIST,
    "list_type": _LIST,
    "dict_type": _KEYS,
    "dataclass_type": _KEYS,
    "string_too_short": ("This is empty.", "Fill it in, or remove a key that can be left out."),
}


def validate(model: type[M], source: YamlSource, problems: list[Problem]) -> M | None:
    """Return the file as a model, or ``None`` after adding its mistakes to ``problems``."""
    try:
        return validated(model, with_current_keys(model, source.value))
    except ValidationError as error:
        details_of_mistakes = _first_causes(source, error.errors(include_url=False))
        problems.extend(_problem(model, source, details) for details in details_of_mistakes[:MOST_PROBLEMS])
        if len(details_of_mistakes) > MOST_PROBLEMS:
            message = f"This file has {len(details_of_mistakes)} mistakes, of which {MOST_PROBLEMS} are named."
            problems.append(Problem(Place(source.file), message, "Mend these first."))
        return None


def with_current_keys(model: type[Authored], authored: Any) -> Any:
    """Return the value with each key of 0.1.0 replaced by its present name, so that archived content stays readable."""
    if not isinstance(authored, dict):
        return authored
    if model is Rules and isinstance(authored.get("rules"), list):
        return authored | {"rules": [_renamed(rule, RENAMED_RULE_KEYS) for rule in authored["rules"]]}
    if model is CrisisLines and isinstance(authored.get("regions"), list):
        regions = [_renamed(region, RENAMED_REGION_KEYS) for region in authored["regions"]]
        return authored | {"anywhere": _renamed(authored.get("anywhere"), RENAMED_REGION_KEYS), "regions": regions}
    return authored


def _renamed(entry: Any, names: Mapping[str, str]) -> Any:
    return {names.get(key, key): value for key, value in entry.items()} if isinstance(entry, dict) else entry


def validated(model: type[M], authored: object) -> M:
    """Return the value as a model. Raise pydantic's ``ValidationError`` if it is none."""
    checked: M = adapter(model).validate_python(authored)  # type: ignore[arg-type]
    return checked


@cache
def adapter(model: Any) -> TypeAdapter[Any]:
    """Return pydantic's adapter for a model, built when it is first needed."""
    return TypeAdapter(model)


def _first_causes(source: YamlSource, errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """Return the errors without those that follow from another one.

    A list does not count its invalid entries and so seems too short. The shared options of an instrument are checked
    again in each of its questions, where they are not written.
    """
    inside = {error["loc"][:end] for error in errors for end in range(len(error["loc"]))}
    return [
        error
        for error in errors
        if not (error["type"] == "too_short" and error["loc"] in inside)
        and (len(error["loc"]) < 2 or error["loc"][:-1] in source.places)
    ] or errors


def _problem(model: type[Authored], source: YamlSource, details: ErrorDetails) -> Problem:
    path, kind, context, written = details["loc"], details["type"], details.get("ctx", {}), details["input"]
    place = source.place(*path)
    if kind == "unexpected_keyword_argument":
        remedy = nearest(str(path[-1]), _fields(model, path[:-1])) or "Remove it."
        return Problem(source.key(*path), f"The key {quoted(path[-1])} is not known here.", remedy)
    if kind == "missing":
        return Problem(place, f'The key "{path[-1]}" is missing.', "Add it.")
    if kind in ("literal_error", "enum") and isinstance(written, str):
        expected = re.findall(r"'([^']*)'", str(context["expected"]))
        return Problem(place, f"{quoted(written)} is not possible here.", nearest(written, expected))
    if kind == "string_pattern_mismatch":
        return Problem(
            place, f"{quoted(written)} is not written as it must be.", in_words(str(context["pattern"]), str(written))
        )
    if kind == "value_error":
        message, _, remedy = str(context["error"]).rpartition("; ")
        return Problem(place, _sentence(message), _sentence(remedy))
    if kind in ("too_short", "too_long"):
        bound = context.get("min_length" if kind == "too_short" else "max_length")
        need = "at least" if kind == "too_short" else "at most"
        return Problem(place, f"This list has {len(written)} entries.", f"It needs {need} {bound}.")
    if kind == "string_too_long":
        return Problem(place, f"This is longer than {context['max_length']} characters.", "Shorten it.")
    return Problem(place, *_SHAPES.get(kind, _ONE_VALUE))


def _fields(model: type[Authored], path: tuple[str | int, ...]) -> list[str]:
    """Return the keys that a mapping at ``path`` may have."""
    for part in path:
        if isinstance(part, str):
            inner = _model_in(get_type_hints(model).get(part))
            if inner is None:
                return []
            model = inner
    return [field.name for field in fields(model)]


def _model_in(annotation: Any) -> type[Authored] | None:
    if isinstance(annotation, type) and is_dataclass(annotation):
        return annotation  # type: ignore[return-value]
    return next((model for argument in get_args(annotation) if (model := _model_in(argument))), None)


def pattern_of(kind: Any) -> str | None:
    """Return how the text of an annotated type is written, or ``None`` where it is free."""
    rules = (rule for rule in getattr(kind, "__metadata__", ()) if isinstance(rule, StringRule))
    return next((rule.pattern for rule in rules if rule.pattern), None)


_WRITTEN = {
    pattern_of(kind): remedy
    for kind, remedy in (
        (Identifier, "Use lower-case letters, digits and underscores, beginning with a letter."),
        (FileName, "Use lower-case letters, digits and hyphens, beginning with a letter."),
        (OptionCode, "Use lower-case letters, digits and hyphens, beginning with a letter or digit."),
        (SourceId, "Begin with a capital letter, then letters and digits, such as S12."),
        (Version, "Use three numbers, such as 1.0.0."),
        (Recall, "Use a number with days, weeks, months or years, such as 2 weeks."),
        (Loinc, "Use digits, a hyphen and a check digit, such as 44249-1."),
    )
}
"""How to write what has a pattern."""


def in_words(pattern: str, written: str) -> str:
    return _usual_language_tag(written) if pattern == LANGUAGE_TAG else _WRITTEN[pattern]


def _usual_language_tag(written: str) -> str:
    """Return how to write a language tag: the same in its usual letters, if that is one."""
    first, *subtags = written.strip().replace("_", "-").split("-")
    usual = [first.lower()]
    for subtag in subtags:
        in_extension = any(len(earlier) == 1 for earlier in usual)
        by_length = {2: subtag.upper(), 4: subtag.title()} if subtag.isalpha() and not in_extension else {}
        usual.append(by_length.get(len(subtag), subtag.lower()))
    tag = "-".join(usual)
    if re.fullmatch(LANGUAGE_TAG, tag):
        return f'Write "{tag}".'
    return "Write a language tag (BCP 47), such as en, en-GB, es-419, fil or zh-Hans."


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "." if text else ""
