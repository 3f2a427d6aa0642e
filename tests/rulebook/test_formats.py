"""``screener rulebook``: formats, files, and messages about missing parts."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from screener.cli.main import run
from screener.document.markdown import render as markdown
from screener.document.pdf import render as pdf
from screener.rulebook.book import rule_book
from screener.rulebook.context import BookContext
from screener.rulebook.reading_grade import grader
from tests.rulebook.conftest import TESTS

CONTENT = TESTS / "fixtures"
Printed = pytest.CaptureFixture[bytes]


def test_html_goes_to_stdout_or_to_a_new_file(tmp_path: Path, capfdbinary: Printed) -> None:
    """Check that both give the same book, and that a file is never overwritten."""
    command = ["--content", str(CONTENT), "rulebook"]
    assert run(command) == 0
    printed = capfdbinary.readouterr().out
    assert run([*command, "--output", str(tmp_path / "book.html")]) == 0
    assert (tmp_path / "book.html").read_bytes() == printed
    assert run([*command, "--output", str(tmp_path / "book.html"), "--format", "markdown"]) == 2
    assert b"nothing is overwritten" in capfdbinary.readouterr().err
    assert (tmp_path / "book.html").read_bytes() == printed


def test_no_book_is_made_of_content_in_which_a_case_does_not_hold(tmp_path: Path, capfdbinary: Printed) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    rules = content / "rules" / "before-a-flight" / "flight.yaml"
    rules.write_text(rules.read_text("utf-8").replace("age < 16", "age > 16"), "utf-8")
    assert run(["--content", str(content), "rulebook"]) == 2
    printed = capfdbinary.readouterr()
    assert printed.out == b""
    assert b"the rule child-alone is clear, not raised" in printed.err


def test_without_the_extra_a_pdf_is_one_sentence_away(tmp_path: Path) -> None:
    """Check that without the library the command says what to run, and writes nothing."""
    (tmp_path / "weasyprint.py").write_text("raise ImportError", "utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "screener", "--content", CONTENT, "rulebook", "--format", "pdf", "--output", "book.pdf"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 2
    assert b"pip install 'screener[rulebook]'" in ran.stderr
    assert not (tmp_path / "book.pdf").exists()


def test_pdf_is_tagged_and_says_its_language(invented: BookContext) -> None:
    """Check that a screen reader can read the printed book too."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as error:
        pytest.skip(f"the extra rulebook or Pango is not installed ({error})")
    book = rule_book(invented)
    made = pdf(replace(book, body=book.body[:2]))
    assert made.startswith(b"%PDF-")
    inside = made + b"".join(map(unpacked, re.findall(rb"stream\n(.*?)\nendstream", made, re.DOTALL)))
    assert b"/MarkInfo" in inside
    assert b"(en-GB)" in inside


def unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


def test_markdown_tables_have_as_many_cells_in_each_row(invented: BookContext) -> None:
    rows: list[int] = []
    for line in [*markdown(rule_book(invented)).splitlines(), ""]:
        if line.startswith("|"):
            rows.append(len(re.findall(r"(?<!\\)\|", line)))
        elif rows:
            assert len(set(rows)) == 1
            rows = []


def test_reading_grade_grows_with_words_and_sentences() -> None:
    """Check that the grade is only counted, and that a text of a few words has none."""
    pytest.importorskip("textstat", reason="the extra rulebook is not installed")
    grade = grader()
    assert grade
    assert grade("Yes, I do.") == ""
    easy = grade("We ask you this. You can skip it. It is up to you.")
    hard = grade(
        "Notwithstanding considerable heterogeneity, investigators characteristically recommend individualisation."
    )
    assert int(easy.removeprefix("grade ")) < 4 < 12 < int(hard.removeprefix("grade "))
