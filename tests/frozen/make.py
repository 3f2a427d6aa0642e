"""``python -m tests.frozen.make``: how the files of ``v0_1_0`` were made, with version 0.1.0 and never again.

It is kept to show where they come from, and need not run with any later version. Everybody in them is invented, and so
is every passphrase. Only ``responses.sql`` needs a server of PostgreSQL.
"""

from __future__ import annotations

import asyncio
import datetime
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from screener.desk.copies import KINDS, Outlets
from screener.desk.desk import Desk
from screener.desk.opened import Contents
from screener.export.save import render, write
from screener.keeping import Keeping
from screener.questionnaire import Question
from screener.reception import Reception
from screener.response import AbsentReason, Entry
from screener.rules import Outcome
from screener.sitting import Sitting
from screener.store.locate import open_store
from screener.store.reopen import interview_of
from screener.store.vault import Vault, unlock

from screener import __version__
from screener.content.load import load
from screener.store.members import Refused
from screener.store.record import written_entry
from tests.contract.postgres import Server, programs

HERE = Path(__file__).parent / "v0_1_0"
ROOT = Path(__file__).parents[2]
QUESTIONNAIRE = "ketamine-pre-screening"
TERMINAL = "Front desk"
CLINIC = "Heron Lake Clinic"
FIRST, FIRST_PASSPHRASE = "Alex Reed", "seven brown otters rowing"
SECOND, SECOND_PASSPHRASE, SECOND_EARLIER = "Sam Park", "a kettle of blue glass", "the kettle before that one"
REVOKED, REVOKED_PASSPHRASE = "Jo Field", "no longer in the house"
DECLINED, UNKNOWN = AbsentReason.DECLINED, AbsentReason.UNKNOWN

COMPLETE: Mapping[str, Entry] = {
    "region": "england",
    "age": 43,
    "answered_by": "self",
    "reasons": frozenset({"depression", "anxiety", "trauma", "other"}),
    "other_reason": "Pain in both hands since the fall – nobody found out why.",
    "how_long": "over-2-years",
    "worse_lately": True,
    "hopes": "To sleep, and to play the cello again. \u201cNot more.\u201d \u65e5\u672c\u8a9e \U0001f3bb",
    "expectations": frozenset({"straight-away", "replaces-other-care"}),
    "talked_with_clinician": False,
    "phq9_9": "more-than-half",
    "phq9_difficulty": "very-difficult",
    "asq_1": True,
    "asq_2": False,
    "asq_3": True,
    "asq_4": False,
    "asq_5": True,
    "pcptsd5_event": True,
    "pcptsd5_3": False,
    "tried_medicines": True,
    "medicines_count": 3,
    "medicines_past": "Two whose names I forgot; the last was mirtazapine.",
    "medicines_length": "3-to-12-months",
    "medicines_helped": "a-little",
    "medicines_stopped": frozenset({"side-effects", "no-help"}),
    "other_treatments": frozenset({"talking-therapy", "add-on-medicine"}),
    "previous_ketamine": True,
    "previous_ketamine_helped": "some",
    "previous_ketamine_effects": "Felt far away for an hour.",
    "support_people": frozenset({"family"}),
    "living_situation": frozenset({"not-safe", "lives-alone"}),
    "blood_vessels": frozenset({"aneurysm", "stroke-tia"}),
    "heart": frozenset({"angina", "rhythm"}),
    "heart_event_recent": True,
    "systolic": 162,
    "diastolic": 99,
    "brain": frozenset({"seizures"}),
    "breathing": frozenset({"sleep-apnoea"}),
    "other_conditions": frozenset({"overactive-thyroid", "liver"}),
    "thyroid_controlled": False,
    "bladder": frozenset({"urgency", "blood"}),
    "mental_health": frozenset({"relative-schizophrenia", "dissociation"}),
    "ketamine_allergy": False,
    "other_allergies": "Penicillin",
    "pregnancy_applies": "now-or-later",
    "pregnancy": frozenset({"could-be"}),
    "contraception": False,
    "medicines_mind": frozenset({"sedatives", "maoi", "lithium"}),
    "medicines_body": frozenset({"thyroid-hormone", "nasal-spray"}),
    "medicines_list": "Levothyroxine 75\nLithium 400 at night",
    "auditc_1": "2-to-3-a-week",
    "auditc_2": "5-or-6",
    "auditc_3": "monthly",
    "substances": frozenset({"cannabis", "sedatives"}),
    "ketamine_outside_care": "past-year",
    "alcohol_or_drug_problem": "past",
    "escort": False,
    "support_needs": frozenset({"hearing", "someone-with-me"}),
    "anything_else": "My sister Ottilie knows that I am here.",
}
"""What Marlene Quist answers; to what is not named here, yes, or the last but one of the options."""

