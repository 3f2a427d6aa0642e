"""What every page of the staff's side has: the banner, and the desk behind it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar, cast

from textual.widget import Widget

from screener.i18n.gettext import N_
from screener.page_text.paragraph import error_paragraph
from screener.staff.session import StaffSession
from screener.tui.rendering import Tone
from screener.tui.screens.base import Dialog, Page
from screener.tui.staff.banner import Banner, BannerText
from screener.tui.staff.long_list import LongList
from screener.tui.widgets.fields import Field, LongField
from screener.tui.widgets.header import Header
from screener.tui.widgets.key_bar import Key
from screener.tui.widgets.line_widget import LineWidget
from screener.tui.widgets.menu import Menu
from screener.tui.widgets.scroll_body import ScrollBody
from screener.tui.widgets.text_block import Passage, TextBlock

if TYPE_CHECKING:
    from screener.tui.staff.setup import StaffConsole

R = TypeVar("R")
ACKNOWLEDGE = Key("F9", N_("Urgent"), "app.acknowledge", Tone.STRONG)
LOCK = Key(N_("Ctrl+L"), N_("Lock"), "app.lock")
ALL_KEYS = Key("F1", N_("Keys"), "app.keys")
QUIT = Key(N_("Ctrl+Q"), N_("Quit"), "app.quit_all")


class StaffPage(Page[R]):
    """A page of the staff's side."""

    def _banner(self) -> Iterable[Widget]:
        return ()

    def above(self) -> Iterable[Widget]:
        yield Banner()

    @property
    def staff_app(self) -> StaffConsole:
        return cast("StaffConsole", self.app)

    @property
    def staff_session(self) -> StaffSession:
        return self.staff_app.staff_session

    def on_mount(self) -> None:
        if self.app.return_code is None:  # Else the app ends already, and not all of this page comes.
            self.news()

    def news(self) -> None:
        """Something on the list is different, or the time has gone on."""
        for banner in self.query(Banner):
            banner.show(self.staff_app.banner_text)

    def forget(self) -> None:
        """Let go of every text on this page, because Textual may hold on to a page that it has painted."""
        for widget in self.query("*"):
            match widget:
                case TextBlock():
                    widget.passages = ()
                case Header():
                    widget.caption = widget.place = ""
                case Banner():
                    widget.text = BannerText()
                case LongList():
                    widget.put_away()
                case Menu():
                    widget.labels = ()
                case Field():
                    widget.value = ""
                case LongField():
                    widget.load_text("")
            if isinstance(widget, LineWidget):
                widget.changed()

    def say(self, text: str, tone: Tone = Tone.TEXT) -> None:
        """Say how something went, where the page has room for it."""
        for block in self.query("#result").results(TextBlock):
            block.show(*([Passage(text, tone)] if text else ()))
            if isinstance(block.parent, ScrollBody):
                block.parent.scroll_end(animate=False)

    def say_error(self, problem: object) -> None:
        """Say what went wrong."""
        self.say(error_paragraph(problem).text, Tone.ERROR)


class StaffDialog(StaffPage[R], Dialog[R]):
    """A page over another one."""

    def on_resize(self) -> None:
        """Cover the banner of the page below, which says the same and may stand a line lower, where there is room."""
        # By the window, not by the class for it: a page that is new has that class only after this.
        roomy = len(self.app.screen_stack) > 1 and self.app.size.height >= self.VERTICAL_BREAKPOINTS[1][0]
        below = self.app.screen_stack[-2] if roomy else None
        for banner in self.query(Banner):
            bottoms = [each.region.bottom for each in below.query(Banner) if each.display] if below else []
            banner.styles.min_height = max((bottom - 1 for bottom in bottoms), default=0)


class FormDialog(StaffDialog[R]):
    """A dialog with several fields, of which the first has the focus; it is seen from its beginning."""

    AUTO_FOCUS = ""

    def on_mount(self) -> None:
        super().on_mount()
        first = next(iter(self.query("Field, Button")), None)
        self.set_focus(first, scroll_visible=False)
