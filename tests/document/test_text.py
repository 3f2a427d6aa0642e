"""The text export: 80 columns, nothing in it that a terminal obeys, and nothing that passes for another part of it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wcwidth import wcswidth

from screener.content.compiled import Content
from screener.document.checksum import check
from screener.document.text import COLUMNS, render
from screener.engine.interview import Interview
from screener.summary.blocks import Block, BlockPart, Bullets, Pair, Pairs, Paragraph, ScoreLine, Topic
from screener.summary.build import clinician_summary, patient_summary
from screener.summary.document import Document
from screener.summary.metadata import SessionMetadata
from tests.strategies import ESCAPES, EVERY_CONTENT, FORGERIES, Sample, entries, hostile, named

SESSION = SessionMetadata("K7QP-3MXD", "file")
PLAIN = pytest.mark.parametrize("plain", [False, True], ids=["unicode", "ascii"])


def document_with(text: str) -> Document:
    """A document in which this text stands wherever content or a person can put one."""
    parts: tuple[BlockPart, ...] = (
        Paragraph(text),
        Bullets((text, text)),
        Pairs((Pair(text, text), Pair("Remarks", text))),
        Pairs((Pair(text, text),), text),
        Topic(text, text, (Pair(text, text),), "rule", (text,), "discuss"),
        ScoreLine(text, 0, 1, 2, 1, (text,), text),
    )
    return Document("clinician", text, "en-GB", (Block("answers", "All answers", parts),))


def answered(flight: Content, text: str) -> Document:
    """The clinician's copy where a person typed this as an answer."""
    interview = Interview(flight.form, flight.rules, {"remarks": text})
    return clinician_summary(flight, interview, SESSION)


def body(printed: str) -> list[str]:
    return printed.split("\n-- Seal")[0].split("\n")


@PLAIN
@given(text=hostile)
def test_eighty_columns(plain: bool, text: str) -> None:
    """No line is wider than 80 columns, whatever was typed or authored, in ASCII as well."""
    for line in render(document_with(text), plain=plain).split("\n"):
        assert wcswidth(line) <= COLUMNS


@PLAIN
@given(text=hostile)
def test_no_control_characters(plain: bool, text: str) -> None:
    """The text has line feeds and printable characters in it, and nothing that moves, hides or turns text round."""
    printed = render(document_with(text), plain=plain)
    unsafe = {sign for sign in printed if sign != "\n" and unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp")}
    assert unsafe == set()
    assert not {sign for sign in printed if unicodedata.bidirectional(sign) in BIDI_CONTROLS}


BIDI_CONTROLS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@pytest.mark.parametrize("name", ESCAPES)
def test_escapes_are_shown(flight: Content, name: str) -> None:
    """What a terminal would obey is printed as what it is, by its number."""
    printed = render(answered(flight, ESCAPES[name]))
    assert "\x1b" not in printed
    assert "<U+" in printed


@given(text=hostile)
def test_ascii_only(text: str) -> None:
    """The plain text has nothing but ASCII in it."""
    assert render(document_with(text), plain=True).isascii()


def test_ascii_reads_well(flight: Content) -> None:
    """In ASCII, accents fall away and typographic signs become plain ones; what is left is shown by its number."""
    printed = render(answered(flight, "“naïve” – café … 日"), plain=True)
    assert '"naive" - cafe ... <U+65E5>' in printed


@PLAIN
@given(text=hostile)
def test_no_forged_part(plain: bool, text: str) -> None:
    """Nothing typed or authored can pass for a heading or the seal: the lines at the margin are the program's."""
    lines = render(document_with(text), plain=plain).split("\n")
    at_the_margin = [line for line in lines if line and not line.startswith("  ")]
    headings = ["Talk to a clinician", "All answers", "Talk to a clinician"]
    assert at_the_margin == [f"== {title} ".ljust(COLUMNS, "=") for title in headings] + ["-- Seal " + "-" * 72]


@pytest.mark.parametrize("forgery", FORGERIES)
@PLAIN
def test_forgeries_are_text(flight: Content, forgery: str, plain: bool) -> None:
    """An answer that looks like a part of a summary adds no part to it and does not break its seal."""
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
def test_every_seal_holds(plain: bool, text: str) -> None:
    """Whatever was typed or authored, the seal of an untouched text holds."""
    assert check(render(document_with(text), plain=plain)).broken == ()


@given(words=st.lists(st.text("abcdefgh", min_size=1, max_size=90), min_size=1, max_size=30))
def test_nothing_is_lost(words: list[str]) -> None:
    """Wrapping loses and adds no letter, also of words that are longer than a line."""
    document = Document("patient", "t", "en-GB", (Block("answers", "0", (Paragraph(" ".join(words)),)),))
    lines = body(render(document))
    start = next(number for number, line in enumerate(lines) if line.startswith("== 0"))
    end = next(number for number, line in enumerate(lines) if number > start and line.startswith("== "))
    assert "".join("".join(lines[start + 1 : end]).split()) == "".join(words)


@pytest.mark.parametrize("made", **named(EVERY_CONTENT))
@given(data=st.data())
def test_every_answer_is_printed(made: st.SearchStrategy[Sample], data: st.DataObject) -> None:
    """Both copies of any response keep to 80 columns, and print the same twice."""
    content = data.draw(made).content
    known = data.draw(entries(content.form))
    for build in (patient_summary, clinician_summary):
        printed = render(build(content, Interview(content.form, content.rules, known), SESSION))
        assert all(wcswidth(line) <= COLUMNS for line in printed.split("\n"))
        assert printed == render(build(content, Interview(content.form, content.rules, known), SESSION))
