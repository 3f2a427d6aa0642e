"""The pages that stop the walk when an answer is urgent."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from screener.display_text import is_blank
from screener.i18n.gettext import _
from screener.model.ruleset import Rule
from screener.page_text.paragraph import PageParagraph, Purpose
from screener.page_text.urgent import STAFF_NAME, TYPE_NAME, urgent
from screener.session.session import InterviewSession
from screener.tui.messages import Acknowledged
from screener.tui.page_drawing import caption, passages
from screener.tui.screens.base import Page
from screener.tui.widgets.button import Button
from screener.tui.widgets.fields import Field
from screener.tui.widgets.key_bar import KEYS, LEAVE
from screener.tui.widgets.scroll_body import ScrollBody
from screener.tui.widgets.text_block import TextBlock


class UrgentPage(Page[None]):
    """Says what to do now and whom to call; the person goes on after reading it."""

    KEYS = (KEYS, LEAVE)
    PAUSE = 2.0
    """Seconds in which nothing presses a button, so that a double click or a second key does not dismiss it unread."""

    def __init__(self, session: InterviewSession, rule: Rule) -> None:
        super().__init__()
        self.session = session
        self.rule = rule
        self.caption = caption(self._paragraphs)

    @property
    def _paragraphs(self) -> Iterable[PageParagraph]:
        return urgent(self.rule, self.session.region)

    def content(self) -> Iterable[Widget]:
        yield TextBlock(*passages(self._paragraphs))
        yield TextBlock(id="not-saved")

    def show_notice(self, notice: Iterable[PageParagraph]) -> None:
        """Show that the answer is not saved, or not at the clinic, so that the person tells staff themselves."""
        self.query_one("#not-saved", TextBlock).show(*passages(notice))

    def actions(self) -> Iterable[Widget]:
        yield Button(_("I have read this"), "screen.acknowledge", primary=True)

    def action_acknowledge(self) -> None:
        self.post_message(Acknowledged(self.rule.id))


class EmergencyPage(UrgentPage):
    """Waits for a member of staff: the person can neither go on nor back, and help stays one key away."""

    AUTO_FOCUS = ""

    def content(self) -> Iterable[Widget]:
        yield from super().content()
        yield TextBlock(id="staff")
        yield Field(id="name")

    def actions(self) -> Iterable[Widget]:
        yield Button(_("I see to it") if self.session.for_staff else _("Staff: continue"), "screen.acknowledge")

    def on_mount(self) -> None:
        self.query_one(Field).display = False

    @on(Input.Submitted)
    def action_acknowledge(self) -> None:
        """Ask for the name of the member of staff, then go on with it; whoever records has said their name before."""
        if self.session.for_staff and self.session.by:
            self.post_message(Acknowledged(self.rule.id, self.session.by))
            return
        field = self.query_one(Field)
        name = " ".join(field.value.split())
        if not is_blank(name):
            self.post_message(Acknowledged(self.rule.id, name))
            return
        asked = [PageParagraph(_(STAFF_NAME))]
        if field.display:
            problem = _("Error: {problem}").format(problem=_(TYPE_NAME))
            asked.append(PageParagraph(problem, Purpose.WARNING, joined=True))
        self.query_one("#staff", TextBlock).show(*passages(asked))
        field.display = True
        field.focus()
        self.call_after_refresh(self.query_one(ScrollBody).scroll_end, animate=False)
