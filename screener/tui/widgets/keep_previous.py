"""The button that keeps the answer of the person's previous response, below the question that asks whether it is so.

It is never where the keys are when a page appears: whoever holds a key down keeps nothing by that.
"""

from __future__ import annotations

from collections.abc import Iterator

from textual.widget import Widget

from screener.engine.interview import Interview
from screener.i18n.gettext import _
from screener.model.answers import format_answer
from screener.model.response import Entry
from screener.tui.messages import AnswerSubmitted
from screener.tui.rendering import Tone
from screener.tui.widgets.button import Button
from screener.tui.widgets.text_block import Passage


def to_confirm(interview: Interview) -> Entry | None:
    """Return the previous answer to the question on the page; ``None`` where there is none, or it is answered."""
    question, previous = interview.current, interview.previous
    return previous.carried_over(question) if question and previous and interview.entry is None else None


def previous_passages(interview: Interview) -> Iterator[Passage]:
    """Yield what the person answered last time, or that their answer is the one from then."""
    question, previous, entry = interview.current, interview.previous, to_confirm(interview)
    if question and previous and entry is not None:
        told = _("On {day} you answered: {answer}").format(day=previous.day, answer=format_answer(question, entry))
        yield Passage(told, Tone.STRONG)
        yield Passage(_("Press the button if it is still so. If not, answer anew."), gap=0)
    elif question and question.id in interview.carried_over:
        yield Passage(_("You kept this answer from last time."), Tone.MUTED)


class KeepPrevious(Button):
    """Seen only where there is something to keep."""

    def __init__(self, interview: Interview) -> None:
        super().__init__(_("It is still so"), "", id="keep-previous")
        self._interview = interview

    def show(self) -> None:
        """Be there if the question on the page has a previous answer that was neither kept nor replaced."""
        self.display = to_confirm(self._interview) is not None

    async def action_press(self) -> None:
        entry = to_confirm(self._interview)
        if entry is not None:
            self.post_message(AnswerSubmitted(entry, carried_over=True))


def show_keep(page: Widget) -> None:
    """Show or hide the button of a page that has one."""
    for keep in page.query(KeepPrevious):
        keep.show()
