"""What is known of one person at this moment: their entries, and the facts that follow from them.

Only this module decides which questions are enabled: the interview, the rules and the summary all read it here.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping

from screener.engine.form import Form
from screener.expressions.evaluate import Fact, Facts, Missing, Range
from screener.model.response import Entry


class _Facts(dict[str, Fact]):
    """Facts by name. Whatever is not said of the previous response is not known."""

    def __init__(self, previous: Facts, form: Form) -> None:
        super().__init__(previous)
        self._form = form

    def __missing__(self, name: str) -> Fact:
        return self._form.unknown_previous[name]


class ResponseState:
    """The facts about one person at this moment, updated with each answer.

    ``facts`` has a fact for every question and score, and knows those of the previous response. To record an entry
    computes only the facts that depend on it.
    """

    def __init__(self, form: Form, entries: Mapping[str, Entry] | None = None, previous: Facts | None = None) -> None:
        """``previous`` are the facts of the previous response; ``None`` where nothing of it is known."""
        self.form = form
        self.previous: Facts = previous or {}
        self.entries: dict[str, Entry] = dict(entries or {})
        self.facts: dict[str, Fact] = _Facts(self.previous, form)
        for name, compute in form.compute.items():
            self.facts[name] = compute(self.facts, self.entries)

    def record(self, question: str, entry: Entry | None) -> frozenset[str]:
        """Record an entry (``None`` removes it) and return the names whose facts changed."""
        if entry is None:
            self.entries.pop(question, None)
        else:
            self.entries[question] = entry
        evaluation_order, changed = self.form.evaluation_order, set()
        waiting = [(evaluation_order[question], question)]
        queued = {question}
        while waiting:
            _, name = heapq.heappop(waiting)
            fact = self.form.compute[name](self.facts, self.entries)
            if fact == self.facts[name]:
                continue
            self.facts[name] = fact
            changed.add(name)
            for dependent in self.form.dependents[name]:
                if dependent not in queued:
                    queued.add(dependent)
                    heapq.heappush(waiting, (evaluation_order[dependent], dependent))
        return frozenset(changed)

    def facts_with(self, question: str, entry: Entry) -> Facts:
        """Return the facts with this entry instead, without updating its dependents."""
        return self.facts | {question: self.form.compute[question](self.facts, self.entries | {question: entry})}

    def is_enabled(self, question: str) -> bool | None:
        """Return whether the question is asked, or ``None`` if missing answers decide that."""
        fact = self.facts[question]
        if isinstance(fact, Range):
            return fact.enabled
        return fact.enabled if isinstance(fact, Missing) else True

    def enabled_entries(self) -> dict[str, Entry]:
        """Return the entries of the enabled questions; all others are set aside."""
        return {name: entry for name, entry in self.entries.items() if self.is_enabled(name)}
