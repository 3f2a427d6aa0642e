"""What the parts of the person's app ask of it, so that they need not know its class."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from textual.geometry import Size
    from textual.message import Message
    from textual.screen import Screen
    from textual.timer import Timer

    from screener.engine.interview import Interview
    from screener.session.open import SessionFactory
    from screener.session.session import InterviewSession
    from screener.tui.profiles import Profile
    from screener.tui.screens.base import Page


class InterviewApp(Protocol):
    """The app that shows one person's interview."""

    profile: Profile
    session: InterviewSession
    session_factory: SessionFactory | None
    next_session: InterviewSession | None
    copies: list[Path]
    days_to_return: int | None
    saving_notice: str
    """What every page says while something is not saved."""

    @property
    def interview(self) -> Interview: ...

    @property
    def is_running(self) -> bool: ...

    @property
    def screen(self) -> Screen[object]: ...

    @property
    def screen_stack(self) -> list[Screen[Any]]: ...

    @property
    def staff_needed(self) -> bool: ...

    def push_dialog(self, page: Page[Any], callback: Callable[[Any], None] | None = None) -> None: ...

    def pop_screen(self) -> object: ...

    def ask_for_room(self, size: Size | None = None) -> None: ...

    def show_saving(self, notice: str) -> None: ...

    def page_changed(self, pause: float = ...) -> None: ...

    def go_on(self) -> None: ...

    def show_where_the_person_was(self) -> None: ...

    def run_worker(self, work: Coroutine[None, None, None]) -> object: ...

    def call_after_refresh(self, callback: Callable[[], None]) -> bool: ...

    def post_message(self, message: Message) -> bool: ...

    def unlock(self) -> None: ...

    def end(self, code: int) -> None: ...

    def leave(self, code: int) -> None: ...

    def set_interval(self, interval: float, callback: Callable[[], None]) -> Timer: ...
