"""What was answered: one person's answers, with what is absent and why (FHIR QuestionnaireResponse)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

AnswerValue = bool | str | frozenset[str] | int | Decimal | datetime.date
"""yes_no: bool; choice: option code; choices: set of option codes; integer: int; decimal: Decimal;
date: date; text: str."""


class AbsentReason(StrEnum):
    """Why there is no answer: codes of HL7 data-absent-reason (FHIR R4), none of which ever means "no"."""

    DECLINED = "asked-declined"
    UNKNOWN = "asked-unknown"
    NOT_ASKED = "not-asked"
    NOT_APPLICABLE = "not-applicable"


Entry = AnswerValue | AbsentReason
"""What a response holds for one question id."""


@dataclass(frozen=True)
class Response:
    """One person's answers to one questionnaire, by question id. Equal whatever order they were given in.

    ``entries`` holds what was given: an answer, or why it was left out. A question that was never reached has no entry.
    """

    questionnaire: str
    entries: Mapping[str, Entry] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "entries", MappingProxyType(dict(sorted(self.entries.items()))))
