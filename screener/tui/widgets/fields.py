"""Where an answer is typed.

Nothing is refused or cut while typing; ``screener.model.answers`` reads the text when the person presses Continue.
"""

from __future__ import annotations

from dataclasses import replace

from textual import events
from textual.document._document import EditResult
from textual.document._edit import Edit
from textual.message import Message
from textual.widgets import Input, TextArea

from screener.tui.rendering import typed


class Field(Input):
    """One line of plain text."""

    BINDINGS = [("down", "app.focus_next"), ("up", "app.focus_previous")]

    def __init__(self, value: str = "", *, id: str | None = None) -> None:
        super().__init__(value, id=id, select_on_focus=False)
        self.cursor_blink = False
        self.asks_why = False
        """Whether a question mark asks why, because it is part of no answer."""

    def show(self, text: str) -> None:
        """Show a text, with the caret behind it."""
        self.value = text
        self.cursor_position = len(text)

    async def on_key(self, event: events.Key) -> None:
        if self.asks_why and event.key == "question_mark":
            event.prevent_default()
            event.stop()
            await self.run_action("app.why")

    def validate_value(self, value: str) -> str:
        """Whichever way a text comes in, typed, pasted or set, only what is harmless stays."""
        return _line(value)

    def replace(self, text: str, start: int, end: int) -> None:
        super().replace(_line(text), start, end)

    def on_paste(self, event: events.Paste) -> None:
        """Keep all lines of what was pasted; the original keeps only the first and says nothing."""
        event.prevent_default()
        event.stop()
        self.replace(event.text.strip(), *sorted(self.selection))

    def action_cut(self) -> None:
        """Nothing an answer says goes to a clipboard."""

    def action_copy(self) -> None:
        """Nothing an answer says goes to a clipboard."""


class LongField(TextArea):
    """Several lines of plain text. Enter goes on, as on every page; Ctrl+J begins a new line."""

    class Submitted(Message):
        """Enter was pressed."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, tab_behavior="focus", show_line_numbers=False)
        self.cursor_blink = False

    def load_text(self, text: str) -> None:
        super().load_text(typed(text))

    def edit(self, edit: Edit) -> EditResult:
        return super().edit(replace(edit, text=typed(edit.text)))

    def on_key(self, event: events.Key) -> None:
        """Go on with Enter; leave with the arrow down from the last line."""
        if event.key == "enter":
            event.prevent_default()
            event.stop()
            self.post_message(self.Submitted())
        elif event.key == "ctrl+j":
            event.prevent_default()
            event.stop()
            self.insert("\n")
        elif event.key == "down" and self.cursor_at_last_line:
            event.prevent_default()
            event.stop()
            self.screen.focus_next()

    def action_cut(self) -> None:
        """Nothing an answer says goes to a clipboard."""

    def action_copy(self) -> None:
        """Nothing an answer says goes to a clipboard."""


def _line(text: str) -> str:
    return typed(text).replace("\n", " ")
