"""A person answers on the staff's terminal, in a process of their own.

That process gets through a pipe what it needs: how staff call the response, the ticket of an appointment, the answers
that the person is to confirm, the key of the response that they go on with. Nothing of a person stands in an argument,
and what staff have read is in another process.
"""

from __future__ import annotations

import datetime
import json
import os
import signal
import subprocess
from argparse import Namespace
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from screener.cli.own_program import own_program
from screener.errors import ScreenerError
from screener.exit_codes import LEFT, OK, SIGNAL, TIMED_OUT
from screener.i18n.gettext import _

if TYPE_CHECKING:
    from types import FrameType

    from screener.engine.form import Form
    from screener.engine.previous import PreviousResponse
    from screener.session.open import SessionFactory
    from screener.session.session import InterviewSession
    from screener.staff.handover import Handover

_MOST_BYTES = 1_000_000
_PASSED_ON = (signal.SIGTERM, signal.SIGHUP)
_USUAL_ENDS = (OK, LEFT, TIMED_OUT)


@dataclass(frozen=True)
class HandedOver:
    """What the process of the person is told."""

    by: str | None
    language: str | None = None
    name: str | None = None
    ticket: str | None = None
    previous: dict[str, Any] | None = None
    resumed: tuple[str, str] | None = None
    """The id of the response that staff resumed, and its key in hexadecimal digits."""

    def previous_for(self, form: Form) -> PreviousResponse | None:
        """Return the answers to be confirmed."""
        from screener.engine.previous import answers_to_confirm
        from screener.store.record import entry_from_json

        if self.previous is None:
            return None
        entries = {name: entry_from_json(entry) for name, entry in self.previous["entries"].items()}
        reference, day = self.previous["reference"], datetime.date.fromisoformat(self.previous["day"])
        return answers_to_confirm(form, entries, reference=reference, day=day, days=self.previous["days"])


def run_for(handover: Handover, arguments: list[str]) -> int:
    """Let the person answer in a process of their own, with these arguments; return its exit code."""
    packed = _packed(handover)
    reading, writing = os.pipe()
    command = [*own_program(), *arguments, "--handed-over", str(reading), "--", handover.questionnaire]
    try:
        process = subprocess.Popen(command, pass_fds=(reading,))  # noqa: S603 - its own program
    except OSError as error:
        os.close(writing)
        raise ScreenerError(_("The questions cannot be started: {what}").format(what=error.strerror)) from None
    finally:
        os.close(reading)
    before = {number: signal.signal(number, _passing_on(process)) for number in _PASSED_ON}
    before[signal.SIGINT] = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with suppress(BrokenPipeError), os.fdopen(writing, "wb") as pipe:  # It may have ended before it read anything.
            pipe.write(packed)
        code = process.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if code not in _USUAL_ENDS:
        _clean_terminal()
    return code if code >= 0 else SIGNAL - code


def received_handover(descriptor: int) -> HandedOver:
    """Return the handover that the staff's side wrote into the pipe. Raise ``ScreenerError`` for anything else."""
    try:
        with os.fdopen(descriptor, "rb") as pipe:
            values = json.loads(pipe.read(_MOST_BYTES))
        return HandedOver(**values)
    except (OSError, ValueError, KeyError, TypeError):
        raise ScreenerError("Only the staff screens start this. Run: screener staff") from None


def answer_handed_over(options: Namespace) -> int:
    """Let the person answer on this terminal, which only staff can open; return the exit code."""
    from screener.cli.start import cannot_show, kiosk, received
    from screener.config import read_configuration
    from screener.i18n.gettext import use
    from screener.tui.run import run as show

    configuration = read_configuration()
    handover = received_handover(options.handed_over)
    options.language = handover.language or options.language
    session_factory = replace(received(options, configuration), by=handover.by, name=handover.name)
    content = session_factory.content
    use(content.questionnaire.language)
    if because := cannot_show(content.questionnaire.language):
        raise ScreenerError(_("The questions are not shown here because {why}.").format(why=because))
    session = _session(session_factory, handover)
    return show(session_factory, session, theme=options.theme, no_color=options.no_color, profile=kiosk(configuration))


def _session(session_factory: SessionFactory, handover: HandedOver) -> InterviewSession:
    """Return the session of whoever sits down: of an appointment, of a response that staff resumed, or a new one."""
    if handover.ticket:
        return session_factory.for_person(handover.ticket, handover.previous_for(session_factory.content.form))
    if not handover.resumed:
        return session_factory.new()
    from screener.store.connect import open_store

    assert session_factory.location
    identity, key = handover.resumed
    store = open_store(session_factory.location, session_factory.terminal)
    try:
        open_response, record = store.handed_over(identity, bytes.fromhex(key))
        return session_factory.reopened(open_response, record)
    finally:
        store.database.close()


def _packed(handover: Handover) -> bytes:
    """Return what the other process is told. This one forgets the key of a response that staff resumed."""
    from screener.store.record import entry_to_json

    previous, resumed = handover.previous, None
    if handover.resumed:
        open_response, _record = handover.resumed
        resumed = (open_response.id, open_response.key.hex())
        open_response.forget()
    values = {
        "by": handover.by,
        "language": handover.language,
        "name": handover.name,
        "ticket": handover.ticket,
        "resumed": resumed,
        "previous": previous
        and {
            "reference": previous.reference,
            "day": previous.day.isoformat(),
            "days": previous.days,
            "entries": {name: entry_to_json(entry) for name, entry in previous.entries.items()},
        },
    }
    return json.dumps(values, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _passing_on(process: subprocess.Popen[bytes]) -> Any:
    def pass_on(number: int, _frame: FrameType | None) -> None:
        process.send_signal(number)

    return pass_on


def _clean_terminal() -> None:
    """Reset the terminal after a process that could not do it."""
    from screener.kiosk.terminal import Gone, Terminal

    with suppress(Gone):
        terminal = Terminal(0, 2)
        terminal.clean()
        terminal.restore()
