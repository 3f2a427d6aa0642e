"""Plain mode on the streams of this process."""

from __future__ import annotations

import codecs
import io
import os
import sys
from typing import TextIO

from screener.exit_codes import LEFT, MISTAKE
from screener.hardening import hide_memory
from screener.i18n.gettext import _
from screener.plain.console import EndOfInput, LineConsole, LineRefused
from screener.plain.interview import ComesBack, PlainInterview
from screener.plain.line_editor import line_editing
from screener.plain.prompter import Left
from screener.plain.resume import begin_or_resume, returned
from screener.plain.signals import Ended, Signals
from screener.session.open import SessionFactory
from screener.session.session import InterviewSession
from screener.store.database import NotSaved
from screener.summary.phrases import return_code_lapses


def run(
    session_factory: SessionFactory,
    session: InterviewSession | None = None,
    *,
    resume: bool = False,
    because: str | None = None,
    sign: str = "",
) -> int:
    """Interview one person by prompts and lines; return the exit code of the process.

    0: finished. 2: a line of a script was not accepted, or the summary could not be written. 3: left early, or the
    input ended. 129, 131, 143: ended by a signal. An interrupt asks whether to leave; a second one is raised as
    ``KeyboardInterrupt``.

    ``session`` is one that staff opened; ``sign`` then says at every question for whom and by whom it is recorded.
    ``resume`` goes on with an interrupted questionnaire without asking. ``because`` is said first: why plain mode was
    chosen without being asked for. The summary goes to stdout and, if that is not a terminal, everything else to
    stderr.
    """
    hide_memory()
    typed, printed = sys.stdin or io.StringIO(), sys.stdout or io.StringIO()
    messages = printed if printed.isatty() else sys.stderr or io.StringIO()
    if session is None:  # Else something was read before, and whoever read it has seen to that.
        read_exactly(typed)
    code = LEFT
    with Signals() as signals, line_editing(typed, messages) as editor:
        console = LineConsole(typed, messages, printed, signals, editor)
        console.is_script = not console.interactive
        try:
            if because:
                console.say(_("This is plain mode, because {reason}.").format(reason=because))
            session = session or begin_or_resume(console, session_factory, resume=resume)
            while session:
                try:
                    code = PlainInterview(console, session, sign).run()
                    console.expect_no_more()
                    break
                except ComesBack:
                    session = returned(console, session_factory) or session_factory.new()
        except Left:
            pass
        except LineRefused as refused:
            code = MISTAKE
            _say_last(_not_taken(session, refused))
        except EndOfInput:
            _say_last(_cut(session, console.lines_read) if console.is_cut else _unfinished(session))
        except Ended as ended:
            code = ended.code
    _let_go(messages, printed)
    return code


def read_exactly(typed: TextIO) -> None:
    """Make a script readable with and without a byte order mark, and keep what is not text so that it is noticed."""
    if not isinstance(typed, io.TextIOWrapper):
        return
    if typed.isatty():
        typed.reconfigure(errors="replace", newline="\n")
        return
    is_utf8 = codecs.lookup(typed.encoding).name == "utf-8"
    typed.reconfigure(encoding="utf-8-sig" if is_utf8 else None, errors="surrogateescape", newline=None)


def _not_taken(session: InterviewSession | None, refused: LineRefused) -> str:
    """Return which line of a script was not accepted, and at which question; remove what the script saved here."""
    question = session.interview.current if session else None
    if session:
        session.discard()
    place = f" at {question.id}" if question else ""
    return f"screener: line {refused.line} was not taken{place}. {refused.why} {_stored(session)}"


def _cut(session: InterviewSession | None, line: int) -> str:
    """Return that the last line of a script may lack its end; remove what the script saved here."""
    if session:
        session.discard()
    ended = _("The input ended before the questionnaire was finished.")
    return f"screener: {ended} Line {line} has no line end, so a part of it may be missing. {_stored(session)}"


def _stored(session: InterviewSession | None) -> str:
    """Return what is stored of a script that went wrong."""
    if session and session.for_staff:
        return "What was recorded before is kept."
    return "Nothing of this input is kept here."


def _unfinished(session: InterviewSession | None) -> str:
    """Return that the input ended too early, and how to go on."""
    ended = _("The input ended before the questionnaire was finished.")
    if session is None or session.autosave is None or not session.autosave.begun:
        return f"screener: {ended} " + _("Nothing was kept. Answers in a file can be given to: {command}").format(
            command="screener summarise FILE"
        )
    saved = _("What was answered is kept.")
    if session.for_staff:
        name = session.content.questionnaire.id
        return f"screener: {ended} {saved} " + _("To go on: {command}").format(command=f"screener clinic record {name}")
    if session.autosave.survives_a_crash:
        return f"screener: {ended} {saved} " + _("To go on: {command}").format(
            command="screener start --plain --resume"
        )
    try:
        code = session.return_code()
    except NotSaved as error:
        return f"screener: {ended} {saved} {error}"
    return f"screener: {ended} {saved} " + _("The four words to come back: {code}").format(
        code=f"{code}\n{return_code_lapses(session.days_kept)}"
    )


def _say_last(text: str) -> None:
    """Write a last message to stderr, unless it is closed."""
    try:
        print(text, file=sys.stderr, flush=True)  # noqa: T201
    except (OSError, ValueError):
        _let_go(sys.stderr)


def _let_go(*streams: TextIO) -> None:
    """Point streams that can no longer be written at nothing, so that the process does not fail on them at its end."""
    for stream in streams:
        try:
            stream.flush()
        except (OSError, ValueError):
            if isinstance(stream, io.TextIOWrapper):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
