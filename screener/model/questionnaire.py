"""The questions: the authored form of a questionnaire, its sections, instruments and questions.

The words are those of HL7 FHIR Questionnaire; ``questions/README.md`` teaches them to an author.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Annotated, Any, Literal

from screener.file_text import is_archived
from screener.i18n.gettext import is_variant
from screener.model.base import (
    Authored,
    Condition,
    FileName,
    Flag,
    FromAnotherFile,
    Identifier,
    Language,
    ListLength,
    Loinc,
    SourceId,
    Text,
    Version,
)
from screener.model.front_parts import DueForm, Moment, Welcome
from screener.model.instrument_parts import Licence
from screener.model.instrument_parts import Score as Score
from screener.model.name_list import NameList
from screener.model.question_parts import Limits, Option, PleaseCheck, Repeats
from screener.model.question_types import TYPES, QuestionType
from screener.model.response import LEFT_BLANK_BY_STAFF, AbsentReason, Respondent
from screener.model.types.base import AnswerType, Choice
from screener.name_skeleton import first_alike
from screener.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Question(Authored):
    """One question, shown on a page by itself."""

    id: Identifier
    type: QuestionType
    text: Text
    short_text: Text | None = None
    """A few words for lists and for rules in words, e.g. "top blood pressure number"."""
    help: Text | None = None
    why: Text | None = None
    options: Annotated[tuple[Option, ...], ListLength(0, 60)] = ()
    unit: Text | None = None
    limits: Limits | None = None
    """An answer outside these limits is refused."""
    usual: Limits | None = None
    """For an answer outside these limits, the person is asked to check it, and may keep it."""
    please_check: Annotated[tuple[PleaseCheck, ...], ListLength(0, 10)] = ()
    written_with: Identifier | None = None
    """The integer question whose answer may be typed together with this one, e.g. ``142/91``."""
    future: bool = False
    """Whether the day of a date question may lie in the future, such as an appointment."""
    nothing: Text | None = None
    """An answer of its own to a text question, for somebody who has nothing to write, e.g. "No allergies"."""
    name_list: Annotated[NameList | None, FromAnotherFile("questions/medicines.yaml")] = None
    """The names and groups of a list, from the file that its type names."""
    carry_over: Flag = False
    """Whether somebody whose staff unlocked this session sees their previous answer, to confirm or change it."""
    enable_when: Condition | None = None
    absent: tuple[AbsentReason, ...] = (AbsentReason.UNKNOWN, AbsentReason.DECLINED)
    """The reasons for which this question may be left without an answer."""
    loinc: Loinc | None = None

    @property
    def asked_form(self) -> tuple[object, ...]:
        """Return what makes it the same question in two versions, whatever its help texts and its place are."""
        options = tuple((option.code, option.label) for option in self.options)
        listed = self.name_list.names if self.name_list else ()
        names = tuple((name.label, tuple(name.groups)) for name in listed)
        limits = (self.limits.minimum, self.limits.maximum) if self.limits else ()
        return (self.type, self.text, options, self.unit, limits, names)

    @property
    def name(self) -> str:
        """Return the short text, or the question itself if it has none."""
        return self.short_text or self.text

    @property
    def label(self) -> str:
        """Return the name with a capital letter, to begin a line."""
        return self.name[:1].upper() + self.name[1:]

    @cached_property
    def option(self) -> dict[str, Option]:
        """Return the options by their codes; those of a list are its groups."""
        if self.name_list:
            return {group.code: Option(code=group.code, label=group.label) for group in self.name_list.groups}
        return {option.code: option for option in self.options}

    @property
    def blank(self) -> AbsentReason:
        """Return the reason of a blank where nobody says which: a refusal, or for staff that nothing is recorded."""
        return AbsentReason.DECLINED if AbsentReason.DECLINED in self.absent else self.absent[0]

    @property
    def answer_type(self) -> AnswerType[Any]:
        """Return what the type of this question says of its answers; a ``match`` asks ``TYPES``."""
        return TYPES[self.type]

    @property
    def scored(self) -> bool:
        """Return whether each option has a score, so that the answer can be used as a number."""
        return isinstance(self.answer_type, Choice) and all(option.score is not None for option in self.options)

    def __post_init__(self) -> None:
        takes, needs = self.answer_type.takes, self.answer_type.needs
        if "options" in needs and len(self.options) < 2:
            raise ValueError(f"a {self.type} question needs at least two options; add them")
        if "options" not in takes and self.options:
            raise ValueError(f"the type {self.type} has no options; remove them, or make it a choice")
        if twice := first_alike([option.code for option in self.options]):
            raise ValueError(f'the option code "{twice}" is used twice; rename one')
        if (label := first_alike([option.label for option in self.options])) and not is_archived():
            raise ValueError(f'two options look the same ("{label}"); rename one')
        if "exclusive" not in takes and any(option.exclusive for option in self.options):
            raise ValueError("only an option of a choices question can be exclusive; remove the mark")
        if "written_with" not in takes and self.written_with:
            raise ValueError("only two integer questions can be written together; remove written_with")
        if "future" not in takes and self.future:
            raise ValueError("only the day of a date question can lie in the future; remove future")
        if "nothing" in needs and not self.nothing:
            raise ValueError(f'a {self.type} question needs nothing, such as "I take nothing else"; add it')
        if "nothing" not in takes and self.nothing:
            raise ValueError(
                'only a text or medicines question can offer "nothing"; remove it, or use an exclusive option'
            )
        if "limits" not in takes and (self.limits or self.usual or self.unit):
            raise ValueError("limits, usual and unit belong to integer and decimal questions; remove them")
        if "limits" in needs and self.limits is None:
            raise ValueError(f"the type {self.type} needs limits; add the smallest and largest possible answer")
        if self.absent == LEFT_BLANK_BY_STAFF:
            return
        if not {AbsentReason.UNKNOWN, AbsentReason.DECLINED}.issuperset(self.absent):
            raise ValueError("a person can only give asked-unknown or asked-declined as a reason; remove others")
        if AbsentReason.DECLINED not in self.absent:
            raise ValueError("every question can be declined; add asked-declined to absent")


@dataclass(frozen=True, kw_only=True)
class Section(Authored):
    """A part of a questionnaire. Its title is what the person sees above each question."""

    id: FileName
    title: Text
    introduction: Text | None = None
    """Shown above the first question of the section."""
    questions: Annotated[tuple[Question, ...], ListLength(1, 1000)]
    repeats: Repeats | None = None
    """How often the whole section can be filled in, if more than once."""


@dataclass(frozen=True, kw_only=True)
class Instrument(Section):
    """A published scale, used verbatim: neither its wording nor its order changes when it is shown."""

    name: Text
    """The published short name, e.g. "PHQ-9"."""
    edition: Text
    language: Language | None = None
    """The language of the published wording, if it differs from that of the questionnaire; the person is told."""
    licence: Licence
    recall_period: Text
    stem: Text | None = None
    """The published lead-in, shown above each item."""
    options: Annotated[tuple[Option, ...], ListLength(0, 60)] = ()
    """The options of each choice item that lists none itself."""
    scores: Annotated[tuple[Score, ...], ListLength(0, 10)] = ()
    missing_items: Text
    """The policy for a score with missing items, in words."""
    sources: Annotated[tuple[SourceId, ...], ListLength(1, 10)]
    """Ids of ``rules/sources.yaml``."""
    mark: Literal["verified", "to-be-checked"]
    """Whether somebody read the wording in the named sources."""
    note: Text | None = None
    loinc: Loinc | None = None

    def __post_init__(self) -> None:
        if self.repeats:
            raise ValueError("an instrument is asked once, as it was published; remove repeats")

    def stem_of(self, question: Question) -> str | None:
        """Return the lead-in for one item: only items with the shared options belong to it."""
        return self.stem if not self.options or question.options == self.options else None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Callable[[Any], Any]) -> Any:
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(_with_shared_options, handler(source))


def _with_shared_options(instrument: object) -> object:
    """Return the authored instrument with its shared options copied to each choice item that lists none itself."""
    if isinstance(instrument, dict) and instrument.get("options"):
        for question in instrument.get("questions") or ():
            if isinstance(question, dict) and question.get("type") == "choice":
                question.setdefault("options", instrument["options"])
    return instrument


@dataclass(frozen=True, kw_only=True)
class Front(Authored):
    """The parts of a questionnaire that describe it."""

    id: FileName
    version: Version
    title: Text
    language: Language
    welcome: Welcome
    completion: Annotated[tuple[Text, ...], ListLength(1, 12)]
    """The next steps, shown when the person has finished."""
    region_question: Identifier | None = None
    """The question whose option codes are the regions of ``rules/crisis-lines.yaml``."""
    respondent_question: Identifier | None = None
    """The question that says who enters the answers."""
    respondent: Respondent = "person"
    """Whom it asks: the person, or staff, who record it for one person from their own screens."""
    moment: Moment | None = None
    form: DueForm | None = None

    @property
    def is_for_staff(self) -> bool:
        return self.respondent == "staff"


@dataclass(frozen=True, kw_only=True)
class QuestionnaireFile(Front):
    """``questions/<questionnaire>/questionnaire.yaml``, which names the files of its sections in order."""

    sections: Annotated[tuple[FileName, ...], ListLength(1, 100)]


@dataclass(frozen=True, kw_only=True)
class Questionnaire(Front):
    """A whole questionnaire, its sections in the order in which they are asked."""

    sections: Annotated[tuple[Instrument | Section, ...], ListLength(1, 100)]

    def __iter__(self) -> Iterator[Question]:
        """Return the questions, in the order in which they are asked."""
        return (question for section in self.sections for question in section.questions)

    @cached_property
    def question(self) -> dict[str, Question]:
        """Return the questions by their ids."""
        return {question.id: question for question in self}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """Return the section of each question id."""
        return {question.id: section for section in self.sections for question in section.questions}

    def other_language(self, section: Section | None) -> str | None:
        """Return the language of a section's wording if it differs from that of the questionnaire."""
        language = section.language if isinstance(section, Instrument) else None
        return language if language and not is_variant(language, self.language) else None

    @property
    def instruments(self) -> tuple[Instrument, ...]:
        return tuple(section for section in self.sections if isinstance(section, Instrument))
