"""What is typed takes effect in its order: each key only after the one before has had all of its effects.

Textual hands a key to what has the focus and reads the next one at once, while the first still travels from the widget
to the page to the app. Of a Tab and a key typed right after it, or read late on a busy machine, both would reach what
had the focus before; an Enter would act on a page before the text typed for it is read.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from textual import events
from textual.app import App
from textual.message_pump import MessagePump

INPUT = (events.Key, events.Paste, events.MouseDown, events.MouseUp)
"""What waits for its turn."""
_TURNS, _NAPS, _NAP = 100, 2000, 0.005


class InputQueue:
    """Holds input back while anything that earlier input has caused is still under way."""

    def __init__(self, app: App[Any], clock: Callable[[], float]) -> None:
        self._app = app
        self._clock = clock
        self._held: deque[events.Event] = deque()
        self._next: events.Event | None = None
        """Was let go, and is on its way to the app."""
        self._release: asyncio.Task[None] | None = None

    @property
    def empty(self) -> bool:
        """Whether all that was typed has reached the app."""
        return not self._held and self._next is None

    @property
    def at_rest(self) -> bool:
        """Whether that, and all that it has caused, is done; for whoever looks at the app from outside."""
        return self.empty and _is_idle(self._app) and _is_quiet(self._app)

    def holds(self, event: events.Event) -> bool:
        """Whether this event must wait; it is posted to the app again when its turn has come.

        ``event.time`` becomes the time at which it first came here.
        """
        if event is self._next:
            self._next = None
            return False
        event.time = self._clock()
        if self.empty and _has_nothing_to_do(self._app) and _is_quiet(self._app):
            return False
        self._held.append(event)
        if self._release is None:
            self._release = asyncio.create_task(self._let_go())
        return True

    async def _let_go(self) -> None:
        while self._held:
            await self._quiet()
            self._next = self._held.popleft()
            if not self._app.post_message(self._next):
                self._held.clear()
        self._release = None

    async def _quiet(self) -> None:
        """Wait until nothing is under way; not for ever, because a page that never rests must not lock the keyboard."""
        for turn in range(_TURNS + _NAPS):
            if _is_idle(self._app) and _is_quiet(self._app):
                return
            await asyncio.sleep(0 if turn < _TURNS else _NAP)


def _is_quiet(app: App[Any]) -> bool:
    """Whether every page that can be seen, and everything on it, waits for something to do."""
    return all(_is_idle(pump) for screen in app.screen_stack for pump in screen.walk_children(with_self=True))


def _is_idle(pump: MessagePump) -> bool:
    """Whether it waits for its next message; while it is being mounted it does not yet, when it is removed no more."""
    if pump._closing or pump._closed:
        return True
    readers: Iterable[asyncio.Future[bool]] = pump._message_queue.ready_event._waiters
    return _has_nothing_to_do(pump) and any(not reader.done() for reader in readers)


def _has_nothing_to_do(pump: MessagePump) -> bool:
    return pump._pending_message is None and pump._message_queue.empty()
