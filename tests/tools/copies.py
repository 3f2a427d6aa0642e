"""How long the copies of a response are: ``python -m tests.tools.copies``.

Prints lines and pages of 60 lines for three cases and for the longest of 300 generated responses. Ends with 1 where the
first page of any of them has more than 60 lines.
"""

from __future__ import annotations

import datetime
import random
import sys
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from screener.content.compiled import Content
from screener.document.formats import render
from screener.document.model import Document
from screener.engine.interview import Interview
from screener.model.name_list import closed
from screener.model.questionnaire import Question
from screener.model.response import AbsentReason, Entry
from screener.model.types.text import LONGEST_TEXT
from screener.summary.build import PAGE_LINES, clinician_summary, patient_summary
from screener.summary.metadata import SessionMetadata
from tests.strategies import shipped

START = datetime.datetime(2026, 11, 28, 16, 42, tzinfo=datetime.UTC)
SESSION = SessionMetadata("48K5-93XZ", "screen", START, START + datetime.timedelta(minutes=23))
GENERATED = 300

COMPLEX: dict[str, Entry] = {
    "region": "us",
    "age": 43,
    "answered_by": "self",
    "reasons": frozenset({"depression", "anxiety"}),
    "how_long": "over-2-years",
    "worse_lately": True,
    "hopes": "To work again and enjoy time with my kids",
    "expectations": frozenset({"straight-away", "no-side-effects"}),
    "talked_with_clinician": False,
    **{f"phq9_{number}": "nearly-every-day" for number in (1, 2, 4, 6)},
    **{f"phq9_{number}": "more-than-half" for number in (3, 5, 7, 9)},
    "phq9_8": "not-at-all",
    "phq9_difficulty": "very-difficult",
    "asq_1": True, "asq_2": False, "asq_3": False, "asq_4": True, "asq_5": False,
    **{f"gad7_{number}": "more-than-half" for number in (1, 2, 3, 4, 5)},
    **{f"gad7_{number}": "several-days" for number in (6, 7)},
    "pcptsd5_event": True,
    **{f"pcptsd5_{number}": number != 5 for number in range(1, 6)},
    "medicines_tried": "three-or-more",
    "medicines_past": "Sertraline 150 mg two years, venlafaxine 225 mg 8 months, mirtazapine 30 mg now",
    "medicines_length": "3-to-12-months",
    "medicines_stopped": frozenset({"side-effects", "no-help"}),
    "other_treatments": frozenset({"talking-therapy", "add-on-medicine"}),
    "previous_ketamine": frozenset({"none"}),
    "support_people": frozenset({"family"}),
    "contacts": "my sister",
    "living_situation": frozenset({"none"}),
    "safe_at_home": True,
    "blood_vessels": AbsentReason.UNKNOWN,
    "heart": frozenset({"rhythm", "high-bp"}),
    "heart_event_when": "never",
    "systolic": 142,
    "diastolic": 91,
    "reading_today": False,
    "brain": frozenset({"none"}),
    "breathing": frozenset({"sleep-apnoea"}),
    "other_conditions": frozenset({"none"}),
    "height_and_weight": AbsentReason.DECLINED,
    "bladder": frozenset({"urgency"}),
    "mental_health": frozenset({"dissociation"}),
    "bad_reactions": frozenset({"none"}),
    "other_health": "penicillin, rash",
    "pregnancy_applies": "no",
    "medicines_mind": frozenset({"sedatives", "lamotrigine"}),
    "medicines_body": frozenset({"blood-pressure", "nasal-spray"}),
    "missed_bp_medicine": True,
    "medicines_list": closed("amlodipine 5 mg, vitamin D"),
    "auditc_1": "4-or-more-a-week", "auditc_2": "3-or-4", "auditc_3": "less-than-monthly",
    "substances": frozenset({"cannabis"}),
    "substances_detail": AbsentReason.DECLINED,
    "ketamine_outside_care": "never",
    "alcohol_or_drug_problem": "past",
    "after_treatment": frozenset({"calm-place"}),
    "next_day": frozenset({"none"}),
    "support_needs": frozenset({"understanding"}),
    "anything_else": AbsentReason.DECLINED,
}  # fmt: skip
"""Somebody with much to talk about; what later content asks besides is answered as ``calm`` does."""


HEALTHY: dict[str, Entry] = {
    "region": "us", "age": 35, "answered_by": "self", "after_treatment": frozenset({"escort", "adult-overnight"}),
}  # fmt: skip


def case_entries(content: Content, chosen: Mapping[str, Entry], *, sections: int | None = None) -> dict[str, Entry]:
    """Return a complete response with these answers and calm ones; ``sections``: only so many parts of it."""
    interview = Interview(content.form, content.rules)
    last = content.questionnaire.sections[: sections or len(content.questionnaire.sections)]
    asked = {question.id for section in last for question in section.questions}
    while (question := interview.current) and question.id in asked:
        entry = chosen.get(question.id)
        interview.record(question.id, _fitting(question, entry))
        for rule in interview.interruptions:
            interview.acknowledge(rule.id, START, "A. Nurse", checked=True)
        interview.next()
    return dict(interview.response.entries)


def _fitting(question: Question, entry: Entry | None) -> Entry:
    """Return the entry where the question takes it, else a calm answer: content changes."""
    codes = set(question.option)
    if isinstance(entry, AbsentReason):
        return entry if entry in question.absent else AbsentReason.DECLINED
    if isinstance(entry, frozenset) and question.type == "choices" and entry <= codes:
        return entry
    if question.type == "choice" and entry in codes:
        return entry  # type: ignore[return-value]
    if entry is not None and question.type not in ("choice", "choices"):
        return entry
    return calm(question)


