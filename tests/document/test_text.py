"""The text export: 80 columns, nothing that a terminal obeys, and no text that can pass for another part of it."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wcwidth import wcswidth

from screener.content.compiled import Content
from screener.display_text import width, wrapped
from screener.document.checksum import check
from screener.document.model import (
    Badge,
    Blanks,
    Block,
    BlockPart,
    Bullets,
    Document,
    Link,
    Pair,
    Pairs,
    Paragraph,
    Picture,
    Strong,
    Table,
)
from screener.document.text import COLUMNS, render
from screener.engine.interview import Interview
from screener.summary.build import clinician_summary, patient_summary
from screener.summary.metadata import SessionMetadata
from tests.strategies import ESCAPES, EVERY_CONTENT, FORGERIES, Sample, entries, hostile, named

SESSION = SessionMetadata("K7QP-3MXD", "file")
PLAIN = pytest.mark.parametrize("plain", [False, True], ids=["unicode", "ascii"])


def document_with(text: str) -> Document:
    """Return a document with this text in each place for authored or typed text."""
    parts: tuple[BlockPart, ...] = (
        Paragraph(text),
        Bullets((text, text)),
        Pairs((Pair(text, text), Pair("Remarks", text))),
        Pairs((Pair(text, text),), text),
        Pairs((Pair(text, (text, Strong(text), Link(text, "note-1"))),), text, compact=True),
        Table(text, (text, text), ((text, text), (text, (Strong(text),)))),
        Picture("<svg></svg>", text),
        Blanks((text,)),
        Blanks((text, text), beside=True),
        Block("note-1", text, (Paragraph(text, "said"), Bullets((text,))), Badge(text), tight=True),
        Block("note-2", text, (Paragraph(text, "alert"),)),
    )
    return Document("clinician", text, "en-GB", (Block("answers", "All answers", parts),))


def answered(flight: Content, text: str) -> Document:
    """Return the clinician's copy with this text as a typed answer."""
    interview = Interview(flight.form, flight.rules, {"remarks": text})
    return clinician_summary(flight, interview, SESSION)


def body(printed: str) -> list[str]:
    return re.split("\n-- (?:Seal|Checksum)", printed)[0].split("\n")


@PLAIN
@given(text=hostile)
def test_eighty_columns(plain: bool, text: str) -> None:
    """Check that no line is wider than 80 columns with any typed or authored text, also in ASCII."""
    for line in render(document_with(text), plain=plain).split("\n"):
        assert wcswidth(line) <= COLUMNS


@PLAIN
@given(text=hostile)
def test_no_control_characters(plain: bool, text: str) -> None:
    """Check that the text has line feeds and printable characters only, and nothing that moves or hides text."""
    printed = render(document_with(text), plain=plain)
    unsafe = {sign for sign in printed if sign != "\n" and unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp")}
    assert unsafe == set()
    assert not {sign for sign in printed if unicodedata.bidirectional(sign) in BIDI_CONTROLS}


BIDI_CONTROLS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@pytest.mark.parametrize("name", ESCAPES)
def test_escapes_are_shown(flight: Content, name: str) -> None:
    """Check that characters that a terminal would obey are shown by their numbers."""
    printed = render(answered(flight, ESCAPES[name]))
    assert "\x1b" not in printed
    assert "<U+" in printed


@given(text=hostile)
def test_ascii_only(text: str) -> None:
    """Check that the plain text is ASCII only."""
    assert render(document_with(text), plain=True).isascii()


def test_ascii_reads_well(flight: Content) -> None:
    """Check that ASCII drops accents, replaces typographic characters, and shows all others by their numbers."""
    printed = render(answered(flight, "“naïve” – café … 日"), plain=True)
    assert '"naive" - cafe ... <U+65E5>' in printed


@PLAIN
@given(text=hostile)
def test_no_forged_part(plain: bool, text: str) -> None:
    """Check that typed or authored text cannot pass for a heading or the checksum, because it never starts a line."""
    lines = render(document_with(text), plain=plain).split("\n")
    at_the_margin = [line for line in lines if line and not line.startswith("  ")]
    headings = ["Talk to a clinician", "All answers", "Talk to a clinician"]
    assert at_the_margin == [f"== {title} ".ljust(COLUMNS, "=") for title in headings] + ["-- Seal " + "-" * 72]


@pytest.mark.parametrize("forgery", FORGERIES)
@PLAIN
def test_forgeries_are_text(flight: Content, forgery: str, plain: bool) -> None:
    """Check that an answer that looks like a part of a summary adds no part, and that the checksum still matches."""
    honest = render(answered(flight, "nothing"), plain=plain)
    printed = render(answered(flight, forgery), plain=plain)
    assert [line for line in printed.split("\n") if line.startswith("==")] == [
        line for line in honest.split("\n") if line.startswith("==")
    ]
    assert check(printed).holds


@PLAIN
@example(text="ends with a mark that is a space in ASCII: \u00a8")
@example(text="\u00a8")
@given(text=hostile)
def test_every_checksum_matches(plain: bool, text: str) -> None:
    """Check that the checksum of an unchanged text matches, with any typed or authored text."""
    assert check(render(document_with(text), plain=plain)).broken == ()


@given(words=st.lists(st.text("abcdefgh", min_size=1, max_size=90), min_size=1, max_size=30))
def test_nothing_is_lost(words: list[str]) -> None:
    """Check that wrapping loses and adds no letter, even of words that are longer than a line."""
    document = Document("patient", "t", "en-GB", (Block("answers", "0", (Paragraph(" ".join(words)),)),))
    lines = body(render(document))
    start = next(number for number, line in enumerate(lines) if line.startswith("== 0"))
    end = next(number for number, line in enumerate(lines) if number > start and line.startswith("== "))
    assert "".join("".join(lines[start + 1 : end]).split()) == "".join(words)


@pytest.mark.parametrize("made", **named(EVERY_CONTENT))
@given(data=st.data())
def test_every_answer_is_printed(made: st.SearchStrategy[Sample], data: st.DataObject) -> None:
    """Check that both copies of any response have at most 80 columns, and render the same twice."""
    content = data.draw(made).content
    known = data.draw(entries(content.form))
    for build in (patient_summary, clinician_summary):
        printed = render(build(content, Interview(content.form, content.rules, known), SESSION))
        assert all(wcswidth(line) <= COLUMNS for line in printed.split("\n"))
        assert printed == render(build(content, Interview(content.form, content.rules, known), SESSION))


@example(words=["no", "日本語"], columns=4)
@given(
    words=st.lists(
        st.sampled_from(("no", "日本語テキスト" * 9, "x", "日本", "é\u0300\u0301", "\U0001f600", "क्षि" * 20))
    ),
    columns=st.integers(2, 80),
)
def test_no_line_is_wider_than_asked_and_nothing_is_lost(words: list[str], columns: int) -> None:
    """Check that a wide character is not put on a line that has one column left."""
    lines = wrapped(" ".join(words), columns)
    assert all(width(line) <= columns for line in lines)
    assert "".join(lines).replace(" ", "") == "".join(words)
