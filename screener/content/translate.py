"""The same content in another language: other texts, and the very same conditions, codes and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from screener.content.compiled import Content, InLanguage
from screener.content.translatable import TranslatableText, Translate, translate
from screener.engine.form import Checks, Form
from screener.engine.rules import CompiledRules
from screener.errors import ScreenerError
from screener.expressions.previous import condition_symbols
from screener.i18n.gettext import _, catalogues, is_variant, language_name, speaking
from screener.model.occurrences import unrolled
from screener.model.questionnaire import Instrument, Questionnaire, Section
from screener.model.ruleset import Ruleset


def in_language(content: Content, language_code: str | None) -> Content:
    """Return the content in a language, or as it was authored if ``language_code`` is ``None``.

    Raise ``ScreenerError`` if the content is not available in the language.
    """
    authored = content.authored or content
    language = _chosen(authored, language_code)
    if language == content.questionnaire.language:
        return content
    if language == authored.questionnaire.language:
        return authored
    translations = {translation.language: translation for translation in authored.languages}
    with speaking(language):
        return _translated(authored, translations.get(language) or InLanguage(language, {}, {}, {}, {}))


def in_language_if_there(content: Content, language: str | None) -> Content:
    """Return the content in a language, or as it was authored if that language is missing, as in an older version."""
    try:
        return in_language(content, language)
    except ScreenerError:
        return content.authored or content


def languages_of(content: Content) -> list[str]:
    """Return the languages in which the content can be shown, the authored one first."""
    authored = (content.authored or content).questionnaire.language
    translated = {translation.language for translation in content.languages}
    translated |= {name for name in catalogues() if is_variant(name, authored)}
    return [authored, *sorted(translated - {authored})]


def _chosen(content: Content, language: str | None) -> str:
    available = languages_of(content)
    if language is None:
        return available[0]
    alike = {name.lower(): name for name in available}
    chosen = alike.get(language.replace("_", "-").lower())
    if chosen is None:
        message = f'The questionnaire {content.questionnaire.id} is not available in "{language}".'
        raise ScreenerError(f"{message} Available: {', '.join(available)}.")
    return chosen


def _translated(content: Content, texts: InLanguage) -> Content:
    ruleset = translate(content.ruleset, _reading(texts.rules, content.ruleset.language, texts.language))
    return replace(
        content,
        form=_form(content.form, _questionnaire(content.template, texts)),
        rules=_rules(content.rules, replace(ruleset, language=texts.language)),
        authored=content,
    )


def _questionnaire(questionnaire: Questionnaire, texts: InLanguage) -> Questionnaire:
    own = translate(questionnaire, _reading(texts.questions, questionnaire.language, texts.language))

    def section(original: Section) -> Section:
        return _instrument(original, questionnaire.language, texts) if isinstance(original, Instrument) else original

    return replace(own, sections=tuple(map(section, own.sections)), language=texts.language)


def _instrument(instrument: Instrument, authored: str, texts: InLanguage) -> Instrument:
    """Translate our own texts of an instrument; translate its published wording only if the publisher released it."""
    edition = texts.editions.get(instrument.id)
    own = _reading(texts.instruments.get(instrument.id, {}), authored, texts.language)
    translated = translate(instrument, lambda text: text.text if text.published and not edition else own(text))
    if edition:
        return replace(translated, edition=edition, language=None)
    return replace(translated, language=instrument.language or authored)


def _reading(texts: Mapping[str, str], authored: str, language: str) -> Translate:
    """Return a function that translates each text, or returns it as authored, marked with its language."""
    marked = "{text}" if is_variant(language, authored) else _("[in {language}] {text}")

    def retell(original: TranslatableText) -> str:
        return texts.get(original.key) or marked.format(language=language_name(authored), text=original.text)

    return retell


def _form(form: Form, template: Questionnaire) -> Form:
    """Return the form with translated texts: its conditions stay, and their keys too."""
    questionnaire = unrolled(template)
    return replace(
        form,
        questionnaire=questionnaire,
        template=template,
        symbols=condition_symbols(template, questionnaire),
        please_check=_checks(form.please_check, questionnaire),
        conditions=replace(form.conditions, please_check=_checks(form.conditions.please_check, template)),
    )


def _checks(please_check: Checks, questionnaire: Questionnaire) -> Checks:
    return {
        name: tuple((tree, check.text) for (tree, _text), check in zip(checks, question.please_check, strict=True))
        for name, checks in please_check.items()
        for question in (questionnaire.question[name],)
    }


def _rules(rules: CompiledRules, ruleset: Ruleset) -> CompiledRules:
    translated = {name: replace(compiled, rule=ruleset.rule[name]) for name, compiled in rules.rules.items()}
    return replace(rules, ruleset=ruleset, rules=translated)
