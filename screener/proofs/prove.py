"""Prove or refute all properties of a questionnaire and its rules, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from screener.content.load import LoadedContent
from screener.engine.rules import Outcome
from screener.errors import Place
from screener.proofs import blanks, completeness, length, reachability, redundancy, relevance, safety
from screener.proofs.context import ProofContext, undecided
from screener.proofs.occurrences import with_few_occurrences
from screener.proofs.result import Finding, Result, Task
from screener.proofs.solver import Undecided

ReportProgress = Callable[[int, int, str], None]
"""The number of finished tasks, the number of all tasks, and a description of the next one."""


@dataclass(frozen=True)
class Property:
    """A claim about content, with the tasks that prove or refute it."""

    claim: str
    tasks: Callable[[ProofContext], Iterator[Task]]


PROPERTIES = {
    "asked": Property(reachability.ASKED, reachability.questions_asked),
    "matters": Property(relevance.MATTERS, relevance.answers_matter),
    "raised": Property(reachability.RAISED, partial(reachability.rules_can_be, Outcome.RAISED)),
    "clear": Property(reachability.CLEAR, partial(reachability.rules_can_be, Outcome.CLEAR)),
    "undetermined": Property(reachability.UNDETERMINED, partial(reachability.rules_can_be, Outcome.UNDETERMINED)),
    "overlap": Property(redundancy.OVERLAP, redundancy.rules_differ),
    "blanks": Property(blanks.BLANKS, blanks.blanks_never_flip),
    "unsure": Property(completeness.UNSURE, completeness.never_needlessly_unsure),
    "in time": Property(safety.IN_TIME, safety.urgent_in_time),
    "never passed": Property(safety.PASSED, safety.safety_never_passed),
    "length": Property(length.LENGTH, length.interview_lengths),
}
"""The properties by their short names, in the order in which they are reported."""


def prove(
    content: LoadedContent,
    progress: ReportProgress = lambda done, of, about: None,
    only: Sequence[str] = tuple(PROPERTIES),
) -> tuple[Finding, ...]:
    """Prove or refute each property in ``only``. A refuted property raises no error; see ``Finding.holds``.

    Of a repeating section, few occurrences are looked at; see ``proofs.occurrences``.
    """
    setting = ProofContext(with_few_occurrences(content))
    work = [(PROPERTIES[name], list(PROPERTIES[name].tasks(setting))) for name in only]
    total = sum(len(tasks) for _, tasks in work)
    done = 0
    findings = []
    for property, tasks in work:
        results: list[Result] = []
        for task in tasks:
            progress(done, total, task.about)
            results += _tried(setting, property, task)
            done += 1
        findings.append(Finding(property.claim, tuple(results)))
    progress(done, total, "done")
    return tuple(findings)


def _tried(setting: ProofContext, property: Property, task: Task) -> Sequence[Result]:
    try:
        return task.run()
    except Undecided as reason:
        place = Place(setting.content.ruleset_file.source.file)
        return [undecided(task.about, place, property.claim, reason)]
