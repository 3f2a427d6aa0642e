"""``screener clinic staff`` and ``audit``: who comes in, who no longer does, and what is written down of it."""

from __future__ import annotations

import datetime
import json
import shutil
import unicodedata
from dataclasses import asdict

import pytest

from screener.store import audit
from screener.store.audit import Event
from screener.store.crypto import derive_key, seal
from screener.store.door_code import read_door_codes
from screener.store.members import Refused, secret_of_staff
from screener.store.return_code import NotACode
from screener.store.store import Store
from screener.store.unlock import unlock
from tests.clinic.machine import PASSPHRASE, QUICK, STAFF, Machine, a_record, answered

OTHER = "Zo\u00eb Park"
NEW = "nine small brown wrens"
NOT_OWN = f"Only {OTHER} can change the passphrase of {OTHER}. If it is forgotten, revoke {OTHER} and add {OTHER} anew."


def test_each_member_of_staff_comes_in_with_a_passphrase_of_their_own(machine: Machine) -> None:
    """Whoever lets somebody in is staff and unlocks first; both names are in the audit trail."""
    machine.clinic()
    ran = machine.staff("clinic", "staff", "add", OTHER, typed=(NEW, NEW))
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", f"{OTHER} can unlock the store now.\n")
    assert machine.screener("clinic", "staff", "list").stdout.splitlines() == [STAFF, OTHER]
    typed_otherwise = unicodedata.normalize("NFD", OTHER).replace(" ", "  ")
    assert unlock(machine.store(), typed_otherwise, NEW).name == OTHER
    trail = machine.staff("clinic", "audit").stdout.splitlines()
    here = trail[3].split("  ")[3]
    assert [line.split("  ", 2)[2] for line in trail] == [
        f"{STAFF}  desk  clinic set up  responses are kept 30 days",
        f"-  desk  terminal registered  {trail[1].split('  ')[-1]}",
        f"{STAFF}  desk  staff added  {STAFF}",
        f"-  {here}  terminal registered  {trail[3].split('  ')[-1]}",
        f"{STAFF}  {here}  unlocked",
        f"{STAFF}  {here}  staff added  {OTHER}",
        f"{OTHER}  desk  unlocked",
        f"{STAFF}  {here}  unlocked",
    ]


def test_a_new_passphrase_replaces_the_old_one(machine: Machine) -> None:
    store, _ = machine.clinic()
    answered(store)
    ran = machine.staff("clinic", "staff", "change", STAFF, typed=(NEW, NEW))
    assert ran.returncode == 0, ran.stderr
    with pytest.raises(Refused):
        machine.staff_store(store)
    [listed] = unlock(store, STAFF, NEW).responses()
    assert listed.entry is not None


def test_somebody_who_was_revoked_comes_in_no_more(machine: Machine) -> None:
    """Said with it, because it is true: a copy that was made before still opens."""
    store, _ = machine.clinic()
    answered(store)
    machine.staff_store(store).admit(OTHER, NEW)
    store.database.close()
    before = machine.folder / "copy.db"
    shutil.copyfile(machine.data / "responses.db", before)
    ran = machine.staff("clinic", "staff", "revoke", OTHER)
    assert ran.returncode == 0, ran.stderr
    assert "It still opens older copies and backups of it" in ran.stderr
    with pytest.raises(Refused):
        unlock(machine.store(), OTHER, NEW)
    before.parent.chmod(0o700)
    [listed] = unlock(machine.store(before), OTHER, NEW).responses()
    assert listed.entry is not None


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (("revoke", STAFF), "This is the last member of staff. Add another one first."),
        (("revoke", "Alex Reid"), f'There is no member of staff of this name. Did you mean "{STAFF}"?'),
        (("change", OTHER), NOT_OWN),
        (("change", "Alex Reid"), f'There is no member of staff of this name. Did you mean "{STAFF}"?'),
        (("add", STAFF), f"{STAFF} is already a member of staff. For a new passphrase: screener clinic staff change"),
        (("add", OTHER), "A passphrase has at least 12 characters. Take several words."),
    ],
)
def test_a_mistake_changes_nothing(machine: Machine, command: tuple[str, ...], message: str) -> None:
    machine.clinic()
    names = [STAFF]
    if command == ("change", OTHER):
        machine.staff_store().admit(OTHER, NEW)
        names.append(OTHER)
    ran = machine.staff("clinic", "staff", *command, typed=("short", "short"))
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == f"screener: {message}\n"
    assert machine.screener("clinic", "staff", "list").stdout.splitlines() == names


