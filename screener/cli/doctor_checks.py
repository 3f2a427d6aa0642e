"""The checks of ``screener doctor`` that look at content, store and clinic."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from screener.cli.clinic_terminal import require_clinic_of_terminal, store_location
from screener.cli.content import content_folder, content_in
from screener.config import Configuration
from screener.content.cache import load_cached
from screener.paths import content_cache, questionnaires, without_tilde
from screener.store.audit import Event
from screener.store.connect import is_server, is_there, open_store, require_room, without_secrets
from screener.store.retention import overdue
from screener.store.store import Store

BACKUP_DAYS = 7
"""Days after which a backup is too old."""
_DAY = 86400
_YEARS = range(2026, 2076)
"""Years in which this program may be used; a clock without a battery says 1970."""


class State(StrEnum):
    """What a check found."""

    RIGHT = "right"
    WRONG = "wrong"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True)
class DoctorLine:
    """The result of one check: what is so, and what to do about it."""

    name: str
    state: State
    finding: str
    remedy: str = ""

    def named(self, name: str) -> DoctorLine:
        return replace(self, name=name)


@dataclass(frozen=True)
class Setup:
    """What is configured on this machine; the store is opened once, and only if it is there."""

    configuration: Configuration
    content: Path | None

    @property
    def location(self) -> str | None:
        return store_location(self.configuration)

    @cached_property
    def store(self) -> Store | None:
        """Return the store; ``None`` if there is none yet. Raise ``ScreenerError`` if it cannot be opened."""
        where = self.location
        return open_store(where, self.configuration.terminal) if where and is_there(where) else None


Check = Callable[[Setup], DoctorLine]


def right(finding: str) -> DoctorLine:
    return DoctorLine("", State.RIGHT, finding)


def wrong(finding: str, remedy: str) -> DoctorLine:
    return DoctorLine("", State.WRONG, finding, remedy)


def not_checked(finding: str) -> DoctorLine:
    return DoctorLine("", State.NOT_CHECKED, finding)


def store_checks() -> tuple[tuple[str, Check], ...]:
    """Return the checks by their names, in the order of the page."""
    return (
        ("content", _content),
        ("store", _store),
        ("writable", _writable),
        ("room", _room),
        ("clinic", _clinic),
        ("clock", _clock),
        ("backup", _backup),
        ("purge", _purge),
    )


def _content(setup: Setup) -> DoctorLine:
    folder = content_folder(setup.content)
    ids = questionnaires(folder)
    if not ids:
        return wrong(f"{folder} has no questionnaire in it.", "Name another folder with --content.")
    contents = [load_cached(folder, name, content_cache()) for name in ids]
    for content in contents:
        for language in (setup.configuration.language, setup.configuration.clinic_language):
            content_in(content, language)
    names = ", ".join(f"{each.questionnaire.id} {each.questionnaire.version}" for each in contents)
    return right(f"{names} in {folder}.")


def _store(setup: Setup) -> DoctorLine:
    where = setup.location
    if where is None:
        return right("Nothing is kept, as it is configured.")
    if setup.store:
        return right(f"{without_secrets(where)} can be read.")
    if setup.configuration.store:
        return wrong(
            f"The configured store {without_secrets(where)} is missing.",
            "Check that its disk or share is connected; to set up a new one, run: screener clinic init",
        )
    return right(f"There is none yet; the first answer makes {where}.")


def _writable(setup: Setup) -> DoctorLine:
    if setup.store:
        with setup.store.database.writing():
            return right("The store can be written.")
    if setup.location is None or is_server(setup.location):
        return not_checked("There is no store to write in.")
    folder = without_tilde(Path(setup.location)).parent
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if os.access(folder, os.W_OK | os.X_OK):
        return right(f"The store can be made in {folder}.")
    return wrong(f"This account may not write in {folder}.", "Ask an administrator for access, or set HOME.")


def _room(setup: Setup) -> DoctorLine:
    if setup.location is None or is_server(setup.location):
        return not_checked("A server does not say how much room it has.")
    require_room(setup.location)
    return right("There is room for more answers.")


def _clinic(setup: Setup) -> DoctorLine:
    require_clinic_of_terminal(setup.configuration)
    if setup.store and setup.store.clinic:
        return right(f"This terminal belongs to {setup.store.clinic.name}.")
    return right("This is somebody's own machine: no clinic was set up.")


def _clock(setup: Setup) -> DoctorLine:
    now = datetime.datetime.now(datetime.UTC)
    remedy = "Set the date and the time of this machine."
    if now.year not in _YEARS:
        return wrong(f"The clock says {now.date()}.", remedy)
    if setup.store and (doubt := overdue(setup.store).doubt):
        return wrong(doubt, "Check the date of every terminal, then purge with --clock-is-right.")
    return right(f"It is {now.isoformat(' ', 'minutes')[:16]} UTC, which fits what was written before.")


def _backup(setup: Setup) -> DoctorLine:
    if not (setup.store and setup.store.clinic):
        return not_checked("There is no clinic to back up.")
    with setup.store.database.reading() as rows:
        last = rows.all("SELECT MAX(at) FROM audit WHERE event = ?", (str(Event.BACKED_UP),))[0][0]
    remedy = "Run: screener clinic backup FILE"
    if last is None:
        return wrong("There is no backup yet.", remedy)
    days = int(datetime.datetime.now(datetime.UTC).timestamp() - last) // _DAY
    if days > BACKUP_DAYS:
        return wrong(f"The last backup is {days} days old.", remedy)
    return right(f"The last backup is {days} days old.")


def _purge(setup: Setup) -> DoctorLine:
    if not setup.store:
        return not_checked("There is no store to purge.")
    due = overdue(setup.store)
    if due.count or due.people:
        people = f" and {due.people} people" if due.people else ""
        sentence = f"{due.count} responses{people} are kept longer than {due.days} days."
        return wrong(sentence, "Run: screener clinic purge")
    return right(f"Nothing is kept longer than {due.days} days.")
