"""The context of every proof: the content, its formulas, where things are written, and a way to try an example."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import z3

from screener.content.answers_file import read_answers
from screener.content.answers_format import written
from screener.content.load import LoadedContent
from screener.content.locations import question_locations, rule_locations
from screener.content.yaml_source import read_text
from screener.engine.response_state import ResponseState
from screener.engine.rules import Assessment, Outcome
from screener.errors import Place, Problem
from screener.expressions import tree, z3_formula
from screener.expressions.previous import is_previous
from screener.model.occurrences import question_of
from screener.model.response import Entry
from screener.proofs.result import Example, Result, Verdict
from screener.proofs.solver import Undecided, is_possible, smallest
from screener.proofs.variables import SymbolicResponses

Shows = Callable[[Assessment], bool]
"""Whether a response, worked out by ``evaluate``, shows the claim of the formulas."""


class ProofContext:
    """One questionnaire with its rules, ready for proofs."""

    def __init__(self, content: LoadedContent) -> None:
        self.content = content
        self.form = content.form
        trees = [compiled.tree for compiled in content.rules.rules.values()]
        read = frozenset().union(*map(tree.names, trees))
        refusals = sorted(frozenset().union(*map(tree.refusals, trees)))
        self.responses = SymbolicResponses(content.form, refusals, sorted(filter(is_previous, read)))
        self.rules = {
            name: z3_formula.truth(compiled.tree, self.responses.facts)
            for name, compiled in content.rules.rules.items()
        }
        self.source_questions = {
            name: self.form.with_gates(tree.names(compiled.tree)) for name, compiled in content.rules.rules.items()
        }
        """Rule id to the questions that it rests on."""
        self.refusals = {name: tree.refusals(compiled.tree) for name, compiled in content.rules.rules.items()}
        """Rule id to the questions that it names in ``declined``."""
        self._questions = question_locations(content.sections)
        self._rules = rule_locations(content.rule_files)

    def rule_place(self, rule: str) -> Place:
        source, path = self._rules[rule]
        return source.place(*path, "when")

    def question_place(self, question: str, key: str = "id") -> Place:
        source, path = self._questions[question_of(question)]
        return source.place(*path, key)

    def file_of(self, rule: str) -> str:
        return self._rules[rule][0].file

    def outcome(self, rule: str, outcome: Outcome) -> z3.BoolRef:
        """Return when the rule has this outcome."""
        truth = self.rules[rule]
        return {Outcome.RAISED: truth.true, Outcome.CLEAR: truth.false, Outcome.UNDETERMINED: truth.unknown}[outcome]

    def possible(self, questions: Sequence[str], *claims: z3.BoolRef) -> bool:
        return is_possible(self.responses, questions, *claims)

    def smallest(self, questions: Sequence[str], *claims: z3.BoolRef) -> dict[str, Entry] | None:
        """Return the fewest answers that make the claims true."""
        model = smallest(self.responses, questions, *claims)
        return None if model is None else self.responses.read(model, questions)

    def example(self, name: str, says: str, entries: Mapping[str, Entry], shows: Shows) -> Example:
        """Return an example that was tried: written, read back and worked out as ``screener summarise`` does it.

        Raise ``Undecided`` if the program does not agree that the answers show the claim.
        """
        problems: list[Problem] = []
        read = read_answers(self.form.questionnaire, read_text(written(entries).encode(), name), problems)
        if problems or not shows(self.assess(read)):
            raise Undecided("the example found does not show it when it is tried")
        return Example(name, says, entries)

    def blanks(self, questions: Iterable[str]) -> dict[str, Entry]:
        """Return entries without an answer for these questions."""
        return {name: self.form.questionnaire.question[name].blank for name in questions}

    def assess(self, entries: Mapping[str, Entry]) -> Assessment:
        return Assessment(self.content.rules, ResponseState(self.form, entries))


def undecided(subject: str, place: Place, claim: str, reason: object) -> Result:
    """Return a result that says openly that nothing was shown."""
    says = f'For "{subject}" it could not be decided whether this holds: {claim} ({reason})'
    return Result(Verdict.UNDECIDED, subject, place, says, "Make the conditions concerned simpler.")
