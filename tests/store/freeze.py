"""``python -m tests.store.freeze``: write a store as this version keeps it, for later versions to read.

It is run once for each format, and never again once that was released: what is there must stay readable.
"""

from __future__ import annotations

import datetime
import json
import shutil
import tempfile
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from screener.engine.interview_parts import Acknowledgement, Position
from screener.model.response import AbsentReason, Entry
from screener.store.backup import back_up
from screener.store.content_archive import content_hash, pack
from screener.store.database import FORMAT
from screener.store.history import HistoryEntry
from screener.store.record import StoredResponse
from screener.store.sqlite import SQLite
from screener.store.staff_store import StaffStore
from tests.store.making import PASSPHRASE, STAFF, START, a_clinic, a_record, unlocked
from tests.strategies import flight

FIXTURES = Path(__file__).parent / "fixtures"
QUESTIONS = Path(__file__).parents[1] / "fixtures"
NAME = "before-a-flight"


def main() -> None:
    FIXTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        file, backup = Path(name) / "responses.db", Path(name) / "backup.db"
        store, paper = a_clinic(SQLite(file))
        open_responses = [
            store.begin(response(number), pack(QUESTIONS, NAME), "Alex" if number else "") for number in range(3)
        ]
        open_responses[0].save(response(0))
        code = open_responses[0].return_code()
        open_responses[2].finish(replace(response(2), finished=START + datetime.timedelta(minutes=12)), "Alex")
        staff_store = unlocked(store)
        staff_store.annotate(open_responses[2].id, "acknowledged", "chest-pain")
        staff_store.annotate(open_responses[2].id, "read")
        staff_store.annotate(open_responses[2].id, "name", "Robin B.")
        staff_store.annotate(open_responses[2].id, "note", "Was called back on Tuesday: \u201call well\u201d.")
        staff_store.admit("Sam", "another goose altogether")
        keys = {
            "staff": STAFF,
            "passphrase": PASSPHRASE,
            "paper": paper,
            "code": code,
            "returned": open_responses[0].id,
        }
        description = described(staff_store)
        back_up(store, backup)
        store.database.close()
        shutil.copyfile(file, FIXTURES / f"store-{FORMAT}.db")
        shutil.copyfile(backup, FIXTURES / f"backup-{FORMAT}.db")
    written = json.dumps({"keys": keys, "told": description}, indent=1, ensure_ascii=False)
    (FIXTURES / f"store-{FORMAT}.json").write_text(written + "\n", "utf-8")


def response(number: int) -> StoredResponse:
    """Invented responses: one in the middle with every kind of answer, one just begun, and an urgent one."""
    answers: list[tuple[str, Entry]] = [("departure", "north"), ("typed_by", AbsentReason.DECLINED)]
    if number != 1:
        answers += [
            ("age", 44),
            ("alone", True),
            ("age", 45),
            ("first_flight", datetime.date(1987, 3, 14)),
            ("flown_before", False),
            ("items", frozenset({"oxygen", "stick"})),
            ("oxygen_flow", Decimal("2.50")),
            ("remarks", "My sister Ottilie comes along \u2013 \u65e5\u672c\u8a9e \U0001f9f3"),
        ]
    if number == 2:
        answers += [("chest_pain", True), ("pain_now", False)]
    history = tuple(
        HistoryEntry(
            question, entry, START + datetime.timedelta(seconds=20.5 * step), "Alex" if question == "age" else None
        )
        for step, (question, entry) in enumerate(answers)
    )
    record = replace(
        a_record(0), content=content_hash(flight()), history=history, position=Position("bag", 3), region="england"
    )
    if number < 2:
        return replace(record, reference=f"K7QP-3MX{number}")
    acknowledgement = Acknowledgement("chest-pain", START + datetime.timedelta(minutes=3), "Alex")
    return replace(
        record,
        reference="B2CD-4FGH",
        name="Robin \u00d1and\u00fa",
        acknowledgements=(acknowledgement,),
        urgent=("chest-pain",),
        position=Position(None, 4, False, frozenset({"chest-pain"})),
    )


def described(staff_store: StaffStore) -> dict[str, Any]:
    """Everything that staff can read in a store, as plain JSON."""
    audit = staff_store.check_audit()
    listed = sorted(staff_store.responses(), key=lambda response: response.id)
    return {
        "clinic": plain(staff_store.store.clinic),
        "audit": plain(audit),
        "responses": [plain(response) for response in listed],
        "records": [plain(staff_store.read(response.id)) for response in listed],
    }


def plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    match value:
        case AbsentReason():
            return {"absent": value.value}
        case Decimal():
            return {"decimal": str(value)}
        case datetime.date():
            return {"time": value.isoformat()}
        case bytes():
            return {"bytes": value.hex()}
        case frozenset():
            return {"set": sorted(value)}
        case tuple() | list():
            return [plain(part) for part in value]
    return value


if __name__ == "__main__":
    main()
