"""Whatever a terminal sends, the program goes on: bytes that are no text, pastes of any size, windows of any size."""

from __future__ import annotations

import random

import pytest

from screener.content.compiled import Content
from tests.terminal.conftest import Start
from tests.terminal.keys import ENTER, ESCAPE, F8, INTERRUPT, LEAVE, pasted
from tests.terminal.terminal import Terminal
from tests.terminal.walking import declined, walk

HELP = "tell a member of staff now"
MEGABYTE = 1_000_000


def still_there(terminal: Terminal) -> None:
    """Help comes at its key, and goes again."""
    terminal.insist(F8, HELP)
    terminal.keys(ESCAPE)
    terminal.shows_no(HELP)


@pytest.fixture
def at_a_text(start: Start, flight: Content) -> Terminal:
    """The page of a longer text, which is empty."""
    terminal = start()
    walk(terminal, flight, declined, until="remarks")
    return terminal


def test_what_is_typed_while_it_starts_is_not_lost(start: Start) -> None:
    """Help that is asked for before the first page is there comes when it is; nobody has to press twice."""
    terminal = start()
    terminal.keys(F8)
    terminal.shows(HELP)
    still_there(terminal)


def test_a_key_pressed_as_soon_as_the_first_page_is_seen_counts(start: Start) -> None:
    """What the first page does not show is loaded after it; a key that is quicker waits for that."""
    terminal = start()
    terminal.shows("Begin")
    terminal.keys(F8)
    terminal.shows(HELP)


def test_bytes_that_are_not_utf_8_are_shown_as_such(at_a_field: Terminal) -> None:
    """An old keyboard or a bad line sends them; they stand in the field as replacement characters."""
    for typed in (b"\xff1", b"caf\xe92", b"\xe2\x823", b"\xf0\x9f\x984", b"\xc0\xaf5", b"\xed\xa0\x806"):
        at_a_field.keys(b"\x15" + typed)
        at_a_field.shows(f"│ {typed.decode('utf-8', 'replace')} ")
    still_there(at_a_field)


def test_noise_is_survived(at_a_field: Terminal) -> None:
    """A thousand random bytes, without those that leave: help still comes at its key."""
    noise = random.Random(5).randbytes(1000)
    at_a_field.keys(bytes(byte for byte in noise if chr(byte) not in LEAVE + INTERRUPT))
    still_there(at_a_field)


def test_reports_that_no_terminal_makes_change_nothing(at_a_field: Terminal) -> None:
    """A key of an impossible number, a window of 30,000 columns, typed or pasted: the next keys are read."""
    for sequence in (b"\x1b[99999999999u", b"\x1b[48;30000;30000;1;1t", b"\x1b[1;1R", b"\x1b[O", b"\x1b[<0;1;1M"):
        at_a_field.keys(sequence)
        still_there(at_a_field)
        at_a_field.shows("Read as 47 years")
    at_a_field.keys("\x15" + pasted(b"\x1b[48;30000;30000;1;1t").decode())
    still_there(at_a_field)
    at_a_field.keys("\x15" + "49")
    at_a_field.shows("Read as 49 years")


def test_a_megabyte_pasted_where_nothing_is_typed_does_nothing(start: Start) -> None:
    """Letters, lines and keys alike: nothing is chosen, nothing is answered, and the next key acts."""
    terminal = start()
    terminal.focuses("Begin")
    for paste in (b"1" * MEGABYTE, b"\n" * MEGABYTE, b"\r" * 1000, b"\x11\t\t\r" * 1000):
        terminal.keys(pasted(paste))
        still_there(terminal)
    terminal.focuses("Begin")
    terminal.keys(ENTER)
    terminal.shows("Where do you leave from?")
    terminal.keys(pasted(b"1\r" * 1000))
    still_there(terminal)
    terminal.shows("Where do you leave from?")
    assert "(*)" not in terminal.text


def test_a_megabyte_pasted_into_a_field_can_be_cleared_away(at_a_field: Terminal) -> None:
    """It is refused where a number is wanted, in words that say what is, and one key removes it."""
    at_a_field.keys(pasted(b"9" * MEGABYTE))
    still_there(at_a_field)
    at_a_field.keys(ENTER)
    at_a_field.shows("There is a problem")
    at_a_field.keys("\x15" + "48")
    at_a_field.shows("Read as 48 years")


@pytest.mark.parametrize(
    "paste",
    [
        pytest.param(b"x" * MEGABYTE, id="one-word", marks=pytest.mark.long),
        pytest.param(b"\n" * MEGABYTE + b"x", id="lines", marks=pytest.mark.long),
        pytest.param(b"word \n" * 200_000, id="words"),
    ],
)
def test_a_megabyte_pasted_into_a_text_is_too_long_for_an_answer(at_a_text: Terminal, paste: bytes) -> None:
    """It is kept as far as anybody could want it, and said to be too long."""
    at_a_text.keys(pasted(paste))
    still_there(at_a_text)
    at_a_text.shows_no("characters long")
    at_a_text.keys(ENTER)
    at_a_text.shows("characters long")


def test_a_paste_that_holds_its_own_end_presses_nothing(at_a_text: Terminal) -> None:
    """What follows the mark inside of the paste, a key of leaving among it, is dropped."""
    at_a_text.keys(pasted(b"words\x1b[201~\x11\t\t\r\x03"))
    at_a_text.shows("words")
    still_there(at_a_text)
    at_a_text.keys("!")
    at_a_text.shows("words!")


def test_two_pastes_in_one_burst_are_both_kept(at_a_text: Terminal) -> None:
    """In their order, and with all their lines."""
    at_a_text.keys(pasted(b"one\ntwo ") + pasted("drei ä ".encode()))
    at_a_text.shows("│ one ")
    at_a_text.shows("│ two drei ä ")


def test_any_size_of_window_keeps_the_answer(at_a_field: Terminal) -> None:
    """However small or large it becomes, afterwards the page is there, with what was typed and the focus in it."""
    for size in ((1, 1), (2, 2), (500, 1), (1, 500), (300, 200), (59, 17)):
        at_a_field.resize(*size)
        before = len(at_a_field.painted)
        at_a_field.until(lambda before=before: len(at_a_field.painted) > before, "a page of another size")
    at_a_field.shows("Please make the window larger")
    at_a_field.resize(80, 24)
    at_a_field.shows("Read as 47 years")
    at_a_field.keys("\x7f8")
    at_a_field.shows("Read as 48 years")


UNMARKED = b"1 tablet in the morning\r2\ry\rn\rthe last line\r"


def test_a_paste_without_marks_presses_no_key(start: Start) -> None:
    """As from GNU screen or the Linux console: nothing is chosen, nothing is answered, and the next key acts."""
    terminal = start()
    terminal.focuses("Begin")
    terminal.keys(UNMARKED)
    still_there(terminal)
    terminal.focuses("Begin")
    terminal.keys(ENTER)
    terminal.shows("Where do you leave from?")
    terminal.keys(UNMARKED)
    still_there(terminal)
    terminal.shows("Where do you leave from?")
    assert "(*)" not in terminal.text


def test_a_paste_without_marks_is_one_text(at_a_text: Terminal) -> None:
    """All of its lines stand in the field, and it is not given."""
    at_a_text.keys("1 tablet\r2\rlast line")
    at_a_text.shows("│ 1 tablet ")
    at_a_text.shows("│ last line ")
    still_there(at_a_text)
    at_a_text.keys("!")
    at_a_text.shows("│ last line! ")
