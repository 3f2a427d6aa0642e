"""What every page has: a top line, a body that scrolls, things to press, and the keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar, runtime_checkable

from rich.console import RenderableType
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.geometry import Offset
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from screener.model.questionnaire import Question
from screener.tui.input.enter_guard import PAUSE
from screener.tui.rendering import DIMMED, FOCUSED, Tone
from screener.tui.widgets.button import Button, ButtonRow
from screener.tui.widgets.card import Card
from screener.tui.widgets.dimmed import Dimmed
from screener.tui.widgets.header import Header
from screener.tui.widgets.key_bar import CLOSE, COLOURS, Key, KeyBar
from screener.tui.widgets.rendered_once import RenderedOnce
from screener.tui.widgets.row_list import RowList
from screener.tui.widgets.scroll_body import MoreBelow, ScrollBody

R = TypeVar("R")


@runtime_checkable
class PageWatcher(Protocol):
    """The app, where it keeps what was pressed for one page from acting on the next."""

    def page_seen(self, pause: float) -> None: ...


class _Middle(Horizontal, RenderedOnce):
    """The card, and what stands beside it."""


class Page(Screen[R], RenderedOnce, inherit_bindings=False):
    """A page. Each kind of page says what is in its body, what can be pressed and which keys it has."""

    BINDINGS = [
        Binding("tab", "app.focus_next", show=False),
        Binding("shift+tab", "app.focus_previous", show=False),
        Binding("escape", "back", show=False),
        Binding("up", "up_or_down(-1)", show=False),
        Binding("down", "up_or_down(1)", show=False),
        Binding("pageup", "scroll(-1)", show=False),
        Binding("pagedown", "scroll(1)", show=False),
    ]
    COMPONENT_CLASSES = {*(tone.value for tone in Tone), FOCUSED, DIMMED}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (72, "-wide"), (120, "-broad"), (180, "-vast")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall"), (30, "-high")]
    KEYS: tuple[Key, ...] = ()
    HELP_NOW = True
    """Whether help is offered at the top; only the page that is the help does not offer it."""
    PAUSE = PAUSE
    """Seconds in which Enter does nothing after the page has appeared."""
    SIGNED = True
    """Whether a terminal of a clinic shows on it which terminal it is, and whose reference."""

    caption = ""
    """Stands above the page, where it is not a question that is asked."""

    question: Question | None = None
    """The question that the page asks, if it asks one."""

    def compose(self) -> ComposeResult:
        yield self._top()
        yield from self._banner()
        yield from self.above()
        with _Middle(id="middle"):
            yield from self._card()
            yield from self.beside()
        yield self._keys()

    def _top(self) -> Header:
        sign = getattr(self.app, "sign", "") if self.SIGNED else ""
        tone = getattr(self.app, "sign_tone", Tone.MUTED)
        header = Header(self.caption, sign=sign, sign_tone=tone, help_now=self.HELP_NOW, id="top")
        header.warning = getattr(self.app, "saving_notice", "")
        return header

    def _banner(self) -> Iterable[Widget]:
        """What the app says above every page."""
        return getattr(self.app, "banners", tuple)()

    def _card(self) -> ComposeResult:
        body = ScrollBody(id="body")
        with Card(id="card"):
            with body:
                yield from self.content()
            yield MoreBelow(body, id="more")
            with ButtonRow(id="actions"):
                yield from map(self._with_key, self.actions())

    def _with_key(self, widget: Widget) -> Widget:
        """Return what can be pressed; a button shows the key that does the same on this page."""
        if isinstance(widget, Button) and not widget.key:
            widget.key = next((key.name for key in self.KEYS if key.action == widget.action), "")
        return widget

    def _keys(self) -> KeyBar:
        return KeyBar(*(key for key in self.KEYS if key is not COLOURS or not self.app.no_color), id="keys")

    def beside(self) -> Iterable[Widget]:
        """Return what stands beside the card where the window is broad."""
        return ()

    def above(self) -> Iterable[Widget]:
        """What stands above the body and does not scroll with it."""
        return ()

    def content(self) -> Iterable[Widget]:
        """What the body shows."""
        raise NotImplementedError

    def actions(self) -> Iterable[Widget]:
        """What can be pressed, the most likely first."""
        return ()

    def on_mount(self) -> None:
        self.screen_layout_refresh_signal.subscribe(self, lambda _: self.place_cursor(), immediate=True)

    def on_screen_resume(self) -> None:
        """Take nothing for this page that was pressed before it was painted, or while another one lay over it."""
        self._seen()
        if self.PAUSE > PAUSE:
            self.call_after_refresh(self._seen)

    def _seen(self) -> None:
        if isinstance(self.app, PageWatcher) and self.is_current:
            self.app.page_seen(self.PAUSE)

    def place_cursor(self) -> None:
        """Keep the terminal's own cursor where the focus is."""
        if isinstance(self.focused, RowList | Button):
            self.focused.place_cursor()
        elif isinstance(offset := getattr(self.focused, "cursor_screen_offset", None), Offset):  # Of a field.
            self.app.cursor_position = offset

    def on_descendant_focus(self) -> None:
        self.place_cursor()

    def set_focus(self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False) -> None:
        """A list of rows scrolls to its caret by itself, and need not be seen as a whole."""
        super().set_focus(widget, scroll_visible and not isinstance(widget, RowList), from_app_focus)

    def action_up_or_down(self, step: int) -> None:
        """From a button back to the answers, or through the text where there is nothing else to move to."""
        if any(widget.display for widget in self.query("RowList, Field")):
            self.focus_previous() if step < 0 else self.focus_next()
        else:
            self.query_one(ScrollBody).scroll_relative(y=step, animate=False)

    def action_scroll(self, pages: int) -> None:
        body = self.query_one(ScrollBody)
        body.scroll_relative(y=pages * max(body.size.height - 2, 1), animate=False)

    async def action_press_focused(self) -> None:
        """Press the button that has the focus, as Enter does."""
        if isinstance(self.focused, Button):
            await self.focused.action_press()

    def action_back(self) -> None:
        """Most pages have nothing to go back to."""


