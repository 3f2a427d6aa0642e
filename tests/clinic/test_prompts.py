"""The clinic's commands on a terminal: what is secret is never shown, and a mistake is asked again."""

from __future__ import annotations

import re
from pathlib import Path

from screener.store.connect import open_store
from screener.store.crypto import public_key_of
from screener.store.recovery_key import parse_recovery_key
from tests.cli.running import CONTENT
from tests.clinic.machine import PASSPHRASE, STAFF, Machine
from tests.terminal.terminal import Terminal

SIZE = (100, 50)


def test_a_clinic_is_set_up_on_a_terminal_and_no_passphrase_is_shown(tmp_path: Path) -> None:
    """Mistakes are said and asked again; the last group of the key shows that it was written down."""
    with Terminal("--content", str(CONTENT), "clinic", "init", folder=tmp_path, size=SIZE) as terminal:
        terminal.shows("Name of the clinic:")
        terminal.keys("North Clinic\r")
        terminal.shows("Region, whose crisis lines are shown (north, south, anywhere):")
        terminal.keys("nroth\r")
        terminal.shows('There are no crisis lines for this region. Did you mean "north"?')
        terminal.shows('Did you mean "north"? Region, whose crisis lines are shown (north, south, anywhere):')
        terminal.keys("north\r")
        terminal.shows("Name of the first member of staff:")
        terminal.keys(f"{STAFF}\r")
        terminal.shows(f"Passphrase of {STAFF}, at least 12 characters; several words are best:")
        terminal.keys("too short\r")
        terminal.shows("Take several words.")
        terminal.until(lambda: terminal.text.count("several words are best:") == 2, "the question again")
        terminal.keys(f"{PASSPHRASE}\r")
        terminal.shows("The same once more:")
        terminal.keys("something else\r")
        terminal.shows("These were not the same. Type both again.")
        terminal.until(lambda: terminal.text.count("several words are best:") == 3, "the question again")
        terminal.keys(f"{PASSPHRASE}\r")
        terminal.until(lambda: terminal.text.count("The same once more:") == 2, "the second question again")
        terminal.keys(f"{PASSPHRASE}\r")
        terminal.shows("Type the last group of four from your paper:")
        recovery_key = re.search(r"(?:[A-Z2-7]{4} ){13}[A-Z2-7]{4}", terminal.text)
        assert recovery_key
        terminal.keys("AAA1\r")
        terminal.shows("That is not the last group of the key. Look at the paper again.")
        terminal.until(lambda: terminal.text.count("Type the last group of four") == 2, "the question again")
        terminal.keys(f"{recovery_key[0][-4:].lower()}\r")
        terminal.shows("North Clinic is set up")
        assert terminal.ends() == 0
        painted = bytes(terminal.painted)
    for secret in (PASSPHRASE, "too short", "something else"):
        assert secret.encode() not in painted
    store = open_store(str(tmp_path / ".home" / "data" / "screener" / "responses.db"))
    assert store.clinic is not None
    assert public_key_of(parse_recovery_key(recovery_key[0])) == store.clinic.recovery


def test_neither_the_paper_key_nor_a_passphrase_is_shown_when_they_are_tried(machine: Machine, tmp_path: Path) -> None:
    _, paper = machine.clinic()
    location = str(machine.data / "responses.db")
    with Terminal(
        "clinic", "keys", "check", folder=tmp_path, size=SIZE, environment={"SCREENER_STORE": location}
    ) as terminal:
        terminal.shows("Recovery key from the paper, all 14 groups; it is not shown (Enter to leave it out):")
        terminal.keys(f"{paper}\r")
        terminal.shows("Name of a member of staff (Enter to leave it out):")
        terminal.keys(f"{STAFF}\r")
        terminal.shows("Passphrase:")
        terminal.keys(f"{PASSPHRASE}\r")
        terminal.shows("The passphrase is the right one.")
        assert terminal.ends() == 0
        painted = bytes(terminal.painted)
    assert PASSPHRASE.encode() not in painted
    assert not any(group.encode() in painted for group in paper.split())


def test_the_end_of_the_input_ends_the_command(machine: Machine, tmp_path: Path) -> None:
    """Control and D at a hidden question: one sentence, nothing changed, and what is typed next is seen again."""
    machine.clinic()
    location = str(machine.data / "responses.db")
    with Terminal("clinic", "audit", folder=tmp_path, size=SIZE, environment={"SCREENER_STORE": location}) as terminal:
        terminal.shows("Your name, as a member of staff:")
        terminal.keys(f"{STAFF}\r")
        terminal.shows("Your passphrase:")
        terminal.keys("\x04")
        terminal.shows("screener: The input ended before all questions. Add the missing lines.")
        assert terminal.ends() == 2
