"""Why staff correct what was recorded, at the prompts."""

from __future__ import annotations

from screener.i18n.gettext import N_, _
from screener.model.questionnaire import Question
from screener.model.response import Entry
from screener.page_text.correction import WHY_CORRECTED, correction, reason_problem
from screener.plain.prompter import Prompt, Prompter


def why_corrected(prompter: Prompter, question: Question, entry: Entry) -> str | None:
    """Return why staff correct what was recorded before; ``None`` where they leave it as it was, empty where an entry
    corrects nothing.
    """
    if not prompter.session.corrects(question.id, entry):
        return ""

    def again() -> None:
        prompter.console.say("", *correction(prompter.session, question.id, entry))

    again()
    prompt = Prompt(_(WHY_CORRECTED), {"b": N_("leave it as it was")}, again, text=True)
    while (reply := prompter.ask(prompt)).command != "b":
        reason = " ".join(reply.text.split())
        if problem := reason_problem(reason):
            prompter.problem(problem)
        else:
            return reason
    return None
