"""Every mistake of an author is reported at its place, in a sentence with its remedy, and nothing else is reported.

Each file of ``mistakes`` changes the content of the tests in one way and holds the exact message that must follow.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from screener.check.folder import check_folder
from screener.content.validate import in_words, pattern_of, validate
from screener.content.yaml_source import read_file
from screener.errors import ContentError, Problem
from screener.model import base
from screener.model.base import Authored
from screener.model.crisis_lines import CrisisLines
from screener.model.questionnaire import Front, Instrument, Section
from screener.model.ruleset import Cases, Rules, RulesetFile, Sources, Wording

CONTENT = Path(__file__).parents[1] / "fixtures"
FILES: tuple[tuple[str, type[Authored]], ...] = (
    ("questions/before-a-flight/questionnaire.yaml", Front),
    ("questions/before-a-flight/body.yaml", Section),
    ("questions/instruments/nerves.yaml", Instrument),
    ("rules/before-a-flight/flight.yaml", Rules),
    ("rules/crisis-lines.yaml", CrisisLines),
    ("rules/before-a-flight/ruleset.yaml", RulesetFile),
    ("rules/before-a-flight/cases/flight.yaml", Cases),
    ("rules/sources.yaml", Sources),
    ("rules/wording.yaml", Wording),
)
MISTAKES = sorted((Path(__file__).parent / "mistakes").glob("*.yaml"))


def make(edit: dict[str, str], content: Path) -> None:
    """Change one file as a line of ``mistake`` says; the replaced text must be there exactly once."""
    path, times = content / edit["file"], int(edit.get("times", "1"))
    if "delete" in edit:
        path.unlink()
        return
    if "write" in edit:
        text = edit["write"]
        path.parent.mkdir(parents=True, exist_ok=True)
    elif "append" in edit:
        text = path.read_text("utf-8") + edit["append"] * times
    else:
        text = path.read_text("utf-8")
        assert text.count(edit["replace"]) == 1
        text = text.replace(edit["replace"], edit["by"] * times)
    path.write_bytes(text.encode(edit.get("encoding", "utf-8")))


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_mistake_is_named_with_place_and_remedy(path: Path, tmp_path: Path) -> None:
    """Check that one mistake gives its message, word for word, and no message that only follows from it."""
    described: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    for edit in described["mistake"]:
        make(edit, content)
    with pytest.raises(ContentError) as caught:
        check_folder(content)
    assert str(caught.value).replace(str(content), "CONTENT") == described["message"]
    for problem in caught.value.problems:
        assert problem.message.endswith(".")
        assert problem.remedy


def test_content_of_the_tests_has_no_mistake() -> None:
    """Check that the content is correct before each mistake, so that each message is about its mistake alone."""
    [checked] = check_folder(CONTENT)
    assert checked.questionnaire == "before-a-flight"


def _places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from _places(inner, (*path, key))


def _with(value: Any, path: tuple[str | int, ...], other: Any) -> Any:
    """Return a copy of ``value`` with another value at ``path``."""
    if not path:
        return other
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = _with(value[path[0]], path[1:], other)  # type: ignore[index]
    return copy


@pytest.mark.parametrize(("name", "model"), FILES, ids=[name for name, _ in FILES])
def test_no_value_of_another_shape_is_told_in_words_of_a_library(name: str, model: type[Authored]) -> None:
    """Check that a list, keys or text in the place of any value gives a remedy, and nothing of Python or pydantic."""
    source = read_file(CONTENT / name)
    for path in _places(source.value):
        for other in ([], {}, ["a", "b"], {"a": "b"}, [{"a": "b"}], "x"):
            problems: list[Problem] = []
            validate(model, replace(source, value=_with(source.value, path, other)), problems)
            for problem in problems:
                assert problem.remedy, (path, other, problem)
                assert not re.search("[Ii]nput|[Dd]ecimal|valid |{'|\\['", problem.message), (path, other, problem)


def test_every_pattern_has_a_remedy_of_its_own() -> None:
    """Check that what must be written in a certain way says which, for every such type."""
    kinds = {name: pattern for name, kind in vars(base).items() if (pattern := pattern_of(kind))}
    assert set(kinds) >= {"Recall", "Version", "Loinc", "OptionCode"}
    for pattern in kinds.values():
        assert in_words(pattern, "?").endswith(".")
