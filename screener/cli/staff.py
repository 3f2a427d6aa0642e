"""``screener staff``: the staff screens, and the questionnaire of a person who answers here in between."""

from __future__ import annotations

import gc
import os
from argparse import Namespace
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from screener.cli.clinic.copies import note_removed
from screener.cli.clinic_terminal import mark_terminal, store_location
from screener.cli.configuration_privacy import note_exposed
from screener.cli.content import content_folder, told_in
from screener.cli.start import cannot_show, kiosk, received
from screener.config import Configuration, read_configuration
from screener.content.cache import load_kept
from screener.content.compiled import Content
from screener.errors import ScreenerError
from screener.exit_codes import SIGNAL
from screener.i18n.gettext import _, use
from screener.paths import content_cache, questionnaires
from screener.staff.locked_watch import LockedWatch
from screener.staff.urgent_command import validate_command
from screener.store.connect import is_there, open_store
from screener.store.saved_copies import remove_copies

if TYPE_CHECKING:
    from screener.staff.handover import Handover
    from screener.staff.session import StaffSession
    from screener.store.clinic import Clinic
    from screener.tui.staff.setup import ConsoleSetup

_NO_CLINIC = "The staff screens need a clinic. Run screener clinic init first."


@dataclass(frozen=True)
class Colours:
    """The colours of all screens on this terminal."""

    theme: str
    no_color: bool


def run(options: Namespace) -> int:
    """Run the staff screens until somebody quits them. After a person has answered here, they start again, locked."""
    configuration = read_configuration()
    note_exposed(configuration)
    clinic = _clinic(configuration)
    contents = _contents(options, configuration.clinic_language)
    language = contents[0].questionnaire.language
    use(language)
    if configuration.on_urgent:
        validate_command(configuration.on_urgent)
    if because := cannot_show(language):
        raise ScreenerError(f"The staff screens cannot be shown here because {because}.")
    no_color = options.no_color or bool(os.environ.get("NO_COLOR"))
    colours = Colours(options.theme or configuration.theme, no_color)
    notice, watch = "", LockedWatch()
    while True:
        console = _console(clinic, contents, options, configuration, notice, watch)
        code, handover = _staff(console, options, configuration, colours)
        watch = console.staff_session.watch
        if code or handover is None:
            return code
        code, notice = start_for(handover, options, configuration, colours)
        if code > SIGNAL:
            return code
        use(language)


def start_for(
    handover: Handover, options: Namespace, configuration: Configuration, colours: Colours
) -> tuple[int, str]:
    """Let somebody answer here, on a terminal that only staff can open; return the exit code, and its meaning."""
    from screener.tui.run import run as show

    gc.collect()  # Nothing of the staff screens stays in memory while somebody else answers here.
    if handover.ticket:
        return _start_for_person(handover, options, configuration, colours)
    chosen = Namespace(content=options.content, questionnaire=handover.questionnaire, language=handover.language)
    try:
        session_factory = replace(received(chosen, configuration), by=handover.by, name=handover.name)
        if because := cannot_show(session_factory.content.questionnaire.language):
            raise ScreenerError(_("The questions are not shown here because {why}.").format(why=because))
        session = session_factory.reopened(*handover.resumed) if handover.resumed else session_factory.new()
        code = show(
            session_factory, session, theme=colours.theme, no_color=colours.no_color, profile=kiosk(configuration)
        )
    except ScreenerError as error:
        if handover.resumed:
            handover.resumed[0].forget()
        return 0, str(error)
    return code, _said(code)


def _start_for_person(
    handover: Handover, options: Namespace, configuration: Configuration, colours: Colours
) -> tuple[int, str]:
    """Let the person of an appointment answer here, in a process of their own."""
    from screener.cli.handed_over import run_for

    arguments = ["--content", str(options.content)] if options.content else []
    arguments += ["start", "--profile", "kiosk", "--theme", colours.theme, *["--no-color"] * colours.no_color]
    if language := configuration.language:
        arguments += ["--language", language]
    try:
        code = run_for(handover, arguments)
    except ScreenerError as error:
        return 0, str(error)
    return code, _said(code)


