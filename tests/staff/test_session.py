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
from screener.document.formats import render
from screener.errors import ScreenerError
from screener.staff.base_session import Locked
from screener.staff.copies import KINDS, CopyKind
from screener.staff.response import ReadingContext, open_response, read_sealed
from screener.staff.session import StaffSession
from screener.store import annotation, list_entry
from screener.store import record as record_module
from screener.store.audit import Event
from screener.store.content_archive import content_hash, pack
from screener.store.crypto import seal
from screener.store.list_entry import ListEntry
from screener.store.members import Refused
from screener.store.response_list import ReviewStatus
from screener.store.sqlite import SQLite
from screener.store.store import Store
from tests.staff.clinic import ACUTE, CALM, FLIGHT, NOON, PASSPHRASE, STAFF, URGENT, Clinic
from tests.strategies import flight, shipped


async def unlocked(clinic: Clinic, printer: str | None = None) -> StaffSession:
    staff_session = clinic.staff_session(printer=printer)
    await staff_session.unlock(STAFF, PASSPHRASE)
    return staff_session


def references(staff_session: StaffSession, typed: str = "") -> list[str]:
    return [listed.entry.reference if listed.entry else "?" for listed in staff_session.worklist.matching(typed)]


async def test_the_list_is_in_the_order_of_what_is_so(clinic: Clinic) -> None:
    """At an emergency page, urgent, waiting, in progress, seen to, read; in each part whoever waits longest, or was
    saved or seen to last, comes first; what cannot be read is there, at the end. Somebody at an emergency page comes
    before a finished response that is urgent for longer."""
    strange = clinic.answers("9999-9999", CALM)
    for number, (reference, entries, finished) in enumerate(
        [
            ("2222-2222", CALM, True),
            ("3333-3333", CALM, False),
            ("4444-4444", CALM, True),
            ("BBBB-BBBB", URGENT, True),
            ("CCCC-CCCC", URGENT, False),
            ("DDDD-DDDD", URGENT, True),
            ("7777-7777", URGENT, True),
            ("6666-6666", CALM, True),
            ("5555-5555", ACUTE, False),
            ("8888-8888", CALM, False),
        ]
    ):
        clinic.clock.at = NOON.replace(minute=number)
        in_store = clinic.answers(reference, entries, finished=finished)
        if reference[0] in "BCD":
            clinic.staff_store().annotate(in_store.id, "acknowledged", "chest-pain")
        if reference[0] in "2D":
            clinic.staff_store().annotate(in_store.id, "read")
    with clinic.store().database.writing() as rows:
        rows.run("UPDATE response SET keys = ? WHERE id = ?", (b"sealed to another clinic", strange.id))
    staff_session = await unlocked(clinic)
    assert references(staff_session) == [
        *("5555-5555", "7777-7777"),
        *("4444-4444", "6666-6666"),
        *("8888-8888", "3333-3333"),
        *("DDDD-DDDD", "CCCC-CCCC", "BBBB-BBBB"),
        "2222-2222",
        "?",
    ]
    assert [listed.entry.reference for listed in staff_session.worklist.urgent if listed.entry] == [
        "5555-5555",
        "7777-7777",
    ]
    assert sum(staff_session.worklist.counts.values()) == len(staff_session.worklist) == 11
    staff_session.close()


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
    staff_session = await unlocked(clinic)
    assert references(staff_session, typed) == ["2222-2222"]
    assert references(staff_session, "k7") == []
    assert staff_session.worklist.matching(typed)[0].name == name
    staff_session.close()


async def test_a_reference_is_found_by_its_start_without_its_hyphen(clinic: Clinic) -> None:
    clinic.answers("K7QP-3MXD", CALM)
    clinic.answers("K7QP-9999", CALM)
    staff_session = await unlocked(clinic)
    assert references(staff_session, "k7qp3") == references(staff_session, "K7QP-3") == ["K7QP-3MXD"]
    assert len(references(staff_session, "k7qp")) == 2
    staff_session.close()


async def test_what_another_terminal_saves_is_there_at_the_next_look(clinic: Clinic) -> None:
    """New, changed, finished, urgent, read and removed: each by another connection."""
    staff_session = await unlocked(clinic)
    assert not await staff_session.look()
    in_store = clinic.answers("2222-2222", CALM, finished=False)
    assert await staff_session.look()
    assert not await staff_session.look()
    assert staff_session.worklist.matching()[0].status is ReviewStatus.IN_PROGRESS
    in_store.save(clinic.record("2222-2222", ACUTE))
    await staff_session.look()
    assert staff_session.worklist.urgent
    in_store.finish(clinic.record("2222-2222", CALM, finished=True))
    await staff_session.look()
    assert staff_session.worklist.matching()[0].status is ReviewStatus.WAITING
    clinic.staff_store().annotate(in_store.id, "read")
    await staff_session.look()
    assert staff_session.worklist.matching()[0].status is ReviewStatus.READ
    with clinic.store().database.writing() as rows:
        rows.run("DELETE FROM response", ())
    await staff_session.look()
    assert len(staff_session.worklist) == 0
    staff_session.close()


