"""A questionnaire that takes the widgets of a page away and mounts those of the next one."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import RadioButton, RadioSet, Static


def page(number: int) -> list[Widget]:
    return [
        Static(f"Question {number}: which of these?"),
        RadioSet(*(RadioButton(f"Answer {answer}") for answer in range(1, 5))),
    ]


class Remount(App[None]):
    BINDINGS = [Binding("enter", "advance", priority=True)]
    number = 1

    def compose(self) -> ComposeResult:
        yield Vertical(*page(self.number))

    async def action_advance(self) -> None:
        self.number += 1
        holder = self.query_one(Vertical)
        await holder.remove_children()
        await holder.mount(*page(self.number))
        self.query_one(RadioSet).focus()


if __name__ == "__main__":
    Remount().run()
