"""Copies of a response: saved to a file or printed, each written down in the audit trail before it is made."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from screener.document.formats import REGISTRY, Format, RenderOptions, rendered
from screener.document.html import Paper
from screener.document.model import Document, DocumentKind
from screener.document.notice import Audience
from screener.document.printer import send
from screener.document.save import write
from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.model.questionnaire import Questionnaire
from screener.staff.response import ReviewedResponse
from screener.store.approval import signed_by
from screener.store.audit import Event
from screener.store.clinic import days_kept
from screener.store.response_list import ResponseListItem
from screener.store.staff_store import StaffStore
from screener.summary.metadata import PersonReference

_MOST_COPIES = 999
_NOT_IN_NAMES = re.compile(r"[^0-9A-Z-]")
"""What no reference of this program has, and a file name must not get from a terminal that somebody tampered with."""
Way = Literal["save", "print"]


@dataclass(frozen=True)
class CopyKind:
    """One of the things that can be done with a response."""

    destination: Way
    audience: Audience
    format: Format = "text"
    with_appendix: bool = True
    """Whether the clinician's copy has its notes, sources and origin."""
    paper: Paper = "A4"
    document: DocumentKind = "summary"

    @property
    def file_label(self) -> str:
        """Return what a file is called after the reference: by its reader, or what it is."""
        return self.audience if self.document == "summary" else self.document


KINDS = (
    CopyKind("save", "clinician"),
    CopyKind("save", "patient"),
    CopyKind("save", "clinician", "markdown"),
    CopyKind("save", "patient", "markdown"),
    CopyKind("save", "clinician", "json"),
    CopyKind("save", "patient", "json"),
    CopyKind("save", "clinician", "html"),
    CopyKind("save", "patient", "html"),
    CopyKind("save", "clinician", "pdf"),
    CopyKind("save", "clinician", "pdf", paper="letter"),
    CopyKind("save", "patient", "pdf"),
    CopyKind("save", "patient", "pdf", paper="letter"),
    CopyKind("print", "clinician", with_appendix=False),
    CopyKind("print", "clinician"),
    CopyKind("print", "patient"),
)
_OF_STAFF = (
    CopyKind("save", "clinician"),
    CopyKind("save", "clinician", "html"),
    CopyKind("save", "clinician", "pdf"),
    CopyKind("save", "clinician", "pdf", paper="letter"),
    CopyKind("print", "clinician"),
)
"""What can be done with the timeline of what staff recorded, and with what a form asks for."""
TIMELINE_KINDS = tuple(replace(kind, document="timeline") for kind in _OF_STAFF)
FORM_KINDS = tuple(replace(kind, document="form") for kind in _OF_STAFF)
RECORDED_KINDS = (*(kind for kind in KINDS if kind.audience == "clinician"), *TIMELINE_KINDS)
"""What can be done with what staff recorded: it has no copy for the person."""
SERIES_KINDS = tuple(kind for kind in KINDS if kind.audience == "clinician" and kind.with_appendix)
"""What can be done with the series of a person, which is for the clinician only."""


@dataclass(frozen=True)
class Destinations:
    """Destinations of copies: the folder for files, and the command that prints its input."""

    folder: Path
    printer: str | None = None


def kinds_for(questionnaire: Questionnaire) -> tuple[CopyKind, ...]:
    """Return the copies that staff can make of a response to a questionnaire."""
    if not questionnaire.is_for_staff:
        return KINDS
    return (*RECORDED_KINDS, *(FORM_KINDS if questionnaire.form and questionnaire.form.items else ()))


def event_of(kind: CopyKind) -> Event:
    """Return what a copy is in the audit trail."""
    return Event.PRINTED if kind.destination == "print" else Event.EXPORTED


def logged_summary(
    staff_store: StaffStore,
    opened: ReviewedResponse,
    kind: CopyKind,
    listed: ResponseListItem | None = None,
    person: PersonReference | None = None,
) -> Document:
    """Log the copy, then return it: no copy exists without a row of the audit trail, which it names as the head.

    ``person`` is whose response it is, where it is linked.
    """
    staff_store.log(event_of(kind), opened.id)
    name, annotations = (listed.name, listed.annotations) if listed else (None, ())
    store = staff_store.store
    days = None if opened.record.finished else days_kept(store.clinic)
    return opened.summary(
        kind.audience,
        head=store.head(),
        name=name,
        annotations=annotations,
        days_kept=days,
        signed_by=signed_by(store, opened.record.content),
        with_appendix=kind.with_appendix,
        document=kind.document,
        person=person,
    )


def deliver(
    document: Document,
    reference: str,
    kind: CopyKind,
    destinations: Destinations,
    note: Callable[[Path], None],
    start: str = "screener",
) -> str:
    """Save or print a copy; return the sentence that says where it is. Raise ``ScreenerError`` where it cannot be.

    ``note`` is called with the path of a file before it is written; ``start`` begins its name. Takes as long as the
    printer command does.
    """
    if kind.destination == "save":
        name = f"{start}-{_NOT_IN_NAMES.sub('', reference)}"
        return _("It is saved as {path}.").format(path=_saved(document, name, kind, destinations.folder, note))
    send(destinations.printer or "", rendered(document).decode())
    return _("It was given to the printer.")


def _saved(document: Document, name: str, kind: CopyKind, folder: Path, note: Callable[[Path], None]) -> Path:
    """Write a file that does not exist yet; its name has the reference in it and nothing else of the person."""
    content = rendered(document, kind.format, RenderOptions(paper=kind.paper))
    for number in range(1, _MOST_COPIES):
        again = f"-{number}" if number > 1 else ""
        path = folder / f"{name}-{kind.file_label}{again}{REGISTRY[kind.format].suffix}"
        if not path.exists() and not path.is_symlink():
            with suppress(OSError):  # Where the list of copies cannot be written, nobody is kept from a copy.
                note(path)
            write(path, content)
            return path
    raise ScreenerError(_("There are too many copies of this response in {folder}.").format(folder=folder))
