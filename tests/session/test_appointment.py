"""The code of an appointment at a person's terminal: answers arrive under their name, and the terminal knows nobody."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from screener.errors import ScreenerError
from screener.i18n.formats import local
from screener.store.appointments import NewAppointment, enter, issue_code
from screener.store.connect import open_database
from screener.store.link import PersonLink
from screener.store.person import Appointment, Person, new_person
from screener.store.return_code import NotACode
from screener.store.staff_store import StaffStore
from screener.store.store import Store
from screener.store.unlock import unlock
from tests.session.conftest import PASSPHRASE, STAFF, Interrupt, Terminal
from tests.session.test_server import Backend, Server, deliver, kiosk, postgresql, server

__all__ = ("kiosk", "postgresql", "server")
NAME, REFERENCE = "Quetzal Tezca", "QT-77"


def staff_at(location: str) -> StaffStore:
    """A member of staff at another terminal of the clinic."""
    return unlock(Store(open_database(location)), STAFF, PASSPHRASE)


def expected(staff_store: StaffStore, questionnaire: str = "before-a-flight") -> tuple[Person, Appointment, str]:
    """Somebody who is expected today, and their code."""
    today = local(staff_store.store.now()).date()
    person = new_person(NAME, REFERENCE, "1987", "", "", today.year)
    ((person, appointment),) = enter(staff_store, [NewAppointment(person, questionnaire, today)])
    return person, appointment, issue_code(staff_store, appointment.id)[0]


def test_what_is_answered_after_the_words_is_of_the_person(clinic: Terminal, crash: Interrupt) -> None:
    """Whatever comes between: a crash, and leaving with four words of their own. The words work once."""
    staff_store = staff_at(str(clinic.path))
    person, appointment, code = expected(staff_store)
    assert clinic.session_factory.new().can_return
    session = clinic.session_factory.by_return_code(code.upper())
    assert not session.can_return
    with pytest.raises(NotACode, match="open nothing"):
        clinic.session_factory.by_return_code(code)
    session.answer("departure", "south")
    again = crash(session)
    again.answer("typed_by", "self")
    back = clinic.session_factory.by_return_code(again.return_code())
    back.finish()
    (listed,) = staff_store.responses()
    assert listed.link == PersonLink(person.id, "code", appointment.id)
    assert listed.finished


async def test_a_terminal_shows_nothing_of_anybody(clinic: Terminal) -> None:
    """Neither before the first question, nor afterwards, nor in the person's copy or anything that it keeps."""
    person, appointment, code = expected(staff_at(str(clinic.path)))
    session = clinic.session_factory.by_return_code(code)
    session.answer("departure", "south")
    copies = [str(session.summary(audience)) for audience in ("patient", "clinician")]
    shown = []
    async with clinic.screens(session) as screens:
        shown.append(screens.text)
        await screens.press("enter")
        shown.append(screens.text)
    files = [path.read_bytes() for path in clinic.path.parent.rglob("*") if path.is_file()]
    for secret in (NAME, REFERENCE, appointment.id, code):
        assert not any(secret in text for text in (*copies, *shown, repr(vars(session.metadata))))
        assert not any(secret.encode() in content for content in files)
    assert person.id not in repr(vars(session.metadata))


async def test_the_words_are_typed_on_the_first_page_of_a_clinics_terminal(clinic: Terminal) -> None:
    """Also where nobody has left with four words before; then the first page of the questionnaire comes."""
    code = expected(staff_at(str(clinic.path)))[2]
    async with clinic.screens() as screens:
        assert "I have four words" in screens.text
        await screens.click("I have four words")
        await screens.type(code)
        await screens.press("enter")
        await screens.finish_work()
        session = screens.app.next_session
    assert session is not None
    assert session.metadata.ticket
    assert session.interview.state.entries == {}
    async with clinic.screens(session) as screens:
        assert "Begin" in screens.text
        assert "I have four words" not in screens.text


def two_questionnaires(terminal: Terminal, folder: Path) -> Terminal:
    """The terminal with a second questionnaire, which is not the one that it begins with."""
    shutil.copytree(terminal.session_factory.folder, folder)
    for part, files in (("questions", ["questionnaire.yaml"]), ("rules", ["ruleset.yaml"])):
        shutil.copytree(folder / part / "before-a-flight", folder / part / "before-a-train")
        for file in files:
            path = folder / part / "before-a-train" / file
            path.write_text(path.read_text("utf-8").replace("before-a-flight", "before-a-train"), "utf-8")
    return replace(terminal, session_factory=replace(terminal.session_factory, folder=folder))


def test_the_words_bring_the_questions_of_the_appointment(clinic: Terminal, tmp_path: Path) -> None:
    """Whatever this terminal begins with; where it does not have them, the words stay for a terminal that does."""
    staff_store = staff_at(str(clinic.path))
    code = expected(staff_store, "before-a-train")[2]
    with pytest.raises(NotACode, match="does not have the questions"):
        clinic.session_factory.by_return_code(code)
    both = two_questionnaires(clinic, tmp_path / "content")
    session = both.session_factory.by_return_code(code)
    assert session.content.questionnaire.id == "before-a-train"
    session.answer("departure", "south")
    (listed,) = staff_store.responses()
    assert listed.entry
    assert (listed.entry.questionnaire, listed.link is not None) == ("before-a-train", True)


def test_through_an_outbox_the_link_arrives_with_the_answers(
    kiosk: Terminal, server: Server, postgresql: Backend
) -> None:
    """The server alone knows whether words were used: without it they cannot be tried, and stay."""
    staff_store = staff_at(postgresql.location)
    person, appointment, code = expected(staff_store)
    assert kiosk.session_factory.new().can_return
    with server.stopped(), pytest.raises(ScreenerError, match="cannot be tried now"):
        kiosk.session_factory.by_return_code(code)
    session = kiosk.session_factory.by_return_code(code)
    session.answer("departure", "south")
    deliver(session)
    (listed,) = staff_store.responses()
    assert listed.link == PersonLink(person.id, "code", appointment.id)
    with pytest.raises(NotACode, match="open nothing"):
        kiosk.session_factory.by_return_code(code)
    staff_store.check_audit()
