"""``screener start --answers FILE``: a whole interview from a file, in a clinic's store only where staff start it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from screener.content.load import load
from screener.document.text import render
from screener.store.stored_interview import interview_of, metadata_of
from screener.summary.build import clinician_summary
from tests.cli.running import CONTENT
from tests.clinic.machine import PASSPHRASE, STAFF, Machine
from tests.plain.test_process import WRITTEN


@pytest.fixture
def answers(machine: Machine) -> Path:
    path = machine.folder / "answers.yaml"
    path.write_text(WRITTEN, "utf-8")
    return path


def test_on_a_persons_own_machine_it_prints_the_copy_and_keeps_nothing(machine: Machine, answers: Path) -> None:
    ran = machine.screener("start", "--answers", answers)
    assert ran.returncode == 0
    assert re.search(r"^  Reference      [0-9A-Z]{4}-[0-9A-Z]{4}$", ran.stdout, re.MULTILINE)
    assert "You told us that your chest hurts." in ran.stdout
    assert "Urgent (chest-pain): Chest pain. Its page was shown to nobody." in ran.stderr
    assert not machine.data.exists()
    again = machine.screener("start", "--answers", "-", typed=WRITTEN.splitlines())
    assert again.stdout.count("\n") == ran.stdout.count("\n")


def test_in_a_clinic_staff_start_it_and_the_record_says_so(machine: Machine, answers: Path) -> None:
    """Who entered it is named, and nobody is said to have seen the urgent page."""
    store, _ = machine.clinic()
    ran = machine.staff("start", "--answers", answers)
    assert ran.returncode == 0, ran.stderr
    staff_store = machine.staff_store(store)
    [listed] = staff_store.responses()
    assert listed.entry is not None
    assert (listed.finished, listed.entry.urgent) == (True, ("chest-pain",))
    stored = staff_store.read(listed.id)
    assert (stored.mode, {past.by for past in stored.history}) == ("file", {STAFF})
    [page] = stored.acknowledgements
    assert (page.rule, page.by, page.was_shown) == ("chest-pain", STAFF, False)
    assert staff_store.check_audit()


def test_a_name_that_is_empty_is_no_interview(machine: Machine) -> None:
    """A script whose variable is not set is refused, and nobody is asked in its place."""
    ran = machine.screener("start", "--answers", "")
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", ".: This is a folder. Name a file.\n")


@pytest.mark.parametrize("typed", [(), (STAFF,), (STAFF, "four quiet grey gulls")], ids=["nobody", "name", "wrong"])
def test_without_staff_nothing_reaches_the_clinic(machine: Machine, answers: Path, typed: tuple[str, ...]) -> None:
    store, _ = machine.clinic()
    ran = machine.screener("start", "--answers", answers, typed=typed)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.endswith("Nothing of these answers is kept.\n")
    assert machine.staff_store(store).responses() == []


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (
            "age: 12\n",
            "",
            ':1:1: There is no answer to "age", which is asked with these answers. Add it, such as age: {',
        ),
        ("pain_now: no", "", 'There is no answer to "pain_now", which is asked with these answers.'),
        (
            "chest_pain: yes",
            "chest_pain: no",
            ':15:1: "pain_now" is not asked with these answers. Remove it, or correct',
        ),
        ("age: 12", "age: 999", '"age" cannot have this answer. This must be between 0 and 120 years.'),
        ("age: 12", "agee: 12", 'There is no question "agee". Did you mean "age"?'),
    ],
)
def test_an_interview_that_is_not_whole_is_refused_before_anything_is_kept(
    machine: Machine, answers: Path, old: str, new: str, complaint: str
) -> None:
    """A file that does not fit the content any more says where, and shifts no answer to another question."""
    store, _ = machine.clinic()
    answers.write_text(WRITTEN.replace(old, new), "utf-8")
    ran = machine.screener("start", "--answers", answers, typed=(STAFF, PASSPHRASE))
    assert (ran.returncode, ran.stdout) == (2, "")
    assert complaint in ran.stderr
    assert machine.staff_store(store).responses() == []


def test_the_clinicians_copy_says_that_nobody_saw_the_page(machine: Machine, answers: Path) -> None:
    store, _ = machine.clinic()
    assert machine.staff("start", "--answers", answers).returncode == 0
    [listed] = machine.staff_store(store).responses()
    stored = machine.staff_store(store).read(listed.id)
    content = load(CONTENT, "before-a-flight")
    copy = " ".join(render(clinician_summary(content, interview_of(content, stored), metadata_of(stored))).split())
    assert "Page shown to nobody: chest-pain: these answers came from a file, " in copy
    assert "Answered through: a file of answers" in copy