async def test_a_look_that_is_broken_off_loses_nothing(clinic: Clinic) -> None:
    """A page that is closed while it waits for the store must not swallow an urgent answer."""
    staff_session = await unlocked(clinic)
    clinic.answers("2222-2222", URGENT)
    look = asyncio.create_task(staff_session.look())
    await asyncio.sleep(0)
    staff_session._thread._executor.submit(bool).result()  # The store has been read by now, and nobody was told.
    look.cancel()
    with pytest.raises(asyncio.CancelledError):
        await look
    await staff_session.look()
    assert references(staff_session) == ["2222-2222"]
    staff_session.close()


async def test_two_consoles_acknowledge_one_urgent_answer_once(clinic: Clinic) -> None:
    """The first who sees to it is kept by name and time; a new urgent answer of the same person asks again."""
    in_store = clinic.answers("2222-2222", URGENT, finished=False)
    staff_session = await unlocked(clinic)
    (listed,) = staff_session.worklist.urgent
    clinic.staff_store().annotate(in_store.id, "acknowledged", "chest-pain")
    await staff_session.acknowledge(listed.id)
    (listed,) = staff_session.worklist.matching()
    assert [(each.kind, each.by, each.text, each.at) for each in listed.annotations] == [
        ("acknowledged", "Kim Oak", "chest-pain", NOON)
    ]
    assert listed.status is ReviewStatus.SEEN_TO
    in_store.save(clinic.record("2222-2222", ACUTE))
    await staff_session.look()
    (listed,) = staff_session.worklist.urgent
    await staff_session.acknowledge(listed.id)
    assert not staff_session.worklist.urgent
    assert staff_session.worklist.matching()[0].annotations[-1].by == STAFF
    assert set(staff_session.worklist.matching()[0].annotations[-1].text.split()) == {"chest-pain", "chest-pain-now"}
    staff_session.close()


async def test_the_audit_trail_tells_who_read_noted_saved_and_printed(clinic: Clinic, tmp_path: Path) -> None:
    """A wrong passphrase, unlocking, reading, remarks, copies: in their order, each under the name of who did it."""
    in_store = clinic.answers("2222-2222", CALM)
    staff_session = clinic.staff_session(printer=printer(tmp_path))
    with pytest.raises(Refused):
        await staff_session.unlock(STAFF, "not the passphrase")
    await staff_session.unlock(STAFF, PASSPHRASE)
    response = await staff_session.read(in_store.id)
    await staff_session.annotate(in_store.id, "note", "called back")
    await staff_session.annotate(in_store.id, "read")
    await staff_session.copy(response, CopyKind("save", "clinician"))
    await staff_session.copy(response, CopyKind("print", "patient"))
    staff_session.close()
    rows = clinic.staff_store().check_audit()
    events = [(Event(row.event), row.actor, row.subject) for row in rows]
    assert events[events.index((Event.REFUSED, "", STAFF)) : -1] == [
        (Event.REFUSED, "", STAFF),
        (Event.UNLOCKED, STAFF, ""),
        (Event.VIEWED, STAFF, in_store.id),
        (Event.NOTED, STAFF, in_store.id),
        (Event.MARKED_READ, STAFF, in_store.id),
        (Event.EXPORTED, STAFF, in_store.id),
        (Event.PRINTED, STAFF, in_store.id),
    ]
    (export,) = clinic.exports.iterdir()
    (row,) = [row for row in rows if row.event == Event.EXPORTED]
    assert f"Audit trail {row.head}" in " ".join(export.read_text().split())


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.destination == "save"], ids=str)
async def test_every_copy_is_saved_privately_under_a_name_that_says_nothing(clinic: Clinic, kind: CopyKind) -> None:
    """Saved twice it is two files; neither is named after the person, and only its owner can read it."""
    in_store = clinic.answers("2222-2222", CALM, name="Ana Lee")
    staff_session = await unlocked(clinic)
    response = await staff_session.read(in_store.id)
    sentences = [await staff_session.copy(response, kind) for _ in range(2)]
    files = sorted(clinic.exports.iterdir())
    assert len(files) == 2
    for path in files:
        assert any(str(path) in sentence for sentence in sentences)
        assert path.name.startswith(f"screener-2222-2222-{kind.audience}")
        assert "Ana" not in path.name
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        if kind.format != "pdf":
            assert ("Ana Lee" in path.read_text()) == (kind.audience == "clinician")
    staff_session.close()


