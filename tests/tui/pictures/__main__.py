"""Draws the pictures of the README from the real screens: ``python -m tests.tui.pictures``."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from textual.app import App

from screener.content.load import load
from screener.paths import shipped_content
from tests.tui.screens import screens

HERE = Path(__file__).parent


async def draw() -> None:
    content = load(shipped_content(), "ketamine-pre-screening")
    async with screens(content, "phq9_2", size=(80, 24)) as person:
        await person.press("2")
        # The program forbids screenshots; this one is taken past it, without the fonts that it would fetch.
        picture = App.export_screenshot(person.app, title="screener")
    picture = re.sub(r"@font-face \{.*?\}", "", picture, flags=re.DOTALL)
    (HERE / "question.svg").write_text(picture, "utf-8")


asyncio.run(draw())
