"""Whose response it is: the link to a person, how staff made sure of it, and its undoing.

A link is an annotation of the response: sealed, with who and when, and its hash in the audit trail. The code of an
appointment links by its ticket. What staff say afterwards counts more: a link that is undone stays undone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from screener.store.annotation import Annotation
from screener.store.appointment_code import OpenedTicket

LinkedBy = Literal["code", "identifiers", "name"]
"""By the code of an appointment; by the clinic's reference and the year of birth; by a name that staff confirmed."""


@dataclass(frozen=True)
class PersonLink:
    """The person that a response is of, by an id."""

    person: str
    by: LinkedBy
    appointment: str | None = None
    """Where it was answered with the code of one."""


def link_text(link: PersonLink) -> str:
    """Return the text of the annotation that links a response."""
    return f"{link.person} {link.by}"


def link_of(ticket: OpenedTicket | None, annotations: Iterable[Annotation]) -> PersonLink | None:
    """Return the link of a response as it is now; ``None`` where it has none, or it was undone."""
    link = PersonLink(ticket.person, "code", ticket.appointment) if ticket else None
    for annotation in annotations:
        if annotation.kind == "linked":
            link = linked_in(annotation)
        elif annotation.kind == "unlinked":
            link = None
    return link


def linked_in(annotation: Annotation) -> PersonLink | None:
    """Return the link that an annotation tells; ``None`` where it is none that this program writes."""
    person, _, by = annotation.text.partition(" ")
    return next((PersonLink(person, way) for way in get_args(LinkedBy) if way == by), None)
