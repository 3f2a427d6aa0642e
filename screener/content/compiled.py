"""A questionnaire with its rules, compiled, to be asked and evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from screener.engine.form import Form
from screener.engine.rules import CompiledRules
from screener.model.questionnaire import Questionnaire
from screener.model.ruleset import Ruleset
from screener.values import dataclass


@dataclass(frozen=True)
class InLanguage:
    """The texts of a questionnaire and its rules in another language, by the keys of ``content.translatable``."""

    language: str
    questions: Mapping[str, str]
    rules: Mapping[str, str]
    instruments: Mapping[str, Mapping[str, str]]
    """Instrument id to its texts."""
    editions: Mapping[str, str]
    """Instrument id to the edition of its published translation; the others are shown in the authored wording."""


@dataclass(frozen=True)
class Content:
    """The content as screens, plain mode, summaries and evaluation need it."""

    form: Form
    rules: CompiledRules
    questionnaire_hash: str
    """SHA-256 of all files of the questionnaire, translations included, in hexadecimal."""
    ruleset_hash: str
    """SHA-256 of all files of the ruleset, with the bibliography and the crisis lines."""
    languages: tuple[InLanguage, ...] = field(default=(), kw_only=True, repr=False)
    """The translations, without the language in which the content was authored."""
    authored: Content | None = field(default=None, kw_only=True, repr=False)
    """For translated content, the same content as it was authored."""

    @property
    def questionnaire(self) -> Questionnaire:
        return self.form.questionnaire

    @property
    def template(self) -> Questionnaire:
        """Return the questionnaire as it was written, with each question of a repeating section once."""
        return self.form.template

    @property
    def ruleset(self) -> Ruleset:
        return self.rules.ruleset
