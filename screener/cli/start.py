"""``screener start``: let a person answer on this terminal."""

from __future__ import annotations

import gc
import os
import sys
from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from screener.cli.clinic_terminal import require_clinic_of_terminal, store_location
from screener.cli.content import chosen, content_in, require_for_people
from screener.config import Configuration, read_configuration
from screener.content.cache import load_cached
from screener.errors import ScreenerError
from screener.i18n.gettext import _, use
from screener.paths import content_cache
from screener.session.open import SessionFactory
from screener.session.terminal_store import local_store
from screener.store.connect import is_there, require_room
from screener.tui import SMALLEST

if TYPE_CHECKING:
    from screener.session.staff_door import StaffDoor
    from screener.tui.profiles import Profile

_RIGHT_TO_LEFT_SCRIPTS = {"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"}
_RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}


def run(options: Namespace) -> int:
    """Interview a person: on screens, or in plain mode if it was chosen or the screens cannot be shown."""
    gc.disable()  # Before the first page there are only modules and content, and none of it is garbage.
    configuration = read_configuration()
    if options.answers is not None:
        from screener.cli.start_with_answers import walk

        session_factory = received(options, configuration)
        require_for_people(session_factory.content)
        return walk(options, configuration, session_factory)
    in_clinic = (options.profile or configuration.profile) == "kiosk"
    if options.questionnaire is None and not in_clinic:
        from screener.cli.choose import chosen_by_person

        options.questionnaire = chosen_by_person(options.content, options.language or configuration.language)
    session_factory = received(options, configuration)
    content = session_factory.content
    require_for_people(content)
    use(content.questionnaire.language)
    plain = options.plain or configuration.plain
    because = None if plain else cannot_show(content.questionnaire.language, at_any_size=in_clinic)
    if in_clinic and (plain or because):
        why = because or "plain mode is chosen"
        raise ScreenerError(f"A kiosk cannot lock lines of text, and the screens are not shown here because {why}.")
    if plain or because:
        from screener.plain.run import run as console

        return console(replace(session_factory, mode="plain"), resume=options.resume, because=because)
    from screener.tui.run import run as show

    gc.freeze()
    gc.enable()
    return show(
        session_factory,
        theme=options.theme or configuration.theme,
        no_color=options.no_color or bool(os.environ.get("NO_COLOR")),
        profile=kiosk(configuration) if in_clinic else _personal(configuration),
        resume=options.resume and not in_clinic,
    )


def received(options: Namespace, configuration: Configuration) -> SessionFactory:
    """Return the factory of sessions on this terminal, with the chosen content and store."""
    require_store(configuration)
    require_clinic_of_terminal(configuration)
    if where := store_location(configuration):
        require_room(where)
    folder, name = chosen(options.content, options.questionnaire)
    contents = content_cache()
    content = load_cached(folder, name, contents)
    content_in(content, configuration.clinic_language)  # Report a mistake in it now, not to a person at the end.
    return SessionFactory(
        content=content_in(content, options.language or configuration.language),
        folder=folder,
        contents=contents,
        exports=configuration.exports or Path.cwd(),
        location=where,
        terminal=configuration.terminal,
        clinic_language=configuration.clinic_language,
        printer=configuration.printer,
    )


def require_store(configuration: Configuration) -> None:
    """Raise ``ScreenerError`` if a store is configured and missing, so that no answers go elsewhere."""
    if configuration.store and configuration.store != "none" and not is_there(configuration.store):
        raise ScreenerError(
            f"The configured store {configuration.store} is missing. Check that its disk or share is connected; to set "
            "up a new store for a clinic, run screener clinic init."
        )


def _personal(configuration: Configuration) -> Profile:
    from screener.tui.profiles import Personal

    return Personal(hide_after=configuration.hide_after)


def kiosk(configuration: Configuration) -> Profile:
    """Return the profile of a clinic's terminal. Raise ``ScreenerError`` if there is no clinic to unlock it."""
    from screener.cli.start import staff_check
    from screener.tui.profiles import Kiosk

    return Kiosk(
        staff_check(store_location(configuration), configuration.terminal),
        lock_after=configuration.lock_after,
        wipe_after=configuration.wipe_after,
        hand_back=configuration.hand_back,
        saves_copies=configuration.exports is not None,
        urgent_after=configuration.urgent_after,
    )


def cannot_show(language: str, *, at_any_size: bool = False) -> str | None:
    """Return why the screens cannot be shown here, or ``None`` if they can."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty()):
        return _("input or output is not a terminal")
    if os.environ.get("TERM", "dumb") == "dumb":
        return _('TERM is "dumb"')
    if (sys.stderr.encoding or "").lower().replace("-", "") != "utf8":
        return _("the character set is {name}, not UTF-8").format(name=sys.stderr.encoding or "?")
    columns, rows = os.get_terminal_size(sys.stderr.fileno())
    if not at_any_size and (0 < columns < SMALLEST[0] or 0 < rows < SMALLEST[1]):
        small = _("the window is smaller than {columns} columns and {rows} rows")
        return small.format(columns=SMALLEST[0], rows=SMALLEST[1])
    subtags = language.lower().split("-")
    script = next((subtag for subtag in subtags[1:] if len(subtag) == 4 and subtag.isalpha()), None)
    if script in _RIGHT_TO_LEFT_SCRIPTS or (script is None and subtags[0] in _RIGHT_TO_LEFT):
        return _("its language is written from right to left")
    return None


def staff_check(location: str | None, terminal: str | None) -> StaffDoor:
    """Return a check for a staff name with a door code or passphrase. Raise ``ScreenerError`` if there is no clinic."""
    store = local_store(location, terminal) if location is not None else None
    if location is None or store is None or store.clinic is None:
        raise ScreenerError("A kiosk needs a clinic. Run screener clinic init first.")
    from screener.session.staff_door import staff_door

    return staff_door(location, terminal, store)
