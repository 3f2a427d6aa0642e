"""The page that lists all answers before the person finishes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual import on
from textual.binding import Binding
from textual.widget import Widget

from screener import page_text
from screener.i18n.gettext import _, ngettext
from screener.session.session import InterviewSession
from screener.tui.messages import BackRequested, ChangeRequested, InterviewFinished
from screener.tui.rendering import Tone
from screener.tui.screens.base import Page
from screener.tui.widgets.button import Button
from screener.tui.widgets.key_bar import BACK, CHANGE, COLOURS, FINISH, KEYS, LEAVE
from screener.tui.widgets.review_list import ReviewList
from screener.tui.widgets.text_block import Passage, TextBlock


class ReviewPage(Page[None]):
    """Nothing is final here: any answer can be changed, and the person comes back to this list."""

    KEYS = (FINISH, CHANGE, BACK, LEAVE, KEYS, COLOURS)
    BINDINGS = [Binding("f4", "finish", show=False)]

    def __init__(self, session: InterviewSession, changed: str | None = None) -> None:
        super().__init__()
        self.session = session
        self.just_changed = changed
        self.caption = session.content.questionnaire.title

    def content(self) -> Iterable[Widget]:
        yield TextBlock(*self._passages())
        yield ReviewList(self.session.interview)

    def _passages(self) -> Iterator[Passage]:
        yield Passage(_("Check your answers before you finish"), Tone.HEADING)
        yield Passage(_(page_text.HOW_TO_CHECK))
        if set_aside := len(self.session.interview.set_aside):
            yield Passage(_kept_back(set_aside), Tone.MUTED)
        if unfit := self.session.interview.unfit:
            yield Passage(_(page_text.UNFIT), Tone.STRONG)
            yield from (Passage(each.sentence, gap=0) for each in unfit)

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Finish"), "screen.finish", key=FINISH.name, primary=True, id="finish")
        yield Button(_("Back"), "screen.back", key=BACK.name)

    def on_mount(self) -> None:
        self.query_one(ReviewList).show(self.just_changed)

    @on(ReviewList.Chosen)
    def _change(self, event: ReviewList.Chosen) -> None:
        self.post_message(ChangeRequested(event.question))

    def action_change(self) -> None:
        self.query_one(ReviewList).action_change()

    def action_finish(self) -> None:
        self.post_message(InterviewFinished())

    def action_back(self) -> None:
        self.post_message(BackRequested())


def _kept_back(count: int) -> str:
    return ngettext(
        "Because you changed an answer, {count} answer is no longer used.",
        "Because you changed an answer, {count} answers are no longer used.",
        count,
    ).format(count=count)
