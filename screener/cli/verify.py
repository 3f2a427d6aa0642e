"""``screener verify``: whether a saved text summary is as it was written, and a clinic's audit trail whole."""

from __future__ import annotations

import re
from argparse import Namespace
from pathlib import Path

from screener.cli.output import note, say
from screener.document.checksum import NoChecksum, check
from screener.errors import ScreenerError
from screener.exit_codes import BROKEN

_HEAD = re.compile(r"\b([1-9][0-9]{0,17}/[0-9a-f]{8})$", re.MULTILINE)
"""The head of the audit trail, at the end of a line of the block about the answers."""


def run(options: Namespace) -> int:
    """Return 0 where everything holds that could be checked, 5 where something does not."""
    return _verify_trail() if options.audit else _verify_file(options.file)


def _verify_file(path: Path) -> int:
    """Each block that was changed is named; the audit trail is asked where the summary names one."""
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise ScreenerError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise ScreenerError(f"{path} is not UTF-8 text, so it is not a summary of this program.") from None
    try:
        verdict = check(text)
    except NoChecksum as error:
        raise ScreenerError(f"{path}: {error} Only text summaries are sealed.") from None
    if not verdict.holds:
        note(f"{path}: the seal does not hold.")
        for broken in verdict.broken:
            note(f"  {broken}")
        return BROKEN
    say(f"{path}: the seal holds. Nothing was changed since it was written.")
    heads = _HEAD.findall(verdict.blocks.get("about", ""))
    return _verify_head(path, heads[-1]) if heads else 0


def _verify_head(path: Path, head: str) -> int:
    from screener.cli.clinic.open_store import location, opened_store
    from screener.store.audit import has_head
    from screener.store.connect import is_there

    because = "there is no store here"
    if is_there(location()):
        try:
            with opened_store().database.reading() as rows:
                row_exists = has_head(rows, head)
        except ScreenerError as error:
            row_exists, because = None, f"the store cannot be asked. {error}".removesuffix(".")
        else:
            because = "the trail of the store here does not go so far"
        if row_exists:
            say(f"{path}: the audit trail here has the row {head} that it names.")
            return 0
        if row_exists is False:
            note(f"{path}: the audit trail here has another row than {head}. One of the two was changed or forged.")
            return BROKEN
    note(f"{path}: its row {head} of the audit trail was not checked: {because}.")
    return 0


def _verify_trail() -> int:
    from screener.cli.clinic.open_store import store_there, unlocked
    from screener.store.audit import Broken

    staff_store = unlocked(store_there())
    try:
        checked = staff_store.check_audit()
    except Broken as error:
        note(str(error))
        return BROKEN
    say(f"The audit trail holds: {len(checked)} rows, and everything that was finished is as it tells.")
    say(f"Its head is {checked[-1].head}. Compare it with the last summary that was printed.")
    return 0
