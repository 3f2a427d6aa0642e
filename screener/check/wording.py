"""The wording check: text for a person must not judge, reassure, promise or advise on a medicine.

It leaves out the verbatim wording of instruments, which we may not change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from screener.content.load import LoadedContent
from screener.content.yaml_source import Keys, YamlSource
from screener.errors import Problem
from screener.i18n.gettext import is_variant
from screener.model.crisis_lines import Region
from screener.model.questionnaire import Instrument, Question
from screener.model.ruleset import BannedWording, Wording

Placed = tuple[str | None, YamlSource, Keys]
"""The language of a text if it is not the authored one, with its file and its path in it."""
_OWN_TEXTS = ("title", "introduction", "short_text", "help", "why", "unit")
"""The texts of an instrument that are ours."""


def check_wording(content: LoadedContent, wording: Wording) -> Iterator[Problem]:
    """Yield a problem for every banned word in text that a person reads, with its replacement."""
    patterns = [(banned, _pattern(banned.words), _pattern(banned.allowed)) for banned in wording.banned]
    authored = content.questionnaire.language
    for language, source, path in (*_patient_texts(content), *_translated_texts(content)):
        text = source.at(*path)
        for banned, words, allowed in patterns:
            if is_variant(language or authored, banned.language or authored):
                yield from _banned_words(source, path, text, banned, words, allowed)


def _banned_words(
    source: YamlSource,
    path: Keys,
    text: str,
    banned: BannedWording,
    words: re.Pattern[str],
    allowed: re.Pattern[str],
) -> Iterator[Problem]:
    harmless = [match.span() for match in allowed.finditer(text)]
    for match in words.finditer(text):
        if any(start <= match.start() and match.end() <= end for start, end in harmless):
            continue
        complaint = (
            f'Text for a person must not say "{match[0]}": {banned.why[:1].lower()}{banned.why[1:].rstrip(".")}.'
        )
        yield Problem(source.within(*path, offset=match.start()), complaint, f"Write instead: {banned.instead}")


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for whole words or phrases in any case, over line ends; a final ``*`` matches any ending."""
    alternatives = [
        r"\s+".join(re.escape(part) for part in word.rstrip("*").split()) + (r"\w*" if word.endswith("*") else "")
        for word in words
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)" if alternatives else r"(?!)", re.IGNORECASE)


def _translated_texts(content: LoadedContent) -> Iterator[Placed]:
    """Yield the translated texts that a person reads, without the verbatim wording of instruments."""
    files = content.language_files
    for file in (*files.questions, *files.rules):
        for key in file.model.texts:
            if not key.endswith(".clinician"):
                yield file.model.language, file.source, ("texts", key)
    for translation in files.instruments.values():
        for key in translation.model.texts:
            if not key.startswith("scores.") and key.rpartition(".")[2] in _OWN_TEXTS:
                yield translation.model.language, translation.source, ("texts", key)


def _patient_texts(content: LoadedContent) -> Iterator[Placed]:
    for source, path in _authored_texts(content):
        yield None, source, path


def _authored_texts(content: LoadedContent) -> Iterator[tuple[YamlSource, Keys]]:
    front = content.front
    yield front.source, ("title",)
    yield front.source, ("welcome", "heading")
    yield from ((front.source, ("welcome", "paragraphs", i)) for i in range(len(front.model.welcome.paragraphs)))
    yield from ((front.source, ("welcome", "more", i)) for i in range(len(front.model.welcome.more)))
    yield from ((front.source, ("completion", i)) for i in range(len(front.model.completion)))
    for section in content.sections:
        verbatim = isinstance(section.model, Instrument)
        for key in ("title", "introduction"):
            if getattr(section.model, key):
                yield section.source, (key,)
        for position, question in enumerate(section.model.questions):
            yield from (
                (section.source, ("questions", position, *path)) for path in _question_texts(question, verbatim)
            )
    lines = content.lines.model
    regions: dict[Keys, Region] = {("anywhere",): lines.anywhere}
    regions |= {("regions", i): region for i, region in enumerate(lines.regions)}
    for where, region in regions.items():
        yield from ((content.lines.source, (*where, key)) for key in ("title", "emergency"))
        yield from ((content.lines.source, (*where, "lines", i, "how")) for i in range(len(region.lines)))
    for file in content.rule_files:
        for position, rule in enumerate(file.model.rules):
            yield file.source, ("rules", position, "topic")
            yield file.source, ("rules", position, "patient")
            if rule.interruption:
                path: Keys = ("rules", position, "interruption")
                yield file.source, (*path, "heading")
                paragraphs = range(len(rule.interruption.paragraphs))
                yield from ((file.source, (*path, "paragraphs", i)) for i in paragraphs)


def _question_texts(question: Question, verbatim: bool) -> Iterator[Keys]:
    keys = ("short_text", "help", "why", "unit") if verbatim else ("text", "short_text", "help", "why", "unit")
    yield from ((key,) for key in keys if getattr(question, key))
    if verbatim:
        return
    for position, option in enumerate(question.options):
        yield ("options", position, "label")
        if option.help:
            yield ("options", position, "help")
    yield from (("please_check", position, "text") for position in range(len(question.please_check)))