BLANK: Mapping[str, Entry] = {
    "region": "us",
    "age": 67,
    "answered_by": "with-help",
    "reasons": frozenset({"depression"}),
    "phq9_1": "several-days",
    "phq9_9": DECLINED,
    "asq_1": DECLINED,
    "asq_2": False,
    "tried_medicines": True,
    "medicines_count": UNKNOWN,
    "heart": frozenset({"none"}),
    "bp_known": False,
    "other_treatments": frozenset({"ect"}),
    "escort": True,
}
"""What Edwin Farrow answers; everything else he does not want to answer, or does not know."""

BEGUN: Mapping[str, Entry] = {
    "region": "ireland",
    "age": 31,
    "reasons": frozenset({"trauma"}),
    "how_long": DECLINED,
    "phq9_9": "several-days",
    "asq_1": False,
    "asq_2": False,
    "asq_3": False,
    "asq_4": False,
    "pcptsd5_event": False,
}
LEFT_AT = "tried_medicines"
"""What somebody without a name answers, and the question at which they leave and mean to come back."""


class Clock:
    """Nearly twelve seconds later every time it is looked at. It begins two hours ago."""

    def __init__(self) -> None:
        self.at = datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=2)

    def __call__(self) -> datetime.datetime:
        self.at += datetime.timedelta(seconds=11.75)
        return self.at


