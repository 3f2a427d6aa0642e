"""An app with nothing in it that a patient's terminal should not do: no palette, no pictures, no clipboard, no way out
by signal that leaves answers behind."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NoReturn

from rich.console import RenderableType
from textual import events
from textual.app import App
from textual.driver import Driver
from textual.geometry import Region, Size
from textual.worker import WorkerFailed
from typing_extensions import override

from screener.crash import crash_message, record_crash
from screener.exit_codes import SIGNAL
from screener.hardening import hide_memory
from screener.tui.input.paste_guard import PasteGuard
from screener.tui.themes import Depth, depth_of, themes

if TYPE_CHECKING:
    from textual.screen import Screen

    from screener.tui.screens.base import Page
from screener.tui import THEMES
from screener.tui.input.enter_guard import EnterGuard
from screener.tui.input.queue import INPUT, InputQueue
from screener.tui.widgets.button import button_regions

_ENDING = ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT", "SIGUSR1", "SIGUSR2")
_SHOW_CURSOR = "\x1b[?25h\x1b[2 q"
_USUAL_CURSOR = "\x1b[0 q"


class Forbidden(RuntimeError):
    """Something asked for what this app never does."""


class BaseApp(App[int], inherit_bindings=False):
    """Textual's app without its ways of letting answers out. Of Textual's private names it overrides ``_fatal_error``
    and reads ``_exception`` and ``_driver``; ``tests/tui`` notices when they change."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    COMMANDS = set()
    ESCAPE_TO_MINIMIZE = False
    CLOSE_TIMEOUT = 2.0

    def __init__(
        self, *, theme: str | None = None, no_color: bool = False, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(ansi_color=True if no_color else None)
        self.input = InputQueue(self, clock)
        self._paste_guard = PasteGuard()
        self._guard = EnterGuard(clock)
        self._presses_nothing = False
        """Whether the mouse button is down, and what it was pressed on takes no click yet."""
        self.pressed_among: frozenset[Region] = frozenset()
        """Where the buttons of the page lay on which something was pressed last."""
        for palette in themes(self._depth()):
            self.register_theme(palette)
        self.theme = theme or THEMES[0]
        self.stylesheet.set_variables(self.get_css_variables())
        self._is_first_theme = True
        self.set_class(self._depth() == "standard", "-sixteen")

    def _depth(self) -> Depth:
        """Return how many colours the terminal has; all where no terminal is."""
        return depth_of(self.console.color_system if sys.stderr.isatty() else None)

    @property
    def sign(self) -> str:
        """Return what tells this terminal of a clinic from others, for the top of its pages."""
        return ""

    # What is typed

    async def on_event(self, event: events.Event) -> None:
        mine = isinstance(event, INPUT) and not event.is_forwarded
        if mine and (self.input.holds(event) or self.refuses(event)):
            return
        if mine and (isinstance(event, events.MouseDown) or getattr(event, "key", "") in ("enter", "space")):
            self.pressed_among = button_regions(self.screen)
        await super().on_event(event)

    def refuses(self, event: events.Event) -> bool:
        """Return whether this key, paste or click must be dropped, now that its turn has come."""
        if isinstance(event, events.MouseDown):
            too_quick = self._presses_nothing = self._guard.refuses_click(event.time)
        elif isinstance(event, events.MouseUp):
            too_quick = self._presses_nothing
        else:
            too_quick = isinstance(event, events.Key) and self._guard.refuses(event.key, event.time)
        return self._paste_guard.refuses(event) or too_quick

    def page_seen(self, pause: float) -> None:
        """A page was painted, or is seen again: what was pressed before must not act on it."""
        self._guard.page_seen(pause)

    # Pages, colours and size

    def push_dialog(self, page: Page[Any], callback: Callable[[Any], None] | None = None) -> None:
        """Push a page over the others, unless one of its kind is there already and can be come back to."""
        if not any(isinstance(screen, type(page)) for screen in self.reachable_screens()):
            self.push_screen(page, callback)
            self._guard.page_changed(page.PAUSE)

    def reachable_screens(self) -> Iterable[Screen[Any]]:
        """Return the pages to which whoever is here can come back."""
        return self.screen_stack

    def ask_for_room(self, size: Size | None = None) -> None:
        """Cover the page while the window is too small to read in."""
        from screener.tui.dialogs.too_small import TooSmall, is_too_small

        if is_too_small(*(size or self.size)):
            self.push_dialog(TooSmall())

    def action_next_theme(self) -> None:
        """Take other colours; where colours are off, they stay off."""
        if not self.native_ansi_color:
            self.theme = THEMES[(THEMES.index(self.theme) + 1) % len(THEMES)]

    @override
    def refresh_css(self, animate: bool = True) -> None:
        """Parse the style sheets again; for the first theme they have not been parsed yet when it is set."""
        if self._is_first_theme:
            self._is_first_theme = False
        else:
            super().refresh_css(animate)

    # Ends

    def on_mount(self) -> None:
        self.animation_level = "none"
        if not self.is_headless:
            self._watch_signals()
            self._watch_for_faults()
            self._show_cursor(_SHOW_CURSOR)
            self.call_after_refresh(hide_memory)

    @override
    def get_driver_class(self) -> type[Driver]:
        if sys.platform == "win32":
            return super().get_driver_class()
        from screener.tui.input.driver import TerminalDriver

        return TerminalDriver

    def _watch_signals(self) -> None:
        loop = asyncio.get_running_loop()
        if sys.platform != "win32":
            for name in _ENDING:
                number = int(getattr(signal, name))
                loop.add_signal_handler(number, self._end_by_signal, number)
            loop.add_signal_handler(signal.SIGCONT, self._renew_terminal)

    def _end_by_signal(self, number: int) -> None:
        self.exit(return_code=SIGNAL + number)

    def _renew_terminal(self) -> None:
        """The program was stopped from outside, and what had the terminal meanwhile may have changed it."""
        from screener.tui.input.driver import TerminalDriver

        if isinstance(self._driver, TerminalDriver):
            self._driver.renew()
            self._show_cursor(_SHOW_CURSOR)
            self.refresh(layout=True)

    def _watch_for_faults(self) -> None:
        """What fails in a thread, or in a task that nobody waits for, ends the app as what fails in a page does."""
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: self._fault(context.get("exception")))

        def thread_failed(failed: threading.ExceptHookArgs) -> None:
            with suppress(RuntimeError):  # The app ended before its thread did.
                loop.call_soon_threadsafe(self._fault, failed.exc_value)

        threading.excepthook = thread_failed

    def _fault(self, error: BaseException | None) -> None:
        if isinstance(error, Exception) and self.is_running:
            self._handle_exception(error)

    def on_unmount(self) -> None:
        if not self.is_headless:
            self._show_cursor(_USUAL_CURSOR)

    def _show_cursor(self, sequence: str) -> None:
        """Textual hides the terminal's cursor, which braille displays and magnifiers need to follow."""
        if self._driver is not None:
            self._driver.write(sequence)

    def _fatal_error(self) -> None:
        """Say sorry once. Textual would print the stack with all local variables: the answers."""
        self._apologise(self._exception)

    @override
    def panic(self, *renderables: RenderableType) -> None:
        """Textual calls this with a rendered traceback; it is not shown."""
        self._apologise(self._exception)

    def _apologise(self, error: BaseException | None) -> None:
        if not self._exit_renderables:
            error = error.error if isinstance(error, WorkerFailed) else error
            record_crash(error)
            self._exit_renderables.append(crash_message(error))
        self._close_messages_no_wait()

    # What is never done

    @override
    def copy_to_clipboard(self, text: str) -> None:
        """Answers do not go to a clipboard that the next person can paste."""

    @override
    def get_system_commands(self, screen: Any) -> Iterator[Any]:
        return iter(())

    @override
    def export_screenshot(self, *, title: str | None = None, simplify: bool = False) -> str:
        raise Forbidden("no screenshots")

    @override
    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        raise Forbidden("no addresses are opened")

    @override
    def deliver_text(self, *args: Any, **options: Any) -> NoReturn:
        raise Forbidden("no files are delivered")

    @override
    def deliver_binary(self, *args: Any, **options: Any) -> NoReturn:
        raise Forbidden("no files are delivered")

    @override
    @contextmanager
    def suspend(self) -> Iterator[None]:
        raise Forbidden("the app is not suspended")
        yield


def without_colour(chosen: bool) -> bool:
    """Return whether colours are off. Textual takes an empty NO_COLOR for a set one; no-color.org does not."""
    if chosen or os.environ.get("NO_COLOR"):
        os.environ["NO_COLOR"] = "1"
        return True
    os.environ.pop("NO_COLOR", None)
    return False
