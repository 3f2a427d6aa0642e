"""A summary as JSON, for other programs. The schema is printed by ``screener schema summary``."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, Literal

from screener.display_text import unseen_named
from screener.summary.document import Document

FORMAT: Literal["screener-summary"] = "screener-summary"
VERSION: Literal[1] = 1


def render(document: Document) -> str:
    """Return the document with all its blocks and both notices; non-ASCII and control characters are escaped."""
    return json.dumps(as_data(document), indent=2, ensure_ascii=True) + "\n"


def as_data(document: Document) -> dict[str, Any]:
    """Return the document as plain lists and dictionaries, as the schema describes it.

    Characters that nobody sees are shown as ``<U+XXXX>``: they could tell a program what no reader of the page is told.
    """
    return {
        "format": FORMAT,
        "version": VERSION,
        "copy": document.audience,
        "title": unseen_named(document.title),
        "language": document.language,
        "blocks": [_named(asdict(block)) for block in document.blocks],
    }


def _named(data: Any) -> Any:
    if isinstance(data, str):
        return unseen_named(data)
    if isinstance(data, dict):
        return {key: _named(part) for key, part in data.items()}
    return [_named(part) for part in data] if isinstance(data, list | tuple) else data
