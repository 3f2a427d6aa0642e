"""Files that people wrote with any editor on any system: each is read as it was meant, or refused with a remedy."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from screener.display_text import visible
from tests.cli.conftest import SENTINEL
from tests.cli.running import CONTENT, Screener

FIXED = ("--reference", "TEST-TEST", "--answered", "2026-03-31T10:00Z")
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-32"]
ENDS = {"unix": "\n", "windows": "\r\n", "old-mac": "\r"}
ANSWERS = "departure: north\nage: 12\nalone: yes\nremarks: caf\u00e9 \U0001f600\n"


def written(text: str, encoding: str, end: str) -> bytes:
    """Return the text as an editor saves it; UTF-16 and UTF-32 get a mark."""
    return text.replace("\n", end).encode(encoding)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a folder with a copy of the content of the tests, to be changed."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("end", ENDS)
def test_every_kind_of_file_is_read_in_every_encoding(
    screener: Screener, content: Path, tmp_path: Path, encoding: str, end: str
) -> None:
    """Check content, answers, configuration and copies: none of them changes by how an editor saves it."""
    answers = tmp_path / "answers.yaml"
    answers.write_text(ANSWERS, "utf-8")
    expected = screener("--content", content, "summarise", answers, *FIXED)
    assert expected.returncode == 0

    def save(path: Path) -> None:
        path.write_bytes(written(path.read_text("utf-8"), encoding, ENDS[end]))

    for path in (answers, *content.rglob("*.yaml")):
        save(path)
    assert screener("--content", content, "check").returncode == 0
    assert screener("--content", content, "summarise", answers, *FIXED).stdout == expected.stdout
    copy = tmp_path / "copy.txt"
    copy.write_bytes(written(expected.stdout, encoding, ENDS[end]))
    assert screener("verify", copy).returncode == 0
    configuration = tmp_path / "configured" / "screener" / "config.toml"
    configuration.parent.mkdir(parents=True)
    configuration.write_bytes(written('# caf\u00e9\nlanguage = "es-US"\n', encoding, ENDS[end]))
    told = screener("--content", content, "summarise", answers, XDG_CONFIG_HOME=configuration.parents[1])
    assert told.stdout.startswith("== Hable con")


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("caf\u00e9: 1".encode("latin-1"), "The file is not UTF-8. Save it as UTF-8."),
        ("caf\u00e9".encode()[:-1], "Copy it again if its end is missing, or save it as UTF-8."),
        ("\ufeffx: y".encode("utf-16-le")[:-1], "The file ends in the middle of a character."),
        ("age: 12".encode("utf-16-le"), "The file is UTF-16 or UTF-32 without its mark. Save it as UTF-8."),
        ("age: 12".encode("utf-16-be"), "The file is UTF-16 or UTF-32 without its mark. Save it as UTF-8."),
        ("age: 12".encode("utf-32-be"), "The file is UTF-16 or UTF-32 without its mark. Save it as UTF-8."),
    ],
    ids=["latin-1", "cut", "cut-utf-16", "utf-16-le", "utf-16-be", "utf-32-be"],
)
def test_what_is_no_text_is_refused_by_every_door(
    screener: Screener, content: Path, tmp_path: Path, written: bytes, complaint: str
) -> None:
    """Check that content, answers, configuration and copies name the place and the remedy in the same words."""
    for path in (tmp_path / "answers.yaml", tmp_path / "copy.txt", tmp_path / "home" / "screener" / "config.toml"):
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(written)
    body = content / "questions" / "before-a-flight" / "body.yaml"
    for ran in (
        screener("--content", content, "summarise", "answers.yaml"),
        screener("verify", "copy.txt"),
        screener("list", XDG_CONFIG_HOME=tmp_path / "home"),
        (body.write_bytes(written), screener("--content", content, "check"))[1],
    ):
        assert ran.returncode == 2
        assert complaint in ran.stderr
        assert ran.stderr.count("\n") == 1


LEFT_BEHIND = [
    "._one.yaml", ".DS_Store", "body.yaml~", ".body.yaml.swp", "#body.yaml#", ".#body.yaml", "Thumbs.db", "desktop.ini",
    "body.yaml.bak", "body.yaml.orig", "~$body.yaml", "4913.tmp", "body.yaml.old", "body.yaml_1", "body.yaml;1",
]  # fmt: skip


@pytest.mark.parametrize("name", LEFT_BEHIND)
def test_what_systems_and_editors_leave_stops_nobody(screener: Screener, content: Path, name: str) -> None:
    """Check that leftovers are not read, wherever they lie, and that the check names them."""
    homes = [path for path in (content / "questions", content / "rules") for path in (path, *path.rglob("*"))]
    homes = [path for path in homes if path.is_dir()]
    for home in homes:
        (home / name).write_bytes(b"\0\5\x16\7\0\2\0\0Mac OS X        \xff")
    (content / "questions" / "__MACOSX").mkdir()
    assert screener("--content", content, "summarise", "-", stdin="age: 12\n").returncode == 0
    checked = screener("--content", content, "check")
    assert (checked.returncode, checked.stderr.count("A system or an editor left this here.")) == (0, len(homes) + 1)
    assert f"questions/before-a-flight/{name}: A system or an editor left this here. It is not read." in checked.stderr


@pytest.mark.parametrize(
    "name",
    ["extra.yml", "EXTRA.YAML", "extra.yaml.txt", "extra.json", "extra.yaml ", "extra.yaml.", "extra.ymal",
     "extra.yaml\u200b", "extra\uff0eyaml"],
)  # fmt: skip
@pytest.mark.parametrize("cached", [True, False])
def test_content_that_would_not_be_read_stops_the_start(
    screener: Screener, content: Path, name: str, cached: bool
) -> None:
    """Check that a file of content under another ending is named, also where a checked copy was kept before."""
    if cached:
        assert screener("--content", content, "summarise", "-", stdin="age: 12\n").returncode == 0
    (content / "questions" / "before-a-flight" / name).write_text("id: extra\n", "utf-8")
    for command in (("check",), ("summarise", "-"), ("start", "--plain")):
        ran = screener("--content", content, *command)
        assert ran.returncode == 2
        assert f"questions/before-a-flight/{visible(name)}: This file is not read" in ran.stderr


def test_a_questionnaire_under_another_ending_is_named(screener: Screener, content: Path) -> None:
    """Check that a folder whose only questionnaire has another ending is not said to have none."""
    front = content / "questions" / "before-a-flight" / "questionnaire.yaml"
    front.rename(front.with_suffix(".yml"))
    for command in ("check", "start"):
        ran = screener("--content", content, command)
        assert ran.returncode == 2
        assert "Rename it to questionnaire.yaml, or remove it." in ran.stderr


def test_a_pipe_in_a_content_folder_does_not_hang_the_start(screener: Screener, content: Path) -> None:
    """Check that nothing waits for a file that nobody ever writes."""
    body = content / "questions" / "before-a-flight" / "body.yaml"
    body.unlink()
    os.mkfifo(body)
    ran = screener("--content", content, "check")
    assert ran.returncode == 2
    assert "body.yaml: This is not a file. Remove it, or put a file in its place." in ran.stderr


@pytest.mark.parametrize("dump", [json.dumps, lambda answers: json.dumps(answers, indent="\t")], ids=["line", "tabs"])
@pytest.mark.parametrize("ensure_ascii", [True, False])
def test_json_of_any_library_is_read(
    screener: Screener, tmp_path: Path, dump: Callable[..., str], ensure_ascii: bool
) -> None:
    """Check escaped emoji, slashes and backslashes against the same answers in YAML."""
    remarks = "\U0001f600 a/b \\ud83d\\ude00 \\ \U0001f1fa\U0001f1f8"
    text = dump({"age": 12, "alone": True, "remarks": remarks})
    if not ensure_ascii:
        text = json.dumps(json.loads(text), ensure_ascii=False)
    (tmp_path / "answers.json").write_text(text.replace("a/b", "a\\/b"), "utf-8")
    ran = screener("--content", CONTENT, "summarise", "answers.json", "--copy", "clinician", "--format", "json")
    assert ran.returncode == 0, ran.stderr
    assert json.dumps(remarks)[1:-1] in ran.stdout


def test_mistakes_in_json_keep_their_columns(screener: Screener, tmp_path: Path) -> None:
    """Check that an emoji before a mistake does not move the place that is named."""
    text = f'{{"remarks": "\\ud83d\\ude00 \\ud83d\\ude00", "alone": "{SENTINEL}"}}'
    (tmp_path / "answers.json").write_text(text, "utf-8")
    ran = screener("--content", CONTENT, "summarise", "answers.json")
    assert ran.stderr.startswith(f"answers.json:1:{text.index(SENTINEL)}: ")
    (tmp_path / "answers.json").write_text('{"age": 12, "remarks": "a \\ude00 b"}', "utf-8")
    ran = screener("--content", CONTENT, "summarise", "answers.json")
    assert ran.stderr == "answers.json:1:27: This escape is half a character. Write the whole character.\n"


def test_answers_cut_by_a_comment_are_refused(screener: Screener, tmp_path: Path) -> None:
    """Check that no part of an answer is dropped, that quotes keep it, and that other comments stay comments."""
    answers = tmp_path / "answers.yaml"
    answers.write_text("# from the desk\nremarks: seat # 4\n", "utf-8")
    ran = screener("--content", CONTENT, "summarise", answers)
    assert ran.returncode == 2
    assert ':2:15: The text ends before this "#", which begins a comment. Put quotes round the whole text' in ran.stderr
    answers.write_text('# from the desk\nremarks: "seat # 4" # as said\nitems: [stick] # one\n# end\n', "utf-8")
    ran = screener("--content", CONTENT, "summarise", answers, "--copy", "clinician")
    assert ran.returncode == 0
    assert "seat # 4" in ran.stdout


@pytest.mark.parametrize("written", ["age: 12\u200b", "alone: \u2060yes", 'items: [stick, "oxygen\U000e0041"]'])
def test_an_invisible_character_in_an_answer_is_named(screener: Screener, tmp_path: Path, written: str) -> None:
    """Check that an answer that looks right and is not is refused for what is wrong with it."""
    (tmp_path / "answers.yaml").write_text(f"{written}\n", "utf-8")
    ran = screener("--content", CONTENT, "summarise", "answers.yaml")
    assert ran.returncode == 2
    assert "There is an invisible character here (U+" in ran.stderr
    assert ran.stderr.endswith("Remove it.\n")


def test_a_dose_from_a_program_is_read_as_it_is(screener: Screener, tmp_path: Path) -> None:
    """Check that a point in a file is a point, as JSON and YAML have it."""
    (tmp_path / "answers.yaml").write_text('items: [oxygen]\noxygen_flow: "1.126"\n', "utf-8")
    ran = screener("--content", CONTENT, "summarise", "answers.yaml", "--copy", "clinician")
    assert ran.returncode == 0
    assert "1.126 l/min" in ran.stdout


@pytest.mark.parametrize("tag", ["es-419", "fil", "zh-Hans", "sr-Latn-RS", "de-CH-1996", "es-x-clinic"])
def test_a_translation_in_any_language_tag_is_read(screener: Screener, content: Path, tag: str) -> None:
    """Check that every tag of BCP 47 names a language, its files and a choice."""
    for path in sorted(content.rglob("es-US*"), reverse=True):
        if path.is_dir():
            path = path.rename(path.with_name(tag)) / "nerves.yaml"
        else:
            path = path.rename(path.with_name(f"{tag}.yaml"))
        path.write_text(path.read_text("utf-8").replace("language: es-US", f"language: {tag}"), "utf-8")
    assert screener("--content", content, "check").returncode == 0
    ran = screener(
        "--content", content, "summarise", "-", "--language", tag.lower().replace("-", "_"), stdin="age: 12\n"
    )
    assert (ran.returncode, ran.stderr) == (0, "")
