"""Draws the pictures of the README from the real screens: ``python -m tests.tui.pictures``."""

from __future__ import annotations

import asyncio

from tests.tui.pictures import QUESTION, question

QUESTION.write_text(asyncio.run(question()), "utf-8")
