"""The registry of formats: every format of every document, with its name, suffix and renderer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from screener.document import html, json, markdown, pdf, text
from screener.document.html import Paper
from screener.document.model import Document

Format = Literal["text", "markdown", "html", "pdf", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)
TEXT_FORMATS: tuple[Format, ...] = tuple(name for name in FORMATS if name != "pdf")
"""The formats whose file is text."""


@dataclass(frozen=True)
class RenderOptions:
    """What a reader can choose: ASCII only (text), and the paper (HTML and PDF)."""

    ascii_only: bool = False
    paper: Paper = "A4"


@dataclass(frozen=True)
class DocumentFormat:
    """One format. ``render`` returns the bytes of its file."""

    suffix: str
    render: Callable[[Document, RenderOptions], bytes]


REGISTRY: dict[Format, DocumentFormat] = {
    "text": DocumentFormat(".txt", lambda document, options: text.render(document, plain=options.ascii_only).encode()),
    "markdown": DocumentFormat(".md", lambda document, options: markdown.render(document).encode()),
    "html": DocumentFormat(".html", lambda document, options: html.render(document, paper=options.paper).encode()),
    "pdf": DocumentFormat(".pdf", lambda document, options: pdf.render(document, paper=options.paper)),
    "json": DocumentFormat(".json", lambda document, options: json.render(document).encode()),
}


def rendered(document: Document, format: Format = "text", options: RenderOptions | None = None) -> bytes:
    """Return the file of a document in one of the formats. Raise ``ScreenerError`` where it cannot be made."""
    return REGISTRY[format].render(document, options or RenderOptions())


def render(document: Document, format: Format = "text", *, ascii_only: bool = False) -> str:
    """Return the document in a format that is text. ``ascii_only`` is for plain text; JSON is always ASCII."""
    return rendered(document, format, RenderOptions(ascii_only)).decode()
