"""``screener verify`` with an audit trail: that of a summary, and the whole of it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from screener.content.compiled import Content
from screener.document.checksum import HEADING, add_checksum
from screener.document.formats import render
from screener.engine.interview import Interview
from screener.i18n.gettext import speaking
from screener.store.backup import back_up
from screener.store.store import Store
from screener.summary.build import clinician_summary, patient_summary
from screener.summary.metadata import SessionMetadata
from tests.clinic.machine import PASSPHRASE, STAFF, Machine, answered


def exported(store: Store, content: Content, folder: Path, *, build=clinician_summary, head: str | None = None) -> Path:  # type: ignore[no-untyped-def]
    """A summary as staff save it, with the head of the trail in it."""
    interview = Interview(content.form, content.rules, {"remarks": "12/ab12cd34"})
    session = SessionMetadata("AAAA-2222", "screen", store.now(), name="3/deadbeef", audit=head or store.head())
    path = folder / "summary.txt"
    path.write_text(render(build(content, interview, session)), "utf-8")
    return path


@pytest.mark.parametrize("language", ["en-GB", "es-US"])
@pytest.mark.parametrize("build", [clinician_summary, patient_summary])
def test_a_summary_names_a_row_that_the_trail_has(
    machine: Machine, flight: Content, tmp_path: Path, language: str, build: object
) -> None:
    """Whatever came after it, in each copy and language."""
    store, _ = machine.clinic()
    answered(store)
    with speaking(language):
        summary = exported(store, flight, tmp_path, build=build)
    head = store.head()
    answered(store)
    ran = machine.screener("verify", summary)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == (
        f"{summary}: the checksum matches. Nothing was changed since it was written.\n"
        f"{summary}: the audit trail here has the row {head} that the summary names.\n"
    )


def test_a_summary_of_another_trail_is_noticed(machine: Machine, flight: Content, tmp_path: Path) -> None:
    """A row that this trail does not have: one of the two was changed, and the exit code is 5."""
    store, _ = machine.clinic()
    answered(store)
    summary = exported(store, flight, tmp_path, head="2/deadbeef")
    ran = machine.screener("verify", summary)
    assert ran.returncode == 5
    assert ran.stderr == (
        f"{summary}: the audit trail here has no row 2/deadbeef, but another one. "
        "The trail or the summary was changed or forged.\n"
    )


def test_a_head_that_was_changed_breaks_the_seal_and_sealed_anew_the_trail(
    machine: Machine, flight: Content, tmp_path: Path
) -> None:
    """Whoever forges a summary can seal it, and cannot make the trail have its row."""
    store, _ = machine.clinic()
    answered(store)
    summary = exported(store, flight, tmp_path)
    head = str(store.head())
    forged = summary.read_text("utf-8").replace(head, f"{head[:-1]}{'0' if head[-1] != '0' else '1'}")
    summary.write_text(forged, "utf-8")
    ran = machine.screener("verify", summary)
    assert ran.returncode == 5
    assert "(about) was changed." in ran.stderr
    texts = [HEADING + text for text in forged[: forged.index("-- Seal")].split(HEADING)[1:]]
    names = [line.split()[1] for line in forged[forged.index("-- Seal") :].splitlines() if line[3:4].isdigit()]
    summary.write_text(add_checksum(list(zip(names, texts, strict=False))), "utf-8")
    ran = machine.screener("verify", summary)
    assert ran.stdout.endswith("the checksum matches. Nothing was changed since it was written.\n")
    assert ran.returncode == 5
    assert "the audit trail here has no row" in ran.stderr


@pytest.mark.parametrize("store", ["none", "older", "personal", "unreadable"])
def test_what_cannot_be_checked_is_said(machine: Machine, flight: Content, tmp_path: Path, store: str) -> None:
    """The seal is checked all the same, and looking makes no store."""
    clinic_store, _ = machine.clinic()
    clinic_store.database.close()
    before = tmp_path / "before"
    shutil.copytree(machine.data, before)
    clinic_store = machine.store()
    answered(clinic_store)
    summary, head = exported(clinic_store, flight, tmp_path), clinic_store.head()
    clinic_store.database.close()
    shutil.rmtree(machine.data)
    because = "there is no store here."
    match store:
        case "older":
            shutil.copytree(before, machine.data)
            machine.data.chmod(0o700)
            because = "the audit trail here ends before that row."
        case "personal":
            machine.store().database.close()
            because = "the audit trail here ends before that row."
        case "unreadable":
            machine.data.mkdir(mode=0o755)
            machine.data.chmod(0o755)
            (machine.data / "responses.db").touch()
            because = f"the store cannot be read. Others can look into {machine.data}. Run: chmod 700 {machine.data}."
    ran = machine.screener("verify", summary)
    assert ran.returncode == 0
    assert ran.stdout == f"{summary}: the checksum matches. Nothing was changed since it was written.\n"
    assert ran.stderr == f"{summary}: the row {head} of the audit trail was not checked: {because}\n"
    assert machine.data.exists() == (store != "none")


def test_a_summary_without_a_trail_is_checked_as_ever(machine: Machine, flight: Content, tmp_path: Path) -> None:
    """What was answered is never taken for the head of a trail."""
    store = machine.store()
    ran = machine.screener("verify", exported(store, flight, tmp_path))
    assert (ran.returncode, ran.stderr, ran.stdout.count("\n")) == (0, "", 1)


def test_staff_check_the_whole_trail(machine: Machine) -> None:
    """How many rows there are, the head to compare, and every terminal that it believes."""
    store, _ = machine.clinic()
    answered(store)
    ran = machine.staff("verify", "--audit")
    assert (ran.returncode, ran.stderr) == (0, "")
    holds, head, desk, here = ran.stdout.splitlines()
    assert holds == "The audit trail holds: 7 rows, and all finished responses match it."
    assert head == f"Its head is {store.head()}. Compare it with the last printed summary."
    assert re.fullmatch(
        r"Terminal desk, key [0-9a-f]{16}, since row 2 \(.* UTC\): no member of staff ever unlocked here\.", desk
    )
    assert re.fullmatch(r"Terminal .*, key [0-9a-f]{16}, since row 6 \(.* UTC\): staff unlocked here\.", here)


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("UPDATE audit SET event = 'response viewed' WHERE n = 4", "row 4 was changed."),
        ("DELETE FROM audit WHERE n = 4", "row 4 is missing."),
        ("UPDATE response SET day = 0, state = 0", "was changed, replaced or removed."),
        ("DELETE FROM response", "was changed, replaced or removed."),
    ],
)
def test_what_was_changed_in_the_trail_or_behind_it_is_named(machine: Machine, statement: str, message: str) -> None:
    """Exit code 5."""
    store, _ = machine.clinic()
    answered(store)
    with store.database.writing() as rows:
        rows.run(statement)
    ran = machine.staff("verify", "--audit")
    assert (ran.returncode, ran.stdout) == (5, "")
    assert ran.stderr.startswith("The audit trail does not hold: ")
    assert ran.stderr.endswith(f"{message}\n")


def test_only_staff_check_it(machine: Machine) -> None:
    machine.clinic()
    ran = machine.screener("verify", "--audit", typed=(STAFF, PASSPHRASE + "!"))
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "screener: This name and passphrase do not open it.\n"


@pytest.mark.parametrize("arguments", [(), ("summary.txt", "--audit")])
def test_either_a_summary_or_the_trail(machine: Machine, arguments: tuple[str, ...]) -> None:
    ran = machine.screener("verify", *arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("usage: screener verify")


def test_after_a_restore_a_summary_of_what_was_lost_is_not_called_forged(
    machine: Machine, flight: Content, tmp_path: Path
) -> None:
    store, _ = machine.clinic()
    back_up(store, tmp_path / "copy.db")
    answered(store)
    summary, head = exported(store, flight, tmp_path), store.head()
    store.database.close()
    shutil.rmtree(machine.data)
    assert machine.screener("clinic", "restore", tmp_path / "copy.db").returncode == 0
    for _ in range(3):
        answered(machine.store())
    ran = machine.screener("verify", summary)
    assert ran.returncode == 0
    assert f"the row {head} of the audit trail was not checked: the store was restored on 20" in ran.stderr
    assert "Restored from a backup at row" in machine.staff("verify", "--audit").stdout
