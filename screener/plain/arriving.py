"""The first prompts: whether somebody goes on with what was interrupted here, or comes back with four words."""

from __future__ import annotations

from screener import told
from screener.plain.desk import Desk, Left, Prompt
from screener.plain.talk import Talk
from screener.problem import ScreenerError
from screener.reception import Reception
from screener.sitting import Sitting
from screener.translation import N_, _


def arrive(talk: Talk, reception: Reception, *, resume: bool) -> Sitting | None:
    """The sitting that this person wants, or ``None`` where they left.

    A script of answers is asked nothing more than it was written for: without ``resume`` it begins anew.
    """
    new = reception.anew()
    try:
        if (resume or talk.interactive) and (found := reception.interrupted()):
            if resume or _goes_on(Desk(talk, new)):
                return found
            found.end()
        if resume and new.can_return:
            return returned(talk, reception) or new
    except Left:
        return None
    return new


def _goes_on(desk: Desk) -> bool:
    def again() -> None:
        desk.talk.say("", *told.interrupted_paragraphs())

    again()
    return desk.choose(_("g to go on, n to start anew:"), {"g": told.GO_ON, "n": told.START_ANEW}, again) == "g"


def returned(talk: Talk, reception: Reception) -> Sitting | None:
    """The sitting that four words open; ``None`` where the person has none. Raises ``Left``."""
    desk = Desk(talk, reception.anew())
    prompt = Prompt(_("Your four words to come back (Enter alone: begin anew):"), {"b": N_("begin anew")}, text=True)
    while (reply := desk.ask(prompt)).text and reply.command != "b":
        talk.say(_(told.CHECKING))
        try:
            return reception.returned(reply.text)
        except ScreenerError as error:
            desk.problem(str(error))
    return None
