"""The first prompts: go on with an interrupted questionnaire, or come back with four words."""

from __future__ import annotations

from screener.errors import ScreenerError
from screener.i18n.gettext import N_, _, pgettext
from screener.page_text import first_page, leaving
from screener.page_text.paragraph import texts
from screener.plain.console import LineConsole
from screener.plain.prompter import Left, Prompt, Prompter
from screener.session.open import SessionFactory
from screener.session.session import InterviewSession


def begin_or_resume(console: LineConsole, session_factory: SessionFactory, *, resume: bool) -> InterviewSession | None:
    """Return the session that the person wants, or ``None`` if they left.

    A script of answers is asked nothing about earlier answers: without ``resume`` it starts from the beginning.
    """
    asks = resume or console.interactive
    interrupted, notice = session_factory.interrupted_or_notice() if asks else (None, "")
    new = session_factory.new(notice)
    try:
        if interrupted:
            if resume or _goes_on(Prompter(console, new), interrupted):
                return interrupted
            interrupted.discard()
        if resume and new.can_return:
            return returned(console, session_factory) or new
    except Left:
        return None
    return new


def _goes_on(prompter: Prompter, interrupted: InterviewSession) -> bool:
    """Ask whether to go on or begin a new one; where that removes the answers for good, ask again first."""

    def again() -> None:
        prompter.console.say("", *texts(first_page.interrupted(interrupted)))

    choices = {"g": leaving.GO_ON, "n": leaving.START_ANEW}
    while True:
        again()
        if prompter.choose(_("g to go on, n to begin a new one:"), choices, again) == "g":
            return True
        if interrupted.kept_by_clinic or _removes(prompter):
            return False


def _removes(prompter: Prompter) -> bool:
    def again() -> None:
        prompter.console.say("", *texts(first_page.removing()))

    again()
    word = pgettext("word to type", "delete")
    label = _("b to go back, or the word {word}:").format(word=word)
    return prompter.choose(label, {"b": N_("go back"), word: leaving.REMOVE}, again) == word


def returned(console: LineConsole, session_factory: SessionFactory) -> InterviewSession | None:
    """Return the session that four words open, or ``None`` if the person has none. Raise ``Left``."""
    prompter = Prompter(console, session_factory.new())
    prompt = Prompt(
        _("Your four words to come back (Enter alone: begin a new questionnaire):"),
        {"b": N_("begin a new questionnaire")},
        text=True,
    )
    while (reply := prompter.ask(prompt)).text and reply.command != "b":
        console.say(_(leaving.CHECKING))
        try:
            return session_factory.by_return_code(reply.text)
        except ScreenerError as error:
            prompter.problem(str(error))
    return None
