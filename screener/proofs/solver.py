"""Search for a response that makes claims true, and for the one with the fewest answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import z3

from screener.proofs.variables import SymbolicResponses

PATIENCE = 20_000
"""The time in milliseconds that one question to the solver may take."""


class Undecided(Exception):
    """The solver gave up; nothing is proved and nothing refuted."""


def solver(*claims: z3.BoolRef) -> z3.Solver:
    """Return a solver with these claims that always gives the same answers."""
    new_solver = z3.SimpleSolver()
    new_solver.set("timeout", PATIENCE)
    new_solver.set("random_seed", 1)
    new_solver.add(*claims)
    return new_solver


def satisfied(claims_solver: z3.Solver, *assumed: z3.BoolRef) -> bool:
    """Return whether some response satisfies the claims. Raise ``Undecided``."""
    answer = claims_solver.check(*assumed)
    if answer == z3.unknown:
        raise Undecided(claims_solver.reason_unknown())
    return bool(answer == z3.sat)


def is_possible(responses: SymbolicResponses, questions: Sequence[str], *claims: z3.BoolRef) -> bool:
    """Return whether any response makes the claims true; ``questions`` are those that the claims rest on."""
    return satisfied(solver(*responses.possible(questions), *claims))


def smallest(
    responses: SymbolicResponses, questions: Sequence[str], *claims: z3.BoolRef, extra: Iterable[z3.BoolRef] = ()
) -> z3.ModelRef | None:
    """Return the response with the fewest answers that makes the claims true, or ``None`` if there is none.

    Among the smallest, one is chosen that is easy to read. ``extra`` counts like answers. Raise ``Undecided``.
    """
    search = solver(*responses.possible(questions), *claims)
    if not satisfied(search):
        return None
    counted = [*(entry for name in questions for entry in responses.entered(name)), *extra]
    if counted:
        _least(search, counted)
    accepted: list[z3.BoolRef] = []
    for name in questions:
        for wish in responses.preferences(name):
            wish = z3.Or(z3.Not(responses.given[name]), wish)
            if search.check(*accepted, wish) == z3.sat:
                accepted.append(wish)
    if search.check(*accepted) != z3.sat:
        raise Undecided(search.reason_unknown())
    return search.model()


def _least(search: z3.Solver, counted: list[z3.BoolRef]) -> None:
    """Let as few of these be true as possible; skip a number that takes too long to rule out."""
    search.set("timeout", PATIENCE // 10)
    for most in range(len(counted) + 1):
        few = z3.AtMost(*counted, most)
        if search.check(few) == z3.sat:
            search.add(few)
            break
    search.set("timeout", PATIENCE)
