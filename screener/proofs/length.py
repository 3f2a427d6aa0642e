"""The number of questions in the shortest and the longest interview, and which they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

import z3

from screener.engine.rules import Assessment
from screener.errors import Place
from screener.model.questionnaire import Question
from screener.model.response import Entry
from screener.model.types.base import OwnWords
from screener.proofs.context import ProofContext
from screener.proofs.result import Result, Task, Verdict
from screener.proofs.solver import PATIENCE, Undecided

LENGTH = "The shortest and the longest interview are known."


def interview_lengths(setting: ProofContext) -> Iterator[Task]:
    for kind in ("shortest", "longest"):
        yield Task(f"the {kind} interview", partial(_length, setting, kind))


def _length(setting: ProofContext, kind: str) -> list[Result]:
    """Find a path on which everything is answered, unless blanks make a path that is still shorter or longer."""
    answered = _path(setting, kind, everything_answered=True)
    blanks = _path(setting, kind, everything_answered=False)
    longer = len(blanks) > len(answered)
    path = blanks if len(blanks) != len(answered) and longer is (kind == "longest") else answered

    def shows(tried: Assessment) -> bool:
        return all((tried.state.is_enabled(q.id) is True) is (q.id in path) for q in setting.content.questionnaire)

    says = f"The {kind} interview asks {len(path)} of {len(setting.content.questionnaire.question)} questions."
    example = setting.example(f"{kind}-interview", f"This asks {len(path)} questions.", path, shows)
    place = Place(setting.content.front.source.file)
    return [Result(Verdict.LISTED, f"{kind} interview", place, says, examples=(example,))]


def _path(setting: ProofContext, kind: str, everything_answered: bool) -> dict[str, Entry]:
    """Return an entry for each question on the path, in the order asked."""
    responses = setting.responses
    gated = list(setting.form.enable_when)
    deciding = responses.form.with_gates(gated)
    enabled_count = z3.Sum([z3.IntVal(0), *(z3.If(responses.is_enabled(name).true, 1, 0) for name in gated)])
    best = z3.Optimize()
    best.set("timeout", PATIENCE)
    best.add(*responses.possible(deciding), *responses.none_set_aside(deciding))
    if everything_answered:
        best.add(*responses.all_answered(deciding))
    if kind == "shortest":
        best.minimize(enabled_count)
    else:
        best.maximize(enabled_count)
    if best.check() != z3.sat:
        raise Undecided(best.reason_unknown())
    answers: Mapping[str, Entry] = responses.read(best.model(), deciding)
    state = setting.assess(answers).state
    return {
        question.id: answers.get(question.id, question.blank if question.id in deciding else _any(question))
        for question in setting.content.questionnaire
        if state.is_enabled(question.id)
    }


def _any(question: Question) -> Entry:
    """Return an answer to a question on which no other question depends."""
    answer_type = question.answer_type
    answer: Entry = question.blank if isinstance(answer_type, OwnWords) else answer_type.example(question)
    return answer
