"""A terminal that was once a clinic's says so in its state folder, and is nobody's own machine until staff leave."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from screener.config import Configuration
from screener.errors import ScreenerError
from screener.paths import NoHome, state_folder
from screener.store.connect import default_location, forget_clinic, is_server, is_there, open_store, without_secrets
from screener.values import dataclass


@dataclass(frozen=True)
class ClinicTerminal:
    """The clinic that this terminal belongs to, and the store of it, without a password."""

    clinic: str
    store: str


def mark_file() -> Path:
    """Return the file of the mark; it need not exist. Raise ``NoHome``."""
    return state_folder() / "clinic.json"


def read_mark() -> ClinicTerminal | None:
    """Return the clinic that this terminal belongs to, or ``None``. A mark that cannot be read counts as one."""
    try:
        text = mark_file().read_text("utf-8", "replace")
    except (FileNotFoundError, NotADirectoryError, NoHome):
        return None
    try:
        mark = json.loads(text)
        return ClinicTerminal(str(mark["clinic"]), str(mark["store"]))
    except (ValueError, RecursionError, KeyError, TypeError):
        return ClinicTerminal("a clinic", "its store")


def mark_terminal(clinic: str, location: str) -> None:
    """Note that this terminal belongs to a clinic, if that is not noted yet; without a place for it, do nothing."""
    mark = ClinicTerminal(clinic, without_secrets(location))
    with suppress(OSError, NoHome):
        if read_mark() != mark:
            path = mark_file()
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            writing = path.with_suffix(".new")
            writing.write_text(json.dumps({"clinic": mark.clinic, "store": mark.store}), "utf-8")
            writing.replace(path)


def remove_mark() -> None:
    """Let this terminal be anybody's own machine."""
    mark_file().unlink(missing_ok=True)


def store_location(configuration: Configuration) -> str | None:
    """Return the location of the store; ``None`` if "none" is configured."""
    return None if configuration.store == "none" else configuration.store or default_location()


def require_clinic_of_terminal(configuration: Configuration) -> None:
    """Raise ``ScreenerError`` if this terminal was once a clinic's, and the store of that clinic is not here now."""
    mark, where = read_mark(), store_location(configuration)
    if mark is None and configuration.store in (None, "none"):
        if where:
            _forget_moved(where)
        return
    if where and is_there(where):
        if mark and is_server(where) and mark.store == without_secrets(where):
            return  # Whether the server is up is found out later; until then answers wait.
        if clinic := _clinic_at(where, configuration.terminal):
            mark_terminal(clinic, where)
            return
    if mark:
        raise ScreenerError(
            f"This terminal belongs to {mark.clinic}, whose store {mark.store} is not here. Connect or configure that "
            "store; to use the terminal without the clinic, staff run: screener clinic leave"
        )


def _forget_moved(location: str) -> None:
    """Forget the clinic of a store that was moved away after the mark was removed: the next store here is another."""
    with suppress(OSError, NoHome):
        if any(state_folder().glob("clinic-*.json")) and not is_there(location):
            forget_clinic(location)


def _clinic_at(location: str, terminal: str | None) -> str | None:
    """Return the name of the clinic that a store belongs to, or ``None``."""
    store = open_store(location, terminal)
    store.database.close()
    return store.clinic.name if store.clinic else None
