"""A document as PDF, made from its HTML."""

from __future__ import annotations

from typing import Any

from screener.document import html
from screener.document.html import Paper
from screener.document.model import Document
from screener.errors import ScreenerError

INSTALL = (
    "A PDF needs WeasyPrint and Pango. Run: pip install 'screener[rulebook]' (and on Debian: apt-get install "
    "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)"
)


def render(document: Document, *, paper: Paper = "A4") -> bytes:
    """Return a tagged PDF. Nothing outside the page is ever fetched. Raise ``ScreenerError`` if it cannot be made."""
    try:
        from weasyprint import HTML
    except (ImportError, OSError):
        raise ScreenerError(INSTALL) from None
    page = html.render(document, paper=paper)
    file: bytes = HTML(string=page, url_fetcher=_refuse).write_pdf(pdf_variant="pdf/ua-1")
    return file


def _refuse(url: str, *_: Any, **__: Any) -> Any:
    raise ValueError(f"the document has everything in itself and fetches nothing: {url}")
