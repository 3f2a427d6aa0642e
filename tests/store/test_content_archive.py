"""A response is opened under the content that it was given under, and under no other."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from screener.content.cache import load_cached
from screener.content.load import load
from screener.engine.interview import Interview
from screener.engine.rules import Outcome
from screener.errors import ContentError, ScreenerError
from screener.file_text import reading_archive
from screener.model.response import Entry
from screener.paths import questionnaires
from screener.store.content_archive import content_hash, pack, unpack
from tests.check.copies import copied

ROOT = Path(__file__).parents[2]
SHIPPED = Path(__file__).parents[1] / "fixtures"
NAME = "before-a-flight"


def test_content_that_was_packed_is_the_same_when_it_is_unpacked(tmp_path: Path) -> None:
    content = load(SHIPPED, NAME)
    again = unpack(pack(SHIPPED, NAME), NAME, content_hash(content), tmp_path)
    assert (again.questionnaire, again.ruleset) == (content.questionnaire, content.ruleset)
    assert content_hash(again) == content_hash(content)


@pytest.mark.parametrize("questionnaire", questionnaires(ROOT))
def test_each_of_several_questionnaires_opens_from_its_archive_alone(questionnaire: str, tmp_path: Path) -> None:
    """The rules of the others lie in the same folder, and their questions are not in the archive."""
    content = load(ROOT, questionnaire)
    again = unpack(pack(ROOT, questionnaire), questionnaire, content_hash(content), tmp_path)
    assert (again.questionnaire, again.ruleset) == (content.questionnaire, content.ruleset)


def test_the_same_content_is_packed_into_the_same_bytes(tmp_path: Path) -> None:
    """It is kept once, whoever packs it and when."""
    copy = shutil.copytree(SHIPPED, tmp_path / "copy")
    for path in copy.rglob("*"):
        path.touch()
    assert pack(copy, NAME) == pack(SHIPPED, NAME)


def test_files_that_are_no_content_stay_out_of_the_archive(tmp_path: Path) -> None:
    """It lies in the store in the clear: what somebody left in a folder is nobody else's."""
    copy = shutil.copytree(SHIPPED, tmp_path / "copy")
    for folder in [path for path in copy.rglob("*") if path.is_dir()]:
        for name in ("letter.txt", "notes.yaml~", ".hidden.yaml", "answers.json"):
            (folder / name).write_text("private", "utf-8")
    assert pack(copy, NAME) == pack(SHIPPED, NAME)


def test_a_changed_word_makes_another_content(tmp_path: Path) -> None:
    copy = shutil.copytree(SHIPPED, tmp_path / "copy")
    (changed,) = copy.glob("questions/*/questionnaire.yaml")
    changed.write_text(changed.read_text("utf-8").replace("version: ", "version: 9"), "utf-8")
    assert content_hash(load(copy, NAME)) != content_hash(load(SHIPPED, NAME))
    with pytest.raises(ScreenerError, match="not those"):
        unpack(pack(copy, NAME), NAME, content_hash(load(SHIPPED, NAME)), tmp_path / "kept")


def test_a_list_without_words_of_its_own_is_read_with_those_of_its_time(tmp_path: Path) -> None:
    """A dose beside each name leaves no rule open, which a name on no list does, also from an archive of then."""
    copy = copied(ROOT, tmp_path / "copy")
    names = copy / "questions" / "medicines.yaml"
    text = names.read_text("utf-8")
    start, end = text.index("passed_over:"), text.index("groups:")
    names.write_text(text[:start] + text[end:], "utf-8")
    name = "ketamine-pre-screening"
    then = load(copy, name)
    content = unpack(pack(copy, name), name, content_hash(then), tmp_path / "kept")
    nothing: dict[str, Entry] = {"medicines_mind": frozenset({"none"}), "medicines_body": frozenset({"none"})}

    def maoi(listed: str) -> Outcome:
        interview = Interview(content.form, content.rules, nothing | {"medicines_list": f"{listed}\n--"})
        return interview.assessment.outcomes["maoi"]

    assert maoi("sertraline 50 mg, one tablet every morning\nomeprazole 20 mg cada noche") is Outcome.CLEAR
    assert maoi("phenelzine 15 mg twice daily") is Outcome.RAISED
    assert maoi("Zorbatrine 15 mg twice daily") is Outcome.UNDETERMINED


def test_content_that_an_older_version_accepted_is_read_as_it_was(tmp_path: Path) -> None:
    """Checks that are new stop who writes content, and not who reads a response that was given under it."""
    copy = Path(shutil.copytree(SHIPPED, tmp_path / "copy"))
    body = copy / "questions" / NAME / "body.yaml"
    text = body.read_text("utf-8").replace("title: Your body", "title: Your\u200b body # one")
    body.write_text(text, "utf-8")
    (copy / "rules" / "notes.yaml").write_text("words: [one]", "utf-8")
    with pytest.raises(ContentError, match="begins a comment"):
        load(copy, NAME)
    with reading_archive():
        accepted = load(copy, NAME)
    again = unpack(pack(copy, NAME), NAME, content_hash(accepted), tmp_path / "kept")
    assert "Your\u200b body" in [section.title for section in again.questionnaire.sections]
    with pytest.raises(ContentError, match="begins a comment"):
        load_cached(copy, NAME, tmp_path / "kept")


def test_content_that_is_damaged_is_refused_in_one_sentence(tmp_path: Path) -> None:
    packed = pack(SHIPPED, NAME)
    for damaged in (b"", packed[:-30], packed[:100] + b"x" + packed[101:]):
        with pytest.raises(ScreenerError, match="cannot be read"):
            unpack(damaged, NAME, content_hash(load(SHIPPED, NAME)), tmp_path)


def test_a_pack_cannot_put_a_file_anywhere_else(tmp_path: Path) -> None:
    packed = tmp_path / "packed.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../outside.yaml", "id: outside")
        archive.writestr("/outside.yaml", "id: outside")
    with pytest.raises(ScreenerError):
        unpack(packed.read_bytes(), NAME, "0" * 64, tmp_path / "kept")
    assert not [*tmp_path.parent.glob("outside.yaml"), *Path("/").glob("outside.yaml")]
