"""What staff add to a response: that they read it, that they saw to an urgent answer, a note, a name."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

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
    values = json.loads(content)
    return Remark(**{**values, "at": datetime.datetime.fromisoformat(values["at"])})
