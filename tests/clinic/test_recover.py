"""What a thief of the disk has, and what the paper key gives back when everything else is lost."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from screener.store import recover
from screener.store.appointment_code import Ticket
from screener.store.appointments import NewAppointment, enter, issue_code
from screener.store.backup import back_up
from screener.store.crypto import new_key
from screener.store.linking import link_by_name, unlink
from screener.store.person import Appointment, Person, new_person
from screener.store.record import entry_to_json
from screener.store.recovery_key import format_recovery_key
from screener.store.rotation import rotate_key
from screener.store.sealing_anew import seal_some
from screener.store.staff_store import StaffStore
from screener.store.store import Store
from tests.clinic.machine import PASSPHRASE, SENTINELS, STAFF, Machine, a_record, all_bytes, answered, seen_in

SCRIPT = Path(recover.__file__)
WITHOUT_SCREENER = (
    "import runpy, sys; sys.modules['screener'] = None; "
    "sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], None, '__main__')"
)
"""Runs a script as Python would, where every import of this program fails."""
NOTE = SENTINELS[2]


def recovered(file: Path, paper: str, *, script: Path = SCRIPT) -> tuple[int, list[dict[str, Any]], str]:
    """Exit code, responses and talk of the script, in a process that knows nothing but ``cryptography``."""
    ran = subprocess.run(
        [sys.executable, "-I", "-c", WITHOUT_SCREENER, script, file],
        input=paper + "\n",
        capture_output=True,
        text=True,
        cwd=file.parent,
        check=False,
    )
    return ran.returncode, [json.loads(line) for line in ran.stdout.splitlines()], ran.stderr


def in_use(machine: Machine) -> tuple[Store, str]:
    """A clinic with a finished response that has a note, and an open one."""
    store, paper = machine.clinic()
    first = answered(store)
    machine.clock.go(days=1)
    answered(store, finished=False)
    machine.staff_store(store).annotate(first.id, "note", NOTE)
    return store, paper


def test_the_script_needs_nothing_of_this_program(machine: Machine, tmp_path: Path) -> None:
    """Copied alone into an empty folder, with the paper key it gives everything back that staff could read."""
    store, paper = in_use(machine)
    store.database.close()
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copyfile(SCRIPT, alone / "recover.py")
    code, responses, talk = recovered(machine.data / "responses.db", paper.lower(), script=alone / "recover.py")
    assert (code, talk) == (0, "")
    assert [response["finished"] for response in responses] == [True, False]
    assert [[note["text"] for note in response["notes"]] for response in responses] == [[NOTE], []]
    for response in responses:
        stored = machine.staff_store().read(response["id"])
        answers = response["answers"]
        assert (answers["name"], answers["reference"], answers["started"]) == (
            stored.name,
            stored.reference,
            stored.started.isoformat(),
        )
        assert [(question, entry) for question, entry, _, _ in answers["history"]] == [
            (answer.question, entry_to_json(answer.entry)) for answer in stored.history
        ]


def test_the_script_runs_as_it_says(machine: Machine, tmp_path: Path) -> None:
    """The very command of its first lines, on a backup, while the store is in use."""
    store, paper = in_use(machine)
    back_up(store, tmp_path / "responses.db")
    shutil.copyfile(SCRIPT, tmp_path / "recover.py")
    command = next(line for line in SCRIPT.read_text("utf-8").splitlines() if line.startswith("    python3 -I "))
    assert command.split(" > ")[0].split()[1:] == ["-I", "recover.py", "responses.db"]
    ran = subprocess.run(
        [sys.executable, "-I", "recover.py", "responses.db"],
        input=paper,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    assert seen_in(ran.stdout.encode()) == list(SENTINELS)
    assert len(ran.stdout.splitlines()) == 2


def test_another_key_gives_nothing(machine: Machine) -> None:
    store, _ = in_use(machine)
    code, responses, talk = recovered(machine.data / "responses.db", format_recovery_key(new_key()))
    assert (code, responses) == (1, [])
    assert talk.count("cannot be opened (InvalidTag).") == 2
    for slip in ("", "ABCD EFGH", "!" * 56):
        code, responses, talk = recovered(machine.data / "responses.db", slip)
        assert (code, responses) == (1, [])
        assert talk == "This is not the key on the paper: a letter is wrong or missing.\n"
    store.database.close()


def test_one_that_was_changed_does_not_keep_the_others(machine: Machine) -> None:
    store, paper = in_use(machine)
    open_response = answered(store)
    with store.database.writing() as rows:
        rows.run("UPDATE response SET snapshot = ? WHERE id = ?", (bytes(100), open_response.id))
    code, responses, talk = recovered(machine.data / "responses.db", paper)
    assert (code, len(responses)) == (1, 2)
    assert talk == f"{open_response.id} cannot be opened (InvalidTag).\n"


def test_from_the_disk_of_a_kiosk_nothing_can_be_read_but_with_the_paper_key_everything(
    machine: Machine, tmp_path: Path
) -> None:
    """A thief has the data folder and the program, and not the memory of the machine that was running."""
    store, paper = machine.clinic()
    for finished in (True, False):
        answered(store, finished=finished)
    answering = store.begin(a_record(store.now()))
    answering.save(replace(a_record(store.now()), name=SENTINELS[0] * 3))
    assert answering.session_key is not None
    thief = Machine(tmp_path / "thief", machine.server, machine.clock)
    shutil.copytree(machine.home, thief.home)
    thief.data.chmod(0o700)
    thief.runtime.mkdir(mode=0o700)
    assert seen_in(all_bytes(thief.home), (*SENTINELS, PASSPHRASE)) == []

    output = ""
    attempts = (STAFF, PASSPHRASE.upper(), "", format_recovery_key(new_key()))
    for command in (
        ("clinic", "show"),
        ("clinic", "staff", "list"),
        ("clinic", "staff", "add", "Thief"),
        ("clinic", "staff", "change", STAFF),
        ("clinic", "staff", "revoke", STAFF),
        ("clinic", "keys", "check"),
        ("clinic", "audit"),
        ("clinic", "purge"),
        ("clinic", "backup", "stolen.db"),
        ("verify", "--audit"),
        ("paths",),
        ("start", "--plain"),
        ("staff",),
    ):
        ran = thief.screener(*command, typed=attempts)
        output += ran.stdout + ran.stderr
    assert seen_in(output.encode() + all_bytes(tmp_path / "thief")) == []
    copy = thief.store()
    assert copy.interrupted() is None
    assert [listed.id for listed in machine.staff_store(store).responses()]
    copy.database.close()

    code, responses, talk = recovered(thief.data / "responses.db", paper)
    assert (code, len(responses), talk) == (0, 3, "")
    assert {response["answers"]["reference"] for response in responses} == {SENTINELS[3]}
    answering.forget()


@pytest.mark.parametrize("damaged", [False, True])
def test_people_their_appointments_and_links_come_back_too(machine: Machine, tmp_path: Path, damaged: bool) -> None:
    """Also where the clinic's key was exchanged and not all is sealed anew yet, and page by page."""
    store, paper = machine.clinic()
    staff_store = machine.staff_store(store)
    person, appointment = expect(staff_store, "Ana Lee", "A-1")
    other, _ = expect(staff_store, "Somebody Else", "B-2")
    ticket = store.by_code(issue_code(staff_store, appointment.id)[0], ("before-a-flight",))
    assert isinstance(ticket, Ticket)
    by_code = store.begin(replace(a_record(store.now()), ticket=ticket.sealed))
    by_name, undone = store.begin(a_record(store.now())), store.begin(a_record(store.now()))
    link_by_name(staff_store, by_name.id, other)
    link_by_name(staff_store, undone.id, other)
    unlink(staff_store, undone.id, other.id)
    rotated = rotate_key(staff_store)
    with store.database.writing() as rows:
        seal_some(rows, rotated, 2)
    store.database.close()
    content = bytearray((machine.data / "responses.db").read_bytes())
    if damaged:
        content[100:110] = b"\xa5" * 10
    (tmp_path / "copy.db").write_bytes(content)
    code, lines, talk = recovered(tmp_path / "copy.db", paper)
    assert (code, "cannot be" in talk.replace("SQLite cannot", "")) == (0, False), talk
    people = {line["person"]: line for line in lines if "reference" in line}
    assert people.keys() == {person.id, other.id}
    assert (people[person.id]["name"], people[person.id]["year_of_birth"]) == ("Ana Lee", 1980)
    assert people[person.id]["appointments"][0][:2] == [appointment.id, "before-a-flight"]
    links = {line["id"]: line["person"] for line in lines if "answers" in line}
    assert links == {by_code.id: person.id, by_name.id: other.id, undone.id: None}


