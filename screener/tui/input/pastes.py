"""Pastes are taken out of what a terminal sends before anything looks for keys in it.

So nothing inside a paste acts, whatever it holds: an Enter, a key of leaving, the report of a window of 30,000 columns.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from textual import events

START, END = "\x1b[200~", "\x1b[201~"
LONGEST = 20_000
"""Characters that are kept of a paste: more than any answer may have, and few enough to show at once."""
PATIENCE = 10.0
"""Seconds after which a paste whose end does not come is over, so that the keyboard works again."""


class Pastes:
    """Splits a stream of text into pastes and the rest."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._begun = ""
        """The end of what came, as far as it could be the start of a mark."""
        self._pasted: str | None = None
        self._since = 0.0

    @property
    def waits(self) -> bool:
        """Whether more has to come before it is known what the last characters are."""
        return bool(self._begun) and self._pasted is None

    def feed(self, text: str) -> Iterator[str | events.Paste]:
        """What the text holds, in its order: pastes, and text with keys in it."""
        text, self._begun = self._begun + text, ""
        while text:
            mark = START if self._pasted is None else END
            before, separator, after = text.partition(mark)
            if not separator:
                before, self._begun = _cut(text, mark)
            yield from self._take(before)
            if not separator:
                return
            if mark == START:
                self._pasted, self._since = "", self._clock()
            else:
                yield from self._end()
            text = after

    def pause(self) -> Iterator[str | events.Paste]:
        """Nothing more came for a moment: what was begun is no mark, and a paste without an end is over."""
        if self._pasted is None:
            begun, self._begun = self._begun, ""
            yield from self._take(begun)
        elif self._clock() - self._since > PATIENCE:
            yield from self._end()

    def _take(self, text: str) -> Iterator[str]:
        if self._pasted is not None:
            self._pasted += text[: LONGEST - len(self._pasted)]
        elif text:
            yield text

    def _end(self) -> Iterator[events.Paste]:
        yield events.Paste((self._pasted or "").replace("\x00", ""))
        self._pasted, self._begun = None, ""


def _cut(text: str, mark: str) -> tuple[str, str]:
    """The text without the start of a mark at its end, and that start."""
    for length in range(min(len(mark) - 1, len(text)), 0, -1):
        if text.endswith(mark[:length]):
            return text[:-length], text[-length:]
    return text, ""