@pytest.mark.parametrize("finished", [False, True])
async def test_the_persons_copy_says_how_long_return_codes_open_unfinished_answers(
    clinic: Clinic, finished: bool
) -> None:
    """As long as the clinic keeps responses; a finished one cannot be come back to."""
    in_store = clinic.answers("2222-2222", CALM, finished=finished)
    staff_session = await unlocked(clinic)
    await staff_session.copy(await staff_session.read(in_store.id), CopyKind("save", "patient"))
    (path,) = clinic.exports.iterdir()
    said = "open these answers for at least 365 days after the last answer" in " ".join(path.read_text().split())
    assert said is not finished
    staff_session.close()


async def test_a_reference_that_a_terminal_forged_leads_nowhere_else(clinic: Clinic) -> None:
    """Whatever a tampered terminal calls its response, a copy stays in the exports folder."""
    record = dataclasses.replace(clinic.record("x", CALM), reference="../../escaped")
    in_store = clinic.store().begin(record, pack(FLIGHT, "before-a-flight"))
    staff_session = await unlocked(clinic)
    await staff_session.copy(await staff_session.read(in_store.id), CopyKind("save", "patient"))
    assert [path.name for path in clinic.exports.iterdir()] == ["screener--patient.txt"]
    staff_session.close()


def printer(folder: Path, script: str = "import sys; open(sys.argv[1], 'wb').write(sys.stdin.buffer.read())") -> str:
    """A printer command that writes down what it is given, and with which words it was called."""
    command = folder / "printer.py"
    command.write_text(f"import sys\nopen({str(folder / 'words')!r}, 'w').write(repr(sys.argv))\n{script}\n")
    return f"{sys.executable} {command} '{folder}/a page'"


async def test_printing_gives_the_text_and_no_word_about_the_person(clinic: Clinic, tmp_path: Path) -> None:
    """The sealed text goes to the command's standard input; the words of the command are those that were configured."""
    in_store = clinic.answers("2222-2222", CALM, name="Ana Lee")
    staff_session = await unlocked(clinic, printer(tmp_path))
    response = await staff_session.read(in_store.id)
    assert await staff_session.copy(response, CopyKind("print", "clinician")) == "It was given to the printer."
    assert "Ana Lee" in (tmp_path / "a page").read_text()
    words = (tmp_path / "words").read_text()
    assert "a page" in words
    assert "Ana" not in words
    assert "2222" not in words
    assert list(clinic.exports.iterdir()) == []
    staff_session.close()


@pytest.mark.parametrize(
    ("script", "complaint"),
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
    clinic: Clinic, tmp_path: Path, script: str | None, complaint: str
) -> None:
    in_store = clinic.answers("2222-2222", CALM)
    command = "gone-for-good -d desk" if script == "gone" else printer(tmp_path, script) if script else None
    staff_session = await unlocked(clinic, command)
    response = await staff_session.read(in_store.id)
    with pytest.raises(ScreenerError) as failed:
        await staff_session.copy(response, CopyKind("print", "clinician"))
    assert str(failed.value) == complaint
    staff_session.close()


async def test_after_the_lock_no_key_and_no_answer_can_be_reached(clinic: Clinic) -> None:
    """The vault, the list and what was opened are gone from memory, and every way back asks for the passphrase."""
    in_store = clinic.answers("2222-2222", CALM, name="Ana of this test")
    staff_session = await unlocked(clinic)
    response = await staff_session.read(in_store.id)
    gone = [
        weakref.ref(staff_session._unlocked.staff_store),
        weakref.ref(response),
        weakref.ref(staff_session.worklist),
    ]  # type: ignore[union-attr]
    del response
    staff_session.lock()
    await asyncio.sleep(0)  # The loop holds on to the last result for as long as this step of the test lasts.
    gc.collect()
    assert [each() for each in gone] == [None] * 3
    assert not [each for each in gc.get_objects() if type(each) is ListEntry and each.name == "Ana of this test"]
    assert not staff_session.is_open
    for ask in (
        staff_session.look(),
        staff_session.read(in_store.id),
        staff_session.annotate(in_store.id, "read"),
        staff_session.resume(in_store.id),
    ):
        with pytest.raises(Locked):
            await ask
    staff_session.close()


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
    record = dataclasses.replace(clinic.record("2222-2222", URGENT), content=content_hash(old))
    in_store = clinic.store().begin(record, pack(tmp_path / "old", "before-a-flight"))
    staff_store = clinic.staff_store()
    then = open_response(read_sealed(staff_store, in_store.id, old), ReadingContext(old, tmp_path / "kept"))
    before = [render(then.summary(copy)) for copy in ("patient", "clinician")]
    assert "Pain of the chest, as told." in before[1]
    staff_session = await unlocked(clinic)
    response = await staff_session.read(in_store.id)
    assert [render(response.summary(copy)) for copy in ("patient", "clinician")] == before
    assert response.content.questionnaire.version == "1.9.0"
    staff_session.close()


