"""The one way in and out of plain mode: lines are read, and lines are written through the display boundary."""

from __future__ import annotations

import codecs
import os
from contextlib import suppress
from typing import TextIO

from screener.display_text import ascii_only, visible, wrapped
from screener.i18n.gettext import _
from screener.plain.signals import Ended, Signals

LONGEST_LINE = 100_000
"""Characters of a line that are looked at; what an answer may have is for ``screener.model.answers`` to say."""
MOST_IN_VAIN = 1000
"""Lines of a file or a pipe that may lead to no answer: one without an end does not keep the program running."""
_USUAL_COLUMNS = 80
_FEWEST_COLUMNS = 20


class EndOfInput(Exception):
    """Nothing more can be read, or nobody can read what is written."""


class TooLong(ValueError):
    """A line is longer than any answer; the message says so to the person."""


class LineRefused(Exception):
    """A line of a script was not taken; ``line`` counts from 1, and ``why`` is a sentence."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line = line
        self.why = why


class LineConsole:
    """What the person types, what they are told, and where the summary goes, which may be another place."""

    def __init__(self, typed: TextIO, told: TextIO, printed: TextIO, signals: Signals | None = None) -> None:
        self._typed = typed
        self._told = told
        self._printed = printed
        self._signals = signals or Signals()
        self._echoed = typed.isatty()
        self._in_vain = 0
        self.lines_read = 0
        self.is_script = False
        """Whether the lines are a script, of which every line has to be taken: the next one would answer otherwise."""

    @property
    def printed_apart(self) -> bool:
        """Whether the summary goes elsewhere than what is said."""
        return self._printed is not self._told

    @property
    def interactive(self) -> bool:
        """Whether somebody types, and not a file or a pipe."""
        return self._echoed

    def say(self, *paragraphs: str) -> None:
        """Tell the person something; an empty paragraph is an empty line."""
        for paragraph in paragraphs:
            self._write("\n".join(self._lines(paragraph)) + "\n")

    def ask(self, label: str) -> str:
        """The next line, without its end.

        Raises ``EndOfInput``, ``TooLong``, or ``KeyboardInterrupt`` where the person broke it off.
        """
        self._write("\n".join(self._lines(label)) + " ")
        try:
            line = self._line()
        except (KeyboardInterrupt, EndOfInput, Ended):
            with suppress(EndOfInput):
                self._write("\n")
            raise
        if not self._echoed:
            self._write("\n")
        return line

    def problem(self, what: str) -> None:
        """Say what is wrong and how to mend it. Raise ``LineRefused`` where the lines are a script."""
        if self.is_script:
            raise LineRefused(self.lines_read, what)
        self.error(what)

    def error(self, what: str) -> None:
        """Say what went wrong; no line that was typed is to blame."""
        self.say(_("Error: {problem}").format(problem=what))

    def expect_no_more(self) -> None:
        """Raise ``LineRefused`` where a script has lines left over."""
        while self.is_script:
            try:
                line = self._line()
            except (EndOfInput, TooLong):
                return
            if line.strip():
                raise LineRefused(self.lines_read, "The questionnaire was finished before this line.")

    def answered(self) -> None:
        """The lines so far led to something."""
        self._in_vain = 0

    def print(self, summary: str) -> None:
        """Write the summary as it is; it was made visible when it was rendered."""
        self._printed.write(summary)
        self._printed.flush()

    @property
    def prints_ascii_only(self) -> bool:
        """Whether the place of the summary cannot show all characters."""
        return not _is_utf8(self._printed)

    def _line(self) -> str:
        if not self._echoed:
            self._in_vain += 1
            if self._in_vain > MOST_IN_VAIN:
                raise EndOfInput
        if self._signals.waiting:
            self._signals.waiting = False
            raise KeyboardInterrupt
        self._signals.reading = True
        try:
            line = self._typed.readline(LONGEST_LINE)
            if len(line) == LONGEST_LINE and not line.endswith("\n"):
                self._pass_over()
                too_long = _("This line has more than {most} characters. Write less.")
                raise TooLong(too_long.format(most=LONGEST_LINE))
        except OSError:
            raise EndOfInput from None
        finally:
            self._signals.reading = False
        if not line:
            raise EndOfInput
        self.lines_read += 1
        return line.removesuffix("\n").removesuffix("\r")

    def _pass_over(self) -> None:
        """Read the rest of a line that is too long; one that never ends is the end of the input."""
        for _skipped in range(MOST_IN_VAIN):
            rest = self._typed.readline(LONGEST_LINE)
            if not rest or rest.endswith("\n"):
                return
        raise EndOfInput

    def _lines(self, text: str) -> list[str]:
        showable = visible(text) if _is_utf8(self._told) else ascii_only(visible(text))
        return [line.rstrip() for line in wrapped(showable, self._columns())]

    def _columns(self) -> int:
        try:
            columns = os.get_terminal_size(self._told.fileno()).columns
        except (OSError, ValueError):
            columns = 0
        return max(columns, _FEWEST_COLUMNS) if columns else _USUAL_COLUMNS

    def _write(self, text: str) -> None:
        try:
            self._told.write(text)
            self._told.flush()
        except OSError:
            raise EndOfInput from None


def _is_utf8(stream: TextIO) -> bool:
    """Streams in memory have no encoding and take every character."""
    return stream.encoding is None or codecs.lookup(stream.encoding).name == "utf-8"
