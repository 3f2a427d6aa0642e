"""Pastes are taken out of what a terminal sends before anything looks for keys in it.

So nothing inside a paste acts, whatever it holds: an Enter, a key of leaving, the report of a window of 30,000 columns.
Most terminals mark a paste (``PasteSplitter``). GNU screen, the Linux console and serial lines do not; there a paste is
noticed by its rush (``RushSplitter``).
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

from screener.values import dataclass

START, END = "\x1b[200~", "\x1b[201~"
LONGEST = 20_000
"""Characters that are kept of a paste: more than any answer may have, and few enough to show at once."""
PATIENCE = 10.0
"""Seconds after which a paste whose end does not come is over, so that the keyboard works again."""
RUSH = 0.02
"""Seconds. What follows a line end more closely is a rush, which no person types: a held key repeats after 0.03 s."""
SAME_RUSH = 0.005
"""Seconds. What follows other text more closely came with it, also where a slow line sends letter by letter."""
_LINE_END_INSIDE = re.compile(r"[^\x00-\x1f\x7f][\t ]*[\r\n][\r\n\t]*[^\x00-\x1f\x7f]")
_LINE_END_LAST = re.compile(r"[^\x00-\x1f\x7f][\r\n]+\Z")


@dataclass(frozen=True)
class Pasted:
    """A text that was pasted, not typed."""

    text: str


class PasteSplitter:
    """Splits a stream of text into marked pastes and the rest."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._begun = ""
        """The end of what came, as far as it could be the start of a mark."""
        self._pasted: str | None = None
        self._since = 0.0

    @property
    def waits(self) -> bool:
        """Return whether more has to come before it is known what the last characters are."""
        return bool(self._begun) and self._pasted is None

    @property
    def is_open(self) -> bool:
        """Return whether a paste began and its end has not come."""
        return self._pasted is not None

    def feed(self, text: str) -> Iterator[str | Pasted]:
        """Yield what the text holds, in its order: pastes, and text with keys in it."""
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

    def pause(self) -> Iterator[str | Pasted]:
        """Nothing more came for a moment: what was begun is no mark, and a paste without an end is over."""
        if self._pasted is None:
            begun, self._begun = self._begun, ""
            yield from self._take(begun)
        elif self._clock() - self._since > PATIENCE:
            yield from self._end()

    def _take(self, text: str) -> Iterator[str]:
        if self._pasted is not None:
            self._pasted += text[: LONGEST + 1 - len(self._pasted)]
        elif text:
            yield text

    def _end(self) -> Iterator[Pasted]:
        yield _shortened(self._pasted or "")
        self._pasted, self._begun = None, ""


class RushSplitter:
    """Splits text without marks into keys and pastes: a line end in the middle of a rush is a paste.

    A line end at the end of a rush is the key Enter unless more follows in the same rush, so it waits for a moment. A
    single key waits for nothing.
    """

    def __init__(self) -> None:
        self._held = ""
        self._rush: str | None = None
        """What came of a paste that was noticed and is not over."""
        self._last = float("-inf")
        self._before = ""
        """The last character that was handed on."""

    @property
    def waits(self) -> bool:
        """Return whether it has to be known whether more follows in the same rush."""
        return self._rush is not None or bool(self._held)

    def feed(self, text: str, at: float) -> Iterator[str | Pasted]:
        """Yield what this text means; it arrived, in one read, at this time."""
        if at - self._last >= RUSH:
            yield from self.pause()
        if at - self._last >= SAME_RUSH:
            self._before = ""
        self._last = at
        if self._rush is not None:
            self._rush += text[: LONGEST + 1 - len(self._rush)]
            return
        rushed, self._held = self._held + text, ""
        if _LINE_END_INSIDE.search(self._before + rushed):
            self._rush = rushed[: LONGEST + 1]
        elif _LINE_END_LAST.search(self._before + rushed):
            self._held = rushed
        else:
            self._before = rushed[-1:]
            yield rushed

    def pause(self) -> Iterator[str | Pasted]:
        """Yield what waits, because nothing more came in the same rush."""
        self._before = ""
        if self._rush is not None:
            pasted, self._rush = self._rush, None
            yield _shortened(pasted)
        elif self._held:
            keys, self._held = self._held, ""
            yield keys


def _shortened(text: str) -> Pasted:
    """Return the beginning of a paste. Where its end was cut off, a mark stands on both sides of what is left.

    So it is too long for any answer, and the person is told. Without the marks, blanks at its ends would not count.
    """
    shortened = text if len(text) <= LONGEST else f"\u2026{text[: LONGEST - 2]}\u2026"
    return Pasted(shortened.replace("\x00", ""))


def _cut(text: str, mark: str) -> tuple[str, str]:
    """Return the text without the start of a mark at its end, and that start."""
    for length in range(min(len(mark) - 1, len(text)), 0, -1):
        if text.endswith(mark[:length]):
            return text[:-length], text[-length:]
    return text, ""
