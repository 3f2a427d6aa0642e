"""What version 0.1.0 wrote is opened, read and verified by this one, and holds what it held then.

The files are in ``v0_1_0``, and ``make.py`` shows how they were made. They are never changed: each test has copies.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from jsonschema import Draft202012Validator

from screener.config import configuration_file, read_configuration
from screener.document.formats import render
from screener.errors import ScreenerError
from screener.session.open import SessionFactory
from screener.staff.response import ReadingContext, open_response, read_sealed
from screener.store import base_store, recover
from screener.store.connect import open_store
from screener.store.content_archive import unpack
from screener.store.crypto import Cost
from screener.store.record import entry_to_json
from screener.store.staff_store import StaffStore
from screener.store.stored_interview import interview_of
from screener.store.unlock import unlock
from tests.store.postgres import Server, programs
from tests.strategies import shipped

FROZEN = Path(__file__).parent / "v0_1_0"
ROOT = Path(__file__).parents[2]
SECRETS = json.loads((FROZEN / "secrets.json").read_text("utf-8"))
EXPECTED = json.loads((FROZEN / "expected.json").read_text("utf-8"))
RESPONSES: dict[str, dict[str, Any]] = EXPECTED["responses"]
COPIES = FROZEN / "copies"
FIRST, FIRST_PASSPHRASE = next(iter(SECRETS["staff"].items()))


@dataclass(frozen=True)
class Clinic:
    """A machine with a copy of what was frozen. ``location`` is that of its store."""

    folder: Path
    location: str

    def screener(self, *arguments: str | Path, typed: tuple[str, ...] = ()) -> tuple[int, str, str]:
        """Run a command in a process of its own; how it ended, what it printed and what it said."""
        (self.folder / "run").mkdir(mode=0o700, exist_ok=True)
        ran = subprocess.run(
            [sys.executable, "-m", "screener", *arguments],
            input="".join(f"{line}\n" for line in typed),
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self.folder),
                "XDG_RUNTIME_DIR": str(self.folder / "run"),
                "SCREENER_STORE": self.location,
            },
        )
        return ran.returncode, ran.stdout, ran.stderr


def in_a_file(folder: Path) -> Clinic:
    (folder / "data").mkdir(mode=0o700)
    shutil.copyfile(FROZEN / "responses.db", folder / "data" / "responses.db")
    return Clinic(folder, str(folder / "data" / "responses.db"))


def restored(folder: Path) -> Clinic:
    clinic = Clinic(folder, str(folder / "data" / "responses.db"))
    shutil.copyfile(FROZEN / "backup.db", folder / "backup.db")
    code, said, _ = clinic.screener("clinic", "restore", folder / "backup.db")
    assert code == 0
    assert said.startswith(f"{len(RESPONSES)} responses of {EXPECTED['clinic']['name']} restored ")
    return clinic


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    found = programs()
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not installed, and in CI its tests must run.")
        pytest.skip("PostgreSQL is not installed.")
    server = Server(found)
    yield server
    server.remove()


def in_postgresql(folder: Path, server: Server) -> Clinic:
    address = server.new_database()
    with psycopg.connect(address) as connection:
        connection.execute((FROZEN / "responses.sql").read_bytes())
    return Clinic(folder, address)


@pytest.fixture(scope="module", params=["file", pytest.param("restored", marks=pytest.mark.long), "postgresql"])
def clinic(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Clinic:
    """The same clinic from each thing that was frozen: its file, its backup, and its database of PostgreSQL."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "postgresql":
        return in_postgresql(folder, request.getfixturevalue("server"))
    return in_a_file(folder) if request.param == "file" else restored(folder)


@pytest.fixture(scope="module")
def staff_stores(clinic: Clinic) -> Iterator[dict[str, StaffStore]]:
    """Unlocked by every member of staff, because that takes half a second each."""
    opened = {name: unlock(open_store(clinic.location), name, secret) for name, secret in SECRETS["staff"].items()}
    yield opened
    for staff_store in opened.values():
        staff_store.store.database.close()


