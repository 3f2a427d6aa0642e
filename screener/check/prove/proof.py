"""All properties of a questionnaire and its rules, proved or refuted one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from screener.check.prove import blanks, can_happen, length, matters, overlap, safety, unsure
from screener.check.prove.result import Finding, Result, Task
from screener.check.prove.search import Undecided
from screener.check.prove.setting import Setting, undecided
from screener.content.load import Manuscript
from screener.problem import Place
from screener.rules import Outcome

Progress = Callable[[int, int, str], None]
"""How many tasks are done, of how many, and what comes next."""


@dataclass(frozen=True)
class Property:
    """A claim about content, and the tasks that prove or refute it."""

    claim: str
    tasks: Callable[[Setting], Iterator[Task]]


PROPERTIES = {
    "asked": Property(can_happen.ASKED, can_happen.questions_asked),
    "matters": Property(matters.MATTERS, matters.answers_matter),
    "raised": Property(can_happen.RAISED, partial(can_happen.rules_can_be, Outcome.RAISED)),
    "clear": Property(can_happen.CLEAR, partial(can_happen.rules_can_be, Outcome.CLEAR)),
    "undetermined": Property(can_happen.UNDETERMINED, partial(can_happen.rules_can_be, Outcome.UNDETERMINED)),
    "overlap": Property(overlap.OVERLAP, overlap.rules_differ),
    "blanks": Property(blanks.BLANKS, blanks.blanks_never_flip),
    "unsure": Property(unsure.UNSURE, unsure.never_needlessly_unsure),
    "in time": Property(safety.IN_TIME, safety.urgent_in_time),
    "never passed": Property(safety.PASSED, safety.safety_never_passed),
    "length": Property(length.LENGTH, length.interview_lengths),
}
"""By a short name, in the order in which they are reported."""


def prove(
    content: Manuscript, progress: Progress = lambda done, of, about: None, only: Sequence[str] = tuple(PROPERTIES)
) -> tuple[Finding, ...]:
    """Prove or refute each property in ``only``. Nothing is raised for what does not hold; see ``Finding.holds``."""
    setting = Setting(content)
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


def _tried(setting: Setting, property: Property, task: Task) -> Sequence[Result]:
    try:
        return task.run()
    except Undecided as reason:
        place = Place(setting.content.ruleset_file.source.file)
        return [undecided(task.about, place, property.claim, reason)]
