"""Whatever a person, a colleague or another program wrote: the staff's side shows it, and nothing in it is obeyed."""

from __future__ import annotations

import pytest

from screener.display_text import visible
from tests.staff.clinic import Clinic
from tests.staff.console import Ringing, console
from tests.staff.pages import kinds, walk, written_in
from tests.strategies import ESCAPES
from tests.tui.poison import CLICK, bare, click_everywhere, harmless

ESCAPED = "".join(ESCAPES[name] for name in ("clear", "eight-bit csi", "bidi override", "null", "clipboard"))
PAYLOADS = [CLICK, "A[/]B [$error] ends with \\", ESCAPED, "e\u0301\u65e5\u672c " * 20]
IN_FULL = {"in detail", "answers", "notes"}
CUT = {"list", "see to", "go on"}
"""Here a long name ends with an ellipsis."""


ALWAYS = PAYLOADS[:1] + PAYLOADS[2:3]
"""An action, and what a terminal obeys."""


@pytest.mark.parametrize(
    "payload", [pytest.param(payload, marks=() if payload in ALWAYS else pytest.mark.long) for payload in PAYLOADS]
)
async def test_what_was_written_is_shown_and_never_obeyed(clinic: Clinic, payload: str) -> None:
    """As a name, an answer and a note it stands on every page letter by letter; no kind of page is left out."""
    written_in(clinic, payload)
    page_types = set()
    async with console(clinic) as staff:
        async for name, page in walk(staff):
            page_types.add(type(page))
            texts = harmless(page)
            expected = visible(payload) if name in IN_FULL else visible(payload)[:7] if name in CUT else ""
            assert any(bare(expected) in text for text in texts), name
    assert page_types == kinds()


async def test_no_cell_of_what_was_written_can_be_pressed(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """Clicked on cell by cell, the text of an action runs none."""
    done: list[str] = []
    monkeypatch.setattr(Ringing, "action_pwn", lambda self, what: done.append(what), raising=False)
    written_in(clinic, CLICK)
    clicked = 0
    async with console(clinic) as staff:
        async for name, page in walk(staff):
            if name in IN_FULL:
                clicked += click_everywhere(page)
                await staff.settle()
    assert clicked > 100
    assert done == []
