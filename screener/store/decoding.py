"""Reading what anybody may have written: whatever is odd about a row, it is unreadable, and nothing worse.

A terminal that somebody tampered with can seal anything, and whoever can write the store puts anything into a column.
"""

from __future__ import annotations

import datetime
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from screener.i18n.gettext import _
from screener.store.crypto import Unreadable

MOST_BYTES = 16 * 1024 * 1024
"""Of a response when it is unpacked, and of any one column; thousands of answers take a hundredth of it."""
MOST_SMALL = 64 * 1024
"""Bytes of a list entry or an annotation."""
_YEARS = range(1971, 2500)
"""No clock is so wrong, and every time zone has these years."""


@contextmanager
def decoding() -> Iterator[None]:
    """Raise ``Unreadable`` for every error of what is done inside, also for too deep, too large or out of range."""
    try:
        yield
    except Unreadable:
        raise
    except Exception:
        raise Unreadable(_("What is kept was changed, or it was sealed with another key.")) from None


def as_bytes(value: object) -> bytes:
    """Return the bytes of a column. Raise ``Unreadable`` for anything else, or for too many."""
    if isinstance(value, (bytes, memoryview, bytearray)) and len(value) <= MOST_BYTES:
        return bytes(value)
    raise Unreadable(_("What is kept was changed, or it was sealed with another key."))


def small_json(content: bytes) -> Any:
    """Return a small thing that was written as JSON. Raise ``ValueError`` for a large one."""
    if len(content) > MOST_SMALL:
        raise ValueError("too large")
    return json.loads(content)


def decompressed(content: bytes) -> bytes:
    """Return content that was compressed. Raise ``ValueError`` where it would become too large."""
    decompressor = zlib.decompressobj()
    whole = decompressor.decompress(content, MOST_BYTES)
    if decompressor.unconsumed_tail or not decompressor.eof:
        raise ValueError("too large, or cut off")
    return whole


def is_moment(value: object) -> bool:
    """Return whether it is a time that can be shown everywhere."""
    return isinstance(value, datetime.datetime) and value.tzinfo is not None and value.year in _YEARS
