"""Every page in Spanish, whose words are longer: every button is visible, and no text is English."""

from __future__ import annotations

import pytest

from screener.i18n.gettext import speaking
from screener.session.session import InterviewSession
from screener.tui.widgets.button import Button
from screener.tui.widgets.key_bar import KeyBar
from tests.i18n.test_walk import SPANISH, english_in
from tests.plain.prompts import FOLDER, NOON, REFERENCE
from tests.tools.gallery import USUAL, visit
from tests.tools.views import views

SAID = "Me gusta la ventana."


def begin() -> InterviewSession:
    return InterviewSession(SPANISH, FOLDER, now=lambda: NOON, reference=REFERENCE)


@pytest.mark.parametrize("size", [(80, 24), (60, 18)], ids=["80x24", "60x18"])
async def test_every_page_in_spanish(size: tuple[int, int]) -> None:
    """Check that each button is whole and on the screen, that help is among the keys, and that no text is English."""
    with speaking("es-US"):
        async with visit(size) as visitor:
            for view in (view for view in views(begin, SAID) if view.size == USUAL):
                await visitor.see(view)
                screen = visitor.gallery.screen
                text = "\n".join(strip.text.rstrip() for strip in visitor.lines)
                for action in screen.query(Button):
                    if action.display:
                        assert action.label in text, f"{view.name}: {action.label} is cut off\n{text}"
                keys = screen.query_one(KeyBar)
                if keys.keys:
                    assert " ".join(keys.keys[0].shown) in text, view.name
                assert english_in(text) == set(), f"{view.name}\n{text}"
