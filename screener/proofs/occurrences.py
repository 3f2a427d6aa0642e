"""A content with few occurrences of each repeating section, because the solver would try every number of them.

What it proves holds for up to ``MOST`` occurrences; the tests of the language try more of them.
"""

from __future__ import annotations

from dataclasses import replace

from screener.content.load import LoadedContent
from screener.engine.form import ConditionPath, compile_form
from screener.engine.rules import compile_rules
from screener.expressions.mistakes import Mistake
from screener.model.occurrences import with_at_most

MOST = 3
"""A first occurrence, one in the middle, and a last one."""


def with_few_occurrences(content: LoadedContent) -> LoadedContent:
    """Return the content with at most so many occurrences; one in which nothing repeats is returned as it is."""
    if not _repeating(content):
        return content
    form = compile_form(with_at_most(content.template, MOST), _refuse)
    return replace(content, form=form, rules=compile_rules(content.ruleset, form, _refuse))


def limits(content: LoadedContent) -> list[str]:
    """Return a sentence for each repeating section that says for how many occurrences the proofs hold."""
    return [
        f'The section "{name}" can be filled in up to {up_to} times; the proofs are for up to {min(MOST, up_to)}.'
        for name, up_to in _repeating(content).items()
    ]


def _repeating(content: LoadedContent) -> dict[str, int]:
    return {section.id: section.repeats.up_to for section in content.template.sections if section.repeats}


def _refuse(where: ConditionPath, mistake: Mistake) -> None:
    raise ValueError(f"{where}: {mistake.message}")
