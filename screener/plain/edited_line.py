"""A line while it is being typed: its text, the place of the caret, and what keys do to both."""

from __future__ import annotations

from screener.display_text import without_controls
from screener.pastes import LONGEST


class EditedLine:
    """The text of one answer. It may have line feeds, which only a paste brings in.

    Nothing that is removed is remembered: there is no history, no undoing, and nothing to put back.
    """

    def __init__(self, text: str = "") -> None:
        self.text = without_controls(text)[:LONGEST]
        self.caret = len(self.text)

    def insert(self, text: str) -> None:
        """Put a text at the caret, without what a terminal could obey, as far as anybody could want it."""
        text = without_controls(text)[: LONGEST - len(self.text)]
        self.text = self.text[: self.caret] + text + self.text[self.caret :]
        self.caret += len(text)

    def left(self) -> None:
        self.caret = self._before(self.caret)

    def right(self) -> None:
        self.caret = self._after(self.caret)

    def home(self) -> None:
        self.caret = 0

    def end(self) -> None:
        self.caret = len(self.text)

    def word_left(self) -> None:
        while self.caret and self.text[self.caret - 1].isspace():
            self.caret -= 1
        while self.caret and not self.text[self.caret - 1].isspace():
            self.caret -= 1

    def word_right(self) -> None:
        while self.caret < len(self.text) and self.text[self.caret].isspace():
            self.caret += 1
        while self.caret < len(self.text) and not self.text[self.caret].isspace():
            self.caret += 1

    def erase(self) -> None:
        """Remove the character before the caret, with the marks on it."""
        self._remove(self._before(self.caret), self.caret)

    def delete(self) -> None:
        """Remove the character at the caret, with the marks on it."""
        self._remove(self.caret, self._after(self.caret))

    def erase_word(self) -> None:
        end = self.caret
        self.word_left()
        self._remove(self.caret, end)

    def erase_to_start(self) -> None:
        self._remove(0, self.caret)

    def erase_to_end(self) -> None:
        self._remove(self.caret, len(self.text))

    def _remove(self, start: int, end: int) -> None:
        self.text, self.caret = self.text[:start] + self.text[end:], start

    def _before(self, place: int) -> int:
        place = max(place - 1, 0)
        while place and joins(self.text, place):
            place -= 1
        return place

    def _after(self, place: int) -> int:
        place = min(place + 1, len(self.text))
        while place < len(self.text) and joins(self.text, place):
            place += 1
        return place


def joins(text: str, place: int) -> bool:
    """Return whether the character at this place is part of the one before: an accent, or a part of an emoji."""
    character = text[place]
    if character < "\u0300":
        return False
    return columns_of(character) == 0 or text[place - 1 : place] == "\u200d"


def columns_of(character: str) -> int:
    """Return how many columns a terminal gives one character."""
    if character < "\u0300":
        return 1
    from wcwidth import wcwidth  # Slow to import, and most text is ASCII.

    return max(wcwidth(character), 0)
