"""The page that lists all answers before the person finishes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual import on
from textual.widget import Widget

from screener.sitting import Sitting
from screener.translation import _, ngettext
from screener.tui.action import Action
from screener.tui.display import Tone
from screener.tui.key_line import BACK, COLOURS, HELP, KEYS, LEAVE
from screener.tui.moves import Change, Finished, GoBack
from screener.tui.page import Page
from screener.tui.prose import Passage, Prose
from screener.tui.review_list import ReviewList


class CheckPage(Page[None]):
    """Nothing is final here: any answer can be changed, and the person comes back to this list."""

    KEYS = (HELP, BACK, LEAVE, KEYS, COLOURS)

    def __init__(self, sitting: Sitting, changed: str | None = None) -> None:
        super().__init__()
        self.sitting = sitting
        self.just_changed = changed
        self.caption = sitting.content.questionnaire.title

    def content(self) -> Iterable[Widget]:
        yield Prose(*self._passages())
        yield ReviewList(self.sitting.interview)

    def _passages(self) -> Iterator[Passage]:
        yield Passage(_("Check your answers before you finish"), Tone.HEADING)
        yield Passage(_("Choose a line to change it. When all is as you want it, choose Finish."))
        if kept := len(self.sitting.interview.set_aside):
            yield Passage(_kept_back(kept), Tone.MUTED)

    def actions(self) -> Iterable[Widget]:
        yield Action(_("Finish"), "screen.finish", primary=True, id="finish")
        yield Action(_("Back"), "screen.back")

    def on_mount(self) -> None:
        self.query_one(ReviewList).show(self.just_changed)

    @on(ReviewList.Chosen)
    def _change(self, event: ReviewList.Chosen) -> None:
        self.post_message(Change(event.question))

    def action_finish(self) -> None:
        self.post_message(Finished())

    def action_back(self) -> None:
        self.post_message(GoBack())


def _kept_back(count: int) -> str:
    return ngettext(
        "{count} earlier answer is kept back, because its question does not apply any more. It does not count.",
        "{count} earlier answers are kept back, because their questions do not apply any more. They do not count.",
        count,
    ).format(count=count)
