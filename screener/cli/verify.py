"""``screener verify``: check that a saved text summary is unchanged, and that a clinic's audit trail is complete."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from screener.cli.output import note, say
from screener.content.yaml_source import read_bytes
from screener.document.checksum import NoChecksum, check
from screener.errors import ScreenerError
from screener.exit_codes import BROKEN
from screener.file_text import read_text

MOST_BYTES = 10_000_000
_HEAD = re.compile(r"\b([1-9][0-9]{0,17}/[0-9a-f]{8})$", re.MULTILINE)
"""The head of the audit trail, at the end of a line of the block about the answers."""


def run(options: Namespace) -> int:
    """Return 0 if everything holds that could be checked, 5 if something does not."""
    return _verify_trail() if options.audit else _verify_file(options.file)


def _verify_file(path: Path) -> int:
    """Check a file and report each changed block; check the audit trail too if the summary names its head."""
    content = read_bytes(path, str(path), MOST_BYTES)
    if len(content) > MOST_BYTES:
        raise ScreenerError(f"{path} is larger than 10 MB, so it is not a summary of this program.")
    text = read_text(content, str(path))
    try:
        verdict = check(text)
    except NoChecksum as error:
        raise ScreenerError(
            f"{path}: {error} Only text summaries have one. If this is one, its end is missing."
        ) from None
    if not verdict.holds:
        note(f"{path}: the checksum does not match.")
        for broken in verdict.broken:
            note(f"  {broken}")
        return BROKEN
    say(f"{path}: the checksum matches. Nothing was changed since it was written.")
    heads = _HEAD.findall(_about(verdict.blocks))
    return _verify_head(path, heads[-1]) if heads else 0


def _about(blocks: Mapping[str, str]) -> str:
    """Return the block about the answers: by its name, or in a copy with one checksum by its title."""
    from screener.i18n.gettext import SOURCE, _, catalogues, speaking

    titles = []
    for language in (SOURCE, *catalogues()):
        with speaking(language):
            titles.append(_("About these answers"))
    return next((blocks[name] for name in ("about", *titles) if name in blocks), "")


def _verify_head(path: Path, head: str) -> int:
    from screener.cli.clinic.open_store import opened_store
    from screener.cli.clinic_terminal import store_location
    from screener.config import read_configuration
    from screener.store.audit import has_head, restored_before
    from screener.store.audit_clock import date
    from screener.store.connect import is_there

    because = "there is no store here"
    if (where := store_location(read_configuration())) and is_there(where):
        try:
            with opened_store().database.reading() as rows:
                row_exists, restored = has_head(rows, head), restored_before(rows, head)
        except ScreenerError as error:
            row_exists, because = None, f"the store cannot be read. {error}".removesuffix(".")
        else:
            because = "the audit trail here ends before that row"
        if row_exists:
            say(f"{path}: the audit trail here has the row {head} that the summary names.")
            return 0
        if row_exists is False and restored is not None:
            because = f"the store was restored on {date(restored)} from a backup, perhaps one made before that row"
        elif row_exists is False:
            note(
                f"{path}: the audit trail here has no row {head}, but another one. "
                "The trail or the summary was changed or forged."
            )
            return BROKEN
    note(f"{path}: the row {head} of the audit trail was not checked: {because}.")
    return 0


def _verify_trail() -> int:
    from screener.cli.clinic.open_store import existing_store, unlocked
    from screener.store.audit import Broken
    from screener.store.audit_account import believed

    staff_store = unlocked(existing_store())
    try:
        checked = staff_store.check_trail()
    except Broken as error:
        note(str(error))
        return BROKEN
    say(f"The audit trail holds: {len(checked.rows)} rows, and all finished responses match it.")
    say(f"Its head is {checked.rows[-1].head}. Compare it with the last printed summary.")
    for line in believed(checked):
        say(line)
    for line in checked.notes:
        note(line)
    return 0
