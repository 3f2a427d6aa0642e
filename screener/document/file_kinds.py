"""The kinds of file in which a person can save a copy, in the order of every list of them."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from screener.i18n.gettext import N_

if TYPE_CHECKING:  # A walk that saves nothing needs no renderer.
    from screener.document.formats import Format
    from screener.document.html import Paper


class FileKind(NamedTuple):
    """One kind of file: its name in words, its format, and its paper, which only a page for printing has."""

    label: str
    format: Format = "text"
    paper: Paper = "A4"


TEXT_FILE = FileKind(N_("Text"))
FILE_KINDS = (
    TEXT_FILE,
    FileKind(N_("PDF, A4"), "pdf"),
    FileKind(N_("PDF, letter"), "pdf", "letter"),
    FileKind(N_("Web page (HTML)"), "html"),
    FileKind(N_("Markdown"), "markdown"),
    FileKind(N_("JSON, for programs"), "json"),
)


def available_kinds() -> tuple[FileKind, ...]:
    """Return the kinds that this installation can make: how a PDF is installed is nothing to tell a person."""
    makes_pdf = find_spec("weasyprint") is not None
    return tuple(kind for kind in FILE_KINDS if makes_pdf or kind.format != "pdf")
