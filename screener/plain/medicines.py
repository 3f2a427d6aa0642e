"""A list of medicines at the prompts: near names are offered for what is not known, and the end is asked for."""

from __future__ import annotations

from screener.i18n.gettext import N_, _
from screener.model.answers import parse_answer
from screener.model.medicines import MedicineList, MedicineName, closed, segments
from screener.model.questionnaire import Question
from screener.model.response import Entry
from screener.plain.prompter import Prompter

_KEEP = N_("none of these, keep what I typed")


def list_of_medicines(prompter: Prompter, question: Question, typed: str) -> Entry:
    """Return the list that was typed, with the near names that the person chose, closed if there is nothing else.

    Raise ``InvalidAnswer``.
    """
    text = parse_answer(question, typed)
    assert isinstance(text, str)
    assert question.medicines
    lines = [_line(prompter, question.medicines, segment) for segment in segments(text)]
    written = "\n".join(lines)
    nothing_else = prompter.confirm(_("{nothing}: is that so?").format(nothing=question.nothing))
    return closed(written) if nothing_else else written


def _line(prompter: Prompter, medicines: MedicineList, segment: str) -> str:
    """Return one medicine as it was typed, with the name that the person chose for it."""
    names = medicines.suggest(segment)
    if not names:
        return segment
    chosen = _chosen(prompter, segment, names)
    return f"{segment} = {chosen.name}" if chosen else segment


def _chosen(prompter: Prompter, segment: str, names: list[MedicineName]) -> MedicineName | None:
    numbered = {str(number): name for number, name in enumerate(names, 1)}
    choices = {**{number: name.label for number, name in numbered.items()}, "k": _KEEP}

    def again() -> None:
        prompter.console.say("", _("{typed}: do you mean one of these?").format(typed=segment))
        prompter.console.say(*(f"{key} {_(label)}" for key, label in choices.items()))

    again()
    return numbered.get(prompter.choose(_("Name:"), choices, again))