@pytest.mark.parametrize(("name", "passphrase"), [(STAFF, NEW), ("Alex Reid", PASSPHRASE), ("", "")])
def test_nobody_without_name_and_passphrase_changes_anything(machine: Machine, name: str, passphrase: str) -> None:
    """Refused in the same words whatever of the two was wrong, and written down without the name that was tried."""
    machine.clinic()
    for command in (("staff", "add", OTHER), ("audit",)):
        ran = machine.screener("clinic", *command, typed=(name, passphrase, NEW, NEW))
        assert (ran.returncode, ran.stdout) == (2, "")
        assert ran.stderr == "screener: This name and passphrase do not open it.\n"
    assert machine.screener("clinic", "staff", "list").stdout == f"{STAFF}\n"
    events = [row.event for row in machine.staff_store().check_audit()]
    own = ["clinic set up", "terminal registered", "staff added"]
    assert events == [*own, "terminal registered", "unlock refused", "unlock refused", "unlocked"]


REFERENCE = a_record(datetime.datetime.now(datetime.UTC)).reference


def audited(machine: Machine, *arguments: str) -> tuple[int, list[str]]:
    """Run the command without the check for what only staff may know: they see references here."""
    typed = "".join(f"{line}\n" for line in (STAFF, PASSPHRASE))
    environment = {"HOME": machine.home, "XDG_RUNTIME_DIR": machine.runtime}
    ran = machine.server.run("clinic", "audit", *arguments, folder=machine.folder, stdin=typed, umask=0, **environment)
    return ran.returncode, ran.stdout.splitlines()


def test_who_did_what_with_a_response_is_told_under_the_reference_that_people_see(machine: Machine) -> None:
    """Every reading, copy, print and code is an event of its own word; what was removed has no reference any more."""
    store, _ = machine.clinic()
    response = store.begin(a_record(store.now()))
    store.returned(response.return_code())
    with pytest.raises(NotACode):
        store.returned("able able able able")
    response.finish(a_record(store.now()))
    store.log_copy(response.id)
    staff_store = machine.staff_store(store)
    staff_store.read(response.id)
    for kind in ("acknowledged", "read", "note", "name"):
        staff_store.annotate(response.id, kind, "x")
    for event in (Event.EXPORTED, Event.PRINTED, Event.ALARM):
        staff_store.log(event, response.id)
    code, lines = audited(machine, "--response", REFERENCE.lower())
    assert code == 0
    assert {line.split("  ")[-1] for line in lines} == {REFERENCE}
    assert [line.split("  ")[-2] for line in lines] == [
        "response opened",
        "return code made",
        "return code used",
        "response finished",
        "copy taken by the person",
        "response viewed",
        "urgent answer seen to",
        "marked as read",
        "note added",
        "name given",
        "response exported",
        "response printed",
        "alarm rang",
    ]
    assert any("  return code refused" in line for line in audited(machine)[1])
    with store.database.reading() as rows:
        clear = {row[0] for row in rows.all("SELECT event FROM audit WHERE actor = ?", (STAFF,))}
    assert clear == {"clinic set up", "staff added", "unlocked", "entry of staff"}


def test_the_trail_of_one_person_or_time_can_be_asked_for_and_be_a_table(machine: Machine) -> None:
    store, _ = machine.clinic()
    machine.staff_store(store).admit("=HYPERLINK(1)", NEW)
    answered(store)
    code, lines = audited(machine, "--staff", "=HYPERLINK(1)", "--csv")
    assert (code, lines[0], len(lines)) == (0, "row,time,who,terminal,event,about", 2)
    assert lines[1].endswith(",staff added,'=HYPERLINK(1)")
    assert audited(machine, "--since", "2999-01-01") == (0, [])
    assert len(audited(machine, "--since", "2001-01-01")[1]) > 7
    for wrong in (("--since", "yesterday"), ("--staff", "Nobody"), ("--response", "XXXX")):
        assert audited(machine, *wrong) == (2, [])


def test_a_trail_that_was_changed_is_printed_and_said_to_be(machine: Machine) -> None:
    """Exit code 5; whatever the row says, it cannot act on the terminal or end the program."""
    store, _ = machine.clinic()
    answered(store)
    with store.database.writing() as rows:
        rows.run("UPDATE audit SET actor = ?, at = ? WHERE n = 4", ("Alex\x1b[2J", 10**18))
    code, lines = audited(machine)
    assert code == 5
    assert any(line.startswith("4  1000000000000000000  Alex<U+001B>[2J  desk  response opened") for line in lines)
    assert "\x1b" not in "".join(lines)


def test_a_line_feed_in_the_name_of_a_terminal_forges_no_line(machine: Machine) -> None:
    """Neither in the configuration, nor written into the trail by somebody who signs it."""
    store, _ = machine.clinic()
    forged = "desk\n9  2026-01-01 00:00:00+00:00  Zo\u00eb  desk  response viewed"
    assert Store(store.database, terminal=forged).terminal.count("\n") == 0
    with store.database.writing() as rows:
        audit.append(rows, 0, "", forged, Event.BACKED_UP)
    lines = machine.staff("clinic", "audit").stdout.splitlines()
    assert not any(line.startswith("9  ") and "viewed" in line for line in lines)


