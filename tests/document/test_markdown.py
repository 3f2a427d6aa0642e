"""The Markdown export: a Markdown reader shows the summary, and typed text as its letters only."""

from __future__ import annotations

import pytest
from hypothesis import given
from markdown_it import MarkdownIt
from markdown_it.token import Token

from screener.content.compiled import Content
from screener.display_text import visible
from screener.document.markdown import render
from tests.document.test_text import answered, document_with
from tests.strategies import FORGERIES, hostile

READERS = {
    "commonmark": MarkdownIt("commonmark"),
    "github": MarkdownIt("commonmark", {"linkify": False, "html": True}).enable(["table", "strikethrough"]),
}
READER = pytest.mark.parametrize("reader", READERS)
BLOCKS = {
    "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline",
    "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close",
}  # fmt: skip
INSIDE = {"text", "text_special", "strong_open", "strong_close"}


def read(reader: str, markdown: str) -> list[Token]:
    return READERS[reader].parse(markdown)


def shape(tokens: list[Token]) -> list[str]:
    return [token.type + token.tag for token in tokens]


def letters(tokens: list[Token]) -> list[str]:
    """Return what a reader shows of each line: its text without marks."""
    return [
        "".join(child.content for child in token.children or () if child.type in ("text", "text_special"))
        for token in tokens
        if token.type == "inline"
    ]


@READER
@given(text=hostile)
def test_nothing_escapes(reader: str, text: str) -> None:
    """Check that typed or authored text makes no link, picture, code, quote, table or HTML."""
    tokens = read(reader, render(document_with(text)))
    plain = read(reader, render(document_with("plain")))
    of_the_program = {token.type for token in plain}
    assert {token.type for token in tokens} <= BLOCKS | of_the_program
    assert not {token.type for token in tokens} & {"html_block", "code_block", "fence", "ordered_list_open", "hr"}
    assert {child.type for token in tokens for child in token.children or ()} <= INSIDE | {"softbreak"}


@READER
@given(text=hostile)
def test_the_shape_is_the_programs(reader: str, text: str) -> None:
    """Check that all headings and lists are those of the program, at their levels, with any typed or authored text."""
    assert shape(read(reader, render(document_with(text)))) == shape(read(reader, render(document_with("plain"))))


@READER
@given(text=hostile)
def test_the_letters_are_those_typed(reader: str, text: str) -> None:
    """Check that a reader shows the typed text, letter by letter, on one line."""
    expected = " ".join(visible(text).split())
    lines = letters(read(reader, render(document_with(text))))
    assert expected in lines
    assert f"Remarks: {expected}" in lines


@pytest.mark.parametrize("forgery", FORGERIES)
def test_forged_headings_are_text(flight: Content, forgery: str) -> None:
    """Check that an answer that looks like a heading adds none."""
    honest = shape(read("commonmark", render(answered(flight, "nothing"))))
    assert shape(read("commonmark", render(answered(flight, forgery)))) == honest


def test_headings(flight: Content) -> None:
    """Check that each block has a heading of the second level, with the notice first and last."""
    tokens = read("commonmark", render(answered(flight, "nothing")))
    second = [n + 1 for n, token in enumerate(tokens) if (token.type, token.tag) == ("heading_open", "h2")]
    titles = ["".join(letters([tokens[number]])) for number in second]
    assert titles == [block.title for block in answered(flight, "nothing").blocks]


@pytest.mark.parametrize(
    "text",
    [
        "48K5-93XZ",
        "2026-11-28 16:42",
        "20-27 severe",
        "St John's wort",
        'told "no"',
        "S3 (section 4.2): a + b = c!",
        "a_b",
    ],
)
def test_ordinary_text_is_written_as_it_is(text: str) -> None:
    """Check that a reader of the file itself meets no backslashes where Markdown needs none."""
    assert f"{text}: {text}" in render(document_with(text))
