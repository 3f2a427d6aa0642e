"""The least that Textual can do for a question: its text and four options."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import RadioButton, RadioSet, Static


class Radio(App[None]):
    def compose(self) -> ComposeResult:
        yield Static("Question 1: which of these?")
        with RadioSet():
            for number in range(1, 5):
                yield RadioButton(f"Answer {number}")


if __name__ == "__main__":
    Radio().run()
