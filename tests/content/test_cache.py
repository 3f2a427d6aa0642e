"""The kept content: it is what was read, it spares a start the reading, and whatever is wrong with it is read again."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from screener.content.cache import load_cached
from screener.content.compiled import Content
from screener.content.load import load
from screener.paths import questionnaires

SHIPPED, FIXTURES = Path(__file__).parents[2], Path(__file__).parents[1] / "fixtures"
LOAD = """
import sys, screener
from pathlib import Path
screener.__version__ = sys.argv[4] or screener.__version__
from screener.content.cache import load_cached
content = load_cached(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
print(content.questionnaire_hash, content.ruleset_hash, "yaml" in sys.modules)
"""


def started(folder: Path, kept: Path, version: str = "") -> subprocess.Popen[str]:
    """Load the first questionnaire of a folder in a process of its own."""
    command = [sys.executable, "-c", LOAD, str(folder), questionnaires(folder)[0], str(kept), version]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def printed(process: subprocess.Popen[str]) -> tuple[str, bool]:
    """Return the hashes of the content, and whether it was read from YAML."""
    hashes, _, was_read = process.communicate()[0].strip().rpartition(" ")
    assert process.returncode == 0
    return hashes, was_read == "True"


def same(one: Content, other: Content) -> bool:
    return (one.questionnaire, one.ruleset, one.form.evaluation_order, one.languages) == (
        other.questionnaire,
        other.ruleset,
        other.form.evaluation_order,
        other.languages,
    ) and [rule.tree for rule in one.rules.rules.values()] == [rule.tree for rule in other.rules.rules.values()]


@pytest.mark.parametrize("folder", [SHIPPED, FIXTURES], ids=["shipped", "test"])
def test_a_second_start_reads_no_yaml_and_has_the_same_content(folder: Path, tmp_path: Path) -> None:
    """Check that every kind of value of the content comes back; one that did not would make every start slow."""
    content = load(folder, questionnaires(folder)[0])
    hashes = f"{content.questionnaire_hash} {content.ruleset_hash}"
    assert printed(started(folder, tmp_path)) == (hashes, True)
    assert printed(started(folder, tmp_path)) == (hashes, False)
    assert same(load_cached(folder, questionnaires(folder)[0], tmp_path), content)


@pytest.mark.parametrize(
    "damage",
    [
        lambda kept: kept[:-7],
        lambda kept: b"",
        lambda kept: b"\x00\xff",
        lambda kept: kept[64:],
        lambda kept: re.sub(rb"(>= ?)\d", rb"\g<1>9", kept, count=1),
        lambda kept: _signed(b"[]"),
        lambda kept: _signed(b"[1, 2, 3, 4, 5]"),
        lambda kept: _signed(kept[64:].replace(b'["Question",', b'["Popen",', 1)),
        lambda kept: _signed(kept[64:].replace(b'["Question",', b'["Question", 1,', 1)),
    ],
    ids=["cut", "empty", "no text", "no hash", "a digit", "nothing", "numbers", "class from elsewhere", "odd field"],
)
def test_a_damaged_copy_is_read_again_and_mended(damage: Callable[[bytes], bytes], tmp_path: Path) -> None:
    content = load_cached(FIXTURES, "before-a-flight", tmp_path)
    (copy,) = tmp_path.glob("*.json")
    whole = copy.read_bytes()
    copy.write_bytes(damage(whole))
    assert copy.read_bytes() != whole
    assert same(load_cached(FIXTURES, "before-a-flight", tmp_path), content)
    assert copy.read_bytes() == whole


def _signed(encoded: bytes) -> bytes:
    return hashlib.sha256(encoded).hexdigest().encode() + encoded


def test_a_copy_of_another_version_is_not_used(tmp_path: Path) -> None:
    first = printed(started(FIXTURES, tmp_path, "9.9.9"))
    assert printed(started(FIXTURES, tmp_path)) == first
    assert len(list(tmp_path.glob("*.json"))) == 2


def test_changed_content_is_read_again(tmp_path: Path) -> None:
    folder = shutil.copytree(FIXTURES, tmp_path / "content")
    before = load_cached(folder, "before-a-flight", tmp_path / "kept")
    file = next((folder / "questions" / "before-a-flight").glob("*.yaml"))
    file.write_text(file.read_text("utf-8") + "\n# A remark.\n", "utf-8")
    assert load_cached(folder, "before-a-flight", tmp_path / "kept").questionnaire_hash != before.questionnaire_hash


def test_where_nothing_can_be_kept_the_content_is_right(tmp_path: Path) -> None:
    """Check a home that cannot be written: here a file stands where the folder would be."""
    (tmp_path / "file").touch()
    content = load_cached(FIXTURES, "before-a-flight", tmp_path / "file" / "kept")
    assert same(content, load(FIXTURES, "before-a-flight"))


def test_two_starts_at_once_are_both_right(tmp_path: Path) -> None:
    together = [started(FIXTURES, tmp_path) for _ in range(3)]
    first, *others = [printed(process)[0] for process in together]
    assert others == [first, first]
    assert [path.suffix for path in tmp_path.iterdir()] == [".json"]
    assert printed(started(FIXTURES, tmp_path)) == (first, False)