async def test_the_clinic_reads_its_own_language_and_the_person_theirs(clinic: Clinic) -> None:
    """Answered in Spanish: the clinician's copy and the list of answers are in English, the person's is in Spanish."""
    record = dataclasses.replace(clinic.record("2222-2222", URGENT), language="es-US")
    in_store = clinic.store().begin(record, pack(FLIGHT, "before-a-flight"))
    staff_session = await unlocked(clinic)
    response = await staff_session.read(in_store.id)
    clinician, patient = (" ".join(render(response.summary(copy)).split()) for copy in ("clinician", "patient"))
    assert "Answered in Spanish (US) (es-US)." in clinician
    assert "Chest pain by own report." in clinician
    assert "Hable con un profesional" in patient
    assert [section for section, _answers in response.answers()] == ["Your journey", "Your body"]
    staff_session.close()


async def test_questions_that_were_replaced_behind_a_response_are_not_shown(clinic: Clinic, tmp_path: Path) -> None:
    """The content of an old response is not sealed; what is not the one it was given under is refused in a sentence."""
    folder = older_content(tmp_path / "old")
    old = load(folder, "before-a-flight")
    record = dataclasses.replace(clinic.record("2222-2222", CALM), content=content_hash(old))
    in_store = clinic.store().begin(record, pack(folder, "before-a-flight"))
    path = folder / "questions" / "before-a-flight" / "body.yaml"
    path.write_text(path.read_text().replace("Have you a pain in your chest?", "Are you well?"))
    with clinic.store().database.writing() as rows:
        rows.run("UPDATE content SET packed = ? WHERE hash = ?", (pack(folder, "before-a-flight"), content_hash(old)))
    staff_session = await unlocked(clinic)
    with pytest.raises(ScreenerError, match="not those that it was given under"):
        await staff_session.read(in_store.id)
    staff_session.close()


async def test_a_response_that_was_changed_in_the_store_is_refused(clinic: Clinic) -> None:
    in_store = clinic.answers("2222-2222", CALM)
    staff_session = await unlocked(clinic)
    with clinic.store().database.writing() as rows:
        rows.run("UPDATE response SET snapshot = zeroblob(9000) WHERE id = ?", (in_store.id,))
    with pytest.raises(ScreenerError, match="was changed"):
        await staff_session.read(in_store.id)
    with clinic.store().database.writing() as rows:
        rows.run("DELETE FROM response WHERE id = ?", (in_store.id,))
    with pytest.raises(ScreenerError, match="was removed"):
        await staff_session.read(in_store.id)
    staff_session.close()


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
    in_store = clinic.answers("2222-2222", CALM, finished=False)
    clinic.answers("3333-3333", URGENT)
    forged = json.dumps(
        {**json.loads(list_entry.pack(list_entry.list_entry_of(clinic.record("x", CALM), NOON))), **strange}
    )
    place = f"screener/1|label|{in_store.id}|".encode() + in_store.version
    sealed = seal(forged.encode(), in_store.key, place, padded_to=list_entry.PADDED_TO)
    with clinic.store().database.writing() as rows:
        rows.run("UPDATE response SET label = ? WHERE id = ?", (sealed, in_store.id))
    staff_session = await unlocked(clinic)
    assert references(staff_session) == ["3333-3333", "?"]
    staff_session.close()


