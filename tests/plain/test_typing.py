"""Typing, editing and pasting in plain mode, on a terminal of its own."""

from __future__ import annotations

import re
import shutil
import signal
import sys
import termios
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.terminal.keys import F8, LEFT, pasted
from tests.terminal.terminal import ROOT, Terminal

TEXTS = """questions:
  - {id: note, type: text, text: What do you bring?, short_text: note}
  - {id: more, type: text, text: What else?, short_text: more}
  - {id: last, type: text, text: Is there anything more?, short_text: last}
"""
NOTE = "first line\nsecond: 2 tablets\n3\nq\nh\nlast line"
ONE_ANSWER = "They are one answer."
HOME, END, DELETE, ERASE = "\x1b[H", "\x1b[F", "\x1b[3~", "\x7f"

Start = Callable[..., Terminal]


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of the tests with three questions before all others that take text."""
    folder = tmp_path_factory.mktemp("texts") / "content"
    shutil.copytree(ROOT / "tests" / "fixtures", folder)
    journey = folder / "questions" / "before-a-flight" / "journey.yaml"
    journey.write_text(journey.read_text("utf-8").replace("questions:\n", TEXTS, 1), "utf-8")
    return folder


@pytest.fixture
def start(content: Path, tmp_path: Path) -> Iterator[Start]:
    """Starts plain mode at the first question."""
    with ExitStack() as stack:

        def start(environment: dict[str, str] | None = None, **options: Any) -> Terminal:
            cache = str(content.parent / "cache")
            surroundings = {"SCREENER_STORE": "none", "XDG_CACHE_HOME": cache, **(environment or {})}
            words = ("--content", str(content), "start", "--plain")
            terminal = stack.enter_context(Terminal(*words, folder=tmp_path, environment=surroundings, **options))
            asks(terminal, "What do you bring?")
            return terminal

        yield start


def asks(terminal: Terminal, question: str) -> None:
    """Read until a question was asked and its prompt stands below it."""
    terminal.until(
        lambda: (
            (said := " ".join(said_in(terminal).split())).rpartition(question)[2].rstrip().endswith("Answer:")
            and question in said
        ),
        question,
    )


def said_in(terminal: Terminal) -> str:
    """Everything that was written, without what moves the cursor."""
    return re.sub(r"\x1b\[[?0-9;]*[A-Za-z]", "", bytes(terminal.painted).decode("utf-8", "replace"))


def answer_of_note(terminal: Terminal) -> str:
    """The answer to the first question, as it is said when somebody goes back to it."""
    asks(terminal, "What else?")
    terminal.keys("b\r")
    so_far = re.compile(r"Your\s+answer\s+so\s+far:\s+(.*)\.\s+Type\s+k\s+to\s+keep\s+it\.", re.DOTALL)
    terminal.until(lambda: bool(so_far.search(said_in(terminal))), "the answer so far")
    [answer] = so_far.findall(said_in(terminal))
    return str(answer).replace("\r\n", "\n")


def settings_of(terminal: Terminal) -> list[Any]:
    return termios.tcgetattr(terminal._ours)


@pytest.mark.parametrize(
    "paste", [pasted(NOTE.encode()), NOTE.replace("\n", "\r").encode() + b"\r"], ids=["marked", "not"]
)
def test_a_paste_of_several_lines_is_one_answer(start: Start, paste: bytes) -> None:
    """With and without the marks of a paste: it is shown, it presses no key, and Enter gives it as it is."""
    terminal = start()
    terminal.keys(paste)
    terminal.shows(ONE_ANSWER)
    terminal.shows("last line")
    assert "What else?" not in terminal.text
    terminal.insist("\r", "What else?")
    assert answer_of_note(terminal) == NOTE


def test_line_ends_of_any_program_stay_line_ends(start: Start) -> None:
    """No two words become one, as "aspirin" and "ibuprofen" of a list from a word processor would."""
    terminal = start()
    terminal.keys(pasted("one\u2028two\u2029three\x0bfour\x0cfive\x85six\r\nseven".encode()))
    terminal.shows("seven")
    terminal.insist("\r", "What else?")
    assert answer_of_note(terminal) == "one\ntwo\nthree\nfour\nfive\nsix\nseven"


def test_a_paste_can_be_removed_before_it_is_given(start: Start) -> None:
    """Ctrl+U takes all of its lines away."""
    terminal = start()
    terminal.keys(pasted(NOTE.encode()))
    terminal.insist("!", "last line!")
    terminal.keys("\x15words\r")
    assert answer_of_note(terminal) == "words"


def test_nothing_in_a_paste_is_obeyed(start: Start) -> None:
    """Keys that leave, end the input, stop the program or clear the screen are dropped; the text around them stays."""
    terminal = start()
    terminal.keys(pasted(b"one\x03\x04\x1a\x1c\x1b[2J\x1b[19~ two\x1b[201~\x03\rthree"))
    terminal.shows("two")
    terminal.insist("\r", "What else?")
    assert answer_of_note(terminal) == "one[2J[19~ two"


@pytest.mark.parametrize("letter", ["щ", *(pytest.param(letter, marks=pytest.mark.long) for letter in "x語😀")])
def test_4000_characters_of_any_script_are_taken_and_no_more(start: Start, letter: str) -> None:
    """One more is refused with a sentence, and what was typed is there to be shortened."""
    terminal = start()
    text = letter * 3999 + "!"
    terminal.keys(f"{text}?")
    terminal.until(lambda: "?" in said_in(terminal).rpartition("Answer:")[2], "the whole text")
    terminal.keys("\r")
    terminal.until(lambda: "Shorten it to 4000." in said_in(terminal), "a refusal")
    terminal.until(lambda: "?" in said_in(terminal).rpartition("Answer:")[2], "the text again")
    terminal.keys(ERASE)
    terminal.keys("\r")
    assert "".join(answer_of_note(terminal).split()) == text


EDITED = [
    ("bde" + HOME + "a" + "\x1b[C" + "c" + END + "f", "abcdef"),
    ("bc\x01a\x05d", "abcd"),
    ("one two three\x17", "one two "),
    ("one two" + LEFT * 3 + "\x15", "two"),
    ("one two" + LEFT * 4 + "\x0b", "one"),
    ("abc" + LEFT * 2 + DELETE + ERASE, "c"),
    ("cafe\u0301s" + LEFT + ERASE, "cafs"),
    ("\u8a9e\u8a9ea" + LEFT + ERASE, "\u8a9ea"),
    ("a\x1b[A\x1b[B\x1b[5~\x1b[15~\x1bb\x1b[1;5C\x02b", "ba"),
    ("a\tb\x00\x1f", "a b"),
    ("abc\x1b\x1b[Dx", "abcx"),
]


def test_a_line_is_edited_with_the_usual_keys(start: Start) -> None:
    """Arrows, Home, End, Delete, Ctrl+A, E, W, U and K; keys that mean nothing here leave the text alone."""
    terminal = start()
    for keys, text in EDITED:
        terminal.keys(keys + "\x05|")
        terminal.shows(f"Answer: {text}|")
        terminal.keys("\x05\x15")
        terminal.until(lambda: terminal.lines[terminal.cursor[1]] == "Answer:", "an empty line")


def test_an_interrupt_loses_nothing_of_the_line(start: Start) -> None:
    """People press Ctrl+C to copy; whoever stays finds what they had typed."""
    terminal = start()
    terminal.keys("a long answer")
    terminal.shows("Answer: a long answer")
    terminal.keys("\x03")
    terminal.shows("Leave:")
    terminal.keys("1\r")
    terminal.until(lambda: terminal.text.count("Answer: a long answer") == 2, "the line again")
    terminal.insist("\r", "What else?")
    assert answer_of_note(terminal) == "a long answer"


@pytest.mark.parametrize("size", [(20, 6), *(pytest.param(size, marks=pytest.mark.long) for size in ((80, 4), (7, 3)))])
def test_a_long_line_is_edited_on_a_narrow_and_on_a_low_terminal(start: Start, size: tuple[int, int]) -> None:
    """What is given is what was edited, however it is wrapped."""
    terminal = start(size=size)
    terminal.keys("word " * 30)
    terminal.keys(HOME + "first " + END + "last" + LEFT * 4 + "the ")
    terminal.keys("\r")
    assert " ".join(answer_of_note(terminal).split()) == f"first {'word ' * 30}the last"


def test_another_size_of_the_window_loses_nothing(start: Start) -> None:
    """The line is shown once more at the next key, and the cursor is in its place."""
    terminal = start()
    terminal.keys("one two" + LEFT * 3)
    terminal.shows("one two")
    terminal.resize(40, 10)
    terminal.keys("and ")
    terminal.shows("Answer: one and two")
    terminal.keys("\r")
    assert " ".join(answer_of_note(terminal).split()) == "one and two"


def test_help_comes_at_its_key_and_what_was_typed_stays(start: Start) -> None:
    """F8 needs no Enter."""
    terminal = start()
    terminal.keys("half an ans" + F8)
    terminal.shows("Get help now")
    terminal.shows("Answer: half an ans")
    terminal.keys("wer\r")
    assert answer_of_note(terminal) == "half an answer"


def test_no_key_brings_an_earlier_answer_back(start: Start) -> None:
    """There is no history: not by the arrow up, not by searching, not by putting back what was removed."""
    terminal = start()
    terminal.keys("secret\x17secret\r")
    asks(terminal, "What else?")
    terminal.keys("\x1b[A\x1b[B\x10\x0e\x12\x19\x1b_\x1f|")
    terminal.shows("Answer: |")
    terminal.keys(ERASE)
    terminal.until(lambda: terminal.lines[terminal.cursor[1]] == "Answer:", "an empty line")


def test_what_is_typed_is_written_once_and_nothing_moves(start: Start) -> None:
    """A screen reader hears the letters that were typed, as with the line editing of the system."""
    terminal = start()
    before = len(terminal.painted)
    for letter in "words":
        terminal.keys(letter)
        terminal.until(lambda letter=letter: terminal.painted.endswith(letter.encode()), letter)  # type: ignore[misc]
    assert terminal.painted[before:].removeprefix(b"\x1b[?2004h") == b"words"


def test_another_character_set_is_read_and_shown(start: Start) -> None:
    """Where the terminal is not UTF-8."""
    terminal = start({"PYTHONIOENCODING": "iso8859-1", "PYTHONUTF8": "0"})
    terminal.keys("café".encode("latin-1") + b"\x7f\x7f\xe9s\r")
    asks(terminal, "What else?")
    assert b"caf\xe9" in bytes(terminal.painted)
    assert bytes(terminal.painted).rpartition(b"What do you bring?")[2].count(b"\xe9s") == 1


ENDS = {
    "left": (b"q\r3\r", 3),
    "end of input": (b"\x04", 3),
    "two interrupts": (b"\x03\x03", 130),
    "quit": (b"\x1c", 131),
    "SIGTERM": (signal.SIGTERM, 143),
    "SIGHUP": (signal.SIGHUP, 129),
    "SIGINT": (signal.SIGINT, None),
}


ALWAYS = ("left", "quit", "SIGTERM")


@pytest.mark.parametrize(
    "how", [*ALWAYS, *(pytest.param(how, marks=pytest.mark.long) for how in ENDS if how not in ALWAYS)]
)
def test_the_terminal_is_left_as_it_was(start: Start, how: str) -> None:
    """On every way out: its settings are those of before, and pastes are not marked any more."""
    terminal = start()
    act, code = ENDS[how]
    terminal.keys("words")
    terminal.shows("Answer: words")
    assert not settings_of(terminal)[3] & termios.ICANON
    assert b"\x1b[?2004h" in terminal.painted
    if isinstance(act, signal.Signals):
        terminal.signal(act)
        if code is None:
            terminal.shows("Do you want to leave?")
            terminal.signal(act)
            code = 130
    else:
        terminal.keys("\x15")
        for key in re.findall(rb"[^\r\x03]+\r|.", act):
            before = len(terminal.painted)
            terminal.keys(key)
            terminal.until(lambda before=before: len(terminal.painted) > before + 8, "an effect")  # type: ignore[misc]
    assert terminal.ends() == code
    assert settings_of(terminal)[3] & termios.ICANON
    assert settings_of(terminal)[3] & termios.ECHO
    assert settings_of(terminal)[0] & termios.ICRNL
    assert bytes(terminal.painted).rindex(b"\x1b[?2004l") > bytes(terminal.painted).rindex(b"\x1b[?2004h")


def test_a_terminal_that_goes_away_ends_the_program_with_its_code(start: Start) -> None:
    """In the middle of a line too, and nothing is waited for."""
    terminal = start()
    terminal.keys("words")
    terminal.shows("Answer: words")
    terminal.hang_up()
    assert terminal.process.wait(30) == 129


@pytest.mark.skipif(not Path("/bin/bash").exists(), reason="needs a shell that stops programs")
def test_a_stopped_program_leaves_the_terminal_to_the_shell(content: Path, tmp_path: Path) -> None:
    """Ctrl+Z gives it back as it was; when the program goes on, the line is shown again with what was typed."""
    shell = ("/bin/bash", "--norc", "--noprofile", "--noediting", "-i")
    environment = {"SCREENER_STORE": "none", "PS1": "shell> "}
    with Terminal(folder=tmp_path, command=shell, environment=environment) as terminal:
        terminal.shows("shell>")
        terminal.keys(f"{sys.executable} -m screener --content {content} start --plain\r")
        asks(terminal, "What do you bring?")
        terminal.keys("half")
        terminal.shows("Answer: half")
        terminal.keys("\x1a")
        terminal.shows("Stopped")
        terminal.until(lambda: bool(settings_of(terminal)[3] & termios.ICANON), "usual settings")
        assert terminal.painted.rindex(b"\x1b[?2004l") > terminal.painted.rindex(b"\x1b[?2004h")
        before = len(terminal.painted)
        terminal.keys("fg\r")
        terminal.until(lambda: b"Answer: half" in terminal.painted[before:], "the line again")
        terminal.keys(" of it\r")
        assert answer_of_note(terminal) == "half of it"


def test_a_terminal_that_cannot_move_its_cursor_has_the_old_way_and_a_cut_line_is_refused(start: Start) -> None:
    """No control sequence is sent to it. The system keeps 4,095 bytes of a line and drops the rest."""
    terminal = start({"TERM": "dumb"})
    terminal.keys("щ" * 2047 + "\r")
    asks(terminal, "What else?")
    for _part in range(5):
        terminal.keys("щ" * 500)
    terminal.keys("\r")
    terminal.until(lambda: "the end is missing" in " ".join(said_in(terminal).split()), "a refusal")
    assert "Is there anything more?" not in said_in(terminal)
    assert b"\x1b" not in terminal.painted
    assert settings_of(terminal)[3] & termios.ICANON


def test_plain_mode_reads_no_configuration_of_line_editing(start: Start, tmp_path: Path) -> None:
    """What a person set for other programs, such as macros, presses nothing here, and no file is written."""
    macros = tmp_path / ".inputrc"
    macros.write_text('"x": "q\\n"\n', "utf-8")
    terminal = start({"INPUTRC": str(macros)})
    terminal.keys("x\r")
    assert answer_of_note(terminal) == "x"
    assert not [path for path in tmp_path.iterdir() if "history" in path.name]
