"""What staff can rely on, whatever the screen: order, search, what others save, who did what."""

from __future__ import annotations

import asyncio
import dataclasses
import gc
import json
import shutil
import stat
import sys
import weakref
import zlib
from pathlib import Path

import pytest

from screener.content.load import load
from screener.desk.copies import KINDS, Kind
from screener.desk.desk import Desk, Locked
from screener.desk.opened import Contents, open_under, take
from screener.export.save import render
from screener.problem import ScreenerError
from screener.store import label, remark
from screener.store import record as record_module
from screener.store.audit import Event
from screener.store.clinic import Refused
from screener.store.label import Label
from screener.store.pinned import hash_of, pack
from screener.store.sealing import seal
from screener.store.store import Store
from screener.store.vault import Standing
from tests.staff.clinic import ACUTE, CALM, FLIGHT, NOON, PASSPHRASE, STAFF, URGENT, Clinic


async def unlocked(clinic: Clinic, printer: str | None = None) -> Desk:
    desk = clinic.desk(printer=printer)
    await desk.unlock(STAFF, PASSPHRASE)
    return desk


def references(desk: Desk, typed: str = "") -> list[str]:
    return [listed.label.reference if listed.label else "?" for listed in desk.board.found(typed)]


async def test_urgent_comes_first_then_waiting_then_in_progress_then_read(clinic: Clinic) -> None:
    """In each part whoever waits longest, or was saved last, comes first; what cannot be read is there, at the end."""
    strange = clinic.answers("9999-9999", CALM)
    for number, (reference, entries, finished) in enumerate(
        [
            ("2222-2222", CALM, True),
            ("3333-3333", CALM, False),
            ("4444-4444", CALM, True),
            ("5555-5555", ACUTE, False),
            ("6666-6666", CALM, True),
            ("7777-7777", URGENT, True),
            ("8888-8888", CALM, False),
        ]
    ):
        clinic.clock.at = NOON.replace(minute=number)
        kept = clinic.answers(reference, entries, finished=finished)
        if reference == "2222-2222":
            clinic.vault().remark(kept.id, "read")
    with clinic.store().database.writing() as rows:
        rows.run("UPDATE response SET keys = ? WHERE id = ?", (b"sealed to another clinic", strange.id))
    desk = await unlocked(clinic)
    assert references(desk) == [
        *("5555-5555", "7777-7777"),
        *("4444-4444", "6666-6666"),
        *("8888-8888", "3333-3333"),
        "2222-2222",
        "?",
    ]
    assert [listed.label.reference for listed in desk.board.urgent if listed.label] == ["5555-5555", "7777-7777"]
    assert sum(desk.board.counts.values()) == len(desk.board) == 8
    desk.close()


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Ana Lee", "ana"),
        ("Ana Lee", "LEE an"),
        ("José Müller", "jose muller"),
        ("Anne-Marie O'Neill", "anne marie oneill"),
        ("Ana\u200b Lee", "ana lee"),
        ("A\u00adn\u2060a", "ana"),
        ("\u0410\u043d\u0430", "aha"),
        ("\u0410\u043d\u0430", "\u0430\u043d\u0430"),
        ("P\u0430ul", "paul"),
        ("\uff21\uff4e\uff41", "ana"),
        ("\U0001d400na", "ana"),
        ("Stra\u00dfe", "strasse"),
        ("Łukasz Sørensen", "lukasz sorensen"),
        ("\u039d\u03af\u03ba\u03bf\u03c2", "niko"),
        ("\u039d\u0456kos", "nikos"),
        ("Bob 0ak", "bob oak"),
        ("[b]Ana[/b]", "ana"),
    ],
)
async def test_a_name_is_found_however_it_was_written(clinic: Clinic, name: str, typed: str) -> None:
    """Capitals, accents, lookalike letters and what cannot be seen make no difference to a search."""
    clinic.answers("2222-2222", CALM, name=name)
    clinic.answers("3333-3333", CALM, name="Zvi")
    desk = await unlocked(clinic)
    assert references(desk, typed) == ["2222-2222"]
    assert references(desk, "k7") == []
    assert desk.board.found(typed)[0].name == name
    desk.close()


async def test_a_reference_is_found_by_its_start_without_its_hyphen(clinic: Clinic) -> None:
    clinic.answers("K7QP-3MXD", CALM)
    clinic.answers("K7QP-9999", CALM)
    desk = await unlocked(clinic)
    assert references(desk, "k7qp3") == references(desk, "K7QP-3") == ["K7QP-3MXD"]
    assert len(references(desk, "k7qp")) == 2
    desk.close()


