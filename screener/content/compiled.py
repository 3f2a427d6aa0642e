"""A questionnaire with its rules, ready to be asked and evaluated."""

from __future__ import annotations

from dataclasses import dataclass

from screener.form import Form
from screener.questionnaire import Questionnaire
from screener.rules import CompiledRules
from screener.ruleset import Ruleset


@dataclass(frozen=True)
class Content:
    """What a face, a summary or an evaluation needs of the content."""

    form: Form
    rules: CompiledRules
    questionnaire_hash: str
    """SHA-256 of all files of the questionnaire, in hexadecimal."""
    ruleset_hash: str

    @property
    def questionnaire(self) -> Questionnaire:
        return self.form.questionnaire

    @property
    def ruleset(self) -> Ruleset:
        return self.rules.ruleset
