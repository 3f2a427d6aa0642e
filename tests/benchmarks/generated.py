"""Questionnaires of any size, written as an author would write them, and the same for LForms."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from screener.model.response import Entry

Kind = Literal["yes_no", "choice", "integer"]
ID = "generated"
_CODES = ("a", "b", "c", "d")
_SECTION = 50
"""The least questions of a section; there are at most 100 sections."""
_ANYWHERE = {
    "code": "anywhere",
    "title": "Anywhere",
    "emergency": "Call your local emergency number.",
    "taken_up": "2026-01-01",
    "source": "G1",
}
_SOURCE = {
    "id": "G1",
    "title": "Generated",
    "authors": "Nobody",
    "year": "2026",
    "locator": "page 1",
    "read_at": "nowhere",
    "grade": "primary",
    "read": "2026-01-01",
}


@dataclass(frozen=True)
class Form:
    """``asked`` questions of the kinds in turn. With ``follow_ups`` each is followed by one with a condition of two
    parts, and has a rule of its own."""

    asked: int
    kinds: Sequence[Kind] = ("yes_no", "choice", "integer")
    follow_ups: bool = False

    def kind(self, number: int) -> Kind:
        return self.kinds[number % len(self.kinds)]

    def answers(self, seed: int) -> list[tuple[str, Entry]]:
        """An answer to every question without a condition."""
        chance = random.Random(seed)
        options: dict[Kind, Sequence[Entry]] = {"yes_no": (True, False), "choice": _CODES, "integer": range(100)}
        return [(f"q{number}", chance.choice(options[self.kind(number)])) for number in range(self.asked)]

    # For this program

    def write(self, folder: Path) -> Path:
        """A content folder. What is written is JSON, which is YAML."""
        questions = list(self._questions())
        size = max(_SECTION, -(-len(questions) // 100))
        sections = {f"part-{at}": questions[at : at + size] for at in range(0, len(questions), size)}
        front = {
            "id": ID,
            "version": "1.0.0",
            "title": "Generated",
            "language": "en-GB",
            "welcome": {"heading": "A generated questionnaire", "paragraphs": ["It asks nothing in earnest."]},
            "completion": ["That is all."],
            "sections": list(sections),
        }
        ruleset = {key: front[key] for key in ("id", "version", "title", "language")}
        _write(folder / "questions" / ID / "questionnaire.yaml", front)
        for name, part in sections.items():
            _write(folder / "questions" / ID / f"{name}.yaml", {"id": name, "title": "A part", "questions": part})
        rules = [self._rule(number) for number in range(self.asked if self.follow_ups else 1)]
        files = {f"rules-{at}": rules[at : at + size * 2] for at in range(0, len(rules), size * 2)}
        _write(folder / "rules" / ID / "ruleset.yaml", ruleset | {"questionnaire": ID, "files": list(files)})
        for name, some in files.items():
            _write(folder / "rules" / ID / f"{name}.yaml", {"rules": some})
        _write(folder / "rules" / "sources.yaml", {"sources": [_SOURCE]})
        _write(folder / "rules" / "crisis-lines.yaml", {"anywhere": _ANYWHERE})
        _write(folder / "rules" / "wording.yaml", {"banned": []})
        return folder

    def _questions(self) -> Iterator[dict[str, object]]:
        for number in range(self.asked):
            kind = self.kind(number)
            question: dict[str, object] = {"id": f"q{number}", "type": kind}
            question["text"] = f"Question {number + 1}: which of these?"
            if kind == "choice":
                question["options"] = [{"code": code, "label": f"Answer {code}"} for code in _CODES]
            if kind == "integer":
                question["limits"] = {"minimum": "0", "maximum": "99"}
            yield question
            if self.follow_ups:
                condition = self._condition(number)
                yield {"id": f"f{number}", "type": "yes_no", "text": f"More on {number}?", "enable_when": condition}

    def _sources(self, number: int) -> tuple[int, int]:
        return number, max(number - 7, 0)

    def _condition(self, number: int) -> str:
        test = {"yes_no": "q{}", "choice": "q{} == 'b'", "integer": "q{} > 50"}
        return _joined(number).join(test[self.kind(source)].format(source) for source in self._sources(number))

    def _rule(self, number: int) -> dict[str, object]:
        return {
            "id": f"rule-{number}",
            "topic": "A topic",
            "priority": "discuss",
            "when": self._condition(number),
            "patient": "You told us something.",
            "clinician": "Something by own report.",
            "sources": [{"source": "G1", "mark": "verified"}],
        }

    # For LForms

    def as_fhir(self) -> dict[str, object]:
        """The same questions and conditions as a FHIR R4 Questionnaire."""
        items: list[dict[str, object]] = []
        for number in range(self.asked):
            kind = self.kind(number)
            types = {"yes_no": "boolean", "choice": "choice", "integer": "integer"}
            item: dict[str, object] = {"linkId": f"q{number}", "text": f"Question {number + 1}", "type": types[kind]}
            if kind == "choice":
                item["answerOption"] = [{"valueCoding": {"code": code, "display": code}} for code in _CODES]
            items.append(item)
            if self.follow_ups:
                behaviour = {" and ": "all", " or ": "any"}[_joined(number)]
                conditions = [self._enable_when(source) for source in self._sources(number)]
                follow_up = {"linkId": f"f{number}", "text": "More?", "type": "boolean"}
                items.append(follow_up | {"enableBehavior": behaviour, "enableWhen": conditions})
        return {"resourceType": "Questionnaire", "status": "active", "title": "Generated", "item": items}

    def _enable_when(self, source: int) -> dict[str, object]:
        test: dict[Kind, dict[str, object]] = {
            "yes_no": {"operator": "=", "answerBoolean": True},
            "choice": {"operator": "=", "answerCoding": {"code": "b"}},
            "integer": {"operator": ">", "answerInteger": 50},
        }
        return {"question": f"q{source}"} | test[self.kind(source)]


def _joined(number: int) -> str:
    return " and " if number % 2 else " or "


def _write(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=1), "utf-8")