def calm(question: Question) -> Entry:
    """Return an answer with nothing to talk about, as far as a program can choose one."""
    if question.type == "choice":
        scored = question.options[0].score is not None
        return min(question.options, key=lambda option: option.score or 0).code if scored else question.options[-1].code
    if question.type == "choices":
        exclusive = next((option.code for option in question.options if option.exclusive), None)
        return frozenset({exclusive or question.options[0].code})
    if question.type == "yes_no":
        return question.id in ("talked_with_clinician", "safe_at_home")
    if question.limits:
        middle = int((question.usual or question.limits).minimum + (question.usual or question.limits).maximum) // 2
        return Decimal(middle) if question.type == "decimal" else middle
    return datetime.date(2020, 5, 5) if question.type == "date" else AbsentReason.DECLINED


def generated(content: Content, count: int = GENERATED, seed: int = 10) -> Iterator[dict[str, Entry]]:
    """Yield responses of every kind: all raised, all blank, texts of 4,000 characters, stopped anywhere."""
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")
        blank, raised = chance.choice((0.0, 0.1, 0.5, 1.0)), chance.choice((0.2, 0.7, 1.0))
        stop = chance.choice((None, None, chance.randrange(1, len(content.questionnaire.question))))
        interview = Interview(content.form, content.rules)
        while (question := interview.current) and (stop is None or len(interview.response.entries) < stop):
            interview.record(question.id, _any_entry(question, chance, blank, raised))
            for rule in interview.interruptions:
                interview.acknowledge(rule.id, START, "A. Nurse", checked=True)
            interview.next()
        yield dict(interview.response.entries)


def _any_entry(question: Question, chance: random.Random, blank: float, raised: float) -> Entry:
    if chance.random() < blank:
        return chance.choice(question.absent)
    if question.type == "yes_no":
        return chance.random() < raised
    if question.type == "choice":
        return chance.choice(question.options).code
    if question.type == "choices":
        open_options = [option.code for option in question.options if not option.exclusive]
        chosen = frozenset(code for code in open_options if chance.random() < raised)
        return chosen or frozenset({next((o.code for o in question.options if o.exclusive), open_options[0])})
    if question.limits:
        low, high = question.limits.minimum, question.limits.maximum
        number = chance.randint(int(low), int(high))
        return Decimal(number) if question.type == "decimal" else number
    if question.type == "date":
        return datetime.date(1990, 1, 1) + datetime.timedelta(days=chance.randrange(12000))
    alphabet = chance.choice(("abc de fghij ", "\u65e5\u672c \U0001f600 x", "x", "\u00e9 \u0300a\n", "[1] {age} ; "))
    return ("w" + "".join(chance.choices(alphabet, k=chance.choice((5, 300, LONGEST_TEXT - 2)))) + "w")[:LONGEST_TEXT]


def clinician_document(content: Content, entries: Mapping[str, Entry], *, with_appendix: bool = True) -> Document:
    interview = Interview(content.form, content.rules, dict(entries))
    for rule in interview.interruptions:
        interview.acknowledge(rule.id, START, "A. Nurse", checked=True)
    return clinician_summary(content, interview, SESSION, with_appendix=with_appendix)


def page_one(document: Document, *, ascii_only: bool = False) -> list[str]:
    """Return the lines of the first page: everything above the block that begins a new one."""
    text = render(document, ascii_only=ascii_only)
    new = next(block.title for block in document.blocks if block.new_page)
    return text.split(f"\n== {new} ")[0].split("\n")


def cases(content: Content) -> dict[str, dict[str, Entry]]:
    """Return the responses of three people: much to talk about, the same half finished, and healthy."""
    return {
        "complete, complex": case_entries(content, COMPLEX),
        "half finished": case_entries(content, COMPLEX, sections=5),
        "healthy, complete": case_entries(content, HEALTHY),
    }


def main() -> int:
    content = shipped()
    print(f"{'':<20} {'page one':>9} {'no appendix':>16} {'whole copy':>16} {'person':>16}")
    for name, entries in cases(content).items():
        print(f"{name:<20} {_measured(content, entries)}")
    longest = max(generated(content), key=lambda entries: len(page_one(clinician_document(content, entries))))
    print(f"{f'longest of {GENERATED}':<20} {_measured(content, longest)}")
    return int(_lines_of_page_one(content, [longest, *cases(content).values()]) > PAGE_LINES)


def _lines_of_page_one(content: Content, responses: Iterable[Mapping[str, Entry]]) -> int:
    return max(len(page_one(clinician_document(content, entries))) for entries in responses)


def _measured(content: Content, entries: Mapping[str, Entry]) -> str:
    interview = Interview(content.form, content.rules, dict(entries))
    lengths = [
        len(render(document).splitlines())
        for document in (
            clinician_document(content, entries, with_appendix=False),
            clinician_document(content, entries),
            patient_summary(content, interview, SESSION),
        )
    ]
    pages = " ".join(f"{lines:>8} ({float(Fraction(lines, PAGE_LINES)):>4.1f})" for lines in lengths)
    return f"{len(page_one(clinician_document(content, entries))):>9} {pages}"


if __name__ == "__main__":
    sys.exit(main())
