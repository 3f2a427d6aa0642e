"""Copies of content with one seeded fault, and what the example of each fault must show."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from screener.proofs.result import Verdict

HERE = Path(__file__).parents[1]

FLIGHT_BODY = "questions/before-a-flight/body.yaml"
FLIGHT_JOURNEY = "questions/before-a-flight/journey.yaml"
FLIGHT_RULES = "rules/before-a-flight/flight.yaml"
SHIPPED_RULES = "rules/ketamine-pre-screening"
ASQ = "questions/instruments/asq.yaml"

Edit = tuple[str, str, str]
"""A file, a text in it, and the replacement with the fault."""


@dataclass(frozen=True)
class Fault:
    """One seeded fault. ``found`` is a part of the message; ``shows`` is what the example must show when it is tried.

    ``shows`` pairs rule ids with outcomes, and question ids with whether they are asked.
    """

    edits: tuple[Edit, ...]
    by: str
    """The property that finds it, or ``check``."""
    found: str
    verdict: Verdict = Verdict.REFUTED
    shows: Mapping[str, object] = field(default_factory=dict)
    folder: str = "before-a-flight"


def seeded(fault: Fault, home: Path) -> Path:
    """Return a copy of the content with the fault in it."""
    original = HERE / "fixtures" if fault.folder == "before-a-flight" else HERE.parent
    for part in ("questions", "rules"):
        shutil.copytree(original / part, home / part)
    for file, old, new in fault.edits:
        text = (home / file).read_text("utf-8")
        assert text.count(old) == 1, f"{file} has {text.count(old)} times {old!r}"
        (home / file).write_text(text.replace(old, new), "utf-8")
    return home


def another_rule(when: str, name: str = "another", priority: str = "discuss") -> Edit:
    """Return an edit that adds a rule to the file of rules before a flight."""
    text = f"""rules:
  - id: {name}
    topic: Another topic
    priority: {priority}
    when: "{when}"
    patient: You told us something. The crew will want to talk about it.
    clinician: Something by own report.
    sources: [{{source: T1, mark: verified}}]
"""
    return FLIGHT_RULES, "rules:\n", text


CHEST_PAIN = """    text: Does your chest hurt?
    short_text: chest pain
"""
PAIN_NOW = """  - id: pain_now
    type: yes_no
    text: Does it hurt now?
    short_text: chest pain now
    enable_when: chest_pain
