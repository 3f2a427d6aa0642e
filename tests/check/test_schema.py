"""The schemas for editors, which complete and check content while it is written, as the program does."""

from __future__ import annotations

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from screener.check.schema import schema
from screener.cli.schema import KINDS

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "screener" / "schema"
FOLDERS = (ROOT, ROOT / "tests" / "fixtures")
FILES = sorted(
    path for folder in FOLDERS for part in ("questions", "rules") for path in (folder / part).rglob("*.yaml")
)
SHIPPED = [path for path in FILES if "tests" not in path.relative_to(ROOT).parts]


class AsEditorsRead(yaml.CSafeLoader):
    """YAML 1.2 as editors read it: only true and false are truth values, only digits numbers, and dates are text."""

    yaml_implicit_resolvers: dict[str, Any] = {}


AsEditorsRead.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))
AsEditorsRead.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^-?(0|[1-9][0-9]*)$"), list("-0123456789"))
AsEditorsRead.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^-?[0-9]+\.[0-9]+$"), list("-0123456789"))


def kind_of(path: Path) -> str:
    """Return the kind of a file by its path."""
    if "languages" in path.parts:
        return "instrument-translation" if "instruments" in path.parts else "translation"
    if path.stem in ("questionnaire", "ruleset") or path.parent.name in ("questions", "rules"):
        return path.stem
    return {"instruments": "instrument", "cases": "cases"}.get(
        path.parent.name, "rules" if "rules" in path.parts else "section"
    )


@cache
def validator(kind: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(
        schema(KINDS[kind]), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("kind", KINDS)
def test_schema_is_valid_draft_2020_12(kind: str) -> None:
    """Check that any tool for the draft can use it."""
    made = schema(KINDS[kind])
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(made)


@pytest.mark.parametrize("kind", KINDS)
def test_schema_files_are_up_to_date(kind: str) -> None:
    """Check that ``screener/schema`` is up to date; make its files again with ``screener schema KIND``."""
    kept = KEPT / f"{kind}.json"
    assert kept.read_text("utf-8") == json.dumps(schema(KINDS[kind]), indent=2) + "\n"


def test_no_schema_file_is_left_over() -> None:
    assert {path.stem for path in KEPT.iterdir()} == set(KINDS)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_content_fits_its_schema(path: Path) -> None:
    """Check that no editor marks as wrong what the program accepts."""
    value = yaml.load(path.read_text("utf-8"), Loader=AsEditorsRead)
    errors = [f"{list(error.path)}: {error.message}" for error in validator(kind_of(path)).iter_errors(value)]
    assert errors == []


@pytest.mark.parametrize("path", SHIPPED, ids=name)
def test_shipped_file_names_its_schema(path: Path) -> None:
    """Check that the first line leads an editor to the schema of this kind of file, from any checkout."""
    first = path.read_text("utf-8").split("\n", 1)[0]
    expected = os.path.relpath(KEPT / f"{kind_of(path)}.json", path.parent)
    assert first == f"# yaml-language-server: $schema={expected}"
    assert (path.parent / expected).is_file()


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("section", {"id": "body", "title": "Body", "questions": []}),
        ("section", {"id": "body", "title": "Body"}),
        ("section", {"id": "Body", "title": "Body", "questions": [{"id": "a", "type": "text", "text": "A?"}]}),
        ("section", {"id": "body", "title": "Body", "questions": [{"id": "a", "type": "texts", "text": "A?"}]}),
        ("rules", {"rules": [{"id": "a", "topic": "A", "priority": "high"}]}),
        ("sources", {"source": []}),
        ("cases", {"cases": [{"name": "a", "raises": ["b"]}]}),
    ],
)
def test_mistake_does_not_fit_the_schema(kind: str, value: object) -> None:
    """Check that an editor marks unknown keys, missing keys, impossible words and wrong names while they are typed."""
    assert not validator(kind).is_valid(value)


def test_schemas_come_with_the_program() -> None:
    """Check that an installed program has the schemas too."""
    wheel = pytest.importorskip("hatchling.builders.wheel")
    included = {file.distribution_path for file in wheel.WheelBuilder(str(ROOT)).recurse_included_files()}
    assert {f"screener/schema/{kind}.json" for kind in KINDS} <= included