def test_a_person_who_was_changed_is_named_and_keeps_nobody(machine: Machine) -> None:
    store, paper = machine.clinic()
    staff_store = machine.staff_store(store)
    person, _ = expect(staff_store, "Ana Lee", "A-1")
    other, _ = expect(staff_store, "Somebody Else", "B-2")
    with store.database.writing() as rows:
        rows.run("UPDATE person SET day = day + 1 WHERE id = ?", (person.id,))
    code, lines, talk = recovered(machine.data / "responses.db", paper)
    assert (code, [line["person"] for line in lines]) == (1, [other.id])
    assert talk == f"{person.id}, a person, cannot be opened (InvalidTag).\n"


def expect(staff_store: StaffStore, name: str, reference: str) -> tuple[Person, Appointment]:
    """Staff enter somebody for today."""
    today = staff_store.store.now().date()
    person = new_person(name, reference, "1980", "", "", today.year)
    return enter(staff_store, [NewAppointment(person, "before-a-flight", today)])[0]


def test_the_script_says_what_it_is_for() -> None:
    """Its first lines are all that is left to read on the day on which it is needed."""
    docstring = SCRIPT.read_text("utf-8").split('"""')[1]
    for words in ("cryptography", "14 groups", "AES-256-GCM", "RFC 9180", "not sealed any more"):
        assert words in docstring