class Machine:
    """A terminal of the clinic, with a home in a temporary folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = folder / "data" / "responses.db"
        self.exports = folder / "exports"
        self.exports.mkdir()
        self.contents = folder / "contents"
        self.content = load(ROOT, QUESTIONNAIRE)

    def screener(self, *arguments: str | Path, typed: tuple[str, ...] = (), **environment: str | Path) -> str:
        """Run the real command, and return what it printed."""
        known = {"HOME": self.folder, "SCREENER_STORE": self.store, "SCREENER_TERMINAL": TERMINAL, **environment}
        return subprocess.run(
            [sys.executable, "-m", "screener", *arguments],
            input="".join(f"{line}\n" for line in typed),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)} | {k: str(v) for k, v in known.items()},
        ).stdout

    def clinic(self) -> str:
        """Set the clinic up with its staff; returns the recovery key."""
        shown = self.screener(
            *("clinic", "init", "--name", CLINIC, "--region", "england", "--retention-days", "3650"),
            typed=(FIRST, FIRST_PASSPHRASE, FIRST_PASSPHRASE),
        )
        for action, name, passphrase in (
            ("add", SECOND, SECOND_EARLIER),
            ("add", REVOKED, REVOKED_PASSPHRASE),
            ("change", SECOND, SECOND_PASSPHRASE),
        ):
            self.screener("clinic", "staff", action, name, typed=(FIRST, FIRST_PASSPHRASE, passphrase, passphrase))
        self.screener("clinic", "staff", "revoke", REVOKED, typed=(FIRST, FIRST_PASSPHRASE))
        return next(line.strip() for line in shown.splitlines() if len(line.split()) == 14)

    def vault(self, name: str = SECOND, passphrase: str = SECOND_PASSPHRASE) -> Vault:
        return unlock(open_store(str(self.store), TERMINAL), name, passphrase)

    def sitting(self, **others: Any) -> Sitting:
        """Somebody sits down at the terminal."""
        content = others.pop("content", self.content)
        keeping = Keeping(str(self.store), TERMINAL, content, ROOT, self.contents)
        return Sitting(content, self.exports, now=Clock(), keeping=keeping, **others)

    def reception(self, by: str) -> Reception:
        return Reception(
            self.content, ROOT, self.contents, self.exports, str(self.store), TERMINAL, face="screen", by=by
        )


def complete(machine: Machine) -> str:
    """Marlene Quist answers everything, changes her mind twice, and has an urgent answer about this very moment."""
    sitting = machine.sitting(name="Marlene Quist")
    walk(sitting, COMPLETE, usual)
    for question, entry in (("how_long", "1-to-2-years"), ("bp_known", False), ("pcptsd5_3", DECLINED)):
        sitting.interview.change(question)
        sitting.answer(question, entry)
        sitting.interview.next()
    assert set(sitting.interview.set_aside) == {"systolic", "diastolic"}
    sitting.finish()
    sitting.save_copy(own_copies(machine))
    plain = render(sitting.summary("patient"), ascii_only=True)
    write(own_copies(machine) / f"screener-{sitting.session.reference}-patient-ascii.txt", plain)
    return sitting.session.reference


def blank(machine: Machine) -> str:
    """Edwin Farrow leaves most of it out in plain mode, in the English of the US, and Sam Park goes on for him."""
    from screener.content.translate import in_language

    sitting = machine.sitting(content=in_language(machine.content, "en-US"), face="plain", name="E. Farrow")
    walk(sitting, BLANK, left_out, until="tried_medicines")
    sitting.wipe()
    vault = machine.vault()
    (found,) = [each for each in vault.responses() if each.label.reference == sitting.session.reference]
    taken = vault.resume(found.id)
    vault.store.database.close()
    again = machine.reception(SECOND).resumed(*taken)
    again.now = sitting.now
    walk(again, BLANK, left_out)
    again.finish()
    return again.session.reference


def begun(machine: Machine) -> tuple[str, str]:
    """Somebody leaves with four words; returns the reference and the words."""
    sitting = machine.sitting()
    walk(sitting, BEGUN, usual, until=LEFT_AT)
    return sitting.session.reference, sitting.return_code()


def walk(sitting: Sitting, entries: Mapping[str, Entry], otherwise: Any, until: str | None = None) -> None:
    """Answer question after question, and read every urgent page; an emergency page waits for staff."""
    interview = sitting.interview
    while interview.current and interview.current.id != until:
        question = interview.current
        sitting.answer(question.id, entries[question.id] if question.id in entries else otherwise(question))
        while waiting := interview.interruptions:
            page = waiting[0].interruption
            sitting.acknowledge(waiting[0].id, FIRST if page and page.page == "emergency" else None)
        interview.next()


def usual(question: Question) -> Entry:
    match question.type:
        case "yes_no":
            return True
        case "choice":
            return list(question.option)[-2]
        case "choices":
            return frozenset({"none"})
    return question.absent[0]


def left_out(question: Question) -> Entry:
    return question.absent[len(question.id) % len(question.absent)]


def own_copies(machine: Machine) -> Path:
    folder = machine.exports / "own"
    folder.mkdir(exist_ok=True)
    return folder


async def staff_work(machine: Machine, complete: str, blank: str) -> None:
    """Staff see to the urgent answers, note, name, read, save and print."""
    desk = Desk(
        lambda: open_store(str(machine.store), TERMINAL),
        Contents(machine.content, machine.contents),
        Outlets(machine.exports, "cat"),
        lambda: datetime.datetime.now(datetime.UTC),
    )
    await desk.unlock(FIRST, FIRST_PASSPHRASE)
    listed = {each.label.reference: each.id for each in desk.board.found() if each.label}
    for reference in (complete, blank):
        response = await desk.read(listed[reference])
        await desk.acknowledge(response.id)
        await desk.remark(
            response.id, "note", f"Was called back on Tuesday: \u201call well\u201d.\nSecond line, {reference}."
        )
        if reference == complete:
            await desk.remark(response.id, "name", "Marlene Quist-Ñandú")
            await desk.remark(response.id, "note", "Wants to be called after six.")
        await desk.remark(response.id, "read")
        for kind in KINDS:
            if kind.way == "save" or reference == complete:
                await desk.copy(response, kind)
    desk.close()


def expected(vault: Vault, machine: Machine) -> dict[str, Any]:
    """What must be found in the store again."""
    responses = {}
    for listed in sorted(vault.responses(), key=lambda each: each.label.reference):
        record = vault.read(listed.id)
        outcomes = interview_of(machine.content, record).assessment.outcomes
        responses[record.reference] = {
            "id": listed.id,
            "finished": listed.finished,
            "standing": listed.standing.name,
            "name": listed.name,
            "questionnaire": record.questionnaire,
            "language": record.language,
            "face": record.face,
            "region": record.region,
            "started": record.started.isoformat(),
            "ended": record.finished.isoformat() if record.finished else None,
            "content": record.content,
            "answers": {question: written_entry(entry) for question, entry in record.entries.items()},
            "history": [[g.question, written_entry(g.entry), g.at.isoformat(), g.by] for g in record.history],
            "raised": sorted(rule for rule, outcome in outcomes.items() if outcome is Outcome.RAISED),
            "clear": sorted(rule for rule, outcome in outcomes.items() if outcome is Outcome.CLEAR),
            "urgent": list(record.urgent),
            "acknowledgements": [[a.rule, a.at.isoformat(), a.by] for a in record.acknowledgements],
            "question": record.position.question,
            "remarks": [[r.kind, r.by, r.at.isoformat(), r.text] for r in listed.remarks],
        }
    clinic = vault.store.clinic
    assert clinic is not None
    return {
        "clinic": {"name": clinic.name, "region": clinic.region, "retention_days": clinic.retention_days},
        "audit": [[row.n, row.at, row.actor, row.terminal, row.event, row.subject] for row in vault.check_audit()],
        "responses": responses,
    }


def dumped(machine: Machine, backup: Path) -> str:
    """The backup, restored into PostgreSQL by the program, as plain SQL that says nothing of server and machine."""
    found = programs()
    assert found is not None
    server = Server(found)
    try:
        address = server.new_database()
        machine.screener("clinic", "restore", backup, SCREENER_STORE=address)
        machine.screener("verify", "--audit", typed=(FIRST, FIRST_PASSPHRASE), SCREENER_STORE=address)
        dump = subprocess.run(
            [found / "pg_dump", "--inserts", "--no-owner", "--no-privileges", address],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout
    finally:
        server.remove()
    left_out = ("--", "SET ", "SELECT pg_catalog.set_config", "\\")
    return "".join(f"{line}\n" for line in dump.splitlines() if line and not line.startswith(left_out))


def zipped() -> bytes:
    """The shipped content, as a folder to unpack."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in ("questions", "rules"):
            for path in sorted((ROOT / part).rglob("*")):
                if path.is_file():
                    name = path.relative_to(ROOT).as_posix()
                    archive.writestr(zipfile.ZipInfo(name), path.read_bytes(), zipfile.ZIP_DEFLATED, 9)
    return packed.getvalue()


