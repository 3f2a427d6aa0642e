"""``screener clinic sign``: until a clinician signs the content, kiosk and copies say that nobody here did."""

from __future__ import annotations

from pathlib import Path

import pytest

from screener.cli import kiosk
from screener.content.compiled import Content
from screener.errors import ScreenerError
from screener.staff.copies import CopyKind, logged_summary
from screener.staff.response import ReadingContext, open_response, read_sealed
from screener.store.approval import approve, read_approval, signed_by
from screener.store.audit import Event
from screener.store.content_archive import content_hash
from screener.store.members import NotAllowed
from screener.store.record import StoredResponse
from screener.store.store import Store
from screener.store.unlock import unlock
from tests.cli.running import CONTENT
from tests.clinic.machine import STAFF, Machine

CALLED = "Alex called Samaritans on 2026-11-28"


def in_copy(store: Store, flight: Content, machine: Machine, folder: Path) -> str:
    """What a saved copy says of who signed its content."""
    staff_store = machine.staff_store(store)
    (listed,) = staff_store.responses()
    response = open_response(read_sealed(staff_store, listed.id, flight), ReadingContext(flight, folder))
    document = logged_summary(staff_store, response, CopyKind("save", "clinician"), listed)
    return str(document.blocks)


def test_a_copy_says_who_signed_its_content(machine: Machine, flight: Content, tmp_path: Path) -> None:
    store, _ = machine.clinic()
    now = store.now()
    store.begin(StoredResponse("K7QP-3MXD", "before-a-flight", content_hash(flight), "en-GB", "screen", now), b"")
    assert "value='nobody here'" in in_copy(store, flight, machine, tmp_path)
    ran = machine.staff("clinic", "sign", typed=(CALLED, "SIGNED"))
    assert ran.returncode == 0, ran.stderr
    assert f"Hash: {content_hash(flight)}\n" in ran.stdout
    assert f"value='{STAFF}, {now.astimezone():%Y-%m-%d}'" in in_copy(store, flight, machine, tmp_path)
    assert signed_by(store, "0" * 64) == "nobody here"
    assert store.clinic is not None
    with store.database.reading() as rows:
        approval = read_approval(rows, store.clinic, content_hash(flight))
    assert approval is not None
    assert (approval.by, approval.lines) == (STAFF, CALLED)
    rows_of_trail = machine.staff_store(store).check_audit()
    assert [row.subject for row in rows_of_trail if row.event == Event.CONTENT_SIGNED] == [content_hash(flight)]


@pytest.mark.parametrize("typed", [("", "SIGNED"), (CALLED, "yes"), (CALLED,)])
def test_without_the_crisis_lines_or_the_word_nothing_is_signed(
    machine: Machine, flight: Content, typed: tuple[str, ...]
) -> None:
    store, _ = machine.clinic()
    assert machine.staff("clinic", "sign", typed=typed).returncode == 2
    assert signed_by(store, content_hash(flight)) == "nobody here"


def test_nobody_but_a_clinician_signs_and_nobody_forges_it(machine: Machine) -> None:
    store, _ = machine.clinic()
    staff_store = machine.staff_store(store)
    staff_store.admit("Sam", "nine small brown wrens", "reception")
    with pytest.raises(NotAllowed):
        approve(unlock(store, "Sam", "nine small brown wrens"), "a" * 64, CALLED)
    approve(staff_store, "a" * 64, CALLED)
    with store.database.writing() as rows:
        rows.run(
            "UPDATE meta SET name = ? WHERE name = ?", ("content signed " + "b" * 64, "content signed " + "a" * 64)
        )
        rows.run("INSERT INTO meta VALUES (?, ?)", ("content signed " + "c" * 64, b"[1, 2]"))
    for hash in ("a", "b", "c"):
        assert signed_by(store, hash * 64) == "nobody here"
    with pytest.raises(ScreenerError):
        approve(staff_store, "a" * 64, "x" * 201)


def test_a_kiosk_tells_staff_at_its_start(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from argparse import Namespace

    machine.clinic()
    monkeypatch.setenv("HOME", str(machine.home))
    monkeypatch.setenv("SCREENER_STORE", str(machine.data / "responses.db"))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    options = Namespace(content=CONTENT, questionnaire=None)
    kiosk._tell_unsigned(options)
    assert "Nobody at this clinic has signed these questions." in capsys.readouterr().err
    assert machine.staff("clinic", "sign", typed=(CALLED, "SIGNED")).returncode == 0
    kiosk._tell_unsigned(options)
    assert capsys.readouterr().err == ""
