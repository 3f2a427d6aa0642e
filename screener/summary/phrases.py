"""The phrases of summaries, in the current language."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from screener.document.model import BlockPart, Bullets, Pair, Paragraph
from screener.engine.interview_parts import Acknowledgement
from screener.i18n.formats import format_moment
from screener.i18n.gettext import N_, _, language_name, ngettext
from screener.model.crisis_lines import Region
from screener.model.questionnaire import Questionnaire
from screener.model.ruleset import Citation, Source
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


_BEST_GRADES = {
    "primary": N_("an official page"),
    "copy": N_("a copy of an official text"),
    "abstract": N_("an abstract or first page"),
    "third-party": N_("a third party's summary"),
    "to-be-checked": N_("to be checked"),
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


def cited(sources: Iterable[Citation]) -> Iterator[str]:
    """Yield each source, with the section in it; one that nobody has read there yet is marked."""
    for citation in sources:
        section = f" {citation.section}" if citation.section else ""
        mark = f" ({_(TO_BE_CHECKED)})" if citation.mark != "verified" else ""
        yield f"{citation.source}{section}{mark}"


def page_shown(acknowledgement: Acknowledgement) -> Pair:
    """Return that the page of an urgent rule was shown and acknowledged, or that nobody saw it."""
    rule, at = acknowledgement.rule, acknowledgement.at
    if acknowledgement.was_shown:
        return Pair(_("Page shown: {rule}").format(rule=rule), _acknowledged(acknowledgement))
    from_file = _("these answers came from a file, {moment}").format(moment=moment(at))
    return Pair(_("Page shown to nobody: {rule}").format(rule=rule), from_file)


def _acknowledged(page: Acknowledgement) -> str:
    """Return when the page of an urgent rule was acknowledged, and by whom."""
    return _("acknowledged {moment} by {name}").format(moment=moment(page.at), name=acknowledged_by(page))


def acknowledged_by(page: Acknowledgement) -> str:
    """Return who acknowledged the page of an urgent rule; a name that nobody checked is said to be one."""
    if page.by is None or page.checked:
        return page.by or _("the person")
    return _("{name} (typed, not checked)").format(name=page.by)


def moment(at: datetime.datetime) -> str:
    """Format a time with its zone, in an order that is read alike in every language."""
    return format_moment(at)


def return_code_lapses(days: int) -> str:
    """Return how long the four words to come back open the answers."""
    return ngettext(
        "The four words to come back open these answers for at least {count} day after the last answer. Then the "
        "answers may be removed.",
        "The four words to come back open these answers for at least {count} days after the last answer. Then the "
        "answers may be removed.",
        days,
    ).format(count=days)


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


def in_other_languages(answered: Questionnaire) -> Iterator[str]:
    """Yield the published scales that were shown in another language than the rest, with that language."""
    for language in dict.fromkeys(map(answered.other_language, answered.instruments)):
        if language:
            names = "; ".join(i.name for i in answered.instruments if answered.other_language(i) == language)
            shown_in = _("The questions of these were shown in {language}: {names}.")
            yield shown_in.format(language=language_name(language), names=names)


def best_source(grade: str) -> str:
    """Return how good the best source of a rule is."""
    return _("Best source: {grade}.").format(grade=_(_BEST_GRADES.get(grade, grade)))
