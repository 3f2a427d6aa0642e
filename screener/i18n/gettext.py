"""The program's own texts in the current language.

The texts are written in British English in the code. ``_`` translates them when they are shown, never when a module is
imported; ``N_`` marks the texts of constants for that. In the source language nothing is looked up and no file is read.
Every other language has one catalogue, ``locale/<language>.mo``, which also says how dates and numbers are written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import GNUTranslations

SOURCE = "en-GB"
"""The language in which the program is written."""
_HOME = Path(__file__).with_name("locale")

Spoken = tuple[str, "GNUTranslations | None", Mapping[str, str]]
"""A language and its catalogue, which the source language has not; and the words that are said in place of others."""
_usual: Spoken = (SOURCE, None, {})
_current: ContextVar[Spoken | None] = ContextVar("language", default=None)


def use(language: str, words: Mapping[str, str] | None = None) -> None:
    """Set the language of the whole program from now on; ``words`` are said in place of others, as to staff."""
    global _usual
    _usual = language, _read(_nearest(language)), words or {}


@contextmanager
def speaking(language: str, words: Mapping[str, str] | None = None) -> Iterator[None]:
    """Set the language inside the context only; ``words`` as for ``use``."""
    before = _current.set((language, _read(_nearest(language)), words or {}))
    try:
        yield
    finally:
        _current.reset(before)


def spoken() -> str:
    """Return the current language."""
    return (_current.get() or _usual)[0]


def _catalogue() -> GNUTranslations | None:
    return (_current.get() or _usual)[1]


def _addressed(text: str) -> str:
    """Return the text as it is said to whoever reads it."""
    return (_current.get() or _usual)[2].get(text, text)


def _(text: str) -> str:
    """Return the text in the current language, or unchanged if it has no translation."""
    catalogue, text = _catalogue(), _addressed(text)
    return catalogue.gettext(text) if catalogue and text else text


def N_(text: str) -> str:
    """Return the text itself, marked for translation; pass it through ``_`` to show it."""
    return text


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the text for one or for several things; the language decides which of its plural forms to use."""
    if (addressed := _addressed(singular if count == 1 else plural)) not in (singular, plural):
        return _(addressed)
    catalogue = _catalogue()
    if catalogue:
        return catalogue.ngettext(singular, plural, count)
    return singular if count == 1 else plural


def pgettext(context: str, text: str) -> str:
    """Translate a text that has another meaning elsewhere; ``context`` tells the translator its meaning here."""
    catalogue = _catalogue()
    return catalogue.pgettext(context, text) if catalogue else text


def catalogues() -> list[str]:
    """Return the languages that have a catalogue, in alphabetical order; the source language is not one of them."""
    return sorted(path.stem for path in _HOME.glob("*.mo"))


def language_name(language: str) -> str:
    """Return the name of a language in the current language, or its code, e.g. ``fr-FR``, if the name is unknown."""
    name = _NAMES.get(language) or _NAMES.get(language.split("-")[0])
    return _(name) if name else language


def is_variant(language: str, of: str) -> bool:
    """Return whether two languages differ in usage only, as ``en-US`` and ``en-GB`` do, and not in their script."""
    return _language_and_script(language) == _language_and_script(of)


def _language_and_script(tag: str) -> tuple[str, str]:
    language, *subtags = tag.split("-")
    return language, next((subtag for subtag in subtags if len(subtag) == 4 and subtag.isalpha()), "")


_NAMES = {"en": N_("English"), "en-US": N_("English (US)"), "es": N_("Spanish"), "es-US": N_("Spanish (US)")}


@cache
def _nearest(language: str) -> str | None:
    """Return the language of the catalogue to use: the same, else a variant; ``None`` for the source language."""
    translated = catalogues() if language != SOURCE else []
    if language in translated or is_variant(language, SOURCE):
        return language if language in translated else None
    return next((name for name in translated if is_variant(name, language)), None)


@cache
def _read(name: str | None) -> GNUTranslations | None:
    if name is None:
        return None
    from gettext import GNUTranslations

    with (_HOME / f"{name}.mo").open("rb") as file:
        return GNUTranslations(file)
