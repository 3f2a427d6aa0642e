"""``screener staff``: the staff screens, and the questionnaire of a person who answers here in between."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from screener.cli.clinic.copies import note_removed
from screener.cli.clinic_terminal import mark_terminal, store_location
from screener.cli.configuration_privacy import note_exposed
from screener.cli.content import content_folder, content_in
from screener.cli.new_process import (
    REPLACES,
    LockedConsole,
    quiet_until_end,
    received_console,
    replace_process,
)
from screener.cli.staff_console import Colours, Readings, locked_console, run_console
from screener.cli.start import cannot_show, received
from screener.config import Configuration, read_configuration
from screener.content.cache import load_cached
from screener.content.compiled import Content
from screener.errors import ScreenerError
from screener.exit_codes import SIGNAL
from screener.i18n.gettext import _, use
from screener.paths import content_cache, questionnaires
from screener.staff.alarm import Alarm
from screener.staff.locked_watch import LockedWatch
from screener.staff.urgent_command import validate_command
from screener.store.connect import is_there, open_store
from screener.store.saved_copies import remove_copies

if TYPE_CHECKING:
    from screener.kiosk.terminal import Terminal
    from screener.staff.handover import Handover
    from screener.store.clinic import Clinic

_NO_CLINIC = "The staff screens need a clinic. Run screener clinic init first."


def run(options: Namespace) -> int:
    """Run the staff screens until somebody quits them. Each time that they lock, they go on in a new process."""
    if options.locked is not None:
        return _go_on(options)
    configuration = read_configuration()
    note_exposed(configuration)
    clinic = _clinic(configuration)
    readings = _readings(options)
    alarm = Alarm(_clock(), configuration.urgent_after)
    locked = LockedConsole("", clinic.name, clinic.region, clinic.retention_days, LockedWatch(), alarm)
    with quiet_until_end() as terminal:
        return _until_quit(options, readings, locked, terminal)


def _go_on(options: Namespace) -> int:
    """Go on where this process replaced one that was locked. It needs no store to start: that may be away for now."""
    locked, first_settings = received_console(options.locked, _clock())
    with quiet_until_end(first_settings) as terminal:
        readings = _readings(options)
        locked.alarm.urgent_after = readings.configuration.urgent_after
        return _until_quit(options, readings, locked, terminal)


def _clock() -> Callable[[], float]:
    from screener.tui.idle import steady

    return steady


def _readings(options: Namespace) -> Readings:
    """Return what every process of the staff screens reads first. Raise ``ScreenerError``."""
    configuration = read_configuration()
    contents = _contents(options, configuration.clinic_language)
    language = contents[0].questionnaire.language
    use(language)
    if configuration.on_urgent:
        validate_command(configuration.on_urgent)
    if because := cannot_show(language):
        raise ScreenerError(f"The staff screens cannot be shown here because {because}.")
    return Readings(configuration, contents)


def _until_quit(options: Namespace, readings: Readings, locked: LockedConsole, terminal: Terminal | None) -> int:
    """Run the staff screens, and the pages of people who answer here, until somebody quits."""
    configuration = readings.configuration
    no_color = options.no_color or bool(os.environ.get("NO_COLOR"))
    colours = Colours(options.theme or configuration.theme, no_color)
    while True:
        console = locked_console(locked, readings, options)
        end = run_console(console, options, configuration, colours)
        colours = replace(colours, theme=end.theme or colours.theme)
        if end.code or (end.handover is None and end.locked_because is None):
            return end.code
        notice = end.locked_because or ""
        if end.handover:
            code, notice = start_for(end.handover, options, configuration, colours)
            if code > SIGNAL:
                return code
            use(readings.contents[0].questionnaire.language)
        locked = replace(locked, notice=notice, watch=console.staff_session.watch)
        if terminal and REPLACES:
            why = _why_not_replaced(locked, options, colours, terminal)
            locked = replace(locked, notice=f"{notice} {why}".strip())


def _why_not_replaced(locked: LockedConsole, options: Namespace, colours: Colours, terminal: Terminal) -> str:
    """Go on in a new process, or return why that cannot be, where that one could not read what it needs."""
    arguments = ["--content", str(options.content)] if options.content else []
    arguments += ["staff", "--theme", colours.theme, *["--no-color"] * colours.no_color]
    try:
        _readings(options)
        replace_process(locked, terminal, arguments)
    except (ScreenerError, OSError) as error:
        return _(
            "What was read before may stay in the memory of this console until you quit it, because it could not start "
            "anew: {what}"
        ).format(what=error)


def start_for(
    handover: Handover, options: Namespace, configuration: Configuration, colours: Colours
) -> tuple[int, str]:
    """Let somebody answer here, on a terminal that only staff can open, in a process of their own.

    Return its exit code, and its meaning.
    """
    from screener.cli.handed_over import run_for

    arguments = ["--content", str(options.content)] if options.content else []
    arguments += ["start", "--profile", "kiosk", "--theme", colours.theme, *["--no-color"] * colours.no_color]
    if language := configuration.language:
        arguments += ["--language", language]
    chosen = Namespace(content=options.content, questionnaire=handover.questionnaire, language=handover.language)
    try:
        content = received(chosen, configuration).content  # What keeps it from starting is said to staff.
        if because := cannot_show(content.questionnaire.language):
            raise ScreenerError(_("The questions are not shown here because {why}.").format(why=because))
        code = run_for(handover, arguments)
    except ScreenerError as error:
        if handover.resumed:
            handover.resumed[0].forget()
        return 0, str(error)
    return code, _how_it_ended(code)


def _how_it_ended(code: int) -> str:
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
    contents = [content_in(load_cached(folder, name, content_cache()), language) for name in questionnaires(folder)]
    if not contents:
        raise ScreenerError(f"{folder} has no questionnaires.")
    return contents
