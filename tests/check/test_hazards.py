"""The hazard log: its evidence exists, and it says what nothing verifies."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from screener.check.coverage.report import folder_report
from screener.check.folder import check_folder
from screener.check.hazards import named_tests, proofs, read_hazards, unverified
from screener.errors import ContentError
from screener.proofs.prove import PROPERTIES
from tests.check.copies import FLIGHT, ROOT, change, copied, write

LOG = """\
hazards:
  - id: lost-bag
    hazard: A bag is lost.
    causes: [Nobody looks.]
    harm: The journey is late.
    severity: moderate
    controls: [It has a label.]
    verified_by:
      - test: tests/test_bags.py::test_labels
      - test: tests/test_bags.py::TestBelt::test_runs
      - case: a heavy bag
      - proof: raised
    residual: A label may fall off.
"""
TESTS = """\
from machines import Belt

async def test_labels():
    raise AssertionError("nothing is run")

class TestBelt:
    def test_runs(self): ...

TestWalk = Belt.TestCase
"""


def checkout(home: Path, *edits: tuple[str, str, str]) -> Path:
    folder = copied(FLIGHT, home)
    (folder / "tests").mkdir()
    write(folder, "rules/hazards.yaml", LOG)
    write(folder, "tests/test_bags.py", TESTS)
    for edit in edits:
        change(folder, edit)
    return folder


def problems(folder: Path) -> list[str]:
    try:
        check_folder(folder)
    except ContentError as error:
        return [str(problem) for problem in error.problems]
    return []


def test_evidence_that_exists_is_in_order(tmp_path: Path) -> None:
    """Check that tests are found by reading their files; none is imported or run."""
    assert problems(checkout(tmp_path)) == []


def test_a_test_that_was_renamed_is_missed(tmp_path: Path) -> None:
    """Check that the log cannot name a test that no longer exists."""
    folder = checkout(tmp_path, ("tests/test_bags.py", "def test_labels", "def test_labels_stick"))
    [problem] = problems(folder)
    assert problem == (
        'rules/hazards.yaml:9:15: There is no test "test_labels" in tests/test_bags.py. '
        'Did you mean "test_labels_stick"?'
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "tests/test_bags.py::test_labels",
            "tests/test_bag.py::test_labels",
            'There is no file of tests "tests/test_bag',
        ),
        ("TestBelt::test_runs", "TestBelt::test_walks", 'There is no test "TestBelt::test_walks"'),
        ("tests/test_bags.py::test_labels", "test_labels", '"test_labels" does not name a test. Write it as tests/'),
        ("case: a heavy bag", "case: a heavy bag, twice", 'There is no case "a heavy bag, twice". Did you mean'),
        ("proof: raised", "proof: razed", 'There is no proof "razed". Did you mean "raised"?'),
        ("proof: raised", "{proof: raised, case: a heavy bag}", "This names nothing, or several things at once."),
        ("severity: moderate", "severity: bad", '"bad" is not possible here. Use one of: grave, '),
        ("    residual: A label may fall off.\n", "", 'The key "residual" is missing.'),
    ],
)
def test_mistakes_are_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    found = problems(checkout(tmp_path, ("rules/hazards.yaml", old, new)))
    assert any(message in problem for problem in found), found


def test_a_hazard_that_nothing_verifies_must_say_so(tmp_path: Path) -> None:
    """Check that a hazard without evidence is a mistake, unless it says what is open; then it is listed."""
    folder = checkout(tmp_path)
    bare = LOG[: LOG.index("    verified_by:")] + "    verified_by: []\n    residual: A label may fall off.\n"
    write(folder, "rules/hazards.yaml", bare)
    [problem] = problems(folder)
    assert problem.startswith("rules/hazards.yaml:2:5: Nothing verifies this and nothing says so.")
    write(folder, "rules/hazards.yaml", bare + "    open: Labels are not tested.\n")
    assert problems(folder) == []
    assert "  lost-bag (moderate): Labels are not tested." in list(folder_report(folder, []))


def test_where_no_tests_are_they_are_not_looked_up(tmp_path: Path) -> None:
    """Check that a log without the tests beside it, as at a clinic, is accepted, and that the report says so."""
    folder = copied(FLIGHT, tmp_path)
    write(folder, "rules/hazards.yaml", LOG)
    assert problems(folder) == []
    assert "2 tests are named. There is no folder tests/ here" in " ".join(folder_report(folder, []))


def test_proofs_are_known_without_z3() -> None:
    """Check that the names of the proofs are read from the program, and are those that it proves."""
    assert proofs() == frozenset(PROPERTIES)


def test_tests_are_those_that_pytest_collects() -> None:
    """Check that both find the same tests in this very folder."""
    home = Path(__file__).parent.relative_to(ROOT).as_posix()
    command = [sys.executable, "-m", "pytest", "--collect-only", "-p", "no:cacheprovider", home]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    collected = {line.partition("[")[0] for line in listed.splitlines() if "::" in line}
    read = {
        f"{file}::{name}" for file, names in named_tests(ROOT).items() if file.startswith(f"{home}/") for name in names
    }
    assert read == collected


def test_the_shipped_log_is_in_order() -> None:
    """Check that every test, case and proof in the log exists."""
    check_folder(ROOT)
    log = read_hazards(ROOT, [])
    assert log
    assert {hazard.id for hazard in log.model.hazards if not hazard.verified_by} <= {
        hazard.id for hazard in unverified(log.model)
    }
