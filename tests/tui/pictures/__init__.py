"""The pictures of the README, drawn from the real screens."""

from __future__ import annotations

import re
from pathlib import Path

from textual.app import App

from screener.content.load import load
from screener.paths import shipped_content
from tests.tui.screens import screens

QUESTION = Path(__file__).with_name("question.svg")


async def question() -> str:
    """Return the picture of a question, with an answer chosen."""
    content = load(shipped_content(), "ketamine-pre-screening")
    async with screens(content, "phq9_2", size=(80, 24)) as person:
        await person.press("2")
        # The program forbids screenshots; this one is taken past it, without the fonts that it would fetch.
        picture = App.export_screenshot(person.app, title="screener")
    return re.sub(r"@font-face \{.*?\}", "", picture, flags=re.DOTALL)
