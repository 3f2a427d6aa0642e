"""Every answer can change something: a rule, a score or whether a question is asked. Those that cannot are listed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import assert_never

import z3

from screener.expressions import z3_formula
from screener.model.question_parts import Option
from screener.model.question_types import TYPES
from screener.model.questionnaire import Question
from screener.model.types.base import Amount, Choice, Choices, OwnWords, YesOrNo
from screener.proofs.context import ProofContext
from screener.proofs.result import Example, Result, Task, Verdict
from screener.proofs.variables import Substitution

MATTERS = "Every answer can change a rule, a score or what is asked, or is listed as informative only."


def answers_matter(setting: ProofContext) -> Iterator[Task]:
    for question in setting.content.questionnaire:
        matter = _Matter(setting, question)
        yield Task(f"the answers of {question.id} matter", lambda matter=matter: [matter.result()])  # type: ignore[misc]


@dataclass
class _Matter:
    """Compares two responses that differ in the answer to one question only."""

    setting: ProofContext
    question: Question
    idle: list[str] = field(default_factory=list)
    """Codes of options that change nothing, or have the same effect as another option."""

    def result(self) -> Result:
        name, place = self.question.id, self.setting.question_place(self.question.id)
        consumers, questions = self.consumers()
        if not consumers:
            says = f'"{name}" is informative only: no rule, score or condition reads it.'
            return Result(Verdict.LISTED, name, place, says)
        self.read, self.questions = consumers, questions
        match TYPES[self.question.type]:
            case YesOrNo():
                says = self.yes_no()
            case Choice():
                says = self.choice()
            case Choices():
                says = self.choices()
            case Amount():
                says = self.measured()
            case OwnWords():
                says = self.text()
            case other:
                assert_never(other)
        if not says:
            return Result(Verdict.PROVED, name, place)
        return Result(Verdict.LISTED, name, place, says, examples=self.examples())

    def examples(self) -> tuple[Example, ...]:
        """Return an example with each idle option chosen, or with any answer if no answer matters."""
        name, responses = self.question.id, self.setting.responses
        answered = z3.And(responses.given[name], responses.is_enabled(name).true)
        questions = responses.form.with_gates([name])
        examples = []
        for code in self.idle or [""]:
            chosen = z3.And([variable == state for variable, state in self.only(code)]) if code else answered
            entries = self.setting.smallest(questions, answered, chosen)
            if entries is not None:
                says = f'"{name}" has an answer ({code or "any"}) that changes nothing.'
                stem = f"idle-{name}-{code}" if code else f"idle-{name}"
                examples.append(self.setting.example(stem, says, entries, lambda t: t.state.is_enabled(name) is True))
        return tuple(examples)

    def consumers(self) -> tuple[list[z3.ExprRef], list[str]]:
        """Return the formulas that read the question, and all questions that they rest on."""
        setting, name = self.setting, self.question.id
        formulas: list[z3.ExprRef] = []
        readers: set[str] = {name}
        for rule in setting.content.rules.dependents.get(name, ()):
            formulas += setting.rules[rule]
            readers |= set(setting.source_questions[rule])
        for dependent in setting.form.dependents[name]:
            if dependent in setting.form.scores:
                fact = setting.responses.facts[dependent]
                assert isinstance(fact, z3_formula.Z3Number)
                formulas += [fact.low, fact.high]
            else:
                formulas += setting.responses.is_enabled(dependent)
            readers.add(dependent)
        return formulas, setting.form.with_gates(readers)

    def differ(self, before: Substitution, after: Substitution, *claims: z3.BoolRef) -> bool:
        """Return whether the two answers can have different effects on any formula that reads the question."""
        responses, name = self.setting.responses, self.question.id
        answered = (responses.given[name], z3.BoolVal(True))
        different = [
            z3.substitute(reader, answered, *before) != z3.substitute(reader, answered, *after) for reader in self.read
        ]
        rest = [question for question in self.questions if question != name]
        return self.setting.possible(rest, responses.is_enabled(name).true, z3.Or(different), *claims)

    def no_answer_matters(self) -> str:
        """Return the words for answers that all have the same effect: a rule may still read a refusal."""
        all_alike = self.question.answer_type.alike
        if self.question.id in self.setting.responses.refused:
            return f'In "{self.question.id}" only a refusal matters: {all_alike}.'
        return f'"{self.question.id}" is informative only: {all_alike}.'

    def text(self) -> str:
        nothing = self.setting.responses.answer(self.question.id).nothing
        if nothing is not None and self.differ([(nothing, z3.BoolVal(True))], [(nothing, z3.BoolVal(False))]):
            return ""
        return self.no_answer_matters()

    def yes_no(self) -> str:
        yes = self.setting.responses.answer(self.question.id).yes
        if self.differ([(yes, z3.BoolVal(True))], [(yes, z3.BoolVal(False))]):
            return ""
        return self.no_answer_matters()

    def measured(self) -> str:
        name = self.question.id
        number = self.setting.responses.answer(name).number
        assert number is not None
        second_number = z3.FreshConst(number.sort(), name)
        within = self.setting.responses.possible([name])
        also = [z3.substitute(part, (number, second_number)) for part in within]
        if self.differ([], [(number, second_number)], *within, *also):
            return ""
        return self.no_answer_matters()

    def choice(self) -> str:
        alike: list[list[str]] = []
        for option in self.question.options:
            for group in alike:
                if not self.differ(self.only(group[0]), self.only(option.code)):
                    group.append(option.code)
                    break
            else:
                alike.append([option.code])
        if len(alike) == 1:
            return self.no_answer_matters()
        self.idle = [code for group in alike if len(group) > 1 for code in group]
        same = [_listed(group) for group in alike if len(group) > 1]
        return f'In "{self.question.id}", these options have the same effect: {"; ".join(same)}.' if same else ""

    def only(self, code: str) -> Substitution:
        chosen = self.setting.responses.answer(self.question.id).chosen
        return [(variable, z3.BoolVal(option_code == code)) for option_code, variable in chosen.items()]

    def choices(self) -> str:
        self.idle = [option.code for option in self.question.options if not self.option_matters(option)]
        if not self.idle:
            return ""
        if len(self.idle) == len(self.question.options):
            return self.no_answer_matters()
        changes = "the option {} changes" if len(self.idle) == 1 else "the options {} change"
        return f'In "{self.question.id}", {changes.format(_listed(self.idle))} nothing: informative only.'

    def option_matters(self, option: Option) -> bool:
        """Return whether choosing the option has another effect than leaving it out and choosing the rest.

        If nothing else is chosen, the exclusive option ("none of these") replaces it.
        """
        chosen = self.setting.responses.answer(self.question.id).chosen
        alone = [o.code for o in self.question.options if o.exclusive]
        rest = [chosen[o.code] for o in self.question.options if not o.exclusive and o is not option]
        none_of_these = [(chosen[code], z3.BoolVal(False)) for code in alone]
        if option.exclusive:
            return self.differ(self.only(option.code), none_of_these, z3.Or(rest))
        without = [(chosen[option.code], z3.BoolVal(False)), *none_of_these]
        if self.differ([(chosen[option.code], z3.BoolVal(True)), *none_of_these], without, z3.Or(rest)):
            return True
        return any(self.differ(self.only(option.code), self.only(code)) for code in alone)


def _listed(codes: list[str]) -> str:
    quoted = [f'"{code}"' for code in codes]
    return " and ".join(part for part in (", ".join(quoted[:-1]), quoted[-1]) if part)
