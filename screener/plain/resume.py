"""The first prompts: go on with an interrupted questionnaire, or come back with four words."""

from __future__ import annotations

from screener import page_text
from screener.errors import ScreenerError
from screener.i18n.gettext import N_, _
from screener.plain.console import LineConsole
from screener.plain.prompter import Left, Prompt, Prompter
from screener.session.open import SessionFactory
from screener.session.session import InterviewSession


def begin_or_resume(console: LineConsole, session_factory: SessionFactory, *, resume: bool) -> InterviewSession | None:
    """Return the session that the person wants, or ``None`` if they left.

    A script of answers is asked nothing about earlier answers: without ``resume`` it starts from the beginning.
    """
    new = session_factory.new()
    try:
        if (resume or console.interactive) and (interrupted := session_factory.interrupted()):
            if resume or _goes_on(Prompter(console, new)):
                return interrupted
            interrupted.discard()
        if resume and new.can_return:
            return returned(console, session_factory) or new
    except Left:
        return None
    return new


def _goes_on(prompter: Prompter) -> bool:
    def again() -> None:
        prompter.console.say("", *page_text.interrupted_paragraphs())

    again()
    return (
        prompter.choose(_("g to go on, n to start anew:"), {"g": page_text.GO_ON, "n": page_text.START_ANEW}, again)
        == "g"
    )


def returned(console: LineConsole, session_factory: SessionFactory) -> InterviewSession | None:
    """Return the session that four words open, or ``None`` if the person has none. Raise ``Left``."""
    prompter = Prompter(console, session_factory.new())
    prompt = Prompt(_("Your four words to come back (Enter alone: begin anew):"), {"b": N_("begin anew")}, text=True)
    while (reply := prompter.ask(prompt)).text and reply.command != "b":
        console.say(_(page_text.CHECKING))
        try:
            return session_factory.by_return_code(reply.text)
        except ScreenerError as error:
            prompter.problem(str(error))
    return None
