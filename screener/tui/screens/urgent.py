"""The pages that stop the walk when an answer is urgent."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from screener.display_text import is_blank
from screener.i18n.gettext import N_, _
from screener.model.ruleset import Rule
from screener.session.session import InterviewSession
from screener.tui.crisis_help_text import help_passages
from screener.tui.messages import Acknowledged
from screener.tui.rendering import Tone
from screener.tui.screens.base import Page
from screener.tui.widgets.button import Button
from screener.tui.widgets.fields import Field
from screener.tui.widgets.key_bar import KEYS, LEAVE
from screener.tui.widgets.text_block import Passage, TextBlock


class UrgentPage(Page[None]):
    """Says what to do now and whom to call; the person goes on after reading it."""

    CAPTION = N_("Please read this")
    KEYS = (KEYS, LEAVE)
    PAUSE = 2.0
    """Seconds in which nothing presses a button, so that a double click or a second key does not dismiss it unread."""

    def __init__(self, session: InterviewSession, rule: Rule) -> None:
        super().__init__()
        self.caption = _(self.CAPTION)
        self.session = session
        self.rule = rule

    def content(self) -> Iterable[Widget]:
        if page := self.rule.interruption:
            yield TextBlock(
                Passage(page.heading, Tone.URGENT),
                *help_passages(self.session.region),
                *(Passage(text) for text in page.paragraphs),
            )
            yield TextBlock(id="not-saved")

    def show_notice(self, texts: Iterable[str]) -> None:
        """Show that the answer is not saved, or not at the clinic, so that the person tells staff themselves."""
        self.query_one("#not-saved", TextBlock).show(*(Passage(text, Tone.ERROR) for text in texts))

    def actions(self) -> Iterable[Widget]:
        yield Button(_("I have read this"), "screen.acknowledge", primary=True)

    def action_acknowledge(self) -> None:
        self.post_message(Acknowledged(self.rule.id))


class EmergencyPage(UrgentPage):
    """Waits for a member of staff: the person can neither go on nor back, and help stays one key away."""

    CAPTION = N_("Please stay here and get help now")
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
        passages = [Passage(_("For staff. Your name, which is kept with these answers:"))]
        if field.display:
            problem = _("Error: {problem}").format(problem=_("Type your name."))
            passages.append(Passage(problem, Tone.ERROR, gap=0))
        self.query_one("#staff", TextBlock).show(*passages)
        field.display = True
        field.focus()
        field.scroll_visible(animate=False)
