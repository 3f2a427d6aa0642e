"""Read answers from a file: ``question: value``, or ``question: {absent: asked-declined}``."""

from __future__ import annotations

from collections.abc import Collection

from screener.content.yaml_source import Keys, Value, YamlSource
from screener.display_text import unseen
from screener.errors import MOST_PROBLEMS, Problem, nearest, quoted
from screener.model.answers import validate_answer
from screener.model.questionnaire import Question, Questionnaire
from screener.model.response import AbsentReason, Entry
from screener.model.types.base import InvalidAnswer, OwnWords


def read_answers(
    questionnaire: Questionnaire,
    source: YamlSource,
    problems: list[Problem],
    path: Keys = (),
    beside: Collection[str] = (),
) -> dict[str, Entry]:
    """Return the entries at ``path`` of a file, and add each mistake in them to ``problems``.

    ``beside`` are keys that stand there and are no questions. No problem repeats an answer, because problems appear on
    screens and in logs.
    """
    answers: Value = source.value
    for part in path:
        answers = answers[part]  # type: ignore[index]
    if not isinstance(answers, dict):
        problems.append(Problem(source.place(*path), "These are not answers.", 'Write "question: value" on each line.'))
        return {}
    entries: dict[str, Entry] = {}
    before = len(problems)
    for name, written in answers.items():
        if name in beside:
            continue
        if len(problems) - before >= MOST_PROBLEMS:
            message = f"These answers have more than {MOST_PROBLEMS} mistakes."
            problems.append(Problem(source.place(*path), message, "Mend those that are named."))
            break
        path_of_answer = (*path, name)
        question = questionnaire.question.get(name)
        if question is None:
            remedy = nearest(name, questionnaire.question) or "Name an existing one."
            problems.append(Problem(source.key(*path_of_answer), f"There is no question {quoted(name)}.", remedy))
            continue
        if not isinstance(question.answer_type, OwnWords) and (problem := _unseen(source, path_of_answer, written)):
            problems.append(problem)
            continue
        try:
            entries[name] = validate_answer(question, _entry(question, written))
        except InvalidAnswer as error:
            problems.append(Problem(source.place(*path_of_answer), f'"{name}" cannot have this answer.', str(error)))
    return entries


def _unseen(source: YamlSource, path: Keys, written: Value) -> Problem | None:
    """Return a problem if an answer that is not free text has a character that nobody sees."""
    if isinstance(written, str):
        character = unseen(written)
        message = f"There is an invisible character here (U+{ord(character):04X})." if character else ""
        return Problem(source.place(*path), message, "Remove it.") if character else None
    parts = enumerate(written) if isinstance(written, list) else written.items()
    return next((problem for key, part in parts if (problem := _unseen(source, (*path, key), part))), None)


def _entry(question: Question, written: Value) -> Entry:
    if isinstance(written, dict):
        return _absent(question, written)
    if question.nothing and written == "":
        return written
    answer: Entry = question.answer_type.from_file(question, written)
    return answer


def _absent(question: Question, written: dict[str, Value]) -> AbsentReason:
    allowed = [str(reason) for reason in question.absent]
    if list(written) != ["absent"] or written["absent"] not in allowed:
        raise InvalidAnswer("Write " + " or ".join(f"{{absent: {reason}}}" for reason in allowed) + ".")
    return AbsentReason(str(written["absent"]))
