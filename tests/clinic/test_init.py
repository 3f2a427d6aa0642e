"""``screener clinic init``: what is asked, what is printed once, and what terminals do from then on."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from screener.content.compiled import Content
from screener.session.autosave import Autosave
from screener.session.session import InterviewSession
from screener.store.connect import open_store
from screener.store.crypto import Cost, public_key_of
from screener.store.recovery_key import parse_recovery_key
from tests.cli.running import CONTENT
from tests.clinic.machine import PASSPHRASE, STAFF, Machine

ASKED = ("North Clinic", "north", STAFF, PASSPHRASE, PASSPHRASE)


def test_what_is_asked_can_come_from_a_pipe(machine: Machine) -> None:
    """Name, region, and the first member of staff with a passphrase twice; the recovery key is all that stdout says."""
    ran = machine.screener("clinic", "init", typed=ASKED)
    assert ran.returncode == 0, ran.stderr
    store = open_store(str(machine.data / "responses.db"))
    assert store.clinic is not None
    title, _, key, *explained = ran.stdout.splitlines()
    assert title == "Recovery key of North Clinic"
    assert public_key_of(parse_recovery_key(key)) == store.clinic.recovery
    assert "screener clinic keys check" in explained[-1]
    assert key.strip() not in ran.stderr
    assert machine.screener("clinic", "show").stdout.splitlines() == [
        "name        North Clinic",
        "region      north",
        "retention   365 days after the last answer",
        "responses   0 finished, 0 open",
        f"staff       {STAFF}",
        f"audit       {store.head()}",
        f"store       {machine.data / 'responses.db'}",
    ]
    assert machine.staff("verify", "--audit").returncode == 0


def test_what_is_set_up_is_private_and_slow_to_guess(machine: Machine) -> None:
    """Only the owner can read the files, whatever the umask; a guess at a passphrase costs what the product says."""
    ran = machine.screener(
        *("clinic", "init", "--name=East", "--region=south", "--retention-days=90"),
        typed=(STAFF, PASSPHRASE, PASSPHRASE),
        slow_to_guess=True,
    )
    assert ran.returncode == 0, ran.stderr
    assert all(path.stat().st_mode & 0o077 == 0 for path in (machine.data, *machine.data.iterdir()))
    store = open_store(str(machine.data / "responses.db"))
    assert store.clinic is not None
    assert (store.clinic.name, store.clinic.region, store.clinic.retention_days) == ("East", "south", 90)
    with store.database.reading() as rows:
        [(cost,)] = rows.all("SELECT cost FROM staff")
    assert json.loads(cost) == asdict(Cost()) == {"memory": 256 * 1024, "passes": 3, "lanes": 4}


@pytest.mark.parametrize(
    ("options", "typed", "message"),
    [
        ((), ("North Clinic", "nroth"), 'There are no crisis lines for this region. Did you mean "north"?'),
        (("--region=nroth",), ("North Clinic",), 'There are no crisis lines for this region. Did you mean "north"?'),
        ((), ("  ",), "A name has 1 to 80 letters."),
        (("--name=" + "x" * 81,), (), "A name has 1 to 80 letters."),
        ((), (*ASKED[:3], "too short"), "A passphrase has at least 12 characters. Take several words."),
        ((), (*ASKED[:4], PASSPHRASE.upper()), "The two passphrases are not the same. Nothing was changed."),
        ((), ("North\x1b[2J Clinic",), "The text contains a control character. Type it again."),
        ((), ASKED[:4], "The input ended before all questions. Add the missing lines."),
        ((), (), "The input ended before all questions. Add the missing lines."),
        (
            ("--retention-days=" + "9" * 30,),
            ASKED,
            "Responses are kept for 365000 days at the most. Give fewer to --retention-days.",
        ),
        (("--retention-days=0",), ASKED, "Responses are kept for at least one day. Give --retention-days 1 or more."),
    ],
)
def test_after_a_mistake_no_clinic_is_set_up(
    machine: Machine, options: tuple[str, ...], typed: tuple[str, ...], message: str
) -> None:
    """One sentence that says what to do, exit code 2, and everything as it was."""
    ran = machine.screener("clinic", "init", *options, typed=typed)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.splitlines()[-1] == f"screener: {message}"
    assert open_store(str(machine.data / "responses.db")).clinic is None
    ran = machine.screener("clinic", "show")
    assert ran.stderr == "screener: No clinic was set up here. Run: screener clinic init\n"


def test_a_store_has_one_clinic(machine: Machine) -> None:
    """A second one is refused before anything is asked."""
    machine.clinic()
    ran = machine.screener("clinic", "init")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "This store belongs to North Clinic already." in ran.stderr


@pytest.mark.parametrize("command", [("init",), ("show",), ("backup", "x.db"), ("restore", "x.db"), ("leave",)])
def test_where_nothing_is_to_be_kept_no_store_is_made(machine: Machine, command: tuple[str, ...]) -> None:
    """The word "none" in the configuration is not the name of a file, in whatever folder a command is started."""
    machine.screener("clinic", "show")
    ran = machine.screener("clinic", *command, typed=ASKED, SCREENER_STORE="none")
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (2, "", 1)
    assert not (machine.folder / "none").exists()


@pytest.mark.parametrize(
    "command",
    [
        ("show",),
        ("staff", "list"),
        ("staff", "add", "Sam"),
        ("keys", "check"),
        ("purge",),
        ("backup", "copy.db"),
        ("audit",),
    ],
)
def test_where_nothing_was_kept_nothing_is_made(machine: Machine, command: tuple[str, ...]) -> None:
    """Looking makes no store."""
    ran = machine.screener("clinic", *command)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == ("screener: There is no store here yet. See where it would be: screener paths\n")
    assert not machine.data.exists()


def test_the_store_and_the_terminal_are_configured(machine: Machine, tmp_path: Path) -> None:
    """One line names another store, and one the terminal in its audit trail; a password in it is not shown."""
    folder = machine.home / ".config" / "screener"
    folder.mkdir(parents=True)
    machine.clinic()
    elsewhere = tmp_path / "elsewhere"
    machine.data.rename(elsewhere)
    (folder / "config.toml").write_text(f'store = "{elsewhere / "responses.db"}"\nterminal = "Front desk"\n')
    assert machine.screener("clinic", "show").stdout.startswith("name        North Clinic\n")
    assert "  Front desk  unlocked" in machine.staff("clinic", "audit").stdout
    assert not machine.data.exists()
    ran = machine.screener("paths", SCREENER_STORE="postgresql://clinic:geheim@db.example:5433/answers?sslmode=require")
    assert "store          postgresql://db.example:5433/answers\n" in ran.stdout


def test_crisis_lines_of_the_clinic_are_shown_until_a_person_chose_a_region(
    machine: Machine, flight: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On every page and in the copies, also when the response is opened again."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(machine.runtime))
    machine.clinic()
    location = str(machine.data / "responses.db")

    def autosave() -> Autosave:
        return Autosave(location, None, flight, CONTENT, tmp_path / "contents")

    session = InterviewSession(flight, tmp_path, autosave=autosave())
    assert session.region.code == "north"
    session.answer("age", 40)
    staff_store, again = machine.staff_store(), autosave()
    [listed] = staff_store.responses()
    content, record = again.resumed(*staff_store.resume(listed.id))
    resumed = InterviewSession(content, tmp_path, autosave=again, record=record)
    assert resumed.region.code == "north"
    assert resumed.summary() == session.summary()
    resumed.answer("departure", "south")
    assert resumed.region.code == "south"


def test_without_a_clinic_only_what_holds_anywhere_is_shown(flight: Content, tmp_path: Path) -> None:
    assert InterviewSession(flight, tmp_path).region.code == "anywhere"
