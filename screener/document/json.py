"""A summary as JSON, for other programs. The schema is printed by ``screener schema summary``."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, Literal

from screener.summary.document import Document

FORMAT: Literal["screener-summary"] = "screener-summary"
VERSION: Literal[1] = 1


def render(document: Document) -> str:
    """Return the document with all its blocks and both notices; non-ASCII and control characters are escaped."""
    return json.dumps(as_data(document), indent=2, ensure_ascii=True) + "\n"


def as_data(document: Document) -> dict[str, Any]:
    """Return the document as plain lists and dictionaries, as the schema describes it."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "copy": document.audience,
        "title": document.title,
        "language": document.language,
        "blocks": [asdict(block) for block in document.blocks],
    }
