"""The page that asks. There is one of it, and it is updated in place from question to question."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input, TextArea

from screener.engine.interview import Interview
from screener.i18n.gettext import _
from screener.model.answers import InvalidAnswer
from screener.model.questionnaire import MEASURED
from screener.model.response import Entry
from screener.session.session import InterviewSession
from screener.tui.messages import AnswerSubmitted, BackRequested
from screener.tui.question_text import credit, progress_text, question_passages, read_back, typed_form
from screener.tui.rendering import Tone
from screener.tui.screens.base import Page
from screener.tui.widgets.answer_list import AnswerList
from screener.tui.widgets.button import Button
from screener.tui.widgets.fields import Field, LongField
from screener.tui.widgets.header import Header
from screener.tui.widgets.key_bar import BACK, COLOURS, HELP, LEAVE, WHY
from screener.tui.widgets.scroll_body import ScrollBody
from screener.tui.widgets.text_block import Passage, TextBlock

TYPED = (*MEASURED, "text")


@dataclass(frozen=True)
class Draft:
    """What was begun on a page that the person left with Back."""

    typed: str
    entry: Entry | None


class QuestionPage(Page[None]):
    """Shows the current question of the interview and hands on what was given; it records nothing itself."""

    KEYS = (HELP, WHY, BACK, LEAVE, COLOURS)
    AUTO_FOCUS = ""
    BINDINGS = [Binding("enter", "advance", show=False)]

    def __init__(self, session: InterviewSession) -> None:
        super().__init__()
        self.session = session
        self._drafts: dict[str, Draft] = {}
        self._put_aside = ""
        """What was typed before a way of giving no answer was chosen; it comes back when that is let go."""

    @property
    def interview(self) -> Interview:
        return self.session.interview

    def content(self) -> Iterable[Widget]:
        yield TextBlock(id="asked")
        with Horizontal(id="measure"):
            yield Field(id="field")
            yield TextBlock(id="unit")
        yield LongField(id="long-field")
        yield TextBlock(id="read-as")
        yield AnswerList(id="answers")
        yield TextBlock(id="credit")

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Continue"), "screen.advance", primary=True)
        yield Button(_("Back"), "screen.back")
        yield Button(_("Clear"), "screen.clear")
        yield Button(_("Why we ask"), "app.why")

    def on_mount(self) -> None:
        self.update_question()

    # Showing

    def update_question(self) -> None:
        """Show the current question of the interview, with what was given for it before."""
        question = self.interview.current
        if question is None:
            return
        self.question = question
        draft = self._drafts.pop(question.id, None)
        entry = self.interview.entry
        with self.app.batch_update():
            self.query_one("#top", Header).show(*progress_text(self.interview))
            self._explain()
            self._put_aside = ""
            self._set_typed(draft.typed if draft else typed_form(question, entry))
            self.answers.show(question, draft.entry if draft else entry)
            _set_display(self.query_one("#measure"), question.type in MEASURED)
            _set_display(self.long_field, question.type == "text")
            self.query_one("#unit", TextBlock).show(*([Passage(question.unit)] if question.unit else []))
            self.query_one("#credit", TextBlock).show(*credit(self.interview.section))
            self._read_back()
            self.query_one(ScrollBody).scroll_home(animate=False)
            self.set_focus(self.start)

    @property
    def answers(self) -> AnswerList:
        return self.query_one(AnswerList)

    @property
    def field(self) -> Field:
        return self.query_one(Field)

    @property
    def long_field(self) -> LongField:
        return self.query_one(LongField)

    @property
    def start(self) -> Widget:
        """Where the person begins to answer."""
        if self.question and self.question.type in MEASURED:
            return self.field
        return self.long_field if self.question and self.question.type == "text" else self.answers

    def _explain(self, problem: str = "") -> None:
        self.query_one("#asked", TextBlock).show(*question_passages(self.interview, problem))

    def _read_back(self) -> None:
        """Below a measure, quietly, how it is understood: the place to notice a slip."""
        passages = []
        if self.question and self.question.type in MEASURED and self.typed:
            with suppress(InvalidAnswer):
                understood = read_back(self.interview, self.question, self.typed)
                passages.append(Passage(_("Read as {answer}").format(answer=understood), Tone.MUTED))
        self.query_one("#read-as", TextBlock).show(*passages)

    # Answering

    @property
    def typed(self) -> str:
        """What stands in the field of this question."""
        if self.question is None or self.question.type not in TYPED:
            return ""
        return self.long_field.text if self.question.type == "text" else self.field.value

    def _set_typed(self, text: str) -> None:
        with self.prevent(Input.Changed, TextArea.Changed):
            if self.field.value != text:
                self.field.value = text
                self.field.cursor_position = len(text)
            if self.long_field.text != text:
                self.long_field.load_text(text)
                self.long_field.move_cursor(self.long_field.document.end)

    @on(AnswerList.Changed)
    def _row_was_chosen(self) -> None:
        """A way of giving no answer stands instead of what was typed, which returns when it is let go."""
        self._explain()
        if self.question and self.question.type in TYPED:
            if self.answers.entry is None:
                self._set_typed(self._put_aside)
            else:
                self._put_aside = self.typed or self._put_aside
                self._set_typed("")
            self._read_back()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _something_was_typed(self) -> None:
        if self.typed:
            self.answers.clear()
        self._explain()
        self._read_back()

    @on(Input.Submitted)
    @on(LongField.Submitted)
    def action_advance(self) -> None:
        """Hand on what was given, or say beside the question what is missing."""
        try:
            entry = self._given()
        except InvalidAnswer as error:
            self._explain(str(error))
            self.query_one("#asked").scroll_visible(animate=False)
            self.set_focus(self.start)
        else:
            self.post_message(AnswerSubmitted(entry))

    def _given(self) -> Entry:
        entry = self.answers.entry
        if entry is not None:
            return entry
        if self.question is None or self.question.type not in TYPED:
            raise InvalidAnswer(_('Choose an answer, or choose "Prefer not to say".'))
        return self.session.read(self.question, self.typed)

    def action_clear(self) -> None:
        """Take back whatever was chosen or typed."""
        self._put_aside = ""
        self._set_typed("")
        self.answers.clear()
        self._explain()
        self._read_back()
        self.start.focus()

    def action_back(self) -> None:
        """Go back; what was begun here is kept for when the person returns."""
        if self.question:
            self._drafts[self.question.id] = Draft(self.typed, self.answers.entry)
        self.post_message(BackRequested())

    def forget_draft(self, question: str) -> None:
        """Do not bring back what was begun and not continued."""
        self._drafts.pop(question, None)


def _set_display(widget: Widget, display: bool) -> None:
    """Show or hide a widget. Setting what is set already would lay out the page again."""
    if widget.display != display:
        widget.display = display
