"""The page that asks. There is one of it, and it is updated in place from question to question."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input, TextArea

from screener.engine.interview import Interview
from screener.i18n.gettext import N_, _
from screener.model.name_list import closed, last_segment, with_chosen
from screener.model.question_types import TYPES
from screener.model.response import Entry
from screener.model.types.base import Amount, Choice, Choices, InvalidAnswer, OwnWords, YesOrNo
from screener.page_text import question as page_text
from screener.session.session import InterviewSession
from screener.tui import question_text
from screener.tui.drafts import Draft
from screener.tui.messages import AnswerSubmitted, BackRequested, ReadOn, SectionChosen
from screener.tui.page_drawing import passages
from screener.tui.screens.base import Page, set_display
from screener.tui.widgets.answer_list import FIELD_KEYS, AnswerList
from screener.tui.widgets.button import Button, ButtonRow
from screener.tui.widgets.digit_pad import TAKE_BACK, DigitPad
from screener.tui.widgets.fields import Field, LongField
from screener.tui.widgets.keep_previous import HOW_TO_KEEP, KeepPrevious, show_keep
from screener.tui.widgets.key_bar import BACK, COLOURS, CONTINUE, LEAVE, WHY, WHY_WHILE_TYPING, Key, KeyBar
from screener.tui.widgets.progress_line import ProgressLine
from screener.tui.widgets.scroll_body import MoreBelow, ScrollBody
from screener.tui.widgets.section_list import SectionList
from screener.tui.widgets.suggestions import SuggestionList
from screener.tui.widgets.text_block import Passage, TextBlock


class QuestionPage(Page[None]):
    """Shows the current question of the interview and hands on what was given; it records nothing itself."""

    KEYS = (CONTINUE, BACK, WHY, LEAVE, COLOURS)
    AUTO_FOCUS = ""
    BINDINGS = [
        Binding("enter", "advance", show=False),
        *(Binding(key, f"leave_out({row})", show=False, priority=True) for row, key in enumerate(FIELD_KEYS)),
    ]

    def __init__(self, session: InterviewSession) -> None:
        super().__init__()
        self.session = session
        self.caption = session.content.questionnaire.title
        self._drafts: dict[str, Draft] = {}
        self._read: set[str] = set()
        """The questions whose options have all been on the screen."""
        self._first = self.interview.current
        self._put_aside = ""
        """What was typed before a way of giving no answer was chosen; it comes back when that is let go."""

    @property
    def interview(self) -> Interview:
        return self.session.interview

    def above(self) -> Iterable[Widget]:
        yield ProgressLine()

    def beside(self) -> Iterable[Widget]:
        with Vertical(id="parts"):
            yield SectionList(self.interview)

    def content(self) -> Iterable[Widget]:
        yield TextBlock(id="asked")
        yield from [KeepPrevious(self.interview)] * bool(self.interview.previous)
        with Horizontal(id="measure"):
            yield Field(id="field")
            yield TextBlock(id="unit")
        yield DigitPad(id="digits")
        yield LongField(id="long-field")
        yield SuggestionList(id="suggestions")
        yield TextBlock(id="read-as")
        yield AnswerList(id="answers")
        yield TextBlock(id="credit")

    def actions(self) -> Iterable[Widget]:
        yield Button(_("Continue"), "screen.advance", key=CONTINUE.name, primary=True)
        yield Button(_("Back"), "screen.back", key=BACK.name)
        yield Button(_("Clear"), "screen.clear", id="clear")
        yield Button(_("Why we ask"), "app.why", id="why")

    def on_mount(self) -> None:
        self.field.asks_why = True
        self.update_question()

    @on(DigitPad.Pressed)
    def _digit_was_clicked(self, event: DigitPad.Pressed) -> None:
        self.field.show(self.field.value[:-1] if event.sign == TAKE_BACK else self.field.value + event.sign)
        self.field.focus()

    def update_question(self) -> None:
        """Show the current question of the interview, with what was given for it before."""
        if (question := self.interview.current) is None:
            return
        self.question = question
        draft = self._drafts.pop(question.id, None)
        entry = self.interview.entry
        with self.app.batch_update():
            self.query_one(ProgressLine).show(question_text.progress_text(self.session))
            self.query_one(SectionList).show()
            self._explain()
            show_keep(self)
            self._put_aside = ""
            self._set_typed(draft.typed if draft else question_text.typed_form(question, entry))
            self.answers.show(question, draft.entry if draft else question_text.chosen_row(question, entry))
            self._show_keys()
            set_display(self.query_one("#measure"), self.start is self.field)
            self.query_one(DigitPad).show(question_text.signs_between(question))
            set_display(self.query_one(DigitPad), self.start is self.field)
            set_display(self.long_field, self.start is self.long_field)
            self._suggest()
            self.query_one("#unit", TextBlock).show(*([Passage(question.unit)] if question.unit else []))
            self.query_one("#credit", TextBlock).show(*passages(page_text.credit(self.interview)))
            self._read_back()
            self.query_one(MoreBelow).insist(False)
            self.query_one(ScrollBody).scroll_home(animate=False)
            self.set_focus(self.start)

    def _show_keys(self) -> None:
        """Say which keys choose an answer of this question, and which one asks why."""
        keys = self.query_one("#keys", KeyBar)
        choose = () if self.is_typed else (Key(self.answers.digits, N_("choose"), "screen.focus_answers"),)
        why = WHY_WHILE_TYPING if self.start is self.long_field else WHY
        self.query_one("#why", Button).key = why.name
        self.query_one("#clear", Button).key = "" if self.is_typed else "C"
        self.query_one(ButtonRow).fit()
        others = (why if key is WHY else key for key in self.KEYS)
        keys.keys = (*choose, *(key for key in others if key is not COLOURS or not self.app.no_color))
        keys.changed()

    def action_focus_answers(self) -> None:
        self.start.focus()

    @on(SectionList.Chosen)
    def _jump(self, event: SectionList.Chosen) -> None:
        self.post_message(SectionChosen(event.section))

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
        if self.question is None:
            return self.answers
        match TYPES[self.question.type]:
            case YesOrNo() | Choice() | Choices():
                return self.answers
            case Amount():
                return self.field
            case OwnWords():
                return self.long_field

    @property
    def is_typed(self) -> bool:
        return self.start is not self.answers

    @property
    def closing(self) -> bool:
        """Whether "nothing else" stands beside a list, which stays."""
        return bool(self.question and self.question.name_list and self.answers.entry == "")

    def _suggest(self) -> None:
        name_list = self.question.name_list if self.question else None
        names = name_list.suggest(last_segment(self.long_field.text)) if name_list else []
        self.query_one(SuggestionList).show(names)

    @on(SuggestionList.Chosen)
    def _name_was_chosen(self, message: SuggestionList.Chosen) -> None:
        """Put the name behind what was typed, and begin a new line."""
        self._set_typed(with_chosen(self.long_field.text, message.name))
        self._something_was_typed()
        self.set_focus(self.long_field)

    def _explain(self, problem: str = "") -> None:
        returned = self.session.resumed and self.interview.current is self._first
        self.query_one("#asked", TextBlock).show(
            *passages(page_text.asked(self.interview, problem, _(HOW_TO_KEEP), returned=returned))
        )

    def _read_back(self) -> None:
        """Below a measure, quietly, how it is understood: the place to notice a slip."""
        notes = question_text.notes_below(self.interview, self.typed) if self.question else ()
        self.query_one("#read-as", TextBlock).show(*passages(notes))

    @property
    def typed(self) -> str:
        """What stands in the field of this question."""
        start = self.start
        return start.value if isinstance(start, Field) else start.text if isinstance(start, LongField) else ""

    def _set_typed(self, text: str) -> None:
        with self.prevent(Input.Changed, TextArea.Changed):
            if self.field.value != text:
                self.field.show(text)
            if self.long_field.text != text:
                self.long_field.load_text(text)
                self.long_field.move_cursor(self.long_field.document.end)

    @on(AnswerList.Changed)
    def _row_was_chosen(self) -> None:
        """A way of giving no answer stands instead of what was typed, which returns when it is let go."""
        self._explain()
        if self.is_typed:
            if self.answers.entry is None:
                self._set_typed(self.typed or self._put_aside)
            elif not self.closing:
                self._put_aside = self.typed or self._put_aside
                self._set_typed("")
            self._read_back()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _something_was_typed(self) -> None:
        if self.typed and not self.closing:
            self.answers.clear()
        self._suggest()
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
            if self._all_options_were_seen() and self.question:
                self.post_message(AnswerSubmitted(self.question.id, entry))

    def _all_options_were_seen(self) -> bool:
        """Scroll on to the next option that was not on the screen yet; return whether there is none."""
        unseen = self.answers.first_unseen()
        if self.question is None or unseen is None or self.question.id in self._read:
            if self.question:
                self._read.add(self.question.id)
            return True
        body = self.query_one(ScrollBody)
        top = self.answers.virtual_region.y + unseen
        body.scroll_to(y=top - min(1, body.size.height - 1), animate=False, force=True)
        self.query_one(MoreBelow).insist(True)
        self.post_message(ReadOn())
        return False

    def _given(self) -> Entry:
        entry = self.answers.entry
        if self.question and self.closing:
            written = self.session.read(self.question, self.typed) if self.typed.strip() else ""
            return closed(str(written))
        if entry is not None:
            return entry
        if self.question is None or not self.is_typed:
            raise InvalidAnswer(_('Choose an answer, or choose "Prefer not to say".'))
        return self.session.read(self.question, self.typed)

    def action_leave_out(self, row: int) -> None:
        """Choose a row below the field, with the caret in the field where it is."""
        if self.answers.below_a_field:
            self.answers.action_press(row)

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
        self._drafts.pop(question, None)
