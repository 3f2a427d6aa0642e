"""Nothing in YAML is guessed from how it looks: what an author or a person wrote is the text they wrote."""

from __future__ import annotations

import pytest

from screener.content.yaml_source import read_text
from screener.errors import ContentError

GUESSED_ELSEWHERE = [
    "no", "No", "NO", "n", "N", "yes", "Yes", "y", "Y", "on", "On", "off", "OFF", "true", "True", "FALSE",
    "012", "0o14", "0x10", "0b11", "12:30", "12:30:45", "190:20:30", "1e3", "1E400", "1_000", "+1", "-0", ".5", "5.",
    ".inf", "-.INF", ".nan", "2026-01-01", "2026-01-01T10:00:00Z", "=", "NaN", "None", "nil", "undefined",
    "685230.15", "0.1e-5", "９", "१२",
]  # fmt: skip


@pytest.mark.parametrize("text", GUESSED_ELSEWHERE)
@pytest.mark.parametrize("shape", ["{0}", "[{0}]", "key: {0}", "{0}: value"])
def test_text_stays_text(text: str, shape: str) -> None:
    """As a document, in a list, as a value and as a key: the text arrives letter by letter."""
    value = read_text(shape.format(text).encode(), "file").value
    assert value in (text, [text], {"key": text}, {text: "value"})


@pytest.mark.parametrize("null", ["~", "null", "Null", "NULL"])
def test_null_is_refused_unless_it_is_quoted(null: str) -> None:
    """A null is neither text nor nothing, so it is refused; in quotes it is the word."""
    with pytest.raises(ContentError, match="A null says nothing"):
        read_text(f"key: {null}".encode(), "file")
    assert read_text(f"key: '{null}'".encode(), "file").value == {"key": null}


def test_byte_order_mark_is_not_part_of_the_text() -> None:
    """Editors that write one at the start of a file do no harm."""
    assert read_text(b"\xef\xbb\xbfid: body", "file").value == {"id": "body"}


def test_line_ends_of_any_system_are_the_same() -> None:
    """A file from Windows means what the same file from elsewhere means, at the same places."""
    plain, windows = (read_text(b"id: body\ntitle: B\n".replace(b"\n", end), "file") for end in (b"\n", b"\r\n"))
    assert plain.value == windows.value
    assert plain.places == windows.places


def test_json_is_read_as_yaml_is() -> None:
    """Answers in JSON are the same answers."""
    assert read_text(b'{"age": "40", "items": ["stick"]}', "file").value == {"age": "40", "items": ["stick"]}


def test_places_count_from_1_as_editors_show_them() -> None:
    """Keys and values are found at the line and column that an editor shows, also after letters beyond ASCII."""
    source = read_text("a: \u00fc\nb:\n  - {c: d, \u00fc: e}\n".encode(), "file")
    assert str(source.place("a")) == "file:1:4"
    assert str(source.key("b", 0, "c")) == "file:3:6"
    assert str(source.place("b", 0, "\u00fc")) == "file:3:15"
    assert str(source.place("b", 7, "missing")) == "file:3:3"
