"""What stands on a chart besides responses: days of treatment, of changed doses, and of answers that did not come."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from screener.i18n.gettext import N_, _
from screener.series.course import Course

MarkKind = Literal["treatment", "dose-change", "missed"]
KINDS: tuple[MarkKind, ...] = ("treatment", "dose-change", "missed")
LETTERS: dict[MarkKind, str] = {"treatment": "T", "dose-change": "D", "missed": "E"}
"""The letter of each kind in a drawing, whose legend names it."""
_LABELS: dict[MarkKind, str] = {
    "treatment": N_("treatment"),
    "dose-change": N_("dose changed"),
    "missed": N_("expected, no answers"),
}


@dataclass(frozen=True)
class DayMark:
    """A day on a chart."""

    day: datetime.date
    kind: MarkKind

    @property
    def label(self) -> str:
        return kind_label(self.kind)


def kind_label(kind: MarkKind) -> str:
    return _(_LABELS[kind])


def marks(course: Course) -> Iterator[DayMark]:
    """Yield every day that the clinic named, kind by kind."""
    by_kind = (course.treatment_days, course.dose_changes, course.missed)
    for kind, days in zip(KINDS, by_kind, strict=True):
        yield from (DayMark(day, kind) for day in days or ())
