"""What happened between the responses of a person, as the clinic says it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

DayList = tuple[datetime.date, ...] | None
"""Days in order; ``None``: nobody has said which. That is never the same as no day."""


@dataclass(frozen=True)
class Course:
    """The days of a course of treatment. ``None`` stands for "not known"."""

    treatment_days: DayList = None
    dose_changes: DayList = None
    missed: DayList = None
    """Days on which answers were expected and did not come."""