def as_yaml(entries: Mapping[str, Any]) -> str:
    """Answers in a file, as ``screener summarise`` reads them; JSON is YAML as well."""
    return "".join(f"{question}: {json.dumps(entry, ensure_ascii=False)}\n" for question, entry in entries.items())


CONFIGURATION = """\
# Every key that version 0.1.0 reads, none of them as it is by default.
content = "/srv/clinic/content"
exports = "/srv/clinic/exports"
theme = "high-contrast-light"
plain = true
profile = "kiosk"
hide_after = 45
lock_after = 60
wipe_after = 240
staff_lock_after = 150
printer = "lp -d desk"
hand_back = "Please give the tablet back at the front desk."
store = "postgresql://clinic@db.clinic.example/screener"
terminal = "Front desk"
language = "en-US"
clinic_language = "en-GB"
"""


def main() -> None:
    assert __version__ == "0.1.0", "these files are those of 0.1.0, and made by no other version"
    shutil.rmtree(HERE, ignore_errors=True)
    HERE.mkdir()
    with tempfile.TemporaryDirectory() as name:
        machine = Machine(Path(name))
        paper = machine.clinic()
        first, second = complete(machine), blank(machine)
        third, code = begun(machine)
        with suppress(Refused):  # As it must be, and the audit trail has it.
            machine.vault(REVOKED, REVOKED_PASSPHRASE)
        asyncio.run(staff_work(machine, first, second))
        machine.screener("clinic", "purge", "--apply")
        vault = machine.vault()
        told = expected(vault, machine)
        vault.store.database.shrink()
        vault.store.database.close()
        told |= {"complete": first, "blank": second, "begun": third, "left_at": LEFT_AT}
        machine.screener("clinic", "backup", Path(name) / "backup.db")
        shutil.copyfile(Path(name) / "backup.db", HERE / "backup.db")
        shutil.copyfile(machine.store, HERE / "responses.db")
        (HERE / "responses.sql").write_text(dumped(machine, HERE / "backup.db"), "utf-8")
        shutil.copytree(machine.exports, HERE / "copies", copy_function=shutil.copyfile)
        answers = HERE / "answers.yaml"
        answers.write_text(as_yaml(told["responses"][first]["answers"]), "utf-8")
        for copy in ("patient", "clinician"):
            summary = machine.screener(
                *("summarise", answers, "--copy", copy, "--format", "json"),
                *("--reference", first, "--answered", told["responses"][first]["started"]),
            )
            (HERE / f"answers-{copy}.json").write_text(summary, "utf-8")
    secrets = {
        "staff": {FIRST: FIRST_PASSPHRASE, SECOND: SECOND_PASSPHRASE},
        "refused": {SECOND: SECOND_EARLIER, REVOKED: REVOKED_PASSPHRASE},
        "paper": paper,
        "code": code,
    }
    for file, values in (("secrets.json", secrets), ("expected.json", told)):
        (HERE / file).write_text(json.dumps(values, indent=1, ensure_ascii=False) + "\n", "utf-8")
    (HERE / "content.zip").write_bytes(zipped())
    (HERE / "config.toml").write_text(CONFIGURATION, "utf-8")


if __name__ == "__main__":
    main()
