"""A summary as JSON, for other programs: its data and the notice, and nothing of the document's layout.

The schema is printed by ``screener schema summary``.
"""

from __future__ import annotations

import json
from typing import Any

from screener.display_text import unseen_named
from screener.document.model import Block, Document, Paragraph, plain
from screener.errors import ScreenerError


def render(document: Document) -> str:
    """Return the data with both notices, the first and the last key; non-ASCII and control characters are escaped."""
    if document.data is None:
        raise ScreenerError("This document has no data to be exported. Choose another format.")
    first, *_, last = document.blocks
    with_notices = {"notice": _notice(first), **document.data, "closing_notice": _notice(last)}
    return json.dumps(_named(with_notices), indent=2, ensure_ascii=True) + "\n"


def _named(data: Any) -> Any:
    """Return the data with characters that nobody sees as ``<U+XXXX>``: no program reads what no reader is told."""
    if isinstance(data, str):
        return unseen_named(data)
    if isinstance(data, dict):
        return {key: _named(part) for key, part in data.items()}
    return [_named(part) for part in data] if isinstance(data, list | tuple) else data


def _notice(block: Block) -> list[str]:
    return [block.title, *(plain(part.words) for part in block.parts if isinstance(part, Paragraph))]
