"""Why a question is asked, and what the keys do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.widget import Widget

from screener.questionnaire import Question
from screener.tui.action import Action
from screener.tui.display import Tone
from screener.tui.page import Dialog
from screener.tui.prose import Passage, Prose

_KEYS = (
    ("Up, Down", "move from answer to answer"),
    ("Space, 1 to 9", "choose an answer, or let it go again"),
    ("C", "clear what you chose"),
    ("Enter", "continue"),
    ("Esc", "go back, or close a page like this one"),
    ("Tab", "move to the buttons"),
    ("Page Up, Page Down", "scroll a long page"),
    ("F2", "other colours"),
    ("F8", "get help now"),
    ("Ctrl+Q", "leave"),
)
_WIDTH = 20


class Why(Dialog[None]):
    """Explains the question on the page, if there is one, and the keys."""

    def __init__(self, question: Question | None) -> None:
        super().__init__()
        self.about = question

    def content(self) -> Iterable[Widget]:
        yield Prose(*self._passages())

    def _passages(self) -> Iterator[Passage]:
        if self.about:
            yield Passage("Why we ask", Tone.HEADING)
            yield Passage(self.about.text, Tone.MUTED)
            yield Passage(self.about.why or "It helps the clinic get ready to talk with you.")
            if self.about.help:
                yield Passage(self.about.help)
            yield Passage("You can leave out any question. You do not have to say why.")
        yield Passage("Keys", Tone.HEADING)
        for number, (keys, what) in enumerate(_KEYS):
            yield Passage(what, start=keys.ljust(_WIDTH), gap=0 if number else 1)

    def actions(self) -> Iterable[Widget]:
        yield Action("Close", "screen.back", primary=True)
