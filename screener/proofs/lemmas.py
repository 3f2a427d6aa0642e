"""Small facts that are proved first, to make the large proofs quick.

Nine items can add up to a total in many ways, and the solver would try them all. It need not, once it knows that each
item by itself only gets less certain with fewer answers. A lemma that cannot be proved is left out, without harm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import z3

from screener.proofs.solver import Undecided, satisfied, solver
from screener.proofs.variables import Substitution, SymbolicResponses


def lemmas(
    responses: SymbolicResponses,
    questions: Iterable[str],
    fewer: Substitution,
    more: Substitution,
    *assumed: z3.BoolRef,
) -> Iterator[z3.BoolRef]:
    """Yield what holds between two responses with some answers in common, question by question.

    The substitutions turn any response into the two. ``assumed`` are further facts about the response.
    """
    for question in questions:
        measure = responses.measure(question)
        if measure is None:
            continue
        low, high = (z3.substitute(end, *fewer) for end in measure[:2])
        least, most = (z3.substitute(end, *more) for end in measure[:2])
        assumptions = solver(*responses.possible(responses.form.with_gates([question])), *assumed)
        for claim in (low <= least, least <= most, most <= high, most <= low, high <= least):
            if _holds(assumptions, claim):
                yield claim


def _holds(assumptions: z3.Solver, claim: z3.BoolRef) -> bool:
    try:
        return not satisfied(assumptions, z3.Not(claim))
    except Undecided:
        return False
