"""Rows 5 and 7: answer after answer in an interview, and how that and loading grow."""

from __future__ import annotations

import functools
import itertools
import json
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from screener.content.compiled import Content
from screener.content.load import load
from screener.engine.interview import Interview
from screener.model.response import Entry
from tests.benchmarks.generated import ID, Form
from tests.benchmarks.measure import Aim, Row, Times, in_turn

_WHAT, _AGAINST = "60 answers, 60 conditions", "LForms enableWhen"
_NO_PEER = (
    "no folder with LForms was given (--lforms). On another machine it took 11.6 ms for 60 answers with 60 conditions, "
    "and survey-core 101 ms; ours here is no ratio to those."
)
_DRIVER = Path(__file__).with_name("peers") / "lforms.mjs"
_FORM = Form(60, follow_ups=True)
_TURNS = 4


def sixty_answers(folder: Path | None, rounds: int) -> Row:
    """Row 5: 60 answers to a form with 60 more questions, each with a condition of two parts."""
    content = written(_FORM)
    answers = _FORM.answers(seed=1)
    enabled, ours = _answered(content, answers, rounds)
    if folder is None:
        return Row(_WHAT, _AGAINST, ours, aim=Aim(0.01), note=_NO_PEER)
    peer = Times()
    for _ in range(_TURNS):
        enabled, more = _answered(content, answers, rounds)
        ours.add(more)
        found = _in_lforms(folder, answers, rounds // _TURNS + 2)
        if set(found["enabled"]) != enabled:
            raise AssertionError(f"LForms asks other questions: {set(found['enabled']) ^ enabled}")
        peer.add(Times([ms / 1e3 for ms in found["ms"]], sum(found["cpu_ms"]) / 1e3))
    note = "both keep a form model of 120 questions and come to the same ones; ours also evaluates 60 rules."
    return Row(_WHAT, _AGAINST, ours, peer, Aim(0.01), note=note)


def _answered(content: Content, answers: list[tuple[str, Entry]], rounds: int) -> tuple[set[str], Times]:
    """The questions that are asked in the end, and the times of recording all the answers."""
    times = Times()
    for _ in range(rounds):
        interview = Interview(content.form, content.rules)
        cpu, start = time.process_time(), time.perf_counter()
        for question, entry in answers:
            interview.record(question, entry)
        times.wall.append(time.perf_counter() - start)
        times.cpu += time.process_time() - cpu
    return {question.id for question in content.questionnaire if interview.state.is_enabled(question.id)}, times


def _in_lforms(folder: Path, answers: list[tuple[str, Entry]], rounds: int) -> dict[str, Any]:
    task = json.dumps({"questionnaire": _FORM.as_fhir(), "answers": answers, "rounds": rounds})
    command = ["node", str(_DRIVER), str(folder)]
    done = subprocess.run(command, input=task, capture_output=True, text=True, check=True, timeout=300)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def per_answer_growth(rounds: int) -> Iterator[Row]:
    """Row 7: one answer and the move to the next question, in questionnaires of several sizes."""
    large, small = _Walks(500), _Walks(50)
    what, twice = "one answer, 1,000 questions", "100 questions"
    yield Row(what, f"ours, {twice}", *_walked(large, small, rounds), Aim(1.2), note=_WARM)
    yield Row(what, f"ours, ten forms of {twice} in turn", *_walked(large, _Walks(50, forms=10), rounds), Aim(1.1))
    if rounds > 1:
        note = "A quick run leaves it out, because reading 10,000 questions takes several seconds."
        yield Row(
            "one answer, 10,000 questions", "ours, 1,000", *_walked(_Walks(5000), large, rounds), Aim(1.2), note=note
        )


_WARM = (
    "100 questions stay in the cache of the processor, as no person's session does; the next row shows what is left."
)


class _Walks:
    """Walks through forms of one size, a step in each form in turn."""

    def __init__(self, asked: int, forms: int = 1) -> None:
        form = Form(asked, follow_ups=True)
        self._walks = itertools.cycle([_walk(written(form), form) for _ in range(forms)])

    def seconds(self, steps: int) -> list[float]:
        return [next(walk) for walk in itertools.islice(self._walks, steps)]


def _walked(large: _Walks, small: _Walks, rounds: int) -> tuple[Times, Times]:
    times = Times(), Times()
    for _ in range(rounds * 10):
        for walks, side in zip((large, small), times, strict=True):
            side.wall += walks.seconds(50)
    return times


def _walk(content: Content, form: Form) -> Iterator[float]:
    """The seconds of each step of one walk after the other through a form."""
    for seed in itertools.count():
        interview = Interview(content.form, content.rules)
        for question, entry in form.answers(seed):
            while interview.current and interview.current.id != question:
                interview.record(interview.current.id, False)
                interview.next()
            start = time.perf_counter()
            interview.record(question, entry)
            interview.next()
            _ = interview.progress
            yield time.perf_counter() - start


def load_growth(rounds: int) -> Row:
    """Row 7: reading, checking and compiling 1,000 questions, and 100."""
    with tempfile.TemporaryDirectory() as name:
        folders = [Form(asked, follow_ups=True).write(Path(name) / str(asked)) for asked in (500, 50)]
        calls = [functools.partial(load, folder, ID) for folder in folders]
        times = in_turn(calls[:1], calls[1:], rounds)
    note = "1,000 questions with 500 conditions and 500 rules; 10 is linear growth, and 12 leaves room for noise."
    return Row("load 1,000 questions", "ours, 100 questions", *times, Aim(12), note=note)


def written(form: Form) -> Content:
    """The form as it is after it was written and loaded."""
    with tempfile.TemporaryDirectory() as folder:
        return load(form.write(Path(folder)), ID)
