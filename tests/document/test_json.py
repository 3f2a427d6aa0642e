"""The JSON export: plain data with the whole document."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.check.schema import SCHEMAS, schema
from screener.display_text import unseen_named
from screener.document.json import FORMAT, VERSION, as_data, render
from screener.engine.interview import Interview
from screener.summary.blocks import Block, Bullets, Pair, Pairs, Paragraph, ScoreLine, Topic
from screener.summary.build import clinician_summary, patient_summary
from screener.summary.document import Document
from screener.summary.metadata import SessionMetadata
from tests.document.test_text import document_with
from tests.strategies import EVERY_CONTENT, Sample, entries, hostile, named

SUMMARY = jsonschema.Draft202012Validator(schema(SCHEMAS["summary"]))
KINDS: dict[str, type[Any]] = {
    "paragraph": Paragraph,
    "bullets": Bullets,
    "pairs": Pairs,
    "topic": Topic,
    "score": ScoreLine,
}


def rebuilt(data: dict[str, Any]) -> tuple[Block, ...]:
    """Return the blocks that the data describes, built from nothing else."""
    return tuple(
        Block(block["id"], block["title"], tuple(part(each) for each in block["parts"])) for block in data["blocks"]
    )


def marked(document: Document) -> list[dict[str, Any]]:
    """Return the blocks of a document as data, with marks for the characters that nobody sees."""
    text = json.dumps([asdict(block) for block in document.blocks], ensure_ascii=False)
    blocks: list[dict[str, Any]] = json.loads(unseen_named(text))
    assert rebuilt({"blocks": json.loads(text)}) == document.blocks
    return blocks


def part(data: dict[str, Any]) -> Any:
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    for name in ("pairs", "because"):
        if name in values:
            values[name] = tuple(Pair(**pair) for pair in values[name])
    return KINDS[data["kind"]](**values)


@pytest.mark.parametrize("made", **named(EVERY_CONTENT))
@given(data=st.data())
def test_nothing_is_lost(made: st.SearchStrategy[Sample], data: st.DataObject) -> None:
    """Check that the document can be built again from its JSON, block by block, in both copies."""
    content = data.draw(made).content
    interview = Interview(content.form, content.rules, data.draw(entries(content.form)))
    for build in (patient_summary, clinician_summary):
        document = build(content, interview, SessionMetadata("K7QP-3MXD", "file"))
        found = json.loads(render(document))
        assert found.keys() == {"format", "version", "copy", "title", "language", "blocks"}
        assert (found["format"], found["version"]) == (FORMAT, VERSION)
        assert (found["copy"], found["title"], found["language"]) == (
            document.audience,
            document.title,
            document.language,
        )
        assert found["blocks"] == marked(document)


@given(text=hostile)
def test_ascii(text: str) -> None:
    """Check that the file is ASCII, and gives back exactly the typed text with marks for what nobody sees."""
    document = document_with(text)
    rendered = render(document)
    assert rendered.isascii()
    assert all(sign == "\n" or sign.isprintable() for sign in rendered)
    assert json.loads(rendered)["blocks"] == marked(document)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("all well\U000e0069\U000e0067", "all well<U+E0069><U+E0067>"),
        ("a\u200bb\u2060c\ufeff", "a<U+200B>b<U+2060>c<U+FEFF>"),
        ("a\u00adb\u3164c\ufe0f", "a<U+00AD>b<U+3164>c<U+FE0F>"),
        ("\u0645\u06cc\u200c\u062e \u2764\ufe0f \U0001f468\u200d\U0001f469", None),
    ],
    ids=["tags", "zero-width", "others", "shaping"],
)
def test_text_that_nobody_sees_is_marked(typed: str, shown: str | None) -> None:
    """Check that a program reads no words that a reader of the page does not see; joiners in words and emoji stay."""
    rendered = render(document_with(typed))
    assert (shown or typed) in json.dumps(json.loads(rendered), ensure_ascii=False)


def test_numbers_stay_numbers() -> None:
    """Check that a range of a score is two numbers, so that no program has to read it out of a sentence."""
    document = Document("clinician", "t", "en-GB", (Block("scores", "S", (ScoreLine("T", 2, 4, 6, 1),)),))
    (score,) = as_data(document)["blocks"][1]["parts"]
    assert (score["low"], score["high"], score["maximum"], score["missing"]) == (2, 4, 6, 1)


@pytest.mark.parametrize("made", **named(EVERY_CONTENT))
@given(data=st.data())
def test_keeps_to_its_schema(made: st.SearchStrategy[Sample], data: st.DataObject) -> None:
    """Check every summary against its published schema."""
    content = data.draw(made).content
    interview = Interview(content.form, content.rules, data.draw(entries(content.form)))
    for build in (patient_summary, clinician_summary):
        found = json.loads(render(build(content, interview, SessionMetadata("K7QP-3MXD", "file"))))
        assert list(SUMMARY.iter_errors(found)) == []


def test_the_schema_refuses_other_data() -> None:
    """Check that the published schema refuses other data."""
    data = json.loads(render(document_with("text")))
    assert not list(SUMMARY.iter_errors(data))
    assert list(SUMMARY.iter_errors(data | {"blocks": [{"id": "x"}]}))
    assert list(SUMMARY.iter_errors({name: value for name, value in data.items() if name != "blocks"}))
