"""``screener schema``: print the JSON Schema of a kind of file, for completion and checks in editors."""

from __future__ import annotations

import json
from argparse import Namespace
from typing import Any

from screener.check.hazards import Hazards
from screener.check.schema import SCHEMAS, schema
from screener.check.topics import EvidenceTopics
from screener.cli.output import say
from screener.errors import CHECK_IT, ScreenerError, nearest

KINDS: dict[str, Any] = SCHEMAS | {"coverage": EvidenceTopics, "hazards": Hazards}
"""The schemas that ``screener schema`` can print; ``screener/schema/`` has each as a file."""


def run(options: Namespace) -> int:
    """Print the schema of one kind."""
    if options.kind not in KINDS:
        raise ScreenerError(f'There is no schema "{options.kind}". {nearest(options.kind, KINDS) or CHECK_IT}')
    say(json.dumps(schema(KINDS[options.kind]), indent=2))
    return 0
