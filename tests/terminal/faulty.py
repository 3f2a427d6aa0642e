"""The program with a fault in it that F5 brings about: ``python -m tests.terminal.faulty KIND --content DIR start``."""

from __future__ import annotations

import asyncio
import gc
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from textual.binding import Binding
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from screener import __main__
from screener.tui import app
from screener.tui.screens.base import Page
from screener.tui.widgets.text_block import Passage, TextBlock

SECRET = "LILACS"
"""Stands in a local variable and in the message of every fault."""
KINDS: dict[str, Callable[[Faulty], object]] = {}


def fail() -> None:
    answer = SECRET
    raise ValueError(f"this says {answer}")


async def fail_later() -> None:
    answer = SECRET
    await asyncio.sleep(0)
    raise ValueError(f"this says {answer}")


class Unlucky(Message):
    """Whoever handles it fails."""


class NotComposed(Page[None]):
    """Has nothing to show."""

    def content(self) -> Iterable[Widget]:
        fail()
        return ()


class NotDrawn(TextBlock):
    """Cannot be drawn."""

    def render_line(self, y: int) -> Strip:
        fail()
        return super().render_line(y)


class Undrawable(Page[None]):
    """Can be composed and not drawn."""

    def content(self) -> Iterable[Widget]:
        yield NotDrawn(Passage("words"))


class Faulty(app.ScreenerApp):
    """Has a fault."""

    BINDINGS = [Binding("f5", "fault", priority=True)]
    CSS_PATH = Path(app.__file__).with_name("screener.tcss")
    KIND = ""

    def action_fault(self) -> None:
        KINDS[self.KIND](self)

    def on_unlucky(self) -> None:
        fail()

    def on_mount(self) -> None:
        if self.KIND == "start":
            fail()

    def on_unmount(self) -> None:
        if self.KIND == "end":
            fail()

    def forget_a_task(self) -> None:
        """Nobody waits for the task; its fault is found when it is thrown away."""
        asyncio.create_task(fail_later()).add_done_callback(lambda _: self.set_timer(0.01, gc.collect))


KINDS |= {
    "key": lambda faulty: fail(),
    "message": lambda faulty: faulty.post_message(Unlucky()),
    "timer": lambda faulty: faulty.set_timer(0.01, fail),
    "callback": lambda faulty: faulty.call_after_refresh(fail),
    "loop": lambda faulty: asyncio.get_running_loop().call_soon(fail),
    "task": Faulty.forget_a_task,
    "worker": lambda faulty: faulty.run_worker(fail_later()),
    "worker-thread": lambda faulty: faulty.run_worker(fail, thread=True),
    "thread": lambda faulty: threading.Thread(target=fail).start(),
    "compose": lambda faulty: faulty.push_screen(NotComposed()),
    "render": lambda faulty: faulty.push_screen(Undrawable()),
    "start": lambda faulty: None,
    "end": lambda faulty: faulty.exit(),
}

if __name__ == "__main__":
    Faulty.KIND = sys.argv.pop(1)
    app.ScreenerApp = Faulty  # type: ignore[misc]
    __main__.main()
