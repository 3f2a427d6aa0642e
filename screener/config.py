"""The configuration of this user. A flag comes first, then the environment, then the file, then the default."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import Any, Literal, get_args

from screener.display_text import is_blank
from screener.errors import CHECK_IT, ScreenerError, nearest, quoted
from screener.file_text import read_text
from screener.machine import refusal
from screener.paths import NoHome, configuration_folder, without_tilde
from screener.values import dataclass

ThemeName = Literal["dark", "light", "high-contrast-dark", "high-contrast-light"]
THEMES: tuple[ThemeName, ...] = get_args(ThemeName)
ProfileName = Literal["personal", "kiosk"]
PROFILES: tuple[ProfileName, ...] = get_args(ProfileName)


@dataclass(frozen=True)
class Configuration:
    """The settings of ``config.toml``; ``None`` means not configured."""

    content: Path | None = None
    """A folder with ``questions/`` and ``rules/``."""
    questionnaire: str | None = None
    """The questionnaire that commands use if none is named; that which the content folder names if not configured."""
    exports: Path | None = None
    """The folder for copies of summaries, unless the person names another folder."""
    theme: ThemeName = "dark"
    plain: bool = False
    """Whether the questionnaire is asked in plain mode, without screens."""
    profile: ProfileName = "personal"
    """Whether this is a person's own device, or a terminal of a clinic that one person after another uses."""
    hide_after: int = 120
    """Seconds without a key after which the page is hidden on a person's own device; 0: never."""
    lock_after: int = 180
    """Seconds without a key after which a kiosk locks."""
    wipe_after: int = 600
    """Seconds without a key after which a kiosk forgets the key to the answers, and starts again."""
    staff_lock_after: int = 300
    """Seconds without a key after which the staff screens lock."""
    printer: str | None = None
    """The command that prints its standard input, such as ``lp -d desk``."""
    hand_back: str | None = None
    """The text that a kiosk shows at the end, about where to return it."""
    on_urgent: str | None = None
    """The clinic's own command for an urgent answer that nobody has seen to, such as one that calls a pager."""
    urgent_after: int | None = None
    """The seconds after which an urgent answer that nobody has seen to rings louder and runs that command, and the
    person's page says that nobody has confirmed."""
    store: str | None = None
    """The store of the answers: a file, or the address of a PostgreSQL database."""
    terminal: str | None = None
    """The name of this terminal in the audit trail; the name of the machine if it is not configured."""
    appointment_contact: bool = False
    """Whether the clinic keeps how to reach a person who has an appointment."""
    readings_at_minutes: tuple[int, ...] = ()
    """When readings come next by the clinic's own schedule, in minutes after the moment that a questionnaire names;
    in the table ``[monitoring]`` of the file. There is no default.
    """
    language: str | None = None
    """The language in which people answer, e.g. ``es-US``; that of the questionnaire if it is not configured."""
    clinic_language: str | None = None
    """The language of the clinician's copy and of the staff screens, with the same default."""


SERVERS = ("postgresql://", "postgres://")
"""How the address of a database on a server begins."""
_ADDRESS = re.compile("[a-z][a-z0-9+.-]*://|postgres[a-z]*:|jdbc:", re.IGNORECASE)
"""What nobody means as the path of a file."""
_SECONDS = ("hide_after", "lock_after", "wipe_after", "staff_lock_after", "urgent_after")
_TWO_DAYS = 2 * 24 * 60
_MOST_SECONDS = 9_999_999
_MAY_BE_ZERO = ("hide_after", "urgent_after")
_PATHS = {"content", "exports", "store"}
_YES_OR_NO = ("plain", "appointment_contact")
_WORDS = {"1": True, "yes": True, "true": True, "0": False, "no": False, "false": False}


def configuration_file() -> Path:
    """Return the file that ``read_configuration`` reads; it need not exist. Raise ``NoHome``."""
    return configuration_folder() / "config.toml"


def read_configuration(environment: Mapping[str, str] = os.environ) -> Configuration:
    """Return the configuration of this user. Raise ``ScreenerError`` if the file or the environment has a mistake."""
    path, settings = _settings()
    _take_schedule(path, settings)
    keys = [field.name for field in fields(Configuration)]
    for key, setting in settings.items():
        if key not in keys:
            raise ScreenerError(
                f'{path}: the key "{key}" is not known. {nearest(key, [*keys, "monitoring"]) or CHECK_IT}'
            )
        if key in _YES_OR_NO and isinstance(setting, bool):
            settings[key] = "yes" if setting else "no"
        elif key in _SECONDS:
            settings[key] = str(setting)
        elif not isinstance(setting, str):
            raise ScreenerError(f'{path}: the value of "{key}" must be text in quotes.')
    _require_location(settings.get("store", ""))
    for key in _PATHS & settings.keys():
        settings[key] = _beside(path, settings[key])
    for key in keys:
        if chosen := environment.get(f"SCREENER_{key.upper()}"):
            settings[key] = chosen
    for key, setting in settings.items():
        _require_text(key, setting)
    if settings.get("terminal") and is_blank(settings["terminal"]):
        raise ScreenerError('Nobody can see the name in "terminal". Write one that says where the terminal stands.')
    _require_location(settings.get("store", ""))
    theme = settings.get("theme", "dark")
    if theme not in THEMES:
        raise ScreenerError(f'There is no theme "{theme}". {nearest(theme, THEMES)}')
    profile = settings.get("profile", "personal")
    if profile not in PROFILES:
        raise ScreenerError(f'There is no profile "{profile}". {nearest(profile, PROFILES)}')
    seconds = {key: _seconds(key, settings[key]) for key in _SECONDS if key in settings}
    configured = Configuration(
        content=without_tilde(Path(settings["content"])) if "content" in settings else None,
        questionnaire=settings.get("questionnaire"),
        exports=without_tilde(Path(settings["exports"])) if "exports" in settings else None,
        theme=theme,
        plain=_yes_or_no("plain", settings),
        appointment_contact=_yes_or_no("appointment_contact", settings),
        profile=profile,
        hand_back=settings.get("hand_back"),
        store=settings.get("store"),
        terminal=settings.get("terminal"),
        printer=settings.get("printer"),
        readings_at_minutes=_schedule(settings.get("readings_at_minutes", "")),
        on_urgent=settings.get("on_urgent"),
        language=settings.get("language"),
        clinic_language=settings.get("clinic_language"),
        **seconds,
    )
    if configured.wipe_after <= configured.lock_after:
        raise ScreenerError(
            f'"wipe_after" ({configured.wipe_after}) must be more seconds than "lock_after" ({configured.lock_after}).'
        )
    if configured.on_urgent and configured.urgent_after is None:
        raise ScreenerError(
            '"on_urgent" is configured without "urgent_after". Add how many seconds an urgent answer may wait first.'
        )
    return configured


