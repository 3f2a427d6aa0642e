"""A whole walk in Spanish: equal on screens and in plain mode, without an English word of the program."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from screener.content.translatable import translatable_texts
from screener.content.translate import in_language
from screener.document.checksum import check
from screener.document.formats import TEXT_FORMATS, render
from screener.i18n.gettext import speaking, spoken
from screener.plain.prompter import LEAVE
from screener.session.session import InterviewSession
from screener.summary.build import clinician_summary
from tests.i18n.catalogues import catalogue
from tests.plain.prompts import FOLDER, console
from tests.plain.test_parity import CHANGING, URGENT, copies
from tests.plain.walks import Action, at_screens, script, through_interview, through_screens
from tests.strategies import flight
from tests.tui.screens import Screens

WALKS = {"urgent": URGENT, "changing": CHANGING}
SPANISH = in_language(flight(), "es-US")
_FEWEST_LETTERS = 5
"""Shorter English words are words of other languages too."""


def english() -> Iterator[str]:
    """Yield the English words: those of the program and of the content whose translation differs."""
    for message in catalogue("es-US"):
        ids, strings = ((m,) if isinstance(m, str) else m for m in (message.id, message.string))
        for source, translation in zip(ids, strings, strict=True):
            pieces = re.split(r"\{\w+\}", source)
            yield from (piece for piece in pieces if piece.strip() not in translation)
    for before, after in ((flight().questionnaire, SPANISH.questionnaire), (flight().ruleset, SPANISH.ruleset)):
        after_by_key = translatable_texts(after)
        yield from (
            text.text for key, text in translatable_texts(before).items() if text.text != after_by_key[key].text
        )


ENGLISH = sorted({" ".join(text.split()) for text in english()}, key=len, reverse=True)
PATTERN = re.compile(
    "|".join(rf"(?<!\w){re.escape(text)}(?!\w)" for text in ENGLISH if sum(map(str.isalpha, text)) >= _FEWEST_LETTERS)
)


CODED = frozenset(
    {
        "kind",
        "id",
        "rule",
        "priority",
        "format",
        "copy",
        "question",
        "questions",
        "section",
        "type",
        "answer",
        "absent",
        "outcome",
    }
)
"""The keys of the JSON whose values are for programs."""


def english_in(text: str) -> set[str]:
    """Return the English words in a text, across its line breaks."""
    return set(PATTERN.findall(" ".join(text.split())))


def test_english_is_found_where_it_is() -> None:
    """Check the measure: an English walk is full of words that a Spanish one must not have."""
    talked = console(flight(), script(flight(), URGENT))
    assert len(english_in(talked.told)) > 40
    assert {"Talk to a clinician", "Your answers"} <= english_in(talked.printed)


@pytest.mark.parametrize("walk", WALKS.values(), ids=WALKS)
def test_walks_in_spanish_agree_at_the_prompts(walk: list[Action]) -> None:
    """Check law 6 in Spanish: prompts and interview give the same two copies, byte for byte."""
    with speaking("es-US"):
        expected, lines = copies(through_interview(SPANISH, walk)), script(SPANISH, walk)
    talked = console(SPANISH, lines)
    assert talked.code == 0
    assert (talked.printed, copies(talked.session)) == (expected[0], expected)


@pytest.mark.parametrize(
    "walk",
    [pytest.param(walk, id=name, marks=() if name == "urgent" else pytest.mark.long) for name, walk in WALKS.items()],
)
async def test_walks_in_spanish_agree_on_the_screens(walk: list[Action], monkeypatch: pytest.MonkeyPatch) -> None:
    """Check law 6 in Spanish on the screens, and that no page or dialog has an English word."""
    seen: list[str] = []
    settle = Screens.settle

    async def settle_and_read(person: Screens) -> None:
        await settle(person)
        if person.app.is_running:
            seen.append(person.text)

    monkeypatch.setattr(Screens, "settle", settle_and_read)
    async with at_screens(SPANISH) as person:
        for key in ("f8", "f1", "ctrl+q"):
            await person.press(key, "escape")
        await person.press("enter")  # Without an answer: the message beside the question says so.
        session = await through_screens(person, walk)
        await person.press("ctrl+q")
        assert copies(session) == copies(through_interview(SPANISH, walk))
    assert len(seen) > 50
    found = {word: text for text in seen for word in english_in(text)}
    assert not found, "\n".join((*found, *found.values()))


@pytest.mark.parametrize("walk", WALKS.values(), ids=WALKS)
def test_nothing_is_english_at_the_prompts(walk: list[Action]) -> None:
    """Check questions, commands, errors, help, reasons, urgent pages, the list, leaving and the copy."""
    with speaking("es-US"):
        lines = script(SPANISH, walk)
    talked = console(SPANISH, ["h", "?", "k", "x", "", "x", "n", LEAVE, "9", "1", *lines, "s", "b", "d"])
    assert talked.code == 0
    assert spoken() == "es-US"
    assert english_in(talked.told) == set()
    assert english_in(talked.printed) == set()


@pytest.mark.parametrize("walk", WALKS.values(), ids=WALKS)
def test_nothing_is_english_in_any_copy(walk: list[Action]) -> None:
    """Check both copies, in every format, with the checksum, which matches."""
    with speaking("es-US"):
        session = through_interview(SPANISH, walk)
    for document in (session.summary(), clinician_summary(SPANISH, session.interview, session.metadata)):
        for format in TEXT_FORMATS:
            text = render(document, format)
            readable = "\n".join(_words(json.loads(text))) if format == "json" else text.replace("\\", "")
            readable = re.sub(r"(?s)<style>.*?</style>|<[a-z/][^>]*>", " ", readable) if format == "html" else readable
            readable = re.sub(
                r"(?m)^   \d+ [a-z-]+ +[0-9a-f]{48}$", "", readable
            )  # The checksum names blocks by their ids.
            assert english_in(readable) == set(), format
        for ascii_only in (False, True):
            sealed = render(document, "text", ascii_only=ascii_only)
            assert check(sealed).holds
            assert not ascii_only or sealed.isascii()
            assert all(len(line) <= 80 for line in sealed.splitlines())


def test_the_clinic_language_decides_the_copy_of_the_clinician() -> None:
    """Check that it does so for every language of the answers; without one, that of the questionnaire is used."""
    for language, title in ((None, "Before you fly"), ("es-US", "Antes de volar"), ("fr-FR", "Before you fly")):
        session = InterviewSession(SPANISH, FOLDER, clinic_language=language)
        assert session.summary("clinician").title == title
        assert session.summary("patient").title == "Antes de volar"


def _words(value: object) -> Iterator[str]:
    """Yield every text for readers in the JSON, without its keys and codes."""
    if isinstance(value, list):
        for part in value:
            yield from _words(part)
    elif isinstance(value, dict):
        for key, part in value.items():
            if key == "labels":
                yield from _words([*part.values()])
            elif key not in CODED:
                yield from _words(part)
    elif isinstance(value, str):
        yield value