async def test_what_another_terminal_saves_is_there_at_the_next_look(clinic: Clinic) -> None:
    """New, changed, finished, urgent, read and removed: each by another connection."""
    desk = await unlocked(clinic)
    assert not await desk.look()
    kept = clinic.answers("2222-2222", CALM, finished=False)
    assert await desk.look()
    assert not await desk.look()
    assert desk.board.found()[0].standing is Standing.IN_PROGRESS
    kept.save(clinic.record("2222-2222", ACUTE))
    await desk.look()
    assert desk.board.urgent
    kept.finish(clinic.record("2222-2222", CALM, finished=True))
    await desk.look()
    assert desk.board.found()[0].standing is Standing.WAITING
    clinic.vault().remark(kept.id, "read")
    await desk.look()
    assert desk.board.found()[0].standing is Standing.READ
    with clinic.store().database.writing() as rows:
        rows.run("DELETE FROM response", ())
    await desk.look()
    assert len(desk.board) == 0
    desk.close()


async def test_a_look_that_is_broken_off_loses_nothing(clinic: Clinic) -> None:
    """A page that is closed while it waits for the store must not swallow an urgent answer."""
    desk = await unlocked(clinic)
    clinic.answers("2222-2222", URGENT)
    look = asyncio.create_task(desk.look())
    await asyncio.sleep(0)
    desk._thread._executor.submit(bool).result()  # The store has been read by now, and nobody was told.
    look.cancel()
    with pytest.raises(asyncio.CancelledError):
        await look
    await desk.look()
    assert references(desk) == ["2222-2222"]
    desk.close()


async def test_two_consoles_acknowledge_one_urgent_answer_once(clinic: Clinic) -> None:
    """The first who sees to it is kept by name and time; a new urgent answer of the same person asks again."""
    kept = clinic.answers("2222-2222", URGENT, finished=False)
    desk = await unlocked(clinic)
    (listed,) = desk.board.urgent
    clinic.vault().remark(kept.id, "acknowledged", "chest-pain")
    await desk.acknowledge(listed.id)
    (seen,) = desk.board.found()
    assert [(each.kind, each.by, each.text, each.at) for each in seen.remarks] == [
        ("acknowledged", "Kim Oak", "chest-pain", NOON)
    ]
    assert seen.standing is Standing.IN_PROGRESS
    kept.save(clinic.record("2222-2222", ACUTE))
    await desk.look()
    (listed,) = desk.board.urgent
    await desk.acknowledge(listed.id)
    assert not desk.board.urgent
    assert desk.board.found()[0].remarks[-1].by == STAFF
    assert set(desk.board.found()[0].remarks[-1].text.split()) == {"chest-pain", "chest-pain-now"}
    desk.close()


async def test_the_audit_trail_tells_who_read_noted_saved_and_printed(clinic: Clinic, tmp_path: Path) -> None:
    """A wrong passphrase, unlocking, reading, remarks, copies: in their order, each under the name of who did it."""
    kept = clinic.answers("2222-2222", CALM)
    desk = clinic.desk(printer=printer(tmp_path))
    with pytest.raises(Refused):
        await desk.unlock(STAFF, "not the passphrase")
    await desk.unlock(STAFF, PASSPHRASE)
    response = await desk.read(kept.id)
    await desk.remark(kept.id, "note", "called back")
    await desk.remark(kept.id, "read")
    await desk.copy(response, Kind("save", "clinician"))
    await desk.copy(response, Kind("print", "patient"))
    desk.close()
    rows = clinic.vault().check_audit()
    events = [(Event(row.event), row.actor, row.subject) for row in rows]
    assert events[events.index((Event.REFUSED, "", "")) : -1] == [
        (Event.REFUSED, "", ""),
        (Event.UNLOCKED, STAFF, ""),
        (Event.VIEWED, STAFF, kept.id),
        (Event.REMARKED, STAFF, kept.id),
        (Event.REMARKED, STAFF, kept.id),
        (Event.EXPORTED, STAFF, kept.id),
        (Event.PRINTED, STAFF, kept.id),
    ]
    (export,) = clinic.exports.iterdir()
    (row,) = [row for row in rows if row.event == Event.EXPORTED]
    assert f"Audit trail: {row.head}" in " ".join(export.read_text().split())


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.way == "save"], ids=str)
async def test_every_copy_is_saved_privately_under_a_name_that_says_nothing(clinic: Clinic, kind: Kind) -> None:
    """Saved twice it is two files; neither is named after the person, and only its owner can read it."""
    kept = clinic.answers("2222-2222", CALM, name="Ana Lee")
    desk = await unlocked(clinic)
    response = await desk.read(kept.id)
    said = [await desk.copy(response, kind) for _ in range(2)]
    files = sorted(clinic.exports.iterdir())
    assert len(files) == 2
    for path in files:
        assert any(str(path) in sentence for sentence in said)
        assert path.name.startswith(f"screener-2222-2222-{kind.copy}")
        assert "Ana" not in path.name
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert ("Ana Lee" in path.read_text()) == (kind.copy == "clinician")
    desk.close()


