"""What a copy says of one rule: its note in the appendix, and its part of the first page."""

from __future__ import annotations

from screener.document.model import Block, Document, Pairs, Paragraph, plain


def notes(document: Document) -> dict[str, str]:
    """Return by rule the words of its note in the clinician's copy."""
    assert document.data
    blocks = {part.id: part for block in document.body for part in block.parts if isinstance(part, Block)}
    return {topic["rule"]: _words(blocks[f"note-{topic['note']}"]) for topic in document.data["topics"]}


def _words(note: Block) -> str:
    return "\n".join((note.title, *(plain(part.words) for part in note.parts if isinstance(part, Paragraph))))


def rows(document: Document, title: str) -> list[tuple[str, str]]:
    """Return the rows of one group of the first page."""
    (page,) = (block for block in document.body if block.id == "first-page")
    groups = [part for part in page.parts if isinstance(part, Pairs) and part.title == title]
    return [(pair.label, plain(pair.value)) for group in groups for pair in group.pairs]


def block_words(document: Document, name: str) -> str:
    """Return all words of one block of either copy."""
    (block,) = (block for block in document.body if block.id == name)
    words = []
    for part in block.parts:
        if isinstance(part, Paragraph):
            words.append(plain(part.words))
        elif isinstance(part, Pairs):
            words += [f"{pair.label}: {plain(pair.value)}" for pair in part.pairs]
        elif not isinstance(part, Block) and hasattr(part, "items"):
            words += map(plain, part.items)
    return "\n".join(words)
