"""The pages that interrupt the interview when an answer is urgent."""

from __future__ import annotations

import time

from screener.display_text import is_blank
from screener.i18n.gettext import N_, _, pgettext
from screener.model.ruleset import Rule
from screener.page_text.paragraph import texts
from screener.page_text.urgent import STAFF_NAME, TYPE_NAME, not_delivered_notice, not_saved_notice, urgent
from screener.plain.prompter import Prompt, Prompter
from screener.session.store_worker import DELIVERED_WITHIN
from screener.store.database import NotSaved


def stop_at(rule: Rule, prompter: Prompter) -> str | None:
    """Say what to do now, and wait until the person types the word that goes on; nothing else does.

    The answer is saved after the page is said, because help must not wait for the store. An emergency also waits for a
    member of staff and returns their name, so that nobody goes on by accident.
    """
    emergency = rule.interruption is not None and rule.interruption.page == "emergency"
    emergency = emergency and not prompter.session.for_staff  # Whoever records has said their name before.

    def again() -> None:
        prompter.console.say("", *texts(urgent(rule, prompter.session.region)))

    again()
    _save_meanwhile(prompter)
    if not emergency:
        word = pgettext("word to type", "read")
        label = _("When you have read this, type the word {word}:").format(word=word)
        prompter.choose(label, {word: N_("I have read this")}, again)
        return None
    word = pgettext("word to type", "staff")
    label = _("Staff: to go on, type the word {word}:").format(word=word)
    prompter.choose(label, {word: N_("for a member of staff, to go on")}, again)
    prompt = Prompt(_(STAFF_NAME), again=again)
    while is_blank(name := " ".join(prompter.ask(prompt).text.split())):
        prompter.problem(_(TYPE_NAME))
    return name


def _save_meanwhile(prompter: Prompter) -> None:
    """Save the answer behind the page, and say where that fails or takes so long that the person might go on."""
    late = time.monotonic() + DELIVERED_WITHIN
    saving = prompter.session.keep_in_background()
    try:
        if saving is not None:
            saving.result(DELIVERED_WITHIN)
    except (NotSaved, TimeoutError):
        prompter.console.say(*texts(not_saved_notice()))
        return
    try:
        if delivery := prompter.session.delivery():
            delivery.result(max(0.0, late - time.monotonic()))
    except TimeoutError:
        prompter.console.say(*texts(not_delivered_notice()))