@pytest.mark.parametrize("name", ["zo\u00eb park", "Zoe Park", "ZO\u00cb  PARK", "Zo\u0435 Park", "Zo\u00eb-Park"])
def test_nobody_is_added_beside_a_name_that_looks_the_same(machine: Machine, name: str) -> None:
    """Two people whom nobody tells apart would share every row of the audit trail."""
    machine.clinic()
    assert machine.staff("clinic", "staff", "add", OTHER, typed=(NEW, NEW)).returncode == 0
    ran = machine.staff("clinic", "staff", "add", name, typed=(NEW, NEW))
    assert ran.returncode == 2
    assert f"{OTHER} is a member of staff already, and the two names could be mixed up." in ran.stderr
    assert machine.screener("clinic", "staff", "list").stdout.splitlines() == [STAFF, OTHER]


@pytest.mark.parametrize("name", ["\u200b", "\u2800\u2800", "Zo\u00eb\u200b Park", "Zo\u00eb\U000e0041 Park"])
def test_a_name_of_staff_can_be_seen(machine: Machine, name: str) -> None:
    machine.clinic()
    ran = machine.staff("clinic", "staff", "add", name, typed=(NEW, NEW))
    assert ran.returncode == 2
    assert machine.screener("clinic", "staff", "list").stdout.splitlines() == [STAFF]


@pytest.mark.parametrize(
    "typed",
    [
        *(
            pytest.param(written, marks=pytest.mark.long)
            for written in (NEW, f" {NEW}", f"{NEW}  ", NEW.replace(" ", "\t"), NEW.replace(" ", "\u00a0"))
        ),
        NEW.replace(" ", "  "),
        f"\t{NEW}\u3000",
    ],
)
def test_blanks_in_a_passphrase_open_every_door_alike(machine: Machine, typed: str) -> None:
    """A pipe, a field and a paste keep spaces and tabs differently; none of them locks anybody out."""
    store, _ = machine.clinic()
    assert machine.staff("clinic", "staff", "add", OTHER, typed=(typed, NEW)).returncode == 0
    for way in (typed, NEW, f" {NEW} "):
        assert unlock(store, OTHER, way).name == OTHER


@pytest.mark.parametrize(
    "typed", [" " * 12, "\t" * 12, "short" + " " * 12, "\u2800" * 3, "four quiet\u200b grey geese"]
)
def test_a_passphrase_of_nothing_is_refused_by_name(machine: Machine, typed: str) -> None:
    machine.clinic()
    ran = machine.staff("clinic", "staff", "add", OTHER, typed=(typed, typed))
    assert ran.returncode == 2
    assert "A passphrase has at least 12 characters" in ran.stderr or "invisible character" in ran.stderr


def test_a_passphrase_that_an_older_version_took_with_blanks_still_opens(machine: Machine) -> None:
    """0.1.0 took it as it was typed, with blanks at its ends."""
    store, _ = machine.clinic()
    older = "  two  blanks before and between "
    salt = b"s" * 16
    with store.database.reading() as rows:
        secret = secret_of_staff(rows, STAFF, PASSPHRASE)
    sealed = seal(secret, derive_key(older, salt, QUICK), f"screener/1|staff|{OTHER}".encode())
    with store.database.writing() as rows:
        rows.run(
            "INSERT INTO staff (name, salt, cost, sealed) VALUES (?, ?, ?, ?)",
            (OTHER, salt, json.dumps(asdict(QUICK)), sealed),
        )
    with store.database.reading() as rows:
        assert secret_of_staff(rows, OTHER, older) == secret
        with pytest.raises(Refused):
            secret_of_staff(rows, OTHER, older.strip())


def test_each_member_of_staff_sets_a_door_code_of_their_own(machine: Machine) -> None:
    """It opens the terminals that reached the store, never the store; nobody sets that of another, or a simple one."""
    store, _ = machine.clinic()
    ran = machine.staff("clinic", "staff", "code", STAFF, typed=("k2m8w5", "k2m8w5"))
    assert (ran.returncode, ran.stdout) == (0, "")
    assert "Terminals know it" in ran.stderr
    with store.database.reading() as rows:
        assert store.clinic
        code = read_door_codes(rows, store.clinic.signing).of(STAFF)
    assert code
    assert code.is_opened_by("K2M8 W5")
    assert machine.staff("clinic", "staff", "code", STAFF, typed=("123456", "123456")).returncode == 2
    machine.staff_store(store).admit(OTHER, NEW)
    refused = machine.staff("clinic", "staff", "code", OTHER, typed=("k2m8w6", "k2m8w6"))
    assert refused.returncode == 2
    assert f"Only {OTHER} can set the door code of {OTHER}" in refused.stderr
