"""The phrases of summaries, in the current language."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from screener.document.model import BlockPart, Bullets, Paragraph
from screener.i18n.gettext import N_, _
from screener.model.ruleset import Region, Rule, Source
from screener.summary.metadata import Mode

_MODES: dict[Mode, str] = {
    "screen": N_("terminal screens"),
    "plain": N_("plain prompts"),
    "file": N_("a file of answers"),
}
TO_BE_CHECKED = N_("to be checked")
_GRADES = {
    "primary": N_("primary"),
    "copy": N_("copy"),
    "abstract": N_("abstract"),
    "third-party": N_("third-party"),
    "citation": N_("citation"),
}


_PRIORITIES = {
    "urgent": N_("urgent"),
    "priority": N_("priority"),
    "discuss": N_("discuss"),
    "inform": N_("inform"),
}


def crisis_parts(region: Region) -> Iterator[BlockPart]:
    """Yield the emergency sentence and the lines of a region, as parts of a document."""
    yield Paragraph(region.emergency)
    if region.lines:
        yield Bullets(
            tuple(f"{line.name}: {line.how}" + (f" ({line.when})" if line.when else "") for line in region.lines)
        )


def nothing_raised() -> tuple[BlockPart, ...]:
    """Return the text for a list without topics."""
    return (
        Paragraph(
            _("Your answers did not add a topic to this list. That is not a result. Please still talk to a clinician.")
        ),
    )


def cited(rule: Rule) -> Iterator[str]:
    """Yield each source of a rule, with the section in it; one that nobody has read there yet is marked."""
    for citation in rule.sources:
        section = f" {citation.section}" if citation.section else ""
        mark = f" ({_(TO_BE_CHECKED)})" if citation.mark != "verified" else ""
        yield f"{citation.source}{section}{mark}"


def acknowledged(at: datetime.datetime, by: str | None) -> str:
    """Return when the page of an urgent rule was acknowledged, and by whom."""
    return _("acknowledged {moment} by {name}").format(moment=moment(at), name=by or _("the person"))


def moment(at: datetime.datetime) -> str:
    """Format a time with its zone, in an order that is read alike in every language."""
    return at.strftime("%Y-%m-%d %H:%M %Z").strip()


def answered_through(mode: Mode) -> str:
    """Return how the answers were entered."""
    return _(_MODES[mode])


def reference(source: Source) -> str:
    """Return an entry of the bibliography: its title, where it was read, and when."""
    read_as = _("Read as: {grade}; taken up {day}.")
    return f"{source.authors}. {source.title} ({source.year}). {source.locator}. " + read_as.format(
        grade=_(_GRADES[source.grade]), day=source.read.isoformat()
    )


def priority_name(priority: str) -> str:
    """Return the name of a priority for the reader; its code where it has none."""
    return _(_PRIORITIES.get(priority, priority))
