"""What every part of a summary reads: the content, one person's answers, and the topics with their numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from screener.content.compiled import Content
from screener.engine.interview import Interview
from screener.engine.occurrences import in_occurrences, occurrences
from screener.engine.rules import Assessment, Outcome
from screener.expressions import tree
from screener.expressions.previous import DAYS, PREFIX
from screener.i18n.gettext import _
from screener.model.answers import carried_over_words, format_answer
from screener.model.occurrences import number_of, question_of
from screener.model.phrase import filled, phrase_names, plain_words
from screener.model.question_types import TYPES
from screener.model.questionnaire import Question
from screener.model.response import AbsentReason, AnswerValue, Entry, absent_label
from screener.model.ruleset import Rule
from screener.model.types.base import Amount, Choice, Choices, ListedText, OwnWords, YesOrNo
from screener.summary.metadata import RecordedEntry, SessionMetadata
from screener.summary.taken_back import ReportedAlarms, TakenBackTopic, TakenBackTopics

_LONGEST_IN_A_LINE = 200
"""Characters of a free text that can stand within a line; the whole of it stands on page two."""


@dataclass(frozen=True)
class Topic:
    """A rule that is raised, with the number of its note and the questions whose answers raised it."""

    number: int
    rule: Rule
    questions: tuple[str, ...]

    @property
    def note(self) -> str:
        return f"note-{self.number}"


@dataclass(frozen=True)
class SummaryContext:
    """One response with its content, in the language of the copy."""

    content: Content
    interview: Interview
    metadata: SessionMetadata
    alarms: ReportedAlarms | None = None
    """The history of urgent rules, where this copy may tell what was taken back."""

    @cached_property
    def taken_back(self) -> tuple[TakenBackTopic, ...]:
        """What was urgent and is no longer raised, for the clinician."""
        return tuple(TakenBackTopics(self.content, self.interview, self.alarms).clinician())

    @property
    def for_staff(self) -> bool:
        """Whether staff recorded it: then a blank is not recorded, without an excuse."""
        return self.content.questionnaire.is_for_staff

    @property
    def assessment(self) -> Assessment:
        return self.interview.assessment

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """The entries that count."""
        return self.interview.response.entries

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """Every rule that is raised, the most urgent first, then in the order of the files."""
        return tuple(
            Topic(number, rule, tuple(self.assessment.supporting_answers(rule.id)))
            for number, rule in enumerate(self.with_outcome(Outcome.RAISED), 1)
        )

    @cached_property
    def undetermined(self) -> tuple[tuple[Rule, tuple[str, ...]], ...]:
        """Every undetermined rule with the questions whose answers would settle it."""
        return tuple(
            (rule, tuple(self.assessment.deciding_questions(rule.id)))
            for rule in self.with_outcome(Outcome.UNDETERMINED)
        )

    @cached_property
    def needs_previous(self) -> tuple[Rule, ...]:
        """Every undetermined rule that the previous response would decide, or help to."""
        return tuple(rule for rule, _deciding in self.undetermined if self.assessment.previous_names(rule.id))

    @property
    def undecided_by_previous(self) -> str:
        """Return why the previous response decides nothing, in a few words."""
        if self.interview.previous is None:
            return _("no previous response is known here")
        return _("the previous response leaves it open")

    @cached_property
    def sensitive(self) -> frozenset[str]:
        """The questions of all sensitive rules, raised or not; the person's copy shows none of their answers."""
        return self._read_by(rule.id for rule in self.content.ruleset if rule.sensitive)

    @cached_property
    def silent(self) -> frozenset[str]:
        """The questions of all silent rules, raised or not, which nothing in the person's copy names."""
        return self._read_by(rule.id for rule in self.content.ruleset if rule.silent)

    def _read_by(self, rules: Iterable[str]) -> frozenset[str]:
        compiled = self.assessment.rules.rules
        return self.content.form.source_questions(name for rule in rules for name in tree.names(compiled[rule].tree))

    def with_outcome(self, outcome: Outcome) -> list[Rule]:
        """Return the rules with this outcome, in the language of this copy."""
        return [self.content.ruleset.rule[rule.id] for rule in self.assessment.with_outcome(outcome)]

    def question(self, name: str) -> Question:
        return self.content.questionnaire.question[name]

    def entry(self, name: str) -> Entry:
        """Return the entry of a question; one that was never reached or does not apply has that as its reason."""
        entry = self.entries.get(name)
        if entry is None:
            if self.interview.state.is_enabled(name) is False:
                return AbsentReason.NOT_APPLICABLE
            return AbsentReason.NOT_RECORDED if self.for_staff else AbsentReason.NOT_ASKED
        return entry

    def recorded(self, name: str) -> tuple[RecordedEntry, ...]:
        """Return what staff entered for a question, oldest first, from the first entry on that is no blank."""
        entries = self.metadata.recorded.get(name, ()) if self.for_staff else ()
        first = next((n for n, each in enumerate(entries) if not isinstance(each.entry, AbsentReason)), len(entries))
        return entries[first:]

    def replaced(self, name: str) -> tuple[RecordedEntry, ...]:
        """Return what staff entered for a question and what counts no longer: corrected, or it does not apply now."""
        return self.recorded(name)[:-1] if name in self.entries else self.recorded(name)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The questions that a copy speaks of: of occurrences that nobody asks for, only what staff recorded."""
        numbers: dict[str, set[int]] = {}
        for section in self.content.questionnaire.sections:
            if section.repeats:
                asked_for = occurrences(self.content.questionnaire, self.interview.state, section)
                numbers[section.id] = {occurrence.number for occurrence, _questions in asked_for}
        if not numbers:
            return tuple(self.content.questionnaire)
        return tuple(
            question
            for section in self.content.questionnaire.sections
            for question in section.questions
            if number_of(question.id) in numbers.get(section.id, (None,)) or self.recorded(question.id)
        )

    def is_reached(self, name: str) -> bool:
        return name in self.entries

    def in_words(self, name: str) -> str:
        """Return an entry as the person sees it; one that was carried over says so."""
        return self._marked(name, self.unmarked(name))

    def unmarked(self, name: str) -> str:
        """Return an entry in words, whether it was carried over or not."""
        return format_answer(self.question(name), self.entry(name))

    def _marked(self, name: str, words: str) -> str:
        return carried_over_words(words) if name in self.interview.carried_over else words

    # Phrases of the first page

    def plain(self, rule: Rule) -> str:
        """Return the few words for a rule in a list; its topic where it has no phrase."""
        return (plain_words(rule.phrase) if rule.phrase else "") or lowered(rule.topic)

    def phrase(self, rule: Rule) -> str:
        """Return the phrase of a rule, filled from answers; its topic where it has none."""
        return (filled(rule.phrase, self.filling(rule)) if rule.phrase else None) or self.plain(rule)

    def fills(self, phrase: str, rule: Rule | None = None) -> tuple[str, ...]:
        """Return the questions whose whole answers a phrase holds: every option, and a text with its lines as typed."""
        return tuple(name for name in phrase_names(phrase) if self._is_whole(name, rule))

    def filled_codes(self, phrase: str, rule: Rule) -> Iterator[tuple[str, str]]:
        """Yield the chosen options that a phrase shows, by question."""
        codes = _named_codes(self.assessment.rules.rules[rule.id].tree)
        for name in phrase_names(phrase):
            entry = self.entries.get(name)
            if isinstance(entry, frozenset):
                yield from ((name, code) for code in entry & codes.get(name, entry))

    def _is_whole(self, name: str, rule: Rule | None) -> bool:
        if name not in self.content.questionnaire.question:
            return False
        entry = self.entry(name)
        if isinstance(entry, AbsentReason):
            return False
        if isinstance(entry, frozenset):
            return self.filling(rule)(name) == self.short_answer(name)
        if isinstance(entry, str) and isinstance(self.question(name).answer_type, OwnWords):
            is_list = isinstance(self.question(name).answer_type, ListedText)
            return (is_list or entry == " ".join(entry.split())) and len(entry) <= _LONGEST_IN_A_LINE
        return True

    def filling(self, rule: Rule | None = None) -> Callable[[str], str | None]:
        """Return what fills a phrase: an answer in a few words, of many options only those that the rule names."""
        codes = _named_codes(self.assessment.rules.rules[rule.id].tree) if rule else {}

        def answer(name: str) -> str | None:
            if name not in self.content.questionnaire.question:
                return self._in_occurrences(name, rule)
            entry, named = self.entries.get(name), codes.get(name)
            if named and isinstance(entry, frozenset) and not entry & named:
                return None  # what was chosen here is not why the rule is raised
            return self.short_answer(name, named) if name in self.entries else None

        return answer

    def _in_occurrences(self, name: str, rule: Rule | None) -> str | None:
        """Return the answers to a question of a repeating section: those that a rule rests on, or all."""
        keys = self.assessment.supporting_answers(rule.id) if rule else self.entries
        answers = {key: self.short_answer(key) for key in keys if question_of(key) == name}
        return in_occurrences(self.content.questionnaire, self.entries, answers)

    def as_chosen(self, name: str) -> str | None:
        """Return an answer without its unit, with its letters as they are, to stand by itself."""
        question, entry = self.question(name), self.entries.get(name)
        if isinstance(question.answer_type, Choice) and isinstance(entry, str) and entry in question.option:
            return self._marked(name, question.option[entry].label)
        return self.short_answer(name) if name in self.entries else None

    def short_answer(self, name: str, codes: frozenset[str] | None = None) -> str | None:
        """Return an answer in a few words, or ``None`` where there is none. ``codes``: only these options."""
        entry = self.entry(name)
        return None if isinstance(entry, AbsentReason) else self._marked(name, self._short(name, entry, codes))

    def previous_words(self, rule: str) -> str:
        """Return what a rule rests on in the previous response; empty where it rests on nothing of it."""
        previous, parts = self.interview.previous, []
        for name in self.assessment.previous_names(rule) if previous else ():
            question = name.removeprefix(PREFIX)
            if name != DAYS:
                entry = previous.entries.get(question, AbsentReason.NOT_APPLICABLE) if previous else None
                absent = isinstance(entry, AbsentReason)
                words = absent_label(entry) if absent else self._short(question, entry)  # type: ignore[arg-type]
                parts.append(f"{self.question(question).label}: {words}")
        if previous is None or not self.assessment.previous_names(rule):
            return ""
        then = _("In the previous response ({reference}, {day})").format(reference=previous.reference, day=previous.day)
        return f"{then}: {'; '.join(parts)}" if parts else then

    def _short(self, name: str, entry: AnswerValue, codes: frozenset[str] | None = None) -> str:
        question = self.question(name)
        match TYPES[question.type]:
            case YesOrNo():
                return _("yes") if entry else _("no")
            case Choice():
                return lowered(question.option[str(entry)].label)
            case Choices():
                chosen = entry if isinstance(entry, frozenset) else frozenset[str]()
                chosen = chosen & codes if codes else chosen
                return ", ".join(lowered(option.label) for option in question.options if option.code in chosen)
            case Amount() as kind:
                return str(kind.as_typed(entry))
            case OwnWords():
                words = " ".join(format_answer(question, entry).split())
                if len(words) <= _LONGEST_IN_A_LINE:
                    return f'"{words}"'
                return f'"{words[:_LONGEST_IN_A_LINE].rstrip()}" ' + _("\u2026 (more on page 2)")

    def blank_reason(self, name: str) -> str:
        """Return why a question has no answer, in quotes where these are the person's words."""
        entry = self.entry(name)
        if entry is AbsentReason.NOT_ASKED:
            return _("not reached")
        if entry is AbsentReason.NOT_RECORDED:
            return lowered(absent_label(entry))
        if isinstance(entry, AbsentReason):
            return f'"{lowered(absent_label(entry))}"'
        return _("the answer leaves it open")


def lowered(text: str) -> str:
    """Return a text with a small first letter, to stand within a line; abbreviations and names stay as they are."""
    first, _space, others = text.partition(" ")
    if first == "A" or (first[1:].islower() and not others[:1].isupper()):
        return text[:1].lower() + text[1:]
    return text


def _named_codes(condition: tree.Node) -> dict[str, frozenset[str]]:
    """Return the options that a condition names, by question."""
    codes: dict[str, frozenset[str]] = {}
    for node in tree.walk(condition):
        if isinstance(node, tree.Includes) and not node.negated:
            codes[node.question] = codes.get(node.question, frozenset()) | {node.code}
    return codes
