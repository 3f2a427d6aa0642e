"""Content in which every text an author can write is another one, and a way to read all that a page shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, get_args, get_type_hints

from rich.segment import Segment
from textual import events
from textual.screen import Screen

from screener.content.compiled import Content
from screener.display_text import UNPRINTABLE
from screener.engine.form import compile_form
from screener.engine.rules import compile_rules
from screener.model.base import Text
from screener.tui.widgets.line_widget import LineWidget

CLICK = "[@click=app.pwn('x')]press[/]"
"""Textual's markup for a text that does something when it is clicked on."""
Numbered = Callable[[int], str]
"""The text for the place with this number."""


def poisoned(content: Content, text: Numbered) -> Content:
    """The same content with other texts, past the loader that would refuse most of them."""
    numbers: dict[str, int] = {}

    def put(written: str) -> str:
        return text(numbers.setdefault(written, len(numbers)))

    form = compile_form(_rewritten(content.questionnaire, put), _refuse)
    return Content(form, compile_rules(_rewritten(content.ruleset, put), form, _refuse), "0" * 64, "0" * 64)


def _rewritten(value: Any, put: Callable[[str], str], is_text: bool = False) -> Any:
    if isinstance(value, str):
        return put(value) if is_text else value
    if isinstance(value, tuple):
        return tuple(_rewritten(item, put, is_text) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    texts = _texts(type(value))
    return replace(
        value,
        **{part.name: _rewritten(getattr(value, part.name), put, part.name in texts) for part in fields(value)},
    )


@cache
def _texts(kind: type) -> frozenset[str]:
    """The fields of an authored value that hold text to be read, and not a name or a condition."""
    return frozenset(name for name, hint in get_type_hints(kind, include_extras=True).items() if _holds_text(hint))


def _holds_text(hint: Any) -> bool:
    return hint == Text or any(_holds_text(part) for part in get_args(hint))


def _refuse(where: object, mistake: Exception) -> None:
    raise AssertionError(f"{where}: {mistake}")


def harmless(page: Screen[Any]) -> list[str]:
    """What a page says, read in several ways; nothing on it does anything to a terminal, or when it is clicked on."""
    parts = [[list(part.render_line(y)) for y in range(part.size.height)] for part in page.query(LineWidget)]
    for line in (*page._compositor.render_strips(), *(line for part in parts for line in part)):
        for text, style, _control in line:
            assert not UNPRINTABLE.search(text)
            assert "\n" not in text
            assert style is None or (style.link is None and "@click" not in style.meta)
    assert page.app.return_code is None
    return list(_readings(parts))


def _readings(parts: Iterable[list[list[Segment]]]) -> Iterator[str]:
    """What the parts say, without the spaces: line by line, and column by column."""
    for lines in parts:
        yield bare("".join(segment.text for line in lines for segment in line))
        for column in range(max(map(len, lines), default=0)):
            yield bare("".join(line[column].text for line in lines if column < len(line)))


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def click_everywhere(page: Screen[Any]) -> int:
    """Click on each cell of the lines that show a part of ``CLICK``; how many those are."""
    cells = [
        (x, y)
        for y, line in enumerate(page._compositor.render_strips())
        if re.search(r"click|pwn|press\[", line.text)
        for x, letter in enumerate(line.text)
        if letter != " "
    ]
    for x, y in cells:
        for kind in (events.MouseDown, events.MouseUp, events.Click):
            page._forward_event(kind(None, x, y, 0, 0, 1, False, False, False, x, y))
    return len(cells)
