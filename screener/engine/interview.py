"""The walk of one person through a questionnaire, as a state machine without a screen.

Its caller (a screen, plain prompts, a file of answers, a test) records entries and moves; the interview decides which
question is next, interrupts if an answer is urgent, and sets aside the answers to questions that are not enabled.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping

from screener.engine.answer_checks import UnfitAnswer, doubtful_answers, doubts_about
from screener.engine.form import Form
from screener.engine.interview_parts import Acknowledgement, Position, Progress
from screener.engine.previous import PreviousResponse
from screener.engine.response_state import ResponseState
from screener.engine.rules import Assessment, CompiledRules, Outcome
from screener.model.answers import validate_answer
from screener.model.questionnaire import Question, Section
from screener.model.response import AbsentReason, Entry, Response
from screener.model.ruleset import Rule


class InterviewError(Exception):
    """The caller asked for a move that the interview does not allow; a defect, never the person's mistake."""


class Interview:
    """One walk. ``current`` is the question on the page, or ``None`` once all answers can be checked."""

    def __init__(
        self,
        form: Form,
        rules: CompiledRules,
        entries: Mapping[str, Entry] | None = None,
        *,
        position: Position | None = None,
        acknowledgements: Iterable[Acknowledgement] = (),
        previous: PreviousResponse | None = None,
        carried_over: Collection[str] = (),
    ) -> None:
        """``previous`` is what is known here of the previous response, ``carried_over`` what was kept from it."""
        self.form = form
        self.previous = previous
        self.state = ResponseState(form, previous=previous.facts if previous else None)
        self.assessment = Assessment(rules, self.state)
        self.acknowledgements = list(acknowledgements)
        self.carried_over: set[str] = set()
        """The questions whose answer is that of the previous response, which the person confirmed."""
        self._acknowledged: set[str] = set()
        """The urgent rules whose pages need not interrupt again."""
        self._order = list(form.questionnaire)
        self._position = {question.id: position for position, question in enumerate(self._order)}
        self._sections = {section.id: number for number, section in enumerate(form.questionnaire.sections, 1)}
        self._reached = 1
        self._changing = False
        for question, entry in (entries or {}).items():
            self.record(question, entry, question in carried_over)
        self.current: Question | None = None
        self._move(self._from(0))
        if position:
            self._go_to(position)

    # State

    @property
    def response(self) -> Response:
        """Return the answers that count, without those set aside."""
        return Response(self.form.questionnaire.id, self.state.enabled_entries())

    @property
    def set_aside(self) -> dict[str, Entry]:
        """Return the answers to questions that are not enabled now; they count again once these are."""
        return {name: entry for name, entry in self.state.entries.items() if not self.state.is_enabled(name)}

    @property
    def complete(self) -> bool:
        """Return whether every enabled question has an answer or an absent reason."""
        return self._first_unanswered() is None

    @property
    def section(self) -> Section | None:
        """Return the section of the current question."""
        return self.form.questionnaire.section_of[self.current.id] if self.current else None

    @property
    def entry(self) -> Entry | None:
        """Return the entry for the current question, if it has one."""
        return self.state.entries.get(self.current.id) if self.current else None

    @property
    def progress(self) -> Progress:
        sections = len(self._sections)
        section = self.section
        if self.current is None or section is None:
            return Progress(self._reached, sections, self._reached)
        number = self._sections[section.id]
        if section.id not in self.form.fixed_sections:
            return Progress(self._reached, sections, number)
        enabled = [question.id for question in section.questions if self.state.is_enabled(question.id)]
        if self.current.id not in enabled:
            return Progress(self._reached, sections, number)
        return Progress(self._reached, sections, number, enabled.index(self.current.id) + 1, len(enabled))

    @property
    def unanswered(self) -> list[Question]:
        """Return the enabled questions that have no entry yet."""
        return [q for q in self._order if q.id not in self.state.entries and self.state.is_enabled(q.id)]

    # Answering

    def record(self, question: str, entry: Entry, carried_over: bool = False) -> None:
        """Record an answer or absent reason. Raise ``InvalidAnswer`` if the question does not accept it.

        ``carried_over``: the person confirmed the answer of their previous response.
        """
        question_model = self.form.questionnaire.question[question]
        self.assessment.update(self.state.record(question, validate_answer(question_model, entry)))
        if carried_over:
            self.carried_over.add(question)
        else:
            self.carried_over.discard(question)
        if self._acknowledged:
            self._acknowledged &= {rule.id for rule in self._urgent()}

    def please_check(self, question: str, entry: Entry, together: Mapping[str, Entry] | None = None) -> list[str]:
        """Return the questions that ask the person to check this entry before it is recorded; none for most entries.

        ``together``: what is to be recorded with it.
        """
        question_model = self.form.questionnaire.question[question]
        doubts = [] if isinstance(entry, AbsentReason) else question_model.answer_type.doubts(question_model, entry)
        state = ResponseState(self.form, {**self.state.entries, **together}) if together else self.state
        return [*doubts, *doubts_about(self.form, state, question, entry)]

    @property
    def unfit(self) -> list[UnfitAnswer]:
        """Return the answers that do not fit others, also those that the person said are right."""
        return list(doubtful_answers(self.form, self.state))

    # Urgent interruptions

    @property
    def interruptions(self) -> list[Rule]:
        """Return the urgent rules that are raised and not yet acknowledged, those that wait for staff first."""
        waiting = [rule for rule in self._urgent() if rule.id not in self._acknowledged]
        return sorted(waiting, key=lambda rule: rule.interruption is None or rule.interruption.page != "emergency")

    def acknowledge(self, rule: str, at: datetime.datetime, by: str | None = None, checked: bool = False) -> None:
        """Note that the page was read. An emergency page needs the name of the member of staff, ``by``.

        ``checked`` says that the name is not only a typed one.
        """
        urgent_rule = self.assessment.rules.rules[rule].rule
        if urgent_rule not in self._urgent():
            raise InterviewError(f"no page of {rule} was shown")
        if urgent_rule.interruption and urgent_rule.interruption.page == "emergency" and not (by and by.strip()):
            raise InterviewError("an emergency page waits for a member of staff")
        self._acknowledged.add(rule)
        self.acknowledgements.append(Acknowledgement(rule, at, by, checked=checked))

    def pass_over(self, rule: str, at: datetime.datetime | None = None, by: str | None = None) -> None:
        """Go on without the page of an urgent rule, because nobody is there to see it; record that at a time."""
        self._acknowledged.add(rule)
        if at:
            self.acknowledgements.append(Acknowledgement(rule, at, by, was_shown=False))

    def _urgent(self) -> list[Rule]:
        outcomes = self.assessment.outcomes
        return [
            compiled.rule for compiled in self.assessment.rules.urgent if outcomes[compiled.rule.id] is Outcome.RAISED
        ]

    # Moving

    @property
    def position(self) -> Position:
        return Position(
            self.current.id if self.current else None, self._reached, self._changing, frozenset(self._acknowledged)
        )

    def _go_to(self, position: Position) -> None:
        self._acknowledged = set(position.acknowledged) & {rule.id for rule in self._urgent()}
        self._move(self.form.questionnaire.question[position.question] if position.question else None)
        self._reached = position.reached
        self._changing = position.changing

    def next(self) -> Question | None:
        """Go to the next enabled question, or to the check of all answers (``None``)."""
        self._may_move()
        if self.current is None:
            return self._move(self._first_unanswered())
        if self.current.id not in self.state.entries and self.state.is_enabled(self.current.id):
            raise InterviewError(f"{self.current.id} has neither an answer nor a reason for having none")
        following = None if self._changing else self._from(self._position[self.current.id] + 1)
        if following is None:
            self._changing = True
        return self._move(following or self._first_unanswered())

    def back(self) -> Question | None:
        """Go to the question before this one, or back to the check from a question opened there; stay on the first."""
        self._may_move()
        if self._changing and self.complete:
            return self._move(None)
        self._changing = False
        end = len(self._order) if self.current is None else self._position[self.current.id]
        earlier = (question for question in reversed(self._order[:end]) if self.state.is_enabled(question.id))
        return self._move(next(earlier, self.current))

    def change(self, question: str) -> Question | None:
        """Go to a question to change it. The next move asks the questions that are new and returns to the check."""
        self._may_move()
        if not self.state.is_enabled(question):
            raise InterviewError(f"{question} does not apply")
        self._changing = True
        return self._move(self.form.questionnaire.question[question])

    def can_go_to(self, section: str) -> bool:
        """Return whether something in this section has an entry, or the person has come to it."""
        return self._first_of(section) is not None

    def go_to(self, section: str) -> Question | None:
        """Go to the first question of a section that the person has come to, and on from there as after ``back``."""
        self._may_move()
        question = self._first_of(section)
        if question is None:
            raise InterviewError(f"nothing in {section} was answered")
        self._changing = False
        return self._move(question)

    def _first_of(self, section: str) -> Question | None:
        """Return the first enabled question of a section, if it has an entry or is the first that has none."""
        questions = (q for q in self._order if self.form.questionnaire.section_of[q.id].id == section)
        first = next((question for question in questions if self.state.is_enabled(question.id)), None)
        may_go = first is not None and (first.id in self.state.entries or first is self._first_unanswered())
        return first if may_go else None

    def _may_move(self) -> None:
        if self.interruptions:
            raise InterviewError("an urgent page has not been acknowledged")

    def _move(self, question: Question | None) -> Question | None:
        self.current = question
        if question is None:
            self._reached = len(self._sections)
            self._changing = False
        elif section := self.section:
            self._reached = max(self._reached, self._sections[section.id])
        return question

    def _from(self, position: int) -> Question | None:
        """Return the first enabled question from this position on."""
        later = (self._order[index] for index in range(position, len(self._order)))
        return next((question for question in later if self.state.is_enabled(question.id)), None)

    def _first_unanswered(self) -> Question | None:
        return next((q for q in self._order if q.id not in self.state.entries and self.state.is_enabled(q.id)), None)