@pytest.mark.parametrize(
    "strange", [{"kind": "order"}, {"by": 1}, {"text": None}, {"at": "2026-03-01T12:00:00"}, {"x": 1}]
)
async def test_a_forged_remark_hides_no_other_response(clinic: Clinic, strange: dict[str, object]) -> None:
    in_store = clinic.answers("2222-2222", CALM, finished=False)
    clinic.answers("3333-3333", URGENT)
    forged = json.dumps({**json.loads(annotation.pack(annotation.Annotation("note", "Jo", NOON))), **strange})
    sealed = seal(
        forged.encode(), in_store.key, f"screener/1|remark|{in_store.id}|1".encode(), padded_to=annotation.PADDED_TO
    )
    with clinic.store().database.writing() as rows:
        rows.run("INSERT INTO remark (response, n, sealed) VALUES (?, ?, ?)", (in_store.id, 1, sealed))
    staff_session = await unlocked(clinic)
    assert references(staff_session) == ["3333-3333", "?"]
    staff_session.close()


@pytest.mark.parametrize(
    "strange", [{"name": 5}, {"language": 7}, {"history": [["bag", True, 0, None]]}, {"face": "x"}]
)
async def test_a_forged_response_is_refused_in_a_sentence(clinic: Clinic, strange: dict[str, object]) -> None:
    """What does not fit its questions, or cannot be shown, gets no page."""
    in_store = clinic.answers("2222-2222", CALM, finished=False)
    written = json.loads(zlib.decompress(record_module.pack(clinic.record("2222-2222", CALM))))
    forged = zlib.compress(json.dumps({**written, **strange}).encode())
    place = f"screener/1|snapshot|{in_store.id}|".encode() + in_store.version
    sealed = seal(forged, in_store.key, place, padded_to=8192)
    with clinic.store().database.writing() as rows:
        rows.run("UPDATE response SET snapshot = ? WHERE id = ?", (sealed, in_store.id))
    staff_session = await unlocked(clinic)
    with pytest.raises(ScreenerError):
        await staff_session.read(in_store.id)
    staff_session.close()


async def test_answers_are_read_with_those_before_them(clinic: Clinic) -> None:
    """Who entered what and when is told for the answer that holds and for each before it."""
    in_store = clinic.answers("2222-2222", {"chest_pain": True}, finished=False)
    record = clinic.record("2222-2222", {"chest_pain": True, "pain_now": True})
    changed = dataclasses.replace(record.history[0], entry=False, by="Jo Field")
    in_store.save(dataclasses.replace(record, history=(*record.history, changed), position=record.position))
    staff_session = await unlocked(clinic)
    response = await staff_session.read(in_store.id)
    answers = {each.label: each for _, section in response.answers() for each in section}
    assert answers["Chest pain"].now == "No"
    assert answers["Chest pain"].latest.by == "Jo Field"
    assert [(text, answer.by) for text, answer in answers["Chest pain"].before] == [("Yes", None)]
    assert not answers["Chest pain now"].counts
    staff_session.close()


async def test_a_response_in_progress_is_taken_over_and_a_finished_one_is_not(clinic: Clinic) -> None:
    in_store = clinic.answers("2222-2222", CALM, finished=False)
    staff_session = await unlocked(clinic)
    resumed, record = await staff_session.resume(in_store.id)
    assert record.entries == dict(CALM)
    staff_session.close()
    store: Store = clinic.store()
    resumed.store = store
    resumed.save(clinic.record("2222-2222", URGENT))
    assert store.head()
    done = clinic.answers("3333-3333", CALM)
    staff_session = await unlocked(clinic)
    with pytest.raises(ScreenerError, match="finished"):
        await staff_session.resume(done.id)
    staff_session.close()


async def test_an_idle_console_reads_no_response_however_often_it_looks(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Locked or not."""
    clinic.answers("2222-2222", CALM)
    staff_session = await unlocked(clinic)
    statements: list[str] = []
    run = SQLite.all
    monkeypatch.setattr(
        SQLite, "all", lambda self, statement, *rest: statements.append(statement) or run(self, statement, *rest)
    )
    for _ in range(3):
        assert not await staff_session.look()
    staff_session.lock()
    await staff_session.look_while_locked()
    statements.append("locked twice")
    for _ in range(3):
        await staff_session.look_while_locked()
    watched = statements[statements.index("locked twice") :]
    assert not any("response" in statement for statement in watched)
    assert not any("FROM response" in statement for statement in statements[:6])
    clinic.answers("3333-3333", URGENT)
    assert (await staff_session.look_while_locked()).alarms
    staff_session.close()


def test_urgent_topics_of_every_questionnaire_are_known(tmp_path: Path) -> None:
    """Check that staff read a topic, and not only an id, of the questionnaires that are not the default."""
    contents = ReadingContext(flight(), tmp_path, others=(shipped(),))
    both = {*flight().ruleset.rule, *shipped().ruleset.rule}
    assert set(contents.rules) == both
    assert contents.rules["asq-thoughts-now"].topic == "Thoughts of ending your life right now"