# Files that are not as they should be


def used(machine: Machine, responses: int = 40) -> tuple[Store, str]:
    """A clinic with so many finished responses that they fill many pages."""
    store, paper = machine.clinic()
    for _ in range(responses):
        answered(store)
    return store, paper


def test_a_copy_without_its_log_is_noticed(machine: Machine, tmp_path: Path) -> None:
    """Copied while a console is open, without the file beside it: it says so, and does not end as if all were there."""
    store, paper = machine.clinic()
    answered(store)
    store.database.shrink()
    answered(store)
    copy = tmp_path / "copy" / "responses.db"
    copy.parent.mkdir()
    shutil.copyfile(machine.data / "responses.db", copy)
    code, responses, talk = recovered(copy, paper)
    assert (code, len(responses)) == (3, 1)
    assert "responses.db-wal is not there" in talk
    assert talk.count("\n") == 1
    shutil.copyfile(machine.data / "responses.db-wal", copy.with_name("responses.db-wal"))
    assert recovered(copy, paper)[0] == 0
    assert len(recovered(copy, paper)[1]) == 2
    store.database.close()
    shutil.copyfile(machine.data / "responses.db", tmp_path / "closed.db")
    code, responses, talk = recovered(tmp_path / "closed.db", paper)
    assert (code, len(responses), talk) == (0, 2, "")


