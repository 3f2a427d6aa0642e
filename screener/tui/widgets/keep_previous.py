"""The button that keeps the answer of the person's previous response, below the question that asks whether it is so.

It is never where the keys are when a page appears: whoever holds a key down keeps nothing by that.
"""

from __future__ import annotations

from textual.widget import Widget

from screener.engine.interview import Interview
from screener.i18n.gettext import N_, _
from screener.page_text.question import to_confirm
from screener.tui.messages import AnswerSubmitted
from screener.tui.widgets.button import Button

HOW_TO_KEEP = N_("If this is still right, press the button. If not, answer again.")


class KeepPrevious(Button):
    """Seen only where there is something to keep."""

    def __init__(self, interview: Interview) -> None:
        super().__init__(_("It is still so"), "", id="keep-previous")
        self._interview = interview

    def show(self) -> None:
        """Be there if the question on the page has a previous answer that was neither kept nor replaced."""
        self.display = to_confirm(self._interview) is not None

    async def action_press(self) -> None:
        question, entry = self._interview.current, to_confirm(self._interview)
        if question and entry is not None:
            self.post_message(AnswerSubmitted(question.id, entry, carried_over=True))


def show_keep(page: Widget) -> None:
    """Show or hide the button of a page that has one."""
    for keep in page.query(KeepPrevious):
        keep.show()
