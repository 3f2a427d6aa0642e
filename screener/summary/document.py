"""A summary as a document: the notice, blocks, and the notice again.

Every format renders the ``blocks`` of a ``Document``. The document itself adds the notice, so that no format and no
content can leave it out.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from screener.summary.blocks import Audience, Block
from screener.summary.notice import closing_notice, opening_notice


@dataclass(frozen=True)
class Document:
    """A summary for one reader. ``body`` is the part between the two notices."""

    audience: Audience
    title: str
    language: str
    body: tuple[Block, ...] = field(repr=False)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Return the notice, the body, and the notice again."""
        return (opening_notice(self.audience, self.language), *self.body, closing_notice(self.audience, self.language))