def _said(code: int) -> str:
    """Return how the questionnaire ended, for the next member of staff who unlocks the screens."""
    match code:
        case 0:
            return _("The questionnaire was finished.")
        case 1:
            return _("The questionnaire stopped because of a fault in the program. What was answered before is kept.")
        case 4:
            return _("The questionnaire ended because nobody pressed a key. What was answered is kept.")
    return _("The questionnaire was left before its end. What was answered is kept.")


def _clinic(configuration: Configuration) -> Clinic:
    """Return the clinic of these staff. Raise ``ScreenerError`` if none was set up."""
    where = store_location(configuration)
    if where is None or not is_there(where):
        raise ScreenerError(_NO_CLINIC)
    store = open_store(where, configuration.terminal)
    if store.clinic is None:
        store.database.close()
        raise ScreenerError(_NO_CLINIC)
    note_removed(remove_copies(store))
    store.database.close()
    mark_terminal(store.clinic.name, where)
    return store.clinic


def _contents(options: Namespace, language: str | None) -> list[Content]:
    """Return every questionnaire that can be answered here, in the clinic's language. Raise ``ScreenerError``."""
    folder = content_folder(options.content)
    contents = [told_in(load_kept(folder, name, content_cache()), language) for name in questionnaires(folder)]
    if not contents:
        raise ScreenerError(f"{folder} has no questionnaires.")
    return contents


@dataclass
class _Console:
    """The staff's side of one terminal until somebody quits it, or it is handed over to a person."""

    staff_session: StaffSession
    place: ConsoleSetup
    notice: str
    """What it says first."""
    at_person: str | None = None
    """The person whose page comes first, where it stayed unlocked."""
    opens: str | None = None
    """The response that is opened first."""


def _staff(
    console: _Console, options: Namespace, configuration: Configuration, colours: Colours
) -> tuple[int, Handover | None]:
    """Run the staff's side, and what they record in between, until somebody quits, or a person is to answer here."""
    from screener.tui.staff.run import run as show

    while True:
        code, handover = show(
            console.staff_session,
            console.place,
            because=console.notice,
            at_person=console.at_person,
            opens=console.opens,
            theme=colours.theme,
            no_color=colours.no_color,
        )
        if code or handover is None or handover.person is None:
            return code, handover
        code = _record(console, handover, options, configuration, colours)
        if code > SIGNAL:
            console.staff_session.close()
            return code, None
        use(console.staff_session.contents.current.questionnaire.language)


def _record(
    console: _Console, handover: Handover, options: Namespace, configuration: Configuration, colours: Colours
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
    end = show(console.staff_session, console.place, session, profile, theme=colours.theme, no_color=colours.no_color)
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


def _console(
    clinic: Clinic,
    contents: list[Content],
    options: Namespace,
    configuration: Configuration,
    notice: str,
    watch: LockedWatch,
) -> _Console:
    """Return the staff's side, locked; ``watch`` is what it knew when it was locked before."""
    from screener.content.translate import languages_of
    from screener.staff.copies import Destinations
    from screener.staff.response import ReadingContext
    from screener.staff.session import StaffSession
    from screener.store.base_store import utc_now
    from screener.tui.staff.setup import ConsoleSetup, Offer

    lines = contents[0].ruleset.crisis_lines
    place = ConsoleSetup(
        clinic.name,
        lines.region.get(clinic.region, lines.anywhere),
        tuple(
            Offer(content.questionnaire.id, content.questionnaire.title, tuple(languages_of(content)))
            for content in contents
            if not content.questionnaire.is_for_staff
        ),
        configuration.staff_lock_after,
        configuration.on_urgent,
        configuration.urgent_after,
        configuration.appointment_contact,
        clinic.retention_days,
        {each.questionnaire.id: each.questionnaire.title for each in contents if each.questionnaire.is_for_staff},
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
        watch,
    )
    return _Console(staff_session, place, notice)