def read_by(staff_store: StaffStore) -> dict[str, dict[str, Any]]:
    """Every response by its reference, as a member of staff reads it; but for what follows from its answers."""
    found = {}
    for listed in staff_store.responses():
        record = staff_store.read(listed.id)
        found[record.reference] = {
            "id": listed.id,
            "finished": listed.finished,
            "standing": listed.status.name,
            "name": listed.name,
            "questionnaire": record.questionnaire,
            "language": record.language,
            "face": record.mode,
            "region": record.region,
            "started": record.started.isoformat(),
            "ended": record.finished.isoformat() if record.finished else None,
            "content": record.content,
            "answers": {question: entry_to_json(entry) for question, entry in record.entries.items()},
            "history": [[g.question, entry_to_json(g.entry), g.at.isoformat(), g.by] for g in record.history],
            "urgent": list(record.urgent),
            "acknowledgements": [[a.rule, a.at.isoformat(), a.by] for a in record.acknowledgements],
            "question": record.position.question,
            "remarks": [[r.kind, r.by, r.at.isoformat(), r.text] for r in listed.annotations],
        }
    return found


def outcomes_left_out(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name not in ("raised", "clear")} | {
        "standing": standing_now(told)
    }


def standing_now(told: dict[str, Any]) -> str:
    """Return where it stands on the list now: what somebody saw to is no longer among those merely read."""
    seen_to = any(kind == "acknowledged" for kind, *_ in told["remarks"])
    return "SEEN_TO" if seen_to and told["standing"] == "READ" else str(told["standing"])


def in_saved(saved: str) -> dict[str, Any]:
    """Return what a JSON summary of 0.1.0 holds of the person and of the content: topics, scores and answers."""
    parts = [part for block in json.loads(saved)["blocks"] for part in block["parts"]]
    answers = [part for part in parts if part["kind"] == "pairs" and part["title"]]
    return {
        "topics": sorted(
            (part["title"], part["text"])
            for part in parts
            if part["kind"] == "topic" and not part["text"].startswith("Not assessed.")
        ),
        "scores": [
            (part["title"], part["low"], part["high"], part["maximum"], part["missing"])
            for part in parts
            if part["kind"] == "score"
        ],
        "answers": {pair["label"]: pair["value"] for part in answers for pair in part["pairs"]},
    }


def in_summary(summary: str) -> dict[str, Any]:
    """Return the same of a JSON summary of this version."""
    data = json.loads(summary)
    answers = [each for each in data["answers"] if each["absent"] != "not-applicable"]
    return {
        "topics": sorted((topic["label"], topic["text"]) for topic in data["topics"]),
        "scores": [
            (score["label"], score["low"], score["high"], score["maximum"], score["missing"])
            for score in data["scores"]
        ],
        "answers": {each["labels"]["question"]: each["labels"]["answer"] for each in answers},
    }


# The store


def test_every_member_of_staff_reads_every_response_as_it_was(staff_stores: dict[str, StaffStore]) -> None:
    """Answers with those before them, absent reasons, urgent pages that were read, and the notes of staff."""
    expected = {reference: outcomes_left_out(told) for reference, told in RESPONSES.items()}
    for staff_store in staff_stores.values():
        assert read_by(staff_store) == expected


def test_the_archived_content_raises_the_same_topics_for_the_same_answers(
    staff_stores: dict[str, StaffStore], tmp_path: Path
) -> None:
    """It is read from the store itself, whatever the content is that comes with the program now."""
    staff_store = staff_stores[FIRST]
    for told in RESPONSES.values():
        record = staff_store.read(told["id"])
        content = unpack(staff_store.store.content(record.content), record.questionnaire, record.content, tmp_path)
        outcomes = interview_of(content, record).assessment.outcomes
        for outcome in ("raised", "clear"):
            assert sorted(rule for rule, found in outcomes.items() if found == outcome) == told[outcome]


def test_a_response_reads_as_it_did_on_the_day(staff_stores: dict[str, StaffStore], tmp_path: Path) -> None:
    """Both copies have the topics, scores and answers, word for word, that those have which were saved then."""
    for name in ("complete", "blank"):
        reference = EXPECTED[name]
        told, content = RESPONSES[reference], shipped()
        response = open_response(
            read_sealed(staff_stores[FIRST], told["id"], content), ReadingContext(content, tmp_path)
        )
        for copy in ("patient", "clinician"):
            saved = (COPIES / f"screener-{reference}-{copy}.json").read_text("utf-8")
            now, then = in_summary(render(response.summary(copy, name=told["name"]), "json")), in_saved(saved)
            assert now["topics"] == then["topics"]
            assert now["scores"] == then["scores"]
            assert not then["answers"] or now["answers"] == then["answers"]


