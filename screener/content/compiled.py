"""A questionnaire with its rules, ready to be asked and evaluated."""

from __future__ import annotations

from dataclasses import dataclass, field

from screener.content.languages import InLanguage
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
    """SHA-256 of all files of the questionnaire, translations included, in hexadecimal."""
    ruleset_hash: str
    """SHA-256 of all files of the ruleset, with the bibliography and the crisis lines."""
    languages: tuple[InLanguage, ...] = field(default=(), kw_only=True, repr=False)
    """What there is in other languages than the one in which it was authored."""
    authored: Content | None = field(default=None, kw_only=True, repr=False)
    """Of content in another language, the same as it was authored."""

    @property
    def questionnaire(self) -> Questionnaire:
        return self.form.questionnaire

    @property
    def ruleset(self) -> Ruleset:
        return self.rules.ruleset
