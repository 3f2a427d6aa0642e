"""``screener paths``: print where this program looks for things."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from screener.cli.content import content_folder
from screener.cli.output import say
from screener.config import configuration_file, read_configuration
from screener.crash import crash_file
from screener.paths import NoHome, shipped_content
from screener.store.connect import default_location, without_secrets


def run(options: Namespace) -> int:
    """Print a name and a path on each line."""
    configuration = read_configuration()
    say(f"content        {content_folder(options.content)}")
    say(f"shipped        {shipped_content()}")
    say(f"configuration  {_or_reason(configuration_file)}")
    say(f"exports        {configuration.exports or Path.cwd()}")
    say(f"store          {without_secrets(configuration.store or _or_reason(default_location))}")
    say(f"faults         {_or_reason(crash_file)}")
    return 0


def _or_reason(place: Callable[[], Path | str]) -> str:
    """Return the place, or why there is none."""
    try:
        return str(place())
    except NoHome as error:
        return f"none. {error}"