class Dialog(Page[R], ModalScreen[R]):
    """A page over another page, which it gives back to."""

    KEYS: tuple[Key, ...] = (CLOSE,)
    SIGNED = False
    COVERS = False
    """Whether nothing of the page below may be seen."""

    def __init__(self) -> None:
        # Not by its type: of several base classes the style sheet sees the first only.
        super().__init__(classes="-dialog -covers" if self.COVERS else "-dialog")

    def compose(self) -> ComposeResult:
        yield self._top()
        yield from self._banner()
        yield from self.above()
        yield from self._card()
        yield self._keys()

    def render(self) -> RenderableType:
        """Draw the page below, if it may be seen, so that it is plain that it waits."""
        below = super().render()
        if isinstance(below, BackgroundScreen):
            style = self.get_component_rich_style(DIMMED, partial=True)
            return Dimmed(below.screen, style)
        return below

    _late_value: tuple[R] | None = None
    """What to give back once nothing lies over this page."""

    def action_back(self) -> None:
        self.dismiss()

    def give_back(self, value: R) -> None:
        """Close with this value: now, or when the help that somebody reads over this page is closed."""
        if self.app.screen is self:
            self.dismiss(value)
        else:
            self._late_value = (value,)

    def on_screen_resume(self) -> None:
        if self._late_value is not None:
            self.call_next(self._give_back_now)

    def _give_back_now(self) -> None:
        if self._late_value is not None:
            value, self._late_value = self._late_value[0], None
            self.dismiss(value)


def set_display(widget: Widget, display: bool) -> None:
    """Show or hide a widget. Setting what is set already would lay out the page again."""
    if widget.display != display:
        widget.display = display