def _settings() -> tuple[Path, dict[str, Any]]:
    """Return the file of the configuration and what is written in it."""
    try:
        path = configuration_file()
    except NoHome:  # Without a home there is no file, and nothing can be written in it.
        return Path(), {}
    try:
        if path.exists() and not path.is_file():
            raise ScreenerError(f"{path} is not a file. Replace it with a file, or remove it.")
        return path, _parsed(path, read_text(path.read_bytes(), str(path)))
    except FileNotFoundError:
        return path, {}
    except OSError as error:
        raise ScreenerError(f"The configuration cannot be read. {refusal(error)}") from None


def _take_schedule(path: Path, settings: dict[str, Any]) -> None:
    """Take the clinic's schedule out of its table, as text. Raise ``ScreenerError`` for anything else in there."""
    table = settings.pop("monitoring", {})
    if not isinstance(table, dict) or set(table) - {"readings_at_minutes"}:
        raise ScreenerError(f"{path}: [monitoring] has readings_at_minutes, and nothing else.")
    if "readings_at_minutes" in table:
        minutes = table["readings_at_minutes"]
        if not isinstance(minutes, list):
            raise ScreenerError(f'{path}: the value of "readings_at_minutes" must be a list, such as [0, 40, 120].')
        settings["readings_at_minutes"] = " ".join(map(str, minutes))


def _schedule(written: str) -> tuple[int, ...]:
    """Return the minutes in order. Raise ``ScreenerError`` for what is no list of whole minutes of two days."""
    minutes = written.replace(",", " ").split()
    if not all(each.isascii() and each.isdigit() and len(each) < 8 and int(each) <= _TWO_DAYS for each in minutes):
        raise ScreenerError(
            f'"readings_at_minutes" cannot be {quoted(written)}. '
            f"Write whole minutes up to {_TWO_DAYS}, such as 0, 40, 120."
        )
    return tuple(sorted({int(each) for each in minutes}))


def _beside(configuration: Path, written: str) -> str:
    """Return a path that is written in the configuration file, seen from the folder of that file."""
    if "://" in written or written in ("", "none"):
        return written
    return str(configuration.parent / without_tilde(Path(written)))


def _require_text(key: str, written: str) -> None:
    """Raise ``ScreenerError`` for characters that no name, path or command has; the text of ``hand_back`` has lines."""
    in_one_line = written.replace("\n", "") if key == "hand_back" else written
    if match := re.search("[\x00-\x1f\x7f]", in_one_line):
        raise ScreenerError(f'The value of "{key}" has a control character (U+{ord(match[0]):04X}). Remove it.')


def _require_location(store: str) -> None:
    """Raise ``ScreenerError`` for an address of a server that would be taken for a file, or that is none.

    The address is not repeated, as there may be a password in it.
    """
    if not _ADDRESS.match(store):
        return
    from urllib.parse import urlsplit

    with suppress(ValueError):
        urlsplit(store)
        if store.startswith(SERVERS):
            return
    raise ScreenerError(
        'The address of the database in "store" has a mistake. Write it like postgresql://name@host/database, or the '
        "path of a file."
    )


def _yes_or_no(key: str, settings: Mapping[str, str]) -> bool:
    written = settings.get(key, "no")
    if written.lower() not in _WORDS:
        raise ScreenerError(f'"{key}" cannot be "{written}". Write yes or no.')
    return _WORDS[written.lower()]


def _seconds(key: str, written: str) -> int:
    least = 0 if key in _MAY_BE_ZERO else 1
    if not (written.isascii() and written.isdigit() and len(written) < 8 and int(written) >= least):
        raise ScreenerError(
            f'"{key}" cannot be {quoted(written)}. Write whole seconds from {least} to {_MOST_SECONDS}.'
        )
    return int(written)


def _parsed(path: Path, text: str) -> dict[str, Any]:
    import tomllib  # Most users have no such file, and start without this.

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ScreenerError(f"{path} is not TOML: {error}.") from None
    except (ValueError, RecursionError):  # A number of thousands of digits, or as many brackets.
        raise ScreenerError(f"{path} has a value that is too long. Write it shorter.") from None
