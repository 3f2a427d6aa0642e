"""The README's table of who can do what: every line names a test that there is."""

from __future__ import annotations

import re

from screener.check.hazards import named_tests
from tests.cli.running import ROOT


def test_every_line_of_the_table_is_shown_by_a_test() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    lines = text[text.index("### Security: who can do what") :].split("\n\n")[2].splitlines()[2:]
    existing = {name for names in named_tests(ROOT).values() for name in names}
    assert len(lines) > 10
    for line in lines:
        named = re.findall(r"`(test_[a-z0-9_]+)`", line.split("|")[-2])
        assert named, line
        assert set(named) <= existing, line
