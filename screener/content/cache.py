"""The cache of checked content, so that the next start need not read and check YAML again.

A cached copy is used only for the very same files and program version, by their hash. It holds plain values in JSON,
after a hash of its own, and is private to its user. If anything is wrong with it, the files are read instead.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from screener import __version__
from screener.content.compiled import Content, InLanguage
from screener.content.folder_files import folders, stray_files, yaml_files
from screener.engine.form import ConditionPath, compile_form
from screener.engine.rules import compile_rules
from screener.expressions.mistakes import Mistake
from screener.file_text import is_archived
from screener.model.question_types import NAME_LISTS
from screener.model.questionnaire import Questionnaire
from screener.model.ruleset import Ruleset

CHECKS = 5
"""Raised when content is checked in another way, so that what was checked before is read again."""
MOST_KEPT = 24
"""The number of contents in the cache, for a machine on which several are in use."""
_DIGEST = 64
"""The bytes of the hash before the values."""


def load_cached(folder: Path, name: str, cache_folder: Path) -> Content:
    """Load the content from its copy in ``cache_folder``; without a copy, call ``load`` and save one there."""
    path = None
    try:
        path = cache_folder / f"{_fingerprint(folder, name)}.json"
        return _decoded(path)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        from screener.content.load import load

        content = load(folder, name)
        if path:
            _keep(path, content)
        return content


def _fingerprint(folder: Path, name: str) -> str:
    """Return one hash over the program version and every file that ``load`` may read."""
    if any(stray_files(folder, name)):
        raise ValueError("load refuses this content")
    paths = sorted(read_by_load(folder, name))
    digest = hashlib.sha256(f"{__version__} {CHECKS} {is_archived()} {name}\n".encode())
    for path in paths:
        if not path.is_file():  # Nobody may ever write into a FIFO.
            raise ValueError("load refuses this file")
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def read_by_load(folder: Path, name: str) -> Iterator[Path]:
    """Yield every file that ``load`` may read for one questionnaire."""
    questions, instruments, rules = folder / "questions" / name, folder / "questions" / "instruments", folder / "rules"
    rulesets = folders(rules)
    for home in (
        questions,
        questions / "languages",
        instruments,
        *folders(instruments / "languages"),
        rules,
        *rulesets,
        *(home / "languages" for home in rulesets),
    ):
        yield from yaml_files(home)
    yield from (names for name in NAME_LISTS if (names := folder / "questions" / f"{name}.yaml").exists())


def _keep(path: Path, content: Content) -> None:
    parts = [
        content.template,
        content.ruleset,
        content.questionnaire_hash,
        content.ruleset_hash,
        content.languages,
    ]
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        copies = sorted(path.parent.glob("*.json"), key=lambda older: older.stat().st_mtime)
        for older in copies[: 1 - MOST_KEPT]:
            older.unlink()
        writing = path.with_suffix(f".{os.getpid()}")
        encoded = json.dumps([_encoded(part) for part in parts]).encode()
        writing.write_bytes(_digest(encoded) + encoded)
        writing.replace(path)
    except OSError:
        return  # Without a cache the program starts more slowly, and works.


def _digest(encoded: bytes) -> bytes:
    return hashlib.sha256(encoded).hexdigest().encode()


def _decoded(path: Path) -> Content:
    cached = path.read_bytes()
    digest, encoded = cached[:_DIGEST], cached[_DIGEST:]
    if digest != _digest(encoded):  # A letter that a disk changed could be another threshold of a rule.
        raise ValueError("not what was written")
    form_of, rules_of, questionnaire_hash, ruleset_hash, languages = map(_value, json.loads(encoded))
    if not isinstance(form_of, Questionnaire) or not isinstance(rules_of, Ruleset):
        raise TypeError("not a cached content")
    if not all(isinstance(each, InLanguage) for each in languages):
        raise TypeError("not a cached translation")
    form = compile_form(form_of, _refuse)
    return Content(form, compile_rules(rules_of, form, _refuse), questionnaire_hash, ruleset_hash, languages=languages)


def _refuse(where: ConditionPath, mistake: Mistake) -> None:
    raise ValueError(f"{where}: {mistake.message}")


# Every value that is not plain JSON is stored as a list that begins with its kind; a tuple as one that begins with "".


def _encoded(decoded: Any) -> Any:
    if isinstance(decoded, tuple):
        return ["", *map(_encoded, decoded)]
    if is_dataclass(decoded):
        return [type(decoded).__name__, *(_encoded(getattr(decoded, field.name)) for field in fields(decoded))]
    if isinstance(decoded, Enum):
        return [type(decoded).__name__, decoded.value]
    if isinstance(decoded, Decimal | date):
        return [type(decoded).__name__, str(decoded)]
    return decoded


def _value(encoded: Any) -> Any:
    if not isinstance(encoded, list):
        return encoded
    kind, *parts = encoded
    if not kind:
        return tuple(map(_value, parts))
    if kind == "Decimal":
        return Decimal(parts[0])
    if kind == "date":
        return date.fromisoformat(parts[0])
    make, names = _kinds()[kind]
    return make(**dict(zip(names, map(_value, parts), strict=True))) if names else make(parts[0])


@cache
def _kinds() -> dict[str, tuple[Any, tuple[str, ...]]]:
    """Return the classes of the model by name, with the names of their fields; no other class is ever created."""
    modules = [module for name, module in list(sys.modules.items()) if name.startswith("screener.model.")]
    classes = {name: cls for module in modules for name, cls in vars(module).items() if isinstance(cls, type)}
    classes[InLanguage.__name__] = InLanguage
    models: dict[str, tuple[Any, tuple[str, ...]]] = {
        name: (cls, tuple(field.name for field in fields(cls))) for name, cls in classes.items() if is_dataclass(cls)
    }
    return models | {name: (cls, ()) for name, cls in classes.items() if issubclass(cls, Enum)}
