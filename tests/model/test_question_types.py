"""Each question type says everything of itself in one place, and what a type forgets is an error before anybody is
asked.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import MISSING, fields
from pathlib import Path

import pytest

from screener.content.answers_file import read_answers
from screener.content.answers_format import written
from screener.content.compiled import Content
from screener.content.yaml_source import read_text
from screener.errors import Problem
from screener.model.question_types import TYPES
from screener.model.types.base import AnswerType
from tests.strategies import flight, shipped

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("kind", TYPES.values(), ids=TYPES)
def test_a_type_that_leaves_something_out_cannot_be_made(kind: AnswerType[object]) -> None:
    """Check each part of each type: without it, the module of the type fails when it is imported."""
    parts = {field.name: getattr(kind, field.name) for field in fields(kind)}
    needed = [field.name for field in fields(kind) if field.default is MISSING]
    assert {"parse", "format", "example", "to_json", "from_json", "to_yaml", "name", "hint"} <= {*needed}
    for name in needed:
        with pytest.raises(TypeError, match=name):
            type(kind)(**{part: said for part, said in parts.items() if part != name})


def test_a_type_with_a_name_and_no_line_in_the_registry_stops_the_program() -> None:
    """Check it in a program of its own: the registry is read with a name more."""
    registry = (ROOT / "screener" / "model" / "question_types.py").read_text("utf-8")
    assert registry.count('Literal["yes_no", ') == 1
    with_another = registry.replace('Literal["yes_no", ', 'Literal["colour", "yes_no", ')
    ended = subprocess.run([sys.executable, "-c", with_another], capture_output=True, text=True, cwd=ROOT, check=False)
    assert "the question types and their modules differ in: colour" in ended.stderr


@pytest.mark.parametrize(
    "words", ["\U0001f600", "a \U0001f468\u200d\U0001f469 b", "caf\u00e9\u2028\x85 au lait", '"\\"', "not\u200bhing"]
)
@pytest.mark.parametrize(("content", "question"), [(flight(), "remarks"), (shipped(), "medicines_list")])
def test_own_words_in_a_file_are_read_as_they_were_written(content: Content, question: str, words: str) -> None:
    """Check signs beyond the first plane, line ends that YAML knows, and signs that nobody sees."""
    problems: list[Problem] = []
    source = read_text(written({question: words}).encode(), "answers")
    assert read_answers(content.questionnaire, source, problems) == {question: words}
    assert problems == []


@pytest.mark.long
def test_a_face_or_a_proof_that_forgets_a_kind_of_type_is_found_by_mypy(tmp_path: Path) -> None:
    """Check that a kind of answer that no ``match`` knows is an error in the screens, the form, the summary and the
    proofs.
    """
    base = "screener/model/types/base.py"
    copy = tmp_path / "screener"
    subprocess.run(["cp", "-r", str(ROOT / "screener"), str(copy)], check=True)
    registry, classes = copy / "model" / "question_types.py", tmp_path / base
    classes.write_text(
        classes.read_text("utf-8").replace(
            "class ListedText(OwnWords)",
            'class Drawing(AnswerType[str]):\n    """A drawing."""\n\n\nclass ListedText(OwnWords)',
        ),
        "utf-8",
    )
    text = registry.read_text("utf-8").replace("AnyType = YesOrNo |", "AnyType = Drawing | YesOrNo |")
    registry.write_text(text.replace("import Amount,", "import Drawing, Amount,"), "utf-8")
    command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), "screener"]
    told = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False).stdout
    for module in (
        "engine/form", "engine/alternatives", "summary/context", "proofs/variables", "proofs/relevance",
        "tui/screens/question",
    ):  # fmt: skip
        assert f"screener/{module}.py" in told, told