"""
ITEMS = "  - id: items\n"


def gate(condition: str) -> Edit:
    """Return an edit that asks the safety question on chest pain only under a condition."""
    return FLIGHT_BODY, CHEST_PAIN, CHEST_PAIN + f'    enable_when: "{condition}"\n'


def rule(old: str, new: str) -> Edit:
    return FLIGHT_RULES, f"when: {old}\n", f"when: {new}\n"


def now_gate(condition: str) -> Edit:
    return FLIGHT_BODY, "enable_when: chest_pain\n", f'enable_when: "{condition}"\n'


CHILD = "age < 16 and alone"

FAULTS = {
    "a swapped comparison": Fault((rule(CHILD, "age > 16 and alone"),), "check", "child-alone is clear, not raised"),
    "or for and": Fault((rule(CHILD, "age < 16 or alone"),), "check", "child-alone is raised, not clear"),
    "a limit off by one": Fault((rule("nerves_total >= 3", "nerves_total > 3"),), "check", "nervous is undetermined"),
    "a condition turned round": Fault((rule("chest_pain", "not chest_pain"),), "check", "chest-pain is clear, not"),
    "in for not in": Fault(
        ((FLIGHT_RULES, "'oxygen' in items or", "'oxygen' not in items or"),), "check", "oxygen is raised, not clear"
    ),
    "a shipped limit swapped": Fault(
        ((f"{SHIPPED_RULES}/instruments.yaml", "phq9_total >= 10", "phq9_total <= 10"),),
        "check",
        "low-mood is clear, not raised",
        folder="ketamine-pre-screening",
    ),
    "an option dropped from a rule": Fault(
        ((f"{SHIPPED_RULES}/other-health.yaml", " or 'eye-injury' in other_conditions", ""),),
        "matters",
        '"eye-injury" changes nothing',
        Verdict.LISTED,
        {"eye-pressure": "clear"},
        "ketamine-pre-screening",
    ),
    "an option dropped from a gate": Fault(
        (
            (
                "questions/ketamine-pre-screening/pregnancy.yaml",
                "pregnancy_applies in ('now-or-later', 'past-only')",
                "pregnancy_applies in ('now-or-later',)",
            ),
        ),
        "matters",
        '"past-only" and "no"',
        Verdict.LISTED,
        {"pre_eclampsia": False},
        "ketamine-pre-screening",
    ),
    "a gate of safety questions with and for or": Fault(
        ((ASQ, "asq_1 or asq_2 or asq_3 or asq_4", "asq_1 and asq_2 and asq_3 and asq_4"),),
        "never passed",
        '"asq_5" is not asked although its gate raises the urgent rule "asq-thoughts"',
        Verdict.REFUTED,
        {"asq-thoughts": "raised", "asq_5": False},
        "ketamine-pre-screening",
    ),
    "a yes dropped from a gate of safety questions": Fault(
        ((ASQ, "asq_1 or asq_2 or asq_3 or asq_4", "asq_1 or asq_2 or asq_3"),),
        "never passed",
        '"asq_5" is not asked where only "asq_4" raises the urgent rule "asq-thoughts"',
        Verdict.LISTED,
        {"asq-thoughts": "raised", "asq_5": False},
        "ketamine-pre-screening",
    ),
    "a gate that hides a safety question": Fault(
        (gate("age >= 18"),),
        "never passed",
        'The safety question "chest_pain" can be passed over: "age" decides',
        shows={"chest_pain": False, "chest-pain": "clear"},
    ),
    "a gate by what says for whom a refusal counts": Fault(
        (rule("chest_pain", "chest_pain or age < 18 and declined(chest_pain)"), gate("age >= 18")),
        "never passed",
        'The safety question "chest_pain" can be passed over: "age" decides',
        shows={"chest_pain": False},
    ),
    "a safety question left out where somebody refuses": Fault(
        (rule("chest_pain", "chest_pain or declined(alone)"),),
        "never passed",
        '"pain_now" is not asked where only "alone" raises the urgent rule "chest-pain"',
        Verdict.LISTED,
        {"pain_now": False, "chest-pain": "raised"},
    ),
    "a refusal that needs an answer": Fault(
        (another_rule("declined(alone) and alone"),),
        "raised",
        'The rule "another" is never raised',
        shows={"another": "clear"},
    ),
    "a question of which only a refusal is read": Fault(
        (another_rule("declined(remarks)"),),
        "matters",
        'In "remarks" only a refusal matters: every text has the same effect',
        Verdict.LISTED,
        {"another": "clear"},
    ),
    "a refusal unsure for no reason": Fault(
        (another_rule("alone and declined(chest_pain) or not alone and declined(chest_pain)"),),
        "unsure",
        'The rule "another" is undetermined in a response that can only end in raised',
        Verdict.LISTED,
        {"another": "undetermined", "chest_pain": True},
    ),
    "a refusal shadowed by a rule": Fault(
        (another_rule("age < 12 and alone and declined(chest_pain)"),),
        "overlap",
        'Whenever the rule "another" (discuss) is raised, "child-alone" (discuss) is raised too',
        Verdict.LISTED,
        {"another": "raised", "child-alone": "raised"},
    ),
    "a gate that hides part of the safety questions": Fault(
        (now_gate("chest_pain and nerves_total >= 2 and alone"),),
        "never passed",
        '"pain_now" can be passed over: "alone"',
        shows={"pain_now": False},
    ),
    "a gate turned round": Fault(
        (now_gate("not chest_pain"),),
        "never passed",
        '"pain_now" is not asked although its gate raises the urgent rule "chest-pain"',
        shows={"pain_now": False, "chest-pain": "raised"},
    ),
    "a safety question before its gate": Fault(
        ((FLIGHT_BODY, PAIN_NOW, ""), (FLIGHT_BODY, ITEMS, PAIN_NOW + ITEMS)),
        "never passed",
        '"pain_now" is asked late',
        shows={"pain_now": True},
    ),
    "a shadowed rule": Fault(
        (another_rule("age < 12 and alone"),),
        "overlap",
        'Whenever the rule "another" (discuss) is raised, "child-alone" (discuss) is raised too',
        Verdict.LISTED,
        {"another": "raised", "child-alone": "raised"},
    ),
    "two equivalent conditions": Fault(
        (another_rule("not (age >= 16 or not alone)", priority="inform"),),
        "overlap",
        'The rules "child-alone" and "another" are raised by the very same answers',
        shows={"another": "raised", "child-alone": "raised"},
    ),
    "an always-raised rule": Fault(
        (another_rule("age < 65 or age >= 60"),),
        "clear",
        'The rule "another" is never clear',
        shows={"another": "raised"},
    ),
    "a contradictory condition": Fault(
        (rule(CHILD, "alone and age < 16 and age > 60"),),
        "raised",
        'The rule "child-alone" is never raised',
        shows={"child-alone": "clear"},
    ),
    "a limit nobody can reach": Fault(
        (rule("nerves_total >= 3", "nerves_total + age >= 200"),),
        "raised",
        'The rule "nervous" is never raised',
        shows={"nervous": "clear"},
    ),
    "a rule decided before anything is answered": Fault(
        (another_rule("bag >= 0"),),
        "undetermined",
        'The rule "another" is never undetermined',
        shows={"another": "raised"},
    ),
    "a digit too many": Fault(
        (rule(CHILD, "age < 160 and alone"),),
        "matters",
        '"age" is informative only: every number has the same effect',
        Verdict.LISTED,
        {"child-alone": "undetermined"},
    ),
    "an unreachable question": Fault(
        ((FLIGHT_BODY, "\"'oxygen' in items\"\n", "\"'oxygen' in items and 'none' in items\"\n"),),
        "asked",
        'The question "oxygen_flow" is never asked',
        shows={"oxygen_flow": False},
    ),
    "a question behind a gap": Fault(
        ((FLIGHT_JOURNEY, "enable_when: flown_before", "enable_when: flown_before and age > 20 and age < 21"),),
        "asked",
        'The question "last_flight" is never asked',
        shows={"last_flight": False},
    ),
    "a rule unsure for no reason": Fault(
        (another_rule("alone and age < 16 or alone and age >= 16"),),
        "unsure",
        'The rule "another" is undetermined in a response that can only end in raised',
        Verdict.LISTED,
        {"another": "undetermined", "alone": True},
    ),
}
