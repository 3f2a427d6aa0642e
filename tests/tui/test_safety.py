"""What the screens never do, whatever is authored, typed or pressed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from textual import events
from textual._compositor import Compositor
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from screener.content.compiled import Content
from screener.content.load import load
from screener.display_text import UNPRINTABLE
from screener.tui import app as module
from screener.tui.base_app import BaseApp, Forbidden, crash_message
from screener.tui.input.driver import TerminalDriver
from tests.tui.screens import screens

AUTHORED = Path(__file__).parents[1] / "fixtures"
PAYLOADS = [
    "[b]5 mg[/b] [daily]",
    "A[/]B",
    "A[b",
    "[@click=app.exit]here[/]",
    "[$error]red[/] \\\\[x]",
    "{0} %s $HOME",
]


ALWAYS = {"[@click=app.exit]here[/]", "A[b"}
"""An action, and what is no whole markup."""


@pytest.mark.parametrize(
    "payload", [pytest.param(payload, marks=() if payload in ALWAYS else pytest.mark.long) for payload in PAYLOADS]
)
async def test_authored_text_is_shown_and_never_obeyed(tmp_path: Path, payload: str) -> None:
    """Text that looks like markup stands on every page letter by letter, and clicking on it does nothing."""
    shutil.copytree(AUTHORED, tmp_path / "content")
    for path, text in (
        ("questions/before-a-flight/journey.yaml", "Where do you leave from?"),
        ("questions/before-a-flight/journey.yaml", "It decides whom to call in an emergency."),
        ("questions/before-a-flight/journey.yaml", "{code: north, label: The north}"),
        ("questions/before-a-flight/questionnaire.yaml", "heading: Before you fly"),
        ("rules/crisis-lines.yaml", "emergency: Call your local emergency number."),
    ):
        file = tmp_path / "content" / path
        quoted = "'" + payload.replace("'", "''") + "'"
        key, colon, _ = text.partition(": ")
        new = f"{{code: north, label: {quoted}}}" if text.startswith("{") else f"{key}: {quoted}" if colon else quoted
        assert text in file.read_text()
        file.write_text(file.read_text().replace(text, new))
    async with screens(load(tmp_path / "content", "before-a-flight"), welcome=True) as person:
        assert person.text.count(payload) == 2
        await person.press("enter")
        assert person.text.count(payload) == 2
        await person.click(payload)
        await person.press("f1")
        assert person.text.count(payload) == 2
        await person.press("escape", "f8")
        assert payload in person.text
    assert person.app.return_code is None


@pytest.mark.parametrize("question", ["age", "remarks"])
async def test_what_is_pasted_cannot_reach_the_terminal(flight: Content, question: str) -> None:
    """Escape sequences and direction marks in a paste are not kept, all of its words are, and they are not obeyed."""
    async with screens(flight, question) as person:
        person.app.post_message(events.Paste("one\x1b[2Jtwo\x9b1m\u202e\x07\r\nthree [/b] [@click=app.exit]x[/]"))
        await person.settle()
        kept = person.app.question_page.typed
        assert kept.replace("\n", " ") == "one[2Jtwo1m three [/b] [@click=app.exit]x[/]"
        assert not UNPRINTABLE.search(person.text.replace("\n", ""))
        await person.press("enter")
        if question == "remarks":
            await person.press("end")
            assert "[@click=app.exit]x[/]" in person.text
        assert not UNPRINTABLE.search(person.text.replace("\n", ""))


async def test_no_control_key_leads_out(flight: Content) -> None:
    """No palette, no picture, no suspended program, whatever key is held down with Ctrl."""
    keys = [*(f"ctrl+{letter}" for letter in "abdefghijknoprstuvwxyz"), "ctrl+backslash", "f12"]
    async with screens(flight, "remarks") as person:
        for key in keys:
            await person.press(key)
            assert person.page == "QuestionPage"
            assert len(person.app.screen_stack) == 2
    assert person.app.return_code is None


async def test_nothing_leaves_by_the_back_doors_of_textual(flight: Content) -> None:
    """Copying, screenshots, deliveries, addresses and suspending are shut."""
    async with screens(flight, "remarks") as person:
        app = person.app
        await person.type("secret")
        await person.press("ctrl+shift+a", "ctrl+x", "ctrl+c")
        app.copy_to_clipboard("secret")
        assert app.clipboard == ""
        for way_out in (
            app.export_screenshot,
            app.save_screenshot,
            app.deliver_screenshot,
            lambda: app.open_url("https://example.org"),
            lambda: app.deliver_text("x"),
            lambda: app.deliver_binary("x"),
            lambda: app.suspend().__enter__(),
        ):
            with pytest.raises(Forbidden):
                way_out()
        assert list(app.get_system_commands(app.screen)) == []


def test_no_bindings_are_inherited() -> None:
    """Only the keys of this program are bound; Textual's own, such as the one that quits at once, are not."""
    bound = sorted((key, binding.action) for key, binding in module.ScreenerApp._merge_bindings())
    assert bound == [
        ("ctrl+c", "interrupt"),
        ("ctrl+l", "hide"),
        ("ctrl+q", "leave"),
        ("f1", "why"),
        ("f2", "next_theme"),
        ("f8", "help_now"),
        ("question_mark", "why"),
    ]
    assert not BaseApp.ENABLE_COMMAND_PALETTE
    assert not BaseApp.ALLOW_SELECT


def test_the_private_names_still_exist() -> None:
    """Textual may change what begins with an underscore at any time; this is where it is noticed."""
    assert callable(App._fatal_error)
    assert callable(App.panic)
    assert callable(App._close_messages_no_wait)
    assert callable(Compositor.render_strips)
    app = App[int]()
    assert app._exception is None
    assert app._driver is None
    assert app._exit_renderables == []
    assert (app._pending_message, app._closing, app._closed) == (None, False, False)
    assert not app._message_queue.ready_event._waiters
    assert callable(LinuxDriver._query_in_band_window_resize)
    assert LinuxDriver.run_input_thread is not TerminalDriver.run_input_thread


def test_an_apology_names_a_place_and_no_value() -> None:
    """The reference is made of the kind of the error and a line of the program, never of its message."""
    try:
        load(Path("/nowhere"), "secret-answer")
    except Exception as error:
        said = crash_message(error)
    assert "secret-answer" not in said
    assert "ContentError-load-" in said
