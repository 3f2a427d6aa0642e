"""The whole rule book, chapter by chapter."""

from __future__ import annotations

from screener.rulebook.branching import branching
from screener.rulebook.context import BookContext
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
from screener.rulebook.model import Blanks, Book, Chapter, RichPairs, RichParagraph, line
from screener.rulebook.questions import questionnaire
from screener.rulebook.rules import at_a_glance, differences, rules

_DECISIONS = (
    "Approved for use with people who seek care here",
    "Approved with the changes on a separate page",
    "Not approved",
)


def rule_book(setting: BookContext) -> Book:
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
    return Book(
        "Rule book",
        content.questionnaire.title,
        content.questionnaire.language,
        version(setting),
        cover(setting),
        tuple(chapter for chapter in chapters if chapter),
    )


def _signature(setting: BookContext) -> Chapter:
    """Return the chapter to sign: who decided what, about exactly which version."""
    content = setting.content
    front = content.questionnaire
    unread = unverified(setting)
    return Chapter(
        "Signature",
        "signature",
        (
            RichParagraph(line("I have read this book. My decision is about this version and no other.")),
            RichPairs((
                ("Questions", line(f"{front.id} {front.version}, {content.questionnaire_hash}")),
                ("Rules", line(f"{content.ruleset.id} {content.ruleset.version}, {content.ruleset_hash}")),
            )),
            *([RichParagraph(line(_open(len(unread))), "alert")] if unread else []),
            *(RichParagraph(line(f"\u2610 {decision}")) for decision in _DECISIONS),
            Blanks(("Name", "Role", "Place and date", "Signature")),
        ),
        together=True,
    )  # fmt: skip


def _open(count: int) -> str:
    places = "1 place of this version is" if count == 1 else f"{count} places of this version are"
    return f"{places} still to be checked; the list is in its own chapter."
