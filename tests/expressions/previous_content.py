"""The flight of the tests with answers that are carried over, and rules that name the previous response."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from screener.content.compiled import Content
from screener.content.load import load
from tests.check.copies import BODY, CASES, FLIGHT, JOURNEY, RULES, Edit, copied

SPANISH = "rules/before-a-flight/languages/es-US.yaml"
HEAVIER = "bag > previous.bag + 5"
SOON = "days_since_previous < 14"
EDITS: tuple[Edit, ...] = (
    (BODY, "    short_text: weight of the bag\n", "    short_text: weight of the bag\n    carry_over: true\n"),
    (BODY, "    short_text: things carried\n", "    short_text: things carried\n    carry_over: true\n"),
    (JOURNEY, "    short_text: flying alone\n", "    short_text: flying alone\n    carry_over: true\n"),
    (
        RULES,
        "rules:\n",
        "rules:\n"
        "  - id: heavier\n    topic: A heavier bag\n    priority: priority\n"
        f"    when: {HEAVIER}\n"
        "    patient: You told us that your bag is heavier than last time.\n"
        "    clinician: More than 5 kg above the bag of the previous response.\n"
        "    sources: [{source: T2, mark: verified}]\n"
        "  - id: soon\n    topic: Asked again soon\n    priority: inform\n"
        f"    when: {SOON}\n"
        "    patient: You answered these questions less than two weeks ago.\n"
        "    clinician: Answered less than 14 days before.\n"
        "    sources: [{source: T2, mark: verified}]\n",
    ),
    (
        SPANISH,
        "texts:\n",
        "texts:\n"
        "  rules.heavier.topic: Una maleta más pesada\n"
        "  rules.heavier.patient: Nos dijo que su maleta pesa más que la última vez.\n"
        "  rules.heavier.clinician: Más de 5 kg por encima de la maleta anterior.\n"
        "  rules.soon.topic: Contestado hace poco\n"
        "  rules.soon.patient: Contestó estas preguntas hace menos de dos semanas.\n"
        "  rules.soon.clinician: Contestado menos de 14 días antes.\n",
    ),
    (
        CASES,
        "cases:\n",
        "cases:\n"
        "  - name: A heavier bag\n    answers: {bag: 16}\n    previous: {bag: 10}\n    days_since_previous: 13\n"
        "    raised: [heavier, soon]\n"
        "  - name: Not a heavier bag\n    answers: {bag: 15}\n    previous: {bag: 10}\n    days_since_previous: 14\n"
        "    clear: [heavier, soon]\n"
        "  - name: Nobody knows an earlier bag\n    answers: {bag: 15}\n    undetermined: [heavier, soon]\n",
    ),
)


def previous_folder(home: Path, *edits: Edit) -> Path:
    """Copy this content to a folder."""
    return copied(FLIGHT, home, *EDITS, *edits)


@cache
def with_previous() -> Content:
    """Return this content."""
    with TemporaryDirectory() as name:
        return load(previous_folder(Path(name) / "content"), "before-a-flight")
