"""Every mistake of an author is reported at its place, in a sentence with its remedy, and nothing else is reported.

Each file of ``mistakes`` changes the content of the tests in one way and holds the exact message that must follow.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from screener.check.folder import check_folder
from screener.errors import ContentError

CONTENT = Path(__file__).parents[1] / "fixtures"
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