def test_a_folder_that_can_only_be_read_is_read_with_its_log(machine: Machine, tmp_path: Path) -> None:
    """As another account that may not write there: what is in the log alone comes back too."""
    store, paper = machine.clinic()
    answered(store)
    store.database.shrink()
    answered(store)
    pages = recover._pages(machine.data / "responses.db", machine.data / "responses.db-wal")
    tables = recover._from_pages(pages)
    assert len(tables.responses) == 2
    assert tables.ids == set(tables.responses)
    folder = tmp_path / "disc"
    folder.mkdir()
    for name in ("responses.db", "responses.db-wal"):
        shutil.copyfile(machine.data / name, folder / name)
    (folder / "responses.db-shm").mkdir()  # As on a disc, SQLite can make no file beside the store.
    code, found, _ = recovered(folder / "responses.db", paper)
    assert (code, len(found)) == (0, 2)


def test_a_log_that_was_cut_off_counts_up_to_its_last_whole_transaction(machine: Machine, tmp_path: Path) -> None:
    store, _ = machine.clinic()
    answered(store)
    file, log = machine.data / "responses.db", tmp_path / "log"
    whole = (machine.data / "responses.db-wal").read_bytes()
    for length in range(0, len(whole), len(whole) // 12):
        log.write_bytes(whole[:length])
        assert len(recover._from_pages(recover._pages(file, log)).responses) <= 1
    log.write_bytes(whole)
    assert len(recover._from_pages(recover._pages(file, log)).responses) == 1


@pytest.mark.parametrize("page", [1, 2, 3, 20, 40, 60, -1])
def test_one_bad_page_takes_only_what_was_on_it(machine: Machine, page: int, tmp_path: Path) -> None:
    """Whichever page it is, the first and the index included; each response that is lost is named."""
    store, paper = used(machine)
    store.database.close()
    content = bytearray((machine.data / "responses.db").read_bytes())
    count = len(content) // 4096
    at = (page if page > 0 else count) - 1
    content[at * 4096 + (100 if page == 1 else 0) : (at + 1) * 4096] = b"\xa5" * (4096 - (100 if page == 1 else 0))
    (tmp_path / "bad.db").write_bytes(content)
    code, responses, talk = recovered(tmp_path / "bad.db", paper)
    named = talk.count("cannot be read: its part") + talk.count("cannot be opened (")
    assert len(responses) + named == 40, talk
    assert named <= 4
    assert code == (1 if named or "notes that cannot be opened" in talk else 0)


def test_bytes_that_are_wrong_anywhere_never_end_the_others(machine: Machine, tmp_path: Path) -> None:
    """A byte is changed in many places, one at a time: nearly all responses come back, and it never breaks down."""
    store, paper = used(machine, 12)
    store.database.close()
    content = (machine.data / "responses.db").read_bytes()
    for at in range(120, len(content), len(content) // 15):
        (tmp_path / "bad.db").write_bytes(content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :])
        code, responses, talk = recovered(tmp_path / "bad.db", paper)
        assert len(responses) >= 10, at
        assert code in (0, 1)
        assert "Traceback" not in talk


@pytest.mark.parametrize("content", [b"", b"no store at all", b"x" * 100_000, b"SQLite format 3\0" + bytes(5000)])
def test_a_file_that_is_no_store_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.db"
    path.write_bytes(content)
    for file in (path, tmp_path / "missing.db", tmp_path):
        code, responses, talk = recovered(file, format_recovery_key(new_key()))
        assert (code, responses) == (1, [])
        assert talk.count("\n") == 1
        assert talk.startswith(str(file))


def test_the_answers_are_written_for_their_owner_only(machine: Machine, tmp_path: Path) -> None:
    """Whatever the umask of the shell that made the file."""
    _, paper = in_use(machine)
    output = tmp_path / "answers.jsonl"
    output.touch(0o644)
    with output.open("w") as file:
        subprocess.run(
            [sys.executable, "-I", SCRIPT, machine.data / "responses.db"],
            input=paper,
            text=True,
            stdout=file,
            check=True,
        )
    assert output.read_text().count("\n") == 2
    assert output.stat().st_mode & 0o777 == 0o600
