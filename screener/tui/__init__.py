"""The terminal screens of an interview.

Importing this package takes every ``TEXTUAL_*`` setting out of the environment before Textual can read it: they log
keys, press keys and write screenshots. It imports nothing heavy; ``screener.tui.app`` does.
"""

from __future__ import annotations

import os

THEMES = ("dark", "light", "high-contrast-dark", "high-contrast-light")
"""The names that ``screener.tui.app.run`` takes as its theme."""

SMALLEST = (60, 18)
"""Columns and rows that a page needs; below, the person is asked to make the window larger."""

for _name in [name for name in os.environ if name == "TEXTUAL" or name.startswith("TEXTUAL_")]:
    del os.environ[_name]