async def test_a_reference_that_a_terminal_forged_leads_nowhere_else(clinic: Clinic) -> None:
    """Whatever a tampered terminal calls its response, a copy stays in the exports folder."""
    record = dataclasses.replace(clinic.record("x", CALM), reference="../../escaped")
    kept = clinic.store().begin(record, pack(FLIGHT, "before-a-flight"))
    desk = await unlocked(clinic)
    await desk.copy(await desk.read(kept.id), Kind("save", "patient"))
    assert [path.name for path in clinic.exports.iterdir()] == ["screener--patient.txt"]
    desk.close()


def printer(folder: Path, script: str = "import sys; open(sys.argv[1], 'wb').write(sys.stdin.buffer.read())") -> str:
    """A printer command that writes down what it is given, and with which words it was called."""
    command = folder / "printer.py"
    command.write_text(f"import sys\nopen({str(folder / 'words')!r}, 'w').write(repr(sys.argv))\n{script}\n")
    return f"{sys.executable} {command} '{folder}/a page'"


async def test_printing_gives_the_text_and_no_word_about_the_person(clinic: Clinic, tmp_path: Path) -> None:
    """The sealed text goes to the command's standard input; the words of the command are those that were configured."""
    kept = clinic.answers("2222-2222", CALM, name="Ana Lee")
    desk = await unlocked(clinic, printer(tmp_path))
    response = await desk.read(kept.id)
    assert await desk.copy(response, Kind("print", "clinician")) == "It was given to the printer."
    assert "Ana Lee" in (tmp_path / "a page").read_text()
    words = (tmp_path / "words").read_text()
    assert "a page" in words
    assert "Ana" not in words
    assert "2222" not in words
    assert list(clinic.exports.iterdir()) == []
    desk.close()


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (
            "sys.exit('no paper\\x1b[2J\\nin tray')",
            "The printer command failed with code 1: no paper<U+001B>[2J in tray.",
        ),
        ("sys.exit(3)", "The printer command failed with code 3."),
        (None, 'No printer is configured. Add printer = "lp" to the configuration file.'),
        ("gone", "The printer command gone-for-good -d desk cannot be run. Check it in the configuration."),
    ],
)
async def test_where_printing_fails_one_sentence_says_so(
    clinic: Clinic, tmp_path: Path, script: str | None, said: str
) -> None:
    kept = clinic.answers("2222-2222", CALM)
    command = "gone-for-good -d desk" if script == "gone" else printer(tmp_path, script) if script else None
    desk = await unlocked(clinic, command)
    response = await desk.read(kept.id)
    with pytest.raises(ScreenerError) as failed:
        await desk.copy(response, Kind("print", "clinician"))
    assert str(failed.value) == said
    desk.close()


async def test_after_the_lock_no_key_and_no_answer_can_be_reached(clinic: Clinic) -> None:
    """The vault, the list and what was opened are gone from memory, and every way back asks for the passphrase."""
    kept = clinic.answers("2222-2222", CALM, name="Ana of this test")
    desk = await unlocked(clinic)
    response = await desk.read(kept.id)
    gone = [weakref.ref(desk._unlocked.vault), weakref.ref(response), weakref.ref(desk.board)]  # type: ignore[union-attr]
    del response
    desk.lock()
    await asyncio.sleep(0)  # The loop holds on to the last result for as long as this step of the test lasts.
    gc.collect()
    assert [each() for each in gone] == [None] * 3
    assert not [each for each in gc.get_objects() if type(each) is Label and each.name == "Ana of this test"]
    assert not desk.is_open
    for ask in (desk.look(), desk.read(kept.id), desk.remark(kept.id, "read"), desk.resume(kept.id)):
        with pytest.raises(Locked):
            await ask
    desk.close()


