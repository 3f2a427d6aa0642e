"""What a clinic sets for its terminals, and what it is told where it slips."""

from __future__ import annotations

from pathlib import Path

import pytest

from screener.config import Configuration, read_configuration
from screener.errors import ScreenerError


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that is read."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    file = tmp_path / "screener" / "config.toml"
    file.parent.mkdir()
    return file


def test_limits_have_usual_values(config: Path) -> None:
    """A person's own device, hidden after two minutes; a kiosk would lock after three and be wiped after ten."""
    usual = read_configuration({})
    assert usual == Configuration()
    assert (usual.profile, usual.hide_after, usual.lock_after, usual.wipe_after) == ("personal", 120, 180, 600)


def test_a_clinic_sets_its_own(config: Path) -> None:
    """Numbers with or without quotes, and the environment before the file."""
    config.write_text(
        'profile = "kiosk"\nhide_after = 0\nlock_after = 90\nwipe_after = "300"\nhand_back = "To the blue desk."\n'
    )
    read = read_configuration({"SCREENER_WIPE_AFTER": "400"})
    assert (read.profile, read.hide_after, read.lock_after, read.wipe_after) == ("kiosk", 0, 90, 400)
    assert read.hand_back == "To the blue desk."


def test_a_clinic_says_when_and_how_others_are_called(config: Path) -> None:
    """Neither has a value of ours; a time without a command is enough for a louder bell."""
    usual = read_configuration({})
    assert (usual.on_urgent, usual.urgent_after) == (None, None)
    config.write_text('on_urgent = "call-pager --desk"\nurgent_after = 90\n')
    read = read_configuration({})
    assert (read.on_urgent, read.urgent_after) == ("call-pager --desk", 90)
    assert read_configuration({"SCREENER_URGENT_AFTER": "0"}).urgent_after == 0
    config.write_text("urgent_after = 90\n")
    assert read_configuration({}).urgent_after == 90


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('profile = "kisok"', 'There is no profile "kisok". Did you mean "kiosk"?'),
        ("loc_after = 90", 'the key "loc_after" is not known. Did you mean "lock_after"?'),
        ("xyzzy = 90", 'the key "xyzzy" is not known. Check how it is written.'),
        ("[monitorin]", 'the key "monitorin" is not known. Did you mean "monitoring"?'),
        ("lock_after = 0", '"lock_after" cannot be "0". Write whole seconds from 1 to 9999999.'),
        ("lock_after = -5", '"lock_after" cannot be "-5". Write whole seconds from 1 to 9999999.'),
        ('hide_after = "2 min"', '"hide_after" cannot be "2 min". Write whole seconds from 0 to 9999999.'),
        ("hide_after = 1.5", '"hide_after" cannot be "1.5". Write whole seconds from 0 to 9999999.'),
        ("hide_after = true", '"hide_after" cannot be "True". Write whole seconds from 0 to 9999999.'),
        ("wipe_after = 180", '"wipe_after" (180) must be more seconds than "lock_after" (180).'),
        ("hand_back = 3", 'the value of "hand_back" must be text in quotes.'),
        ("urgent_after = 10000000", '"urgent_after" cannot be "10000000". Write whole seconds from 0 to 9999999.'),
        ("urgent_after = -1", '"urgent_after" cannot be "-1". Write whole seconds from 0 to 9999999.'),
        ('on_urgent = "page"', '"on_urgent" is configured without "urgent_after". Add how many seconds'),
        ("on_urgent = 3\nurgent_after = 5", 'the value of "on_urgent" must be text in quotes.'),
    ],
)
def test_a_slip_is_named(config: Path, text: str, sentence: str) -> None:
    """In one sentence, with what can be written instead."""
    config.write_text(text + "\n")
    with pytest.raises(ScreenerError) as raised:
        read_configuration({})
    assert sentence in str(raised.value)
