"""A list of names at the prompts: a name that is not listed gets near ones offered, and a closing line ends it."""

from __future__ import annotations

from screener.i18n.gettext import N_, _
from screener.model.answers import parse_answer
from screener.model.name_list import ListedName, NameList, closed, segments
from screener.model.questionnaire import Question
from screener.model.response import Entry
from screener.plain.prompter import Prompter

_KEEP = N_("none of these, keep what I typed")


def listed_text(prompter: Prompter, question: Question, typed: str) -> Entry:
    """Return the list that was typed, with the near names that the person chose, closed if there is nothing else.

    Raise ``InvalidAnswer``.
    """
    text = parse_answer(question, typed)
    assert isinstance(text, str)
    assert question.name_list
    lines = [_line(prompter, question.name_list, segment) for segment in segments(text)]
    written = "\n".join(lines)
    nothing_else = prompter.confirm(_("{nothing}: is that so?").format(nothing=question.nothing))
    return closed(written) if nothing_else else written


def _line(prompter: Prompter, name_list: NameList, segment: str) -> str:
    """Return one part as it was typed, with the name that the person chose for it."""
    names = name_list.suggest(segment)
    if not names:
        return segment
    chosen = _chosen(prompter, segment, names)
    return f"{segment} = {chosen.name}" if chosen else segment


def _chosen(prompter: Prompter, segment: str, names: list[ListedName]) -> ListedName | None:
    numbered = {str(number): name for number, name in enumerate(names, 1)}
    choices = {**{number: name.label for number, name in numbered.items()}, "k": _KEEP}

    def again() -> None:
        prompter.console.say("", _("{typed}: do you mean one of these?").format(typed=segment))
        prompter.console.say(*(f"{key} {_(label)}" for key, label in choices.items()))

    again()
    return numbered.get(prompter.choose(_("Name:"), choices, again))
