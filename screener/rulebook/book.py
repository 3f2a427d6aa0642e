"""The whole rule book, chapter by chapter."""

from __future__ import annotations

from screener.document.model import Blanks, Block, Document, Paragraph, line
from screener.rulebook.branching import branching
from screener.rulebook.context import BookContext, labelled
from screener.rulebook.evidence import (
    bibliography,
    crisis_lines,
    hazards,
    licences,
    proofs,
    to_be_checked,
    unverified,
    wording,
)
from screener.rulebook.front import cover, how_to_read, version, what_it_is
from screener.rulebook.questions import questionnaire
from screener.rulebook.rules import at_a_glance, differences, rules

_DECISIONS = (
    "Approved for use with people who seek care here",
    "Approved with the changes on a separate page",
    "Not approved",
)


def rule_book(setting: BookContext) -> Document:
    """Return the book of one questionnaire and its rules. The same content always gives the same book."""
    chapters = (
        what_it_is(),
        how_to_read(setting),
        questionnaire(setting),
        branching(setting),
        at_a_glance(setting),
        rules(setting),
        differences(setting),
        to_be_checked(setting),
        crisis_lines(setting),
        licences(setting),
        bibliography(setting),
        wording(setting),
        hazards(setting),
        proofs(setting),
        _signature(setting),
    )
    content = setting.content
    return Document(
        "lead",
        "Rule book",
        content.questionnaire.language,
        tuple(chapter for chapter in chapters if chapter),
        subtitle=content.questionnaire.title,
        foot=version(setting),
        cover=cover(setting),
        contents=True,
    )


def _signature(setting: BookContext) -> Block:
    """Return the chapter to sign: who decided what, about exactly which version."""
    content = setting.content
    front = content.questionnaire
    unread = unverified(setting)
    return Block(
        "signature",
        "Signature",
        (
            Paragraph(line("I have read this book. My decision is about this version and no other.")),
            labelled((
                ("Questions", line(f"{front.id} {front.version}, {content.questionnaire_hash}")),
                ("Rules", line(f"{content.ruleset.id} {content.ruleset.version}, {content.ruleset_hash}")),
            )),
            *([Paragraph(line(_open(len(unread))), "alert")] if unread else []),
            *(Paragraph(line(f"\u2610 {decision}")) for decision in _DECISIONS),
            Blanks(("Name", "Role", "Place and date", "Signature")),
        ),
        together=True,
    )  # fmt: skip


def _open(count: int) -> str:
    places = "1 place of this version is" if count == 1 else f"{count} places of this version are"
    return f"{places} still to be checked; the list is in its own chapter."
