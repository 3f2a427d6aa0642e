"""Input and output of plain mode: lines are read, and lines are written through the display boundary."""

from __future__ import annotations

import codecs
import os
import re
import sys
from contextlib import suppress
from typing import TextIO

from screener.display_text import ascii_only, visible, wrapped
from screener.errors import ScreenerError
from screener.i18n.gettext import _
from screener.page_text.paragraph import error_paragraph
from screener.plain.line_editor import LineEditor
from screener.plain.signals import Ended, Signals

LONGEST_LINE = 100_000
"""The longest line that is read, in characters; how long an answer may be is decided in ``screener.model.answers``."""
MOST_IN_VAIN = 1000
"""The number of lines without an answer that a file or a pipe may have, so that an endless one ends the program."""
MOST_BYTES_OF_A_TERMINAL = 1023 if sys.platform == "darwin" else 4095
"""The most that the line editing of the system holds of a line, in bytes. It drops the rest and says nothing."""
_USUAL_COLUMNS = 80
_FEWEST_COLUMNS = 20


_NOT_TEXT = re.compile("[\ud800-\udfff\0]")
"""Bytes that do not belong to the encoding, as Python escapes them, and those of UTF-16."""


class EndOfInput(Exception):
    """Nothing more can be read, or nobody can read what is written."""


class TooLong(ValueError):
    """A line is longer than any answer; the message says so to the person."""


class LineRefused(Exception):
    """A line of a script is no valid answer; ``line`` counts from 1, and ``why`` is a sentence."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line = line
        self.why = why


class LineConsole:
    """The lines that the person types, those written for them, and the stream for the summary, which may be another
    one.
    """

    def __init__(
        self,
        typed: TextIO,
        notices: TextIO,
        printed: TextIO,
        signals: Signals | None = None,
        editor: LineEditor | None = None,
    ) -> None:
        self._typed = typed
        self._told = notices
        self._printed = printed
        self._signals = signals or Signals()
        self._editor = editor
        self._draft = ""
        """What stands in the next line before anything is typed."""
        self._echoed = typed.isatty()
        self._in_vain = 0
        self.lines_read = 0
        self.is_cut = False
        """Whether the last line of a script has no end, so that the end of its text may be missing too."""
        self.is_script = False
        """Whether the lines are a script. Then the first invalid line ends it: the next one would answer another
        question.
        """

    @property
    def printed_apart(self) -> bool:
        """Return whether the summary goes to another stream than messages."""
        return self._printed is not self._told

    @property
    def interactive(self) -> bool:
        """Return whether a person types; not so with a file or a pipe."""
        return self._echoed

    def say(self, *paragraphs: str) -> None:
        """Write paragraphs for the person; an empty paragraph is an empty line."""
        for paragraph in paragraphs:
            self._write("\n".join(self._lines(paragraph)) + "\n")

    def ask(self, label: str) -> str:
        """Return the next line, without its end.

        Raise ``EndOfInput``, ``TooLong``, or ``KeyboardInterrupt`` if the person interrupted it.
        """
        if self._editor is None:
            return self._asked(label)
        self._editor.take_keys()  # Before the prompt is seen: then anything may be typed, also Ctrl+C in a paste.
        try:
            return self._asked(label)
        finally:
            self._editor.give_keys_back()

    def _asked(self, label: str) -> str:
        lines = self._lines(label)
        self._write("\n".join(lines) + " ")
        try:
            line = self._edited(lines[-1] + " ") if self._editor else self._line()
        except (KeyboardInterrupt, EndOfInput, Ended, LineRefused):
            if self._editor is None:
                with suppress(EndOfInput):
                    self._write("\n")
            raise
        if not self._echoed:
            self._write("\n")
        return line

    def take_unfinished(self) -> str:
        """Return what stands in the line that was interrupted; it is gone from the next prompt."""
        text, self._draft = self._draft, ""
        if self._editor:
            text, self._editor.unfinished = text or self._editor.unfinished, ""
        return text

    def offer(self, text: str) -> None:
        """Put a text into the next line that is typed, where lines can be edited."""
        self._draft = text

    def problem(self, what: str) -> None:
        """Say what is wrong and how to mend it. Raise ``LineRefused`` instead if the lines are a script."""
        if self.is_script:
            raise LineRefused(self.lines_read, what)
        self.error(what)

    def error(self, what: str) -> None:
        """Report an error that no typed line caused."""
        self.say(error_paragraph(what).text)

    def expect_no_more(self) -> None:
        """Raise ``LineRefused`` if a script has lines left over."""
        while self.is_script:
            try:
                line = self._line()
            except (EndOfInput, TooLong):
                return
            if line.strip():
                raise LineRefused(self.lines_read, "The questionnaire was finished before this line.")

    def answered(self) -> None:
        """Note that the lines so far led to an answer."""
        self._in_vain = 0

    def print(self, summary: str) -> None:
        """Write the summary as it is; it was made safe to display when it was rendered."""
        self._printed.write(summary)
        self._printed.flush()

    @property
    def prints_ascii_only(self) -> bool:
        """Return whether the stream of the summary can only show ASCII."""
        return not _is_utf8(self._printed)

    def _edited(self, label: str) -> str:
        """Return the next line from a terminal on which lines are edited."""
        assert self._editor
        if self._signals.waiting:
            self._signals.waiting = False
            raise KeyboardInterrupt
        draft, self._draft = self._draft, ""
        self._signals.reading = True
        try:
            line, self._draft = self._editor.read(label, draft, self.say)
        except (EOFError, OSError):
            raise EndOfInput from None
        finally:
            self._signals.reading = False
        self.lines_read += 1
        return line

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
        except UnicodeError:
            raise ScreenerError(_("What was typed is not text in the character set of this terminal.")) from None
        finally:
            self._signals.reading = False
        if not line:
            raise EndOfInput
        self.lines_read += 1
        self.is_cut = self.is_script and not line.endswith("\n")
        self._refuse_cut(line)
        if self.is_script and _NOT_TEXT.search(line):
            raise LineRefused(self.lines_read, "The line is not UTF-8. Save the script as UTF-8.")
        return line.removesuffix("\n").removesuffix("\r")

    def _refuse_cut(self, line: str) -> None:
        """Raise ``TooLong`` if a terminal may have dropped the end of a line that it edited itself."""
        written = line.rstrip("\r\n").encode(self._typed.encoding or "utf-8", "replace") if self._echoed else b""
        if len(written) >= MOST_BYTES_OF_A_TERMINAL:
            raise TooLong(_("This terminal cuts lines that are so long, and the end is missing. Write less."))

    def _pass_over(self) -> None:
        """Read the rest of a line that is too long; an endless one is the end of the input."""
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
    """Return whether a stream can show every character; one in memory has no encoding, and can."""
    return stream.encoding is None or codecs.lookup(stream.encoding).name == "utf-8"