def test_the_audit_trail_tells_of_the_same_events(staff_stores: dict[str, StaffStore]) -> None:
    """Row by row, with times and names; what is done with the copy here comes after them."""
    rows = [[r.n, r.at, r.actor, r.terminal, r.event, r.subject] for r in staff_stores[FIRST].check_audit()]
    assert rows[: len(EXPECTED["audit"])] == EXPECTED["audit"]


def test_the_audit_trail_is_whole(clinic: Clinic) -> None:
    """The command says so, of the trail and of everything that it tells of."""
    code, said, talk = clinic.screener("verify", "--audit", typed=(FIRST, FIRST_PASSPHRASE))
    assert (code, talk) == (0, "")
    assert "The audit trail holds" in said


def test_what_is_known_without_a_key_is_shown(clinic: Clinic) -> None:
    """The name and the region of the clinic, for how long it keeps responses, how many there are, and its staff."""
    code, said, talk = clinic.screener("clinic", "show")
    assert (code, talk) == (0, "")
    shown = dict(line.split(maxsplit=1) for line in said.splitlines())
    known = EXPECTED["clinic"]
    assert (shown["name"], shown["region"]) == (known["name"], known["region"])
    assert shown["retention"].startswith(f"{known['retention_days']} days")
    assert shown["responses"] == "2 finished, 1 open"
    assert shown["staff"] == ", ".join(SECRETS["staff"])


def test_a_passphrase_that_was_revoked_or_changed_opens_nothing(tmp_path: Path) -> None:
    clinic = in_a_file(tmp_path)
    for name, passphrase in SECRETS["refused"].items():
        code, said, _ = clinic.screener("verify", "--audit", typed=(name, passphrase))
        assert (code, said) == (2, "")


def test_the_recovery_key_opens_every_response(tmp_path: Path) -> None:
    """The keys are tried by the command that a clinic runs once a year."""
    code, said, talk = in_a_file(tmp_path).screener("clinic", "keys", "check", typed=(SECRETS["paper"], ""))
    assert (code, talk) == (0, "")
    assert f"({len(RESPONSES)})" in said


