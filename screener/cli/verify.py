"""``screener verify``: whether a saved text summary is as it was written."""

from __future__ import annotations

from argparse import Namespace

from screener.cli.output import note, say
from screener.export.seal import NotSealed, check
from screener.problem import ScreenerError


def run(options: Namespace) -> int:
    """Return 0 where the seal holds, 5 where it does not; each block that was changed is named."""
    try:
        text = options.file.read_text("utf-8")
    except OSError as error:
        raise ScreenerError(f"{options.file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise ScreenerError(f"{options.file} is not UTF-8 text, so it is not a summary of this program.") from None
    try:
        verdict = check(text)
    except NotSealed as error:
        raise ScreenerError(f"{options.file}: {error} Only text summaries are sealed.") from None
    if verdict.holds:
        say(f"{options.file}: the seal holds. Nothing was changed since it was written.")
        return 0
    note(f"{options.file}: the seal does not hold.")
    for broken in verdict.broken:
        note(f"  {broken}")
    return 5
