"""Why staff correct what was recorded; the earlier entry stays in the response and its copies."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from screener.i18n.gettext import _
from screener.model.response import Entry
from screener.page_text.correction import WHY_CORRECTED, correction, reason_problem
from screener.page_text.paragraph import error_paragraph
from screener.session.session import InterviewSession
from screener.tui.page_drawing import passages
from screener.tui.rendering import Tone
from screener.tui.screens.base import Dialog
from screener.tui.widgets.button import Button
from screener.tui.widgets.fields import Field
from screener.tui.widgets.text_block import Passage, TextBlock


class Correction(Dialog[str]):
    """Gives back the reason; nothing where the entry is left as it was."""

    def __init__(self, session: InterviewSession, question: str, entry: Entry) -> None:
        super().__init__()
        self._change = correction(session, question, entry)

    def content(self) -> Iterable[Widget]:
        yield TextBlock(
            Passage(_(WHY_CORRECTED), Tone.HEADING),
            *(Passage(text, gap=0 if number else 1) for number, text in enumerate(self._change)),
        )
        yield Field(id="reason")
        yield TextBlock(id="result")

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Correct it"), "screen.correct", primary=True)
        yield Button(_("Leave it as it was"), "screen.back")

    @on(Input.Submitted)
    def action_correct(self) -> None:
        reason = " ".join(self.query_one(Field).value.split())
        if problem := reason_problem(reason):
            self.query_one("#result", TextBlock).show(*passages([error_paragraph(problem)]))
        else:
            self.dismiss(reason)