@pytest.mark.parametrize("file", ["responses.db", "backup.db"])
def test_the_recovery_key_alone_gives_everything_back(tmp_path: Path, file: str) -> None:
    """With the one short file that needs no other of this program, from the store and from a backup."""
    shutil.copyfile(FROZEN / file, tmp_path / file)
    shutil.copyfile(recover.__file__, tmp_path / "recover.py")
    ran = subprocess.run(
        [sys.executable, "-I", "recover.py", file],
        input=SECRETS["paper"] + "\n",
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    found = [json.loads(line) for line in ran.stdout.splitlines()]
    assert {each["answers"]["reference"] for each in found} == RESPONSES.keys()
    for each in found:
        told = RESPONSES[each["answers"]["reference"]]
        assert (each["id"], each["finished"]) == (told["id"], told["finished"])
        assert {question: entry for question, entry, _, _ in each["answers"]["history"]} == told["answers"]
        assert [[r["kind"], r["by"], r["at"], r["text"]] for r in each["notes"]] == told["remarks"]


def test_a_return_code_opens_its_response_to_be_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes on at the question where the person left, under the questions of that day; then the code opens none."""
    monkeypatch.setattr(base_store, "USUAL_COST", Cost())
    clinic = in_a_file(tmp_path)
    (tmp_path / "run").mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    told = RESPONSES[EXPECTED["begun"]]
    factory = SessionFactory(shipped(), ROOT, tmp_path / "contents", tmp_path, clinic.location)
    session = factory.by_return_code(SECRETS["code"])
    interview = session.interview
    assert session.metadata.reference == EXPECTED["begun"]
    assert {question: entry_to_json(entry) for question, entry in interview.response.entries.items()} == told["answers"]
    assert interview.current is not None
    assert interview.current.id == EXPECTED["left_at"]
    while question := interview.current:
        session.answer(question.id, question.absent[-1])
        interview.next()
    session.finish()
    with pytest.raises(ScreenerError):
        factory.by_return_code(SECRETS["code"])
    staff_store = unlock(open_store(clinic.location), FIRST, FIRST_PASSPHRASE)
    found = read_by(staff_store)[EXPECTED["begun"]]
    staff_store.check_audit()
    staff_store.store.database.close()
    assert found["finished"]
    assert found["content"] == told["content"]
    assert found["history"][: len(told["history"])] == told["history"]
    assert len(found["answers"]) > len(told["answers"])
    assert found["answers"] | told["answers"] == found["answers"]


# Copies


def test_every_saved_text_is_as_it_was_written(tmp_path: Path) -> None:
    """The seal holds, and the audit trail has the row that the text names."""
    clinic = in_a_file(tmp_path)
    texts = sorted(COPIES.rglob("*.txt"))
    assert len(texts) == 6
    for text in texts:
        code, said, talk = clinic.screener("verify", text)
        assert (code, talk) == (0, ""), text.name
        assert len(said.splitlines()) == 2, text.name


def test_a_saved_text_that_was_changed_is_found(tmp_path: Path) -> None:
    written = (COPIES / f"screener-{EXPECTED['complete']}-clinician.txt").read_text("utf-8")
    changed = tmp_path / "changed.txt"
    changed.write_text(written.replace("aneurysm", "headache", 1), "utf-8")
    code, said, talk = Clinic(tmp_path, str(tmp_path / "none.db")).screener("verify", changed)
    assert (code, said) == (5, "")
    assert "was changed" in talk


def test_every_saved_json_is_what_the_schema_describes(tmp_path: Path) -> None:
    """What was saved then keeps to the schema that this version still prints for it."""
    code, schema, talk = Clinic(tmp_path, str(tmp_path / "none.db")).screener("schema", "summary-1")
    assert (code, talk) == (0, "")
    validator = Draft202012Validator(json.loads(schema))
    files = sorted(FROZEN.rglob("*-patient.json")) + sorted(FROZEN.rglob("*-clinician.json"))
    assert len(files) == 6
    for file in files:
        assert list(validator.iter_errors(json.loads(file.read_text("utf-8")))) == []


# Content, answers and configuration


def test_a_content_folder_gives_the_same_summary_of_the_same_answers(tmp_path: Path) -> None:
    """A clinic's own folder and a file of answers: the topics, scores and answers are the same, word for word."""
    with zipfile.ZipFile(FROZEN / "content.zip") as archive:
        archive.extractall(tmp_path / "content")
    clinic = Clinic(tmp_path, str(tmp_path / "none.db"))
    assert any("discreet:" in path.read_text("utf-8") for path in (tmp_path / "content" / "rules").glob("*/*.yaml"))
    for copy in ("patient", "clinician"):
        code, summary, _ = clinic.screener(
            *("--content", tmp_path / "content", "summarise", FROZEN / "answers.yaml"),
            *("--copy", copy, "--format", "json"),
        )
        now, saved = in_summary(summary), in_saved((FROZEN / f"answers-{copy}.json").read_text("utf-8"))
        assert code == 0
        assert (now["topics"], now["scores"]) == (saved["topics"], saved["scores"])
        assert not saved["answers"] or now["answers"] == saved["answers"]
    topics = {outcome["rule"] for outcome in json.loads(summary)["outcomes"] if outcome["outcome"] == "raised"}
    assert topics >= set(RESPONSES[EXPECTED["complete"]]["raised"])


def test_every_key_of_the_configuration_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """None of them has the value that it has where it is not configured."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    usual = read_configuration({})
    configuration_file().parent.mkdir(parents=True)
    shutil.copyfile(FROZEN / "config.toml", configuration_file())
    found = read_configuration({})
    written = tomllib.loads((FROZEN / "config.toml").read_text("utf-8"))
    assert len(written) == 15
    assert {key: str(getattr(found, key)) for key in written} == {key: str(value) for key, value in written.items()}
    assert not [key for key in written if getattr(found, key) == getattr(usual, key)]
