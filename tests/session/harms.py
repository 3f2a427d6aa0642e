"""People whose store goes away at one answer of a short questionnaire, before an urgent one."""

from __future__ import annotations

import io
from contextlib import suppress

from screener.engine.interview import Interview
from screener.plain.console import EndOfInput, LineConsole
from screener.plain.interview import PlainInterview
from screener.session.session import InterviewSession
from tests.session.conftest import Terminal

URGENT = "chest_pain"


def answered_until(terminal: Terminal, count: int) -> InterviewSession:
    """Somebody who gave so many answers, and comes to the next question."""
    session = terminal.session_factory.new()
    while (question := session.interview.current) and question.id != URGENT and count > 0:
        session.answer(question.id, question.absent[0])
        session.interview.next()
        count -= 1
    return session


async def help_comes_on_screens(terminal: Terminal, session: InterviewSession) -> None:
    """The person goes on to the urgent question and answers yes. Nothing here waits for the store."""
    async with terminal.screens(session) as person:
        person.app.on_resume_requested()
        await person.settle()
        while (question := person.app.interview.current) and question.id != URGENT:
            person.app._saving.record(question.id, question.absent[0])
            await person.settle()
            assert person.page == "QuestionPage"
        await person.press("1", "enter")
        assert person.page == "UrgentPage"
        assert "Please tell the crew" in " ".join(person.text.split())
        await person.press("f8")
        assert person.page == "CrisisHelp"


def help_comes_in_plain_mode(session: InterviewSession) -> None:
    """Each question is skipped for its first reason, the urgent one is answered; then the page is there."""
    ahead, lines = Interview(session.content.form, session.content.rules, session.interview.state.entries), ""
    while (question := ahead.current) and question.id != URGENT:
        if question.id not in session.interview.state.entries:
            lines += "s\n1\n"
            ahead.record(question.id, question.absent[0])
        ahead.next()
    said = io.StringIO()
    with suppress(EndOfInput):
        PlainInterview(LineConsole(io.StringIO(f"{lines}y\n"), said, io.StringIO()), session).run()
    assert "Please tell the crew" in " ".join(said.getvalue().split())
