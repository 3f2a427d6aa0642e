"""Why a question is asked, and what the keys do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.widget import Widget

from screener.i18n.gettext import N_, _
from screener.model.questionnaire import Question
from screener.page_text.question import why
from screener.tui.page_drawing import passages
from screener.tui.rendering import Tone
from screener.tui.screens.base import Dialog
from screener.tui.widgets.button import Button
from screener.tui.widgets.text_block import Passage, TextBlock

_KEYS = (
    (N_("Up, Down"), N_("move from answer to answer")),
    (N_("Space, 1 to 0"), N_("choose an answer")),
    ("F5, F6, F7", N_("choose an answer below a field")),
    ("C, U", N_("clear what you chose, or undo")),
    (N_("Enter"), N_("continue")),
    (N_("Esc"), N_("go back, or close a page like this one")),
    (N_("Tab"), N_("move to the buttons")),
    (N_("Page Up, Page Down"), N_("scroll a long page")),
    ("F2", N_("other colours")),
    ("F4", N_("finish, once you see all answers")),
    ("F8", N_("get help now")),
    (N_("Ctrl+L"), N_("hide the page; any key brings it back")),
    (N_("Ctrl+Q"), N_("leave")),
    (N_("Ctrl+C twice"), N_("leave at once, on your own device")),
)
_WIDTH = 20


class Help(Dialog[None]):
    """Explains the question on the page, if there is one, and the keys."""

    def __init__(self, question: Question | None) -> None:
        super().__init__()
        self.about = question

    def content(self) -> Iterable[Widget]:
        yield TextBlock(*self._passages())

    def _passages(self) -> Iterator[Passage]:
        if self.about:
            yield from passages(why(self.about))
        yield Passage(_("Keys"), Tone.HEADING)
        for number, (keys, what) in enumerate(_KEYS):
            yield Passage(_(what), start=_(keys).ljust(_WIDTH), gap=0 if number else 1)

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Close"), "screen.back", primary=True)
