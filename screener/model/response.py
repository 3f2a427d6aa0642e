"""The answers of one person, with the reasons for those that are absent (FHIR QuestionnaireResponse)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from screener.i18n.gettext import N_, _
from screener.values import dataclass

AnswerValue = bool | str | frozenset[str] | int | Decimal | datetime.date | datetime.time
"""yes_no: bool; choice: option code; choices: set of option codes; integer: int; decimal: Decimal;
date: date; time: time; text: str, empty for the answer that there is nothing to write."""


class AbsentReason(StrEnum):
    """The reason why there is no answer: codes of HL7 data-absent-reason (FHIR R4), none of which ever means "no"."""

    DECLINED = "asked-declined"
    UNKNOWN = "asked-unknown"
    NOT_ASKED = "not-asked"
    NOT_APPLICABLE = "not-applicable"
    NOT_RECORDED = "unknown"
    """What staff left blank: whether it was done is not known, and nobody is asked why."""


Respondent = Literal["person", "staff"]
"""Who answers a questionnaire: the person, or the staff of a clinic for one person."""
LEFT_BLANK_BY_STAFF = (AbsentReason.NOT_RECORDED,)
"""How staff leave a question blank; the loader gives it to every question of a questionnaire for staff."""
ABSENT_LABELS = {
    AbsentReason.UNKNOWN: N_("I don't know"),
    AbsentReason.DECLINED: N_("Prefer not to say"),
    AbsentReason.NOT_ASKED: N_("Not asked"),
    AbsentReason.NOT_APPLICABLE: N_("Does not apply"),
    AbsentReason.NOT_RECORDED: N_("Not recorded"),
}


def absent_label(reason: AbsentReason) -> str:
    """Return why there is no answer, in the words by which the person chooses it."""
    return _(ABSENT_LABELS[reason])


Entry = AnswerValue | AbsentReason
"""The content of a response for one question id."""


@dataclass(frozen=True)
class Response:
    """One person's answers to one questionnaire, by question id. Equality ignores the order of answering.

    ``entries`` holds an answer, or the reason why it was left out. A question that was never reached has no entry.
    """

    questionnaire: str
    entries: Mapping[str, Entry] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "entries", MappingProxyType(dict(sorted(self.entries.items()))))
