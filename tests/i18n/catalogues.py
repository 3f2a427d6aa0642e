"""The catalogues of the program: ``python -m tests.i18n.catalogues`` updates them from the code.

It adds new texts to every ``screener/i18n/locale/<language>.po``, removes those that are gone, and compiles each into
the ``.mo`` that the program reads. The catalogue of a variant of British English, such as ``en-US``, gets nothing new:
it holds only the differences.
"""

from __future__ import annotations

import datetime
import io
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import screener
from screener.i18n.gettext import SOURCE, is_variant

PROGRAM = Path(screener.__file__).parent
LOCALE = PROGRAM / "i18n" / "locale"
KEYWORDS = {name: DEFAULT_KEYWORDS[name] for name in ("_", "N_", "ngettext", "pgettext")}
_NO_DAY = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
"""Replaces the dates in the headers, which would change with every run and add nothing to the history."""
_HEADER = "# The words of the program in {language}. See docs/languages.md on how to translate.\n#"


class Message(NamedTuple):
    """One message of the code, as in a catalogue: ``id`` is a pair if it has a plural."""

    place: str
    id: str | tuple[str, ...]
    context: str | None
    comments: list[str]


@cache
def messages() -> tuple[Message, ...]:
    """Return every message of the program with its file and line."""
    found = extract_from_dir(PROGRAM, [("**.py", "python")], keywords=KEYWORDS, comment_tags=["Translators:"])
    return tuple(
        Message(f"screener/{file}:{line}", id, context, comments) for file, line, id, comments, context in found
    )


def languages() -> list[str]:
    return sorted(path.stem for path in LOCALE.glob("*.po"))


def catalogue(language: str) -> Catalog:
    """Return a catalogue from its file."""
    with (LOCALE / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language.replace("-", "_"), domain="screener")


def compiled(catalogue: Catalog) -> bytes:
    made = io.BytesIO()
    write_mo(made, catalogue)
    return made.getvalue()


def updated(language: str) -> Catalog:
    """Return the catalogue with the messages of the code, in the order of their files."""
    before = catalogue(language)
    after = Catalog(
        locale=language.replace("-", "_"),
        header_comment=_HEADER.format(language=language),
        project="screener",
        msgid_bugs_address="",
        creation_date=_NO_DAY,
        revision_date=_NO_DAY,
        last_translator="",
        language_team=language,
        fuzzy=False,
    )
    # A language keeps the plural forms that its translator wrote, however many a newer Babel knows.
    after.mime_headers = [("Plural-Forms", f"nplurals={before.num_plurals}; plural={before.plural_expr};")]
    for message in messages():
        known = before.get(message.id, message.context)
        if known or not is_variant(language, SOURCE):
            string = known.string if known else ""
            after.add(message.id, string, auto_comments=message.comments, context=message.context)
    return after


def main() -> None:
    for language in languages():
        made = updated(language)
        text = io.BytesIO()
        write_po(text, made, width=120, no_location=True, omit_header=False)
        (LOCALE / f"{language}.po").write_bytes(text.getvalue())
        (LOCALE / f"{language}.mo").write_bytes(compiled(made))
        missing = [message for message in made if message.id and not all(_strings(message.string))]
        print(f"{language}: {len(made)} messages, {len(missing)} without a translation")


def _strings(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else string or ("",)


if __name__ == "__main__":
    main()
