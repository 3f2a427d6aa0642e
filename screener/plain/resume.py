"""The first prompts: whether somebody goes on with what was interrupted here, or comes back with four words."""

from __future__ import annotations

from screener import page_text
from screener.errors import ScreenerError
from screener.i18n.gettext import N_, _
from screener.plain.console import LineConsole
from screener.plain.prompter import Left, Prompt, Prompter
from screener.session.open import SessionFactory
from screener.session.session import InterviewSession


def begin_or_resume(console: LineConsole, session_factory: SessionFactory, *, resume: bool) -> InterviewSession | None:
    """The sitting that this person wants, or ``None`` where they left.

    A script of answers is asked nothing more than it was written for: without ``resume`` it begins anew.
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
    """The sitting that four words open; ``None`` where the person has none. Raises ``Left``."""
    prompter = Prompter(console, session_factory.new())
    prompt = Prompt(_("Your four words to come back (Enter alone: begin anew):"), {"b": N_("begin anew")}, text=True)
    while (reply := prompter.ask(prompt)).text and reply.command != "b":
        console.say(_(page_text.CHECKING))
        try:
            return session_factory.by_return_code(reply.text)
        except ScreenerError as error:
            prompter.problem(str(error))
    return None
