"""What staff add to a response: that they read it, that they saw to an urgent answer, a note, a name."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal, get_args

Kind = Literal["acknowledged", "read", "note", "name"]
"""``acknowledged``: somebody saw the urgent rules named in the text; ``name``: how they call the response now."""
PADDED_TO = 512


@dataclass(frozen=True)
class Remark:
    kind: Kind
    by: str
    at: datetime.datetime
    text: str = ""


def latest(remarks: Iterable[Remark], kind: Kind) -> Remark | None:
    """The last remark of a kind."""
    return next((remark for remark in reversed([*remarks]) if remark.kind == kind), None)


def packed(remark: Remark) -> bytes:
    written = json.dumps(asdict(remark), default=datetime.datetime.isoformat, ensure_ascii=False)
    return written.encode("utf-8", "surrogatepass")


def unpacked(content: bytes) -> Remark:
    """The remark again. Raises ``ValueError`` where it is none: a terminal that was tampered with can seal anything."""
    values = json.loads(content)
    try:
        remark = Remark(**{**values, "at": datetime.datetime.fromisoformat(values["at"])})
    except (KeyError, TypeError):
        raise ValueError("not a remark") from None
    texts = isinstance(remark.by, str) and isinstance(remark.text, str)
    if remark.kind not in get_args(Kind) or not texts or remark.at.tzinfo is None:
        raise ValueError("not a remark")
    return remark
