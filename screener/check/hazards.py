"""The hazard log: what could go wrong with this tool, what is done about it, and what shows that this works.

All evidence that a hazard names must exist: a log that points at a renamed test proves nothing. Tests and proofs are
looked up by reading their files, never by running them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import field
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from screener.content.validate import File, read_model
from screener.content.yaml_source import Keys
from screener.errors import Place, Problem, nearest, quoted
from screener.model.base import Authored, FileName, ListLength, StringRule, Text
from screener.model.ruleset import Cases
from screener.values import dataclass

FILE = "hazards.yaml"


def _test_id(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"tests/[A-Za-z0-9_/]+\.py(::[A-Za-z0-9_]+)+", value):
        raise ValueError(f"{quoted(value)} does not name a test; write it as tests/engine/test_form.py::test_name")
    return value


TestId = Annotated[str, StringRule(most=200, read=_test_id)]
"""A test as pytest names it, without the values in brackets: ``tests/engine/test_form.py::test_name``."""


@dataclass(frozen=True, kw_only=True)
class Evidence(Authored):
    """One piece of evidence that a control works: a test, a case of the rules, or a proof."""

    test: TestId | None = None
    case: Text | None = None
    """The name of a case."""
    proof: Text | None = None
    """The short name of a property that ``screener check --prove`` proves."""

    def __post_init__(self) -> None:
        if sum(named is not None for named in (self.test, self.case, self.proof)) != 1:
            raise ValueError("this names nothing, or several things at once; write one of test, case and proof")


@dataclass(frozen=True, kw_only=True)
class Hazard(Authored):
    """Something that could go wrong, and what is done about it."""

    id: FileName
    hazard: Text
    causes: Annotated[tuple[Text, ...], ListLength(1, 10)]
    harm: Text
    severity: Literal["grave", "serious", "moderate", "slight"]
    """Explained at the top of the file."""
    controls: Annotated[tuple[Text, ...], ListLength(1, 12)]
    verified_by: Annotated[tuple[Evidence, ...], ListLength(0, 20)]
    open: Text | None = None
    """The claims that nothing verifies yet."""
    residual: Text
    """The risk that is left when every control works."""

    def __post_init__(self) -> None:
        if not self.verified_by and not self.open:
            raise ValueError("nothing verifies this and nothing says so; name a test, case or proof, or write open")


@dataclass(frozen=True, kw_only=True)
class Hazards(Authored):
    """``rules/hazards.yaml``."""

    hazards: Annotated[tuple[Hazard, ...], ListLength(1, 200)]


@dataclass(frozen=True)
class Evidences:
    """The names that can be used as evidence."""

    cases: frozenset[str]
    proofs: frozenset[str]
    tests: Mapping[str, frozenset[str]] | None = field(repr=False)
    """File to the ids of its tests; ``None`` if there are no tests, as in an installed program."""


def read_hazards(folder: Path, problems: list[Problem]) -> File[Hazards] | None:
    """Read the log of a content folder; return ``None`` if it has none or cannot be read."""
    path = folder / "rules" / FILE
    return read_model(path, folder, Hazards, problems) if path.exists() else None


def evidences(folder: Path, cases: Iterable[File[Cases]]) -> Evidences:
    """Return what a hazard of this content folder may name. Its tests are those of the same checkout."""
    names = frozenset(case.name for file in cases for case in file.model.cases)
    return Evidences(names, proofs(), named_tests(folder) if (folder / "tests").is_dir() else None)


def check_hazards(file: File[Hazards], evidences: Evidences) -> Iterator[Problem]:
    """Check that no id is used twice, and that every named test, case and proof exists."""
    first: dict[str, int] = {}
    for number, hazard in enumerate(file.model.hazards):
        place = file.source.place("hazards", number, "id")
        if hazard.id in first:
            complaint = f'The hazard "{hazard.id}" is here twice (first on line {first[hazard.id]}).'
            yield Problem(place, complaint, "Rename one.")
        first.setdefault(hazard.id, place.line)
        for position, evidence in enumerate(hazard.verified_by):
            yield from _check(file, ("hazards", number, "verified_by", position), evidence, evidences)


def _check(file: File[Hazards], path: Keys, evidence: Evidence, evidences: Evidences) -> Iterator[Problem]:
    if evidence.test:
        yield from _check_test(file.source.place(*path, "test"), evidence.test, evidences.tests)
    for kind, name, names in (("case", evidence.case, evidences.cases), ("proof", evidence.proof, evidences.proofs)):
        if name and name not in names:
            remedy = nearest(name, names) or f"Name an existing {kind}."
            yield Problem(file.source.place(*path, kind), f'There is no {kind} "{name}".', remedy)


def _check_test(place: Place, test: str, tests: Mapping[str, frozenset[str]] | None) -> Iterator[Problem]:
    if tests is None:
        return
    file, _, name = test.partition("::")
    if file not in tests:
        yield Problem(place, f'There is no file of tests "{file}".', nearest(file, tests) or "Name an existing one.")
    elif name not in tests[file]:
        remedy = nearest(name, tests[file]) or "Name an existing test."
        yield Problem(place, f'There is no test "{name}" in {file}.', remedy)


def named_tests(folder: Path) -> dict[str, frozenset[str]]:
    """Return the tests that pytest would collect below ``tests/`` of a folder, by file."""
    return {
        path.relative_to(folder).as_posix(): frozenset(_tests_in(_read(path).body))
        for path in sorted((folder / "tests").rglob("test_*.py"))
    }


def _tests_in(body: Iterable[ast.stmt]) -> Iterator[str]:
    for statement in body:
        match statement:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) if name.startswith("test"):
                yield name
            case ast.ClassDef(name=name, body=inner) if name.startswith("Test"):
                yield from (f"{name}::{test}" for test in _tests_in(inner))
            case ast.Assign(targets=[ast.Name(id=name)]) if name.startswith("Test"):
                yield name  # A state machine of Hypothesis: TestWalk = Walk.TestCase


@cache
def proofs() -> frozenset[str]:
    """Return the short names of the properties, read without Z3, which is not installed everywhere."""
    for statement in _read(Path(__file__).parents[1] / "proofs" / "prove.py").body:
        match statement:
            case ast.Assign(targets=[ast.Name(id="PROPERTIES")], value=ast.Dict(keys=keys)):
                return frozenset(str(key.value) for key in keys if isinstance(key, ast.Constant))
    return frozenset()


def _read(path: Path) -> ast.Module:
    try:
        return ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return ast.Module([], [])


def unverified(hazards: Hazards) -> Collection[Hazard]:
    """Return the hazards with open claims."""
    return [hazard for hazard in hazards.hazards if hazard.open]
