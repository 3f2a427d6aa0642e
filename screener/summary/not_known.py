"""What is not known: undetermined rules by the questions that would settle them, and what was not reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from screener.i18n.gettext import _
from screener.model.questionnaire import Instrument, Section
from screener.model.ruleset import Priority, Rule
from screener.summary.context import SummaryContext


@dataclass(frozen=True)
class OpenQuestions:
    """Questions that were left blank, with the rules that only they keep open."""

    questions: tuple[str, ...]
    rules: tuple[Rule, ...]

    @property
    def priority(self) -> Priority:
        """Return the most pressing priority of the rules."""
        return min((rule.priority for rule in self.rules), key=list(Priority).index)


def left_open(context: SummaryContext) -> tuple[OpenQuestions, ...]:
    """Return the rules that blank answers keep open, the most pressing first."""
    kept_open: dict[tuple[str, ...], list[Rule]] = {}
    for rule, deciding in context.undetermined:
        blank = tuple(name for name in deciding if context.is_reached(name))
        if blank:
            kept_open.setdefault(blank, []).append(rule)
    groups = [OpenQuestions(questions, tuple(rules)) for questions, rules in kept_open.items()]
    return tuple(sorted(groups, key=lambda group: list(Priority).index(group.priority)))


def not_reached(context: SummaryContext) -> tuple[Rule, ...]:
    """Return the rules that are open only because their questions were not reached."""
    return tuple(
        rule
        for rule, deciding in context.undetermined
        if not any(context.is_reached(name) for name in deciding) and (deciding or rule not in context.needs_previous)
    )


def unreached_sections(context: SummaryContext) -> Iterator[tuple[Section, tuple[str, ...], bool]]:
    """Yield each section with questions that were not reached, these, and whether none of it was reached."""
    if context.interview.complete:
        return
    spoken_of = {question.id for question in context.questions}
    for section in context.content.questionnaire.sections:
        names = tuple(question.id for question in section.questions if question.id in spoken_of)
        open_names = tuple(
            name
            for name in names
            if not context.is_reached(name) and context.interview.state.is_enabled(name) is not False
        )
        if open_names:
            yield section, open_names, not any(map(context.is_reached, names))


def asked_as(context: SummaryContext, names: Iterable[str]) -> str:
    """Return questions in a few words: of an instrument its name and how many, of others their names."""
    texts: list[str] = []
    of_instruments: dict[str, int] = {}
    for name in names:
        section = context.content.questionnaire.section_of[name]
        if isinstance(section, Instrument):
            of_instruments[section.name] = of_instruments.get(section.name, 0) + 1
        else:
            texts.append(context.question(name).name)
    for instrument, count in of_instruments.items():
        texts.append(_("{instrument}, items left out: {count}").format(instrument=instrument, count=count))
    return ", ".join(texts)