def older_content(folder: Path) -> Path:
    """The content of the tests as it was before: other words, another rule, another version."""
    shutil.copytree(FLIGHT, folder)
    for name, old, new in (
        ("questions/before-a-flight/questionnaire.yaml", "version: 2.1.0", "version: 1.9.0"),
        ("questions/before-a-flight/body.yaml", "Does your chest hurt?", "Have you a pain in your chest?"),
        ("rules/before-a-flight/flight.yaml", "Chest pain by own report.", "Pain of the chest, as told."),
    ):
        path = folder / name
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))
    return folder


async def test_a_response_to_an_older_content_reads_byte_for_byte_as_it_did(clinic: Clinic, tmp_path: Path) -> None:
    """Both copies are the same before and after the content in use was replaced, with its old words in them."""
    old = load(older_content(tmp_path / "old"), "before-a-flight")
    record = dataclasses.replace(clinic.record("2222-2222", URGENT), content=hash_of(old))
    kept = clinic.store().begin(record, pack(tmp_path / "old", "before-a-flight"))
    vault = clinic.vault()
    then = open_under(take(vault, kept.id, old), Contents(old, tmp_path / "kept"))
    before = [render(then.summary(copy)) for copy in ("patient", "clinician")]
    assert "Pain of the chest, as told." in before[1]
    desk = await unlocked(clinic)
    response = await desk.read(kept.id)
    assert [render(response.summary(copy)) for copy in ("patient", "clinician")] == before
    assert response.content.questionnaire.version == "1.9.0"
    desk.close()


async def test_the_clinic_reads_its_own_language_and_the_person_theirs(clinic: Clinic) -> None:
    """Answered in Spanish: the clinician's copy and the list of answers are in English, the person's is in Spanish."""
    record = dataclasses.replace(clinic.record("2222-2222", URGENT), language="es-US")
    kept = clinic.store().begin(record, pack(FLIGHT, "before-a-flight"))
    desk = await unlocked(clinic)
    response = await desk.read(kept.id)
    clinician, patient = (" ".join(render(response.summary(copy)).split()) for copy in ("clinician", "patient"))
    assert "Answered in: Spanish (US) (es-US)" in clinician
    assert "Chest pain by own report." in clinician
    assert "Hable con un profesional" in patient
    assert [section for section, _answers in response.answers()] == ["Your journey", "Your body"]
    desk.close()


async def test_questions_that_were_replaced_behind_a_response_are_not_shown(clinic: Clinic, tmp_path: Path) -> None:
    """The content of an old response is not sealed; what is not the one it was given under is refused in a sentence."""
    folder = older_content(tmp_path / "old")
    old = load(folder, "before-a-flight")
    record = dataclasses.replace(clinic.record("2222-2222", CALM), content=hash_of(old))
    kept = clinic.store().begin(record, pack(folder, "before-a-flight"))
    path = folder / "questions" / "before-a-flight" / "body.yaml"
    path.write_text(path.read_text().replace("Have you a pain in your chest?", "Are you well?"))
    with clinic.store().database.writing() as rows:
        rows.run("UPDATE content SET packed = ? WHERE hash = ?", (pack(folder, "before-a-flight"), hash_of(old)))
    desk = await unlocked(clinic)
    with pytest.raises(ScreenerError, match="not those that it was given under"):
        await desk.read(kept.id)
    desk.close()


async def test_a_response_that_was_changed_in_the_store_is_refused(clinic: Clinic) -> None:
    kept = clinic.answers("2222-2222", CALM)
    desk = await unlocked(clinic)
    with clinic.store().database.writing() as rows:
        rows.run("UPDATE response SET snapshot = zeroblob(9000) WHERE id = ?", (kept.id,))
    with pytest.raises(ScreenerError, match="was changed"):
        await desk.read(kept.id)
    with clinic.store().database.writing() as rows:
        rows.run("DELETE FROM response WHERE id = ?", (kept.id,))
    with pytest.raises(ScreenerError, match="was removed"):
        await desk.read(kept.id)
    desk.close()


STRANGE = [
    {"name": 5},
    {"reference": None},
    {"urgent": [1]},
    {"urgent": None},
    {"started": "2026-03-01T12:00:00"},
    {"saved": None},
    {"finished": 7},
    {"more": 1},
]


