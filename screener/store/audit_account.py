"""What an audit trail that holds is believed for, in sentences for whoever checks it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from screener.store.audit import Event
from screener.store.audit_clock import date
from screener.store.audit_rules import CheckedTrail


def believed(checked: CheckedTrail) -> Iterator[str]:
    """Yield what nobody can prove from the trail alone: its terminals, what was removed, and what was restored."""
    if checked.unsigned:
        yield (
            f"Rows 1 to {checked.unsigned} are of format 1 and signed by nobody: they may be forged."
            + (" Run: screener clinic upgrade" if checked.unsigned == len(checked.rows) else "")
        )
    for signer, terminal in checked.terminals.items():
        staff = "staff unlocked here" if terminal.unlocked else "no member of staff ever unlocked here"
        since = f"since row {terminal.since.n} ({date(terminal.since.at)})"
        yield f"Terminal {terminal.name}, key {signer}, {since}: {staff}."
    counts = Counter(row.event for row in checked.removed)
    if counts[Event.PURGED]:
        yield f"Purged when their time was over: {counts[Event.PURGED]}."
    if counts[Event.PERSON_PURGED]:
        yield f"People with their appointments purged when their time was over: {counts[Event.PERSON_PURGED]}."
    for row in checked.removed:
        if row.event in (Event.ERASED, Event.PERSON_ERASED):
            erased = "Erased" if row.event == Event.ERASED else "A person erased"
            yield f"{erased} by {row.actor} on {date(row.at)}: {row.subject[:8]}."
    for row in checked.rows:
        if row.event == Event.RESTORED:
            yield f"Restored from a backup at row {row.n}, {date(row.at)}: what came after that backup is not in it."
