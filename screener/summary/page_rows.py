"""Rows of the first page about what was shown, what was not compared, and what was not reached."""

from __future__ import annotations

from collections.abc import Iterator

from screener.i18n.gettext import _
from screener.model.ruleset import Priority
from screener.summary.context import SummaryContext
from screener.summary.fitting import NotedPhrase, Row
from screener.summary.not_known import unreached_sections
from screener.summary.phrases import acknowledged_by, moment


def pages_read(context: SummaryContext) -> tuple[NotedPhrase, ...]:
    """Return when the page of each urgent rule was read last, and by whom."""
    last = {page.rule: page for page in context.interview.acknowledgements}
    read: dict[tuple[str, str], list[str]] = {}
    for page in last.values():
        by = acknowledged_by(page) if page.was_shown else _("nobody: these answers came from a file")
        read.setdefault((moment(page.at), by), []).append(page.rule)
    who = _("{moment} by {name} ({rules})")
    return tuple(
        NotedPhrase(who.format(moment=at, name=by, rules=", ".join(rules))) for (at, by), rules in read.items()
    )


def previous_rows(context: SummaryContext, priorities: tuple[Priority, ...], must: bool = False) -> Iterator[Row]:
    """Yield the rules that only the previous response can decide: nobody compared anything with it."""
    rules = ", ".join(context.plain(rule) for rule in context.needs_previous if rule.priority in priorities)
    if rules:
        yield Row(_("Not compared"), (NotedPhrase(f"{rules} ({context.undecided_by_previous})"),), must=must)


def unreached_rows(context: SummaryContext) -> Iterator[Row]:
    sections = list(unreached_sections(context))
    whole = [section.title for section, _names, untouched in sections if untouched]
    count = sum(len(names) for _section, names, _untouched in sections)
    if not sections:
        return
    yield Row(_("Questions"), (NotedPhrase(_("{count} not reached").format(count=count)),))
    parts = [context.question(name).name for _section, names, untouched in sections if not untouched for name in names]
    if parts:
        yield Row(_("Begun"), tuple(map(NotedPhrase, parts)), repeated=True)
    if whole:
        yield Row(_("All of"), tuple(map(NotedPhrase, whole)), repeated=True)
