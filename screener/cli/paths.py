"""``screener paths``: print where this program looks for things."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from screener.cli.content import content_folder
from screener.cli.output import say
from screener.config import configuration_file, read_configuration
from screener.paths import shipped_content
from screener.store.connect import default_location, without_secrets


def run(options: Namespace) -> int:
    """Print a name and a path on each line."""
    configuration = read_configuration()
    say(f"content        {content_folder(options.content)}")
    say(f"shipped        {shipped_content()}")
    say(f"configuration  {configuration_file()}")
    say(f"exports        {configuration.exports or Path.cwd()}")
    say(f"store          {without_secrets(configuration.store or default_location())}")
    return 0
