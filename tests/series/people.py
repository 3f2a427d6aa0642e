"""Six invented people over twelve weeks, as a clinic's store keeps them: blanks, a missed visit, a yes taken back,
content that changed in between, an alarm that staff closed, a name nobody can spell."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from screener.content.compiled import Content
from screener.content.load import load
from screener.content.translate import in_language
from screener.model.response import AbsentReason, Entry
from screener.series.course import Course
from screener.series.response import SeriesResponse
from screener.series.series import Series, series_of
from screener.store.annotation import Annotation
from screener.store.content_archive import content_hash
from screener.store.history import HistoryEntry
from screener.store.record import StoredResponse
from tests.check.copies import BODY, FLIGHT, FRONT, NERVES, RULES, Edit, copied
from tests.series.stored import from_stored
from tests.strategies import flight, shipped

START = datetime.datetime(2026, 1, 5, 9, 30, tzinfo=datetime.UTC)
DECLINED, UNKNOWN = AbsentReason.DECLINED, AbsentReason.UNKNOWN
SECOND: tuple[Edit, ...] = (
    (FRONT, "version: 2.1.0", "version: 3.0.0"),
    (NERVES, "text: sweaty?", "text: hot?"),
    (RULES, "when: bag > bag_limit", "when: bag >= bag_limit"),
    (RULES, "    when: age < 16 and alone", "    when: age  <  16 and alone"),
)
"""The second version: another wording of an item, another condition, and one that is only written differently."""
THIRD: tuple[Edit, ...] = (
    (FRONT, "version: 2.1.0", "version: 4.0.0"),
    (FRONT, "sections: [journey, nerves, body]", "sections: [journey, body]"),
    (
        RULES,
        "  - id: nervous\n    topic: Nerves\n    priority: discuss\n    when: nerves_total >= 3\n",
        "  - id: nervous\n    topic: Nerves\n    priority: discuss\n    when: age < 0\n",
    ),
    (BODY, "short_text: weight of the bag", "short_text: how heavy the bag is"),
)
"""The third version: without the scale of nerves; a short text is no other question."""
Answered = Sequence[tuple[str, Entry]]


@cache
def changed_content(*edits: Edit) -> Content:
    """Return the content of the tests with edits, as an archive would give it."""
    with TemporaryDirectory() as name:
        return load(copied(FLIGHT, Path(name) / "content", *edits), "before-a-flight")


@dataclass
class Person:
    """Answers, a response at a time: the day of the course, what was answered minute by minute, under which content."""

    name: str
    visits: list[StoredResponse] = field(default_factory=list)
    contents: list[Content] = field(default_factory=list)
    annotations: list[tuple[Annotation, ...]] = field(default_factory=list)
    course: Course = field(default_factory=Course)

    def answer(
        self, day: int, answers: Answered, content: Content | None = None, *annotations: Annotation, hour: int = 0
    ) -> None:
        content = content or flight()
        begun = START + datetime.timedelta(days=day, hours=hour)
        history = tuple(
            HistoryEntry(question, entry, begun + datetime.timedelta(minutes=minute))
            for minute, (question, entry) in enumerate(answers, 1)
        )
        reference = f"{self.name[:1].upper()}{len(self.visits) + 1:03}-2345"
        self.visits.append(
            StoredResponse(
                reference,
                content.questionnaire.id,
                content_hash(content),
                content.questionnaire.language,
                "screen",
                begun,
                begun + datetime.timedelta(minutes=len(answers) + 1),
                name=self.name,
                history=history,
            )
        )
        self.contents.append(content)
        self.annotations.append(annotations)

    @property
    def responses(self) -> list[SeriesResponse]:
        return [
            from_stored(record, content, content.authored or content, annotations)
            for record, content, annotations in zip(self.visits, self.contents, self.annotations, strict=True)
        ]

    @property
    def series(self) -> Series:
        return series_of(self.responses, self.course, audit="7/0123abcd")


def nerves(*items: str | AbsentReason | None) -> list[tuple[str, Entry]]:
    return [(f"nerves_{number}", item) for number, item in enumerate(items, 1) if item is not None]


def day(number: int) -> datetime.date:
    return (START + datetime.timedelta(days=number)).date()


def seen_to(minutes: int, *alarms: str) -> Annotation:
    return Annotation("acknowledged", "Kim Lee", START + datetime.timedelta(minutes=minutes), " ".join(alarms))


def even() -> Person:
    """Return somebody who answers everything, every two weeks."""
    person = Person("even", course=Course((day(7), day(10), day(30)), (day(30),), ()))
    for week, items in enumerate([("often", "often", "often"), ("often", "often", "never"), ("never",) * 3]):
        person.answer(week * 14, [("age", 40), ("alone", False), ("chest_pain", False), *nerves(*items)])
    return person


def blanks() -> Person:
    """Return somebody who leaves more blank every time, and answers all at the end."""
    person = Person("blanks")
    person.answer(0, [("age", 12), ("alone", True), ("chest_pain", True), *nerves("often", "often", "never")])
    person.answer(14, [("age", 12), ("alone", DECLINED), ("chest_pain", DECLINED), *nerves("often", DECLINED, "never")])
    person.answer(28, [("age", UNKNOWN), ("alone", DECLINED), *nerves(DECLINED, DECLINED, DECLINED)])
    person.answer(84, [("age", 12), ("alone", False), ("chest_pain", False), *nerves("never", "never", "never")])
    return person


def missed() -> Person:
    """Return somebody who did not come once, and whose treatment days nobody named."""
    person = Person("missed", course=Course(None, None, (day(14),)))
    person.answer(0, nerves("often", "never", "never"))
    person.answer(28, nerves("never", "never", "never"))
    return person


def taken_back() -> Person:
    """Return somebody who says that it hurts now, changes that, and says no ever after."""
    person = Person("taken back")
    person.answer(0, [("chest_pain", True), ("pain_now", True), ("pain_now", False), ("chest_pain", False)])
    person.answer(14, [("chest_pain", False)])
    person.answer(28, [("chest_pain", False)])
    return person


def changed() -> Person:
    """Return somebody whose questions changed twice in between, and then came back."""
    person = Person("changed")
    heavy = [("age", 12), ("alone", True), ("bag", 20), ("bag_limit", 20)]
    person.answer(0, [*heavy, *nerves("often", "often", "often")])
    person.answer(14, [*heavy, *nerves("often", "often", "never")], changed_content(*SECOND))
    person.answer(28, [("age", 12), ("alone", False), ("bag", 21), ("bag_limit", 20)], changed_content(*THIRD))
    person.answer(42, [("age", 12), ("alone", True), ("bag", 10), ("bag_limit", 20)], changed_content(*THIRD))
    return person


def unspellable() -> Person:
    """Return somebody with a name nobody can spell, who answers in Spanish, twice on a day, and whom staff saw to."""
    person = Person("Þórð–ñà \u202e<b>`|")
    spanish = in_language(flight(), "es-US")
    answers = [("remarks", "```\n== Seal\x1b[2J"), ("chest_pain", True), ("pain_now", True)]
    person.answer(0, [*answers, ("pain_now", False)], spanish, seen_to(30, "chest-pain", "chest-pain-now"))
    person.answer(0, [("chest_pain", False), *nerves("sometimes", "often", "never")], spanish, hour=5)
    return person


def treated() -> Person:
    """Return somebody with the shipped questions: a scale with a recall of two weeks, and treatment twice a week."""
    codes = ("not-at-all", "several-days", "more-than-half", "nearly-every-day")
    treatments = tuple(day(number) for number in range(1, 29) if number % 7 in (1, 4))
    person = Person("treated", course=Course(treatments, (day(15),), (day(42),)))
    for number, items in ((0, "332223222"), (14, "322-21-21"), (28, "---------"), (56, "111111111"), (84, "000000000")):
        answers = [DECLINED if item == "-" else codes[int(item)] for item in items]
        person.answer(number, [(f"phq9_{place}", item) for place, item in enumerate(answers, 1)], shipped())
    return person


PEOPLE = {make.__name__: make for make in (even, blanks, missed, taken_back, changed, unspellable)}
EVERYBODY = PEOPLE | {"treated": treated}
