"""The staff's side of one terminal: what it shows, and what staff record there while it stays unlocked."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from screener.cli.clinic_terminal import store_location
from screener.cli.content import content_folder
from screener.cli.new_process import REPLACES, LockedConsole
from screener.cli.start import received
from screener.config import Configuration
from screener.content.compiled import Content
from screener.errors import ScreenerError
from screener.exit_codes import OK, SIGNAL
from screener.i18n.gettext import _, use
from screener.paths import content_cache
from screener.staff.alarm import Alarm
from screener.store.connect import open_store

if TYPE_CHECKING:
    from screener.staff.handover import Handover
    from screener.staff.session import StaffSession
    from screener.tui.staff.run import ConsoleEnd
    from screener.tui.staff.setup import ConsoleSetup


@dataclass(frozen=True)
class Colours:
    """The colours of all screens on this terminal."""

    theme: str
    no_color: bool


@dataclass(frozen=True)
class Readings:
    """What is configured, and what can be answered here."""

    configuration: Configuration
    contents: list[Content]


@dataclass
class Console:
    """The staff's side of one terminal until somebody quits it, or it is handed over to a person."""

    staff_session: StaffSession
    place: ConsoleSetup
    notice: str
    """What it says first."""
    alarm: Alarm
    at_person: str | None = None
    """The person whose page comes first, where it stayed unlocked."""
    opens: str | None = None
    """The response that is opened first."""


def run_console(console: Console, options: Namespace, configuration: Configuration, colours: Colours) -> ConsoleEnd:
    """Run the staff's side, and what they record in between, until it ends, is locked, or a person is to answer."""
    from screener.tui.staff.run import ConsoleEnd
    from screener.tui.staff.run import run as show

    while True:
        end = show(
            console.staff_session,
            console.place,
            because=console.notice,
            at_person=console.at_person,
            opens=console.opens,
            theme=colours.theme,
            no_color=colours.no_color,
            alarm=console.alarm,
        )
        if end.code or end.handover is None or end.handover.person is None:
            return end
        code = _record(console, end.handover, options, configuration, colours)
        locks = console.place.ends_at_lock and not console.staff_session.is_open
        if code > SIGNAL or locks:
            console.staff_session.close()
            return ConsoleEnd(code) if code > SIGNAL else ConsoleEnd(OK, locked_because=console.notice)
        use(console.staff_session.contents.current.questionnaire.language)


def _record(
    console: Console, handover: Handover, options: Namespace, configuration: Configuration, colours: Colours
) -> int:
    """Let whoever unlocked the staff's side record for one person; return the exit code, and note what comes next."""
    from screener.store.person import identified
    from screener.tui.profiles import Recording
    from screener.tui.staff.run import record as show

    assert handover.resumed
    assert handover.person
    assert handover.by
    console.at_person, console.opens = handover.person.id, None
    chosen = Namespace(
        content=options.content, questionnaire=handover.questionnaire, language=configuration.clinic_language
    )
    try:
        session_factory = replace(
            received(chosen, configuration), by=handover.by, readings_at=configuration.readings_at_minutes
        )
        session = session_factory.reopened(*handover.resumed)
    except ScreenerError as error:
        handover.resumed[0].forget()
        console.notice = str(error)
        return 0
    profile = Recording(identified(handover.person), handover.by, configuration.staff_lock_after)
    end = show(
        console.staff_session,
        console.place,
        session,
        profile,
        theme=colours.theme,
        no_color=colours.no_color,
        alarm=console.alarm,
    )
    console.notice, console.opens = end.because or _recorded(end.code), end.opens
    if end.locks:
        console.staff_session.lock()
        console.at_person = None
    return end.code


def _recorded(code: int) -> str:
    """Return in words how recording ended, by the exit code of its pages."""
    match code:
        case 0:
            return _("It is finished.")
        case 1:
            return _("The questionnaire stopped because of a fault in the program. What was recorded before is kept.")
        case 4:
            return _("It was locked. What was recorded is kept.")
    return _("What was recorded is kept. You or a colleague can go on with it.")


def locked_console(locked: LockedConsole, readings: Readings, options: Namespace) -> Console:
    """Return the staff's side, locked, with what it knew when it was locked before."""
    from screener.content.translate import languages_of
    from screener.staff.copies import Destinations
    from screener.staff.response import ReadingContext
    from screener.staff.session import StaffSession
    from screener.store.base_store import utc_now
    from screener.tui.staff.setup import ConsoleSetup, Offer

    configuration, contents = readings.configuration, readings.contents
    lines = contents[0].ruleset.crisis_lines
    place = ConsoleSetup(
        locked.clinic,
        lines.region.get(locked.region, lines.anywhere),
        tuple(
            Offer(content.questionnaire.id, content.questionnaire.title, tuple(languages_of(content)))
            for content in contents
            if not content.questionnaire.is_for_staff
        ),
        configuration.staff_lock_after,
        configuration.on_urgent,
        configuration.urgent_after,
        configuration.appointment_contact,
        locked.retention_days,
        {each.questionnaire.id: each.questionnaire.title for each in contents if each.questionnaire.is_for_staff},
        REPLACES,
    )
    staff_session = StaffSession(
        lambda: open_store(store_location(configuration), configuration.terminal),
        ReadingContext(
            contents[0],
            content_cache(),
            configuration.clinic_language,
            tuple(contents[1:]),
            content_folder(options.content),
        ),
        Destinations(configuration.exports or Path.cwd(), configuration.printer),
        utc_now,
        locked.watch,
    )
    return Console(staff_session, place, locked.notice, locked.alarm)
