"""``screener kiosk``: let one person after the other answer on this terminal."""

from __future__ import annotations

import sys
from argparse import Namespace
from contextlib import suppress

from screener.cli.configuration_privacy import note_exposed
from screener.cli.content import chosen, chosen_content, require_for_people
from screener.cli.output import note
from screener.cli.own_program import own_program
from screener.config import read_configuration
from screener.errors import ContentError, ScreenerError
from screener.i18n.gettext import use
from screener.store.connect import is_there, open_store


def _tell_unsigned(options: Namespace) -> None:
    """Tell staff where nobody of the clinic signed the content; a store that does not respond delays no start."""
    from screener.cli.clinic_terminal import store_location
    from screener.store.approval import read_approval
    from screener.store.content_archive import content_hash

    where = store_location(read_configuration())
    with suppress(ScreenerError):
        store = open_store(where) if where and is_there(where) else None
        if store and store.clinic:
            hash = content_hash(chosen_content(options.content, options.questionnaire))
            with store.database.reading() as rows:
                if read_approval(rows, store.clinic, hash) is None:
                    note("Nobody at this clinic has signed these questions. To sign them: screener clinic sign")
        if store:
            store.database.close()


def run(options: Namespace) -> int:
    """Start a separate process of the program for each person."""
    if language := options.language or read_configuration().language:
        use(language)
    try:
        from screener.kiosk.supervisor import supervise
        from screener.kiosk.terminal import Gone
    except ImportError:
        raise ScreenerError("A kiosk needs a terminal of Linux, macOS or another Unix.") from None
    note_exposed(read_configuration())
    if not (sys.stdin and sys.stdin.isatty()):
        raise ScreenerError("A kiosk needs a terminal. Input and output of this command are none.")
    if options.questionnaire is None:  # Nobody at a kiosk is asked which one it is.
        options.questionnaire = chosen(options.content, None)[1]
    with suppress(ContentError):  # The first start tells a mistake in the content.
        require_for_people(chosen_content(options.content, options.questionnaire))
    _tell_unsigned(options)
    if uncalled := _uncalled(options):
        note(f"Nobody has called the crisis lines of these regions: {', '.join(uncalled)}.")
        note('Call every line of your region. Then write "called: {by: NAME, on: DAY}" in rules/crisis-lines.yaml.')
    command = own_program()
    if options.content:
        command += ["--content", str(options.content)]
    command += ["start", "--profile", "kiosk"]
    if options.theme:
        command += ["--theme", options.theme]
    if options.no_color:
        command += ["--no-color"]
    if options.language:
        command += ["--language", options.language]
    command += ["--", options.questionnaire]
    try:
        return supervise(command)
    except Gone:
        raise ScreenerError("A kiosk needs a terminal. Input and output of this command are none.") from None


def _uncalled(options: Namespace) -> tuple[str, ...]:
    """Return the regions whose crisis lines nobody has called; a mistake in the content is told by the first start."""
    try:
        return chosen_content(options.content, options.questionnaire).ruleset.crisis_lines.uncalled
    except ScreenerError:
        return ()
