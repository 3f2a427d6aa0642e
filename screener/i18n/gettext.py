"""The program's own words in the language of whoever reads them.

The words are written in British English in the code. ``_`` looks them up when they are shown, never when a module is
imported; ``N_`` marks words that are kept in a constant until then. In the source's language nothing is looked up and
nothing is read. Every other language is one catalogue, ``locale/<language>.mo``, which also says how dates and numbers
are written.
"""

from __future__ import annotations

from collections.abc import Iterator
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

Spoken = tuple[str, "GNUTranslations | None"]
"""A language and its catalogue, which the source has not."""
_usual: Spoken = (SOURCE, None)
_current: ContextVar[Spoken | None] = ContextVar("language", default=None)


def use(language: str) -> None:
    """Speak this language from here on, everywhere in the program."""
    global _usual
    _usual = language, _read(_nearest(language))


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak this language inside the context, and nowhere else."""
    before = _current.set((language, _read(_nearest(language))))
    try:
        yield
    finally:
        _current.reset(before)


def spoken() -> str:
    """The language that is spoken here."""
    return (_current.get() or _usual)[0]


def _catalogue() -> GNUTranslations | None:
    return (_current.get() or _usual)[1]


def _(text: str) -> str:
    """The text in the language that is spoken; as it is where there is no translation."""
    catalogue = _catalogue()
    return catalogue.gettext(text) if catalogue and text else text


def N_(text: str) -> str:
    """The text itself, marked for translation: whoever shows it puts it through ``_``."""
    return text


def ngettext(singular: str, plural: str, count: int) -> str:
    """The text for one or for several things; the language decides which of its plural forms that is."""
    catalogue = _catalogue()
    if catalogue:
        return catalogue.ngettext(singular, plural, count)
    return singular if count == 1 else plural


def pgettext(context: str, text: str) -> str:
    """Like ``_`` for a text that means something else elsewhere; ``context`` tells the translator which is meant."""
    catalogue = _catalogue()
    return catalogue.pgettext(context, text) if catalogue else text


def catalogues() -> list[str]:
    """The languages that the program has words in besides the source's, in alphabetical order."""
    return sorted(path.stem for path in _HOME.glob("*.mo"))


def language_name(language: str) -> str:
    """What a language is called in the one that is spoken; its code, e.g. ``fr-FR``, where that is not known."""
    name = _NAMES.get(language) or _NAMES.get(language.split("-")[0])
    return _(name) if name else language


def is_variant(language: str, of: str) -> bool:
    """Whether two languages differ in usage only, as ``en-US`` and ``en-GB`` do."""
    return language.split("-")[0] == of.split("-")[0]


_NAMES = {"en": N_("English"), "en-US": N_("English (US)"), "es": N_("Spanish"), "es-US": N_("Spanish (US)")}


@cache
def _nearest(language: str) -> str | None:
    """The catalogue for a language: its own, else one of its variants; ``None`` for the source itself."""
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
