"""The pages that stop the walk when an answer is urgent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from textual import on
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Input

from screener.display_text import is_blank
from screener.i18n.gettext import _
from screener.model.ruleset import Rule
from screener.page_text.paragraph import PageParagraph, error_paragraph
from screener.page_text.urgent import STAFF_NAME, TYPE_NAME, not_confirmed_notice, urgent
from screener.session.session import InterviewSession
from screener.tui.messages import Acknowledged, StaffAsked
from screener.tui.page_drawing import caption, passages
from screener.tui.screens.base import Page
from screener.tui.widgets.button import Button, button_regions
from screener.tui.widgets.fields import Field
from screener.tui.widgets.key_bar import CONTINUE, KEYS, LEAVE
from screener.tui.widgets.scroll_body import ScrollBody
from screener.tui.widgets.text_block import TextBlock

_FURTHEST = 6
"""Lines by which buttons are moved at most."""
_Padding = tuple[int, int, int, int]


def _paddings() -> Iterator[_Padding]:
    """Yield the paddings of the buttons to try: lower, where the page has room; else higher, above an empty line."""
    for lines in range(1, _FURTHEST + 1):
        yield lines, 0, 0, 0
        yield 0, 0, lines, 0


class UrgentPage(Page[None]):
    """Says what to do now and whom to call; the person goes on after reading it."""

    KEYS = (KEYS, LEAVE)
    PAUSE = 2.0
    """Seconds in which nothing presses a button, so that a double click or a second key does not dismiss it unread."""

    def __init__(
        self,
        session: InterviewSession,
        rule: Rule,
        *,
        apart_from: Collection[Region] = (),
        confirmed_within: int | None = None,
    ) -> None:
        """``apart_from``: where the buttons of the page before lay, so that none of this page lies there.

        ``confirmed_within``: the seconds after which the page says that no member of staff has confirmed.
        """
        super().__init__()
        self._confirmed_within = confirmed_within
        self.session = session
        self.rule = rule
        self.caption = caption(self._paragraphs)
        self._apart_from = apart_from
        self._paddings = _paddings()

    @property
    def _paragraphs(self) -> Iterable[PageParagraph]:
        return urgent(self.rule, self.session.region)

    def on_mount(self) -> None:
        self.screen_layout_refresh_signal.subscribe(self, lambda _: self._keep_apart(), immediate=True)
        if self._confirmed_within:
            self.set_timer(self._confirmed_within, self.show_not_confirmed)
        elif self._confirmed_within is not None:
            self.show_not_confirmed()

    def _keep_apart(self) -> None:
        """Move the buttons by a line, or more, while one of them lies where a button of the page before lay."""
        regions = button_regions(self)
        if not any(own.overlaps(other) for own in regions for other in self._apart_from):
            return
        if padding := next(self._paddings, None):
            actions = self.query_one("#actions")
            actions.styles.height, actions.styles.padding = "auto", padding

    def above(self) -> Iterable[Widget]:
        """Return what nobody may have to scroll to: that staff do not know yet."""
        yield TextBlock(id="not-confirmed")
        yield TextBlock(id="not-saved")

    def content(self) -> Iterable[Widget]:
        yield TextBlock(*passages(self._paragraphs))

    def show_notice(self, notice: Iterable[PageParagraph]) -> None:
        """Show that the answer is not saved, or not at the clinic, so that the person tells staff themselves."""
        self.query_one("#not-saved", TextBlock).show(*passages(notice))

    def show_not_confirmed(self) -> None:
        """Show that nobody of staff has been here within the clinic's own time, and what to do now."""
        self.query_one("#not-confirmed", TextBlock).show(*passages(not_confirmed_notice()))

    def actions(self) -> Iterable[Widget]:
        yield Button(_("I have read this"), "screen.acknowledge", key=CONTINUE.name, primary=True)

    def action_acknowledge(self) -> None:
        self.post_message(Acknowledged(self.rule.id))


class EmergencyPage(UrgentPage):
    """Waits for a member of staff: the person can neither go on nor back, and help stays one key away."""

    AUTO_FOCUS = ""

    def __init__(
        self,
        session: InterviewSession,
        rule: Rule,
        *,
        apart_from: Collection[Region] = (),
        confirmed_within: int | None = None,
        has_door: bool = False,
    ) -> None:
        """``has_door``: whether only staff of the clinic can open it; elsewhere a typed name goes on, unchecked."""
        super().__init__(session, rule, apart_from=apart_from, confirmed_within=confirmed_within)
        self._has_door = has_door

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
        """Ask for the member of staff, then go on with their name; whoever records has said theirs before."""
        if self.session.for_staff:
            self.post_message(Acknowledged(self.rule.id))
            return
        if self._has_door:
            self.post_message(StaffAsked(self.rule.id))
            return
        field = self.query_one(Field)
        name = " ".join(field.value.split())
        if not is_blank(name):
            self.post_message(Acknowledged(self.rule.id, name))
            return
        asked = [PageParagraph(_(STAFF_NAME))]
        if field.display:
            asked.append(replace(error_paragraph(_(TYPE_NAME)), joined=True))
        self.query_one("#staff", TextBlock).show(*passages(asked))
        field.display = True
        field.focus()
        self.call_after_refresh(self.query_one(ScrollBody).scroll_end, animate=False)