@pytest.mark.parametrize("strange", STRANGE, ids=str)
async def test_a_label_that_a_terminal_forged_is_unreadable_and_hides_no_other(
    clinic: Clinic, strange: dict[str, object]
) -> None:
    """Sealed with the right key and nonsense inside: the list is there, with everybody else in it."""
    kept = clinic.answers("2222-2222", CALM, finished=False)
    clinic.answers("3333-3333", URGENT)
    forged = json.dumps({**json.loads(label.packed(label.label_of(clinic.record("x", CALM), NOON))), **strange})
    place = f"screener/1|label|{kept.id}|".encode() + kept.version
    sealed = seal(forged.encode(), kept.key, place, padded_to=label.PADDED_TO)
    with clinic.store().database.writing() as rows:
        rows.run("UPDATE response SET label = ? WHERE id = ?", (sealed, kept.id))
    desk = await unlocked(clinic)
    assert references(desk) == ["3333-3333", "?"]
    desk.close()


@pytest.mark.parametrize(
    "strange", [{"kind": "order"}, {"by": 1}, {"text": None}, {"at": "2026-03-01T12:00:00"}, {"x": 1}]
)
async def test_a_forged_remark_hides_no_other_response(clinic: Clinic, strange: dict[str, object]) -> None:
    kept = clinic.answers("2222-2222", CALM, finished=False)
    clinic.answers("3333-3333", URGENT)
    forged = json.dumps({**json.loads(remark.packed(remark.Remark("note", "Jo", NOON))), **strange})
    sealed = seal(forged.encode(), kept.key, f"screener/1|remark|{kept.id}|1".encode(), padded_to=remark.PADDED_TO)
    with clinic.store().database.writing() as rows:
        rows.run("INSERT INTO remark (response, n, sealed) VALUES (?, ?, ?)", (kept.id, 1, sealed))
    desk = await unlocked(clinic)
    assert references(desk) == ["3333-3333", "?"]
    desk.close()


@pytest.mark.parametrize(
    "strange", [{"name": 5}, {"language": 7}, {"history": [["bag", True, 0, None]]}, {"face": "x"}]
)
async def test_a_forged_response_is_refused_in_a_sentence(clinic: Clinic, strange: dict[str, object]) -> None:
    """What does not fit its questions, or cannot be shown, gets no page."""
    kept = clinic.answers("2222-2222", CALM, finished=False)
    written = json.loads(zlib.decompress(record_module.packed(clinic.record("2222-2222", CALM))))
    forged = zlib.compress(json.dumps({**written, **strange}).encode())
    place = f"screener/1|snapshot|{kept.id}|".encode() + kept.version
    sealed = seal(forged, kept.key, place, padded_to=8192)
    with clinic.store().database.writing() as rows:
        rows.run("UPDATE response SET snapshot = ? WHERE id = ?", (sealed, kept.id))
    desk = await unlocked(clinic)
    with pytest.raises(ScreenerError):
        await desk.read(kept.id)
    desk.close()


async def test_answers_are_read_with_those_before_them(clinic: Clinic) -> None:
    """Who entered what and when is told for the answer that holds and for each before it."""
    kept = clinic.answers("2222-2222", {"chest_pain": True}, finished=False)
    record = clinic.record("2222-2222", {"chest_pain": True, "pain_now": True})
    changed = dataclasses.replace(record.history[0], entry=False, by="Jo Field")
    kept.save(dataclasses.replace(record, history=(*record.history, changed), position=record.position))
    desk = await unlocked(clinic)
    response = await desk.read(kept.id)
    answers = {each.label: each for _, section in response.answers() for each in section}
    assert answers["Chest pain"].now == "No"
    assert answers["Chest pain"].given.by == "Jo Field"
    assert [(text, given.by) for text, given in answers["Chest pain"].before] == [("Yes", None)]
    assert not answers["Chest pain now"].counts
    desk.close()


async def test_a_response_in_progress_is_taken_over_and_a_finished_one_is_not(clinic: Clinic) -> None:
    kept = clinic.answers("2222-2222", CALM, finished=False)
    desk = await unlocked(clinic)
    taken, record = await desk.resume(kept.id)
    assert record.entries == dict(CALM)
    desk.close()
    store: Store = clinic.store()
    taken.store = store
    taken.save(clinic.record("2222-2222", URGENT))
    assert store.head()
    done = clinic.answers("3333-3333", CALM)
    desk = await unlocked(clinic)
    with pytest.raises(ScreenerError, match="finished"):
        await desk.resume(done.id)
    desk.close()
