"""What every page of the staff's side has: the banner, and the desk behind it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar, cast

from textual.widget import Widget

from screener.desk.desk import Desk
from screener.translation import N_
from screener.tui.display import Tone
from screener.tui.fields import Field, LongField
from screener.tui.key_line import Key
from screener.tui.lines import Lines
from screener.tui.page import Dialog, Page
from screener.tui.prose import Passage, Prose
from screener.tui.staff.banner import Banner
from screener.tui.staff.response_list import ResponseList
from screener.tui.top_line import TopLine

if TYPE_CHECKING:
    from screener.tui.staff.app import StaffApp

R = TypeVar("R")
SEE_TO = Key("F9", N_("Urgent"), "app.see_to", Tone.STRONG)
LOCK = Key(N_("Ctrl+L"), N_("Lock"), "app.lock")
ALL_KEYS = Key("F1", N_("Keys"), "app.keys")
QUIT = Key(N_("Ctrl+Q"), N_("Quit"), "app.quit_all")


class StaffPage(Page[R]):
    """A page of the staff's side."""

    def above(self) -> Iterable[Widget]:
        yield Banner()

    @property
    def staff_app(self) -> StaffApp:
        return cast("StaffApp", self.app)

    @property
    def desk(self) -> Desk:
        return self.staff_app.desk

    def on_mount(self) -> None:
        self.news()

    def news(self) -> None:
        """Something on the list is different, or the time has gone on."""
        for banner in self.query(Banner):
            banner.show(self.desk.board.urgent, self.staff_app.trouble)

    def forget(self) -> None:
        """Let go of every text on this page, because Textual may hold on to a page that it has painted."""
        for widget in self.query("*"):
            match widget:
                case Prose():
                    widget.passages = ()
                case TopLine():
                    widget.caption = widget.place = ""
                case Banner():
                    widget.urgent = ()
                case ResponseList():
                    widget.found = ()
                case Field():
                    widget.value = ""
                case LongField():
                    widget.load_text("")
            if isinstance(widget, Lines):
                widget.changed()

    def say(self, text: str, tone: Tone = Tone.TEXT) -> None:
        """Say how something went, where the page has room for it."""
        for result in self.query("#result").results(Prose):
            result.show(*([Passage(text, tone)] if text else ()))
            self.call_after_refresh(result.scroll_visible, animate=False)


class StaffDialog(StaffPage[R], Dialog[R]):
    """A page over another one."""
