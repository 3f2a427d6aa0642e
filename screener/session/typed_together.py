"""Two numbers that a person types as one, such as 142/91: the second is recorded with the first."""

from __future__ import annotations

from screener.model.answers import parse_answer, split_numbers
from screener.model.questionnaire import Question, Questionnaire
from screener.model.response import Entry


class TypedTogether:
    """Holds the second number until the first is recorded: the person may be asked before whether that is right."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._questionnaire = questionnaire
        self._first: tuple[str, Entry] | None = None
        self._second: dict[str, Entry] = {}

    def read(self, question: Question, typed: str) -> Entry:
        """Return the answer that was typed; of two numbers the first. Raise ``InvalidAnswer``."""
        self.forget()
        numbers = split_numbers(question, typed)
        if numbers is None or question.written_with is None:
            return parse_answer(question, typed)
        second = self._questionnaire.question[question.written_with]
        first = parse_answer(question, numbers[0])
        self._first, self._second = (question.id, first), {second.id: parse_answer(second, numbers[1])}
        return first

    def with_first(self, question: str, entry: Entry) -> dict[str, Entry]:
        """Return the second number, by its question, if this entry is the first; else nothing."""
        return self._second if self._first == (question, entry) else {}

    def forget(self) -> None:
        """Forget the numbers: the first is recorded, or something else was typed."""
        self._first, self._second = None, {}
