"""The page that lists all answers before the person finishes."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.binding import Binding
from textual.widget import Widget

from screener.i18n.gettext import _
from screener.page_text.review import HOW_TO_CHECK, HOW_TO_CHECK_PARTS, folds, review
from screener.session.session import InterviewSession
from screener.tui.messages import BackRequested, ChangeRequested, InterviewFinished
from screener.tui.page_drawing import passages
from screener.tui.screens.base import Page
from screener.tui.widgets.button import Button
from screener.tui.widgets.key_bar import BACK, CHANGE, COLOURS, FINISH, KEYS, LEAVE
from screener.tui.widgets.review_list import ReviewList
from screener.tui.widgets.text_block import TextBlock


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
        interview = self.session.interview
        yield TextBlock(*passages(review(interview, _(HOW_TO_CHECK_PARTS if folds(interview) else HOW_TO_CHECK))))
        yield ReviewList(interview)

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
