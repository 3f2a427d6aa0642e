"""How long a walk through a questionnaire takes: computed from its questions, so that no author has to write it."""

from __future__ import annotations

from screener.engine.form import Form
from screener.i18n.gettext import _

_QUICK, _SLOW = 15 * 60 / 81, 25 * 60 / 81
"""Seconds a question, as in a review of the first edition with invented people: 81 questions in 15 to 25 minutes."""
_STEP = 5
"""Minutes are told in steps of this many, because more would look exact."""


def walk_minutes(form: Form) -> tuple[int, int]:
    """Return the least and the most minutes for a walk halfway between one without and one with all conditions met."""
    always = sum(question.id not in form.conditions.enable_when for question in form.template)
    questions = (always + len(form.template.question)) / 2
    return _rounded(questions * _QUICK), _rounded(questions * _SLOW)


def walk_minutes_in_words(form: Form) -> str:
    """Return how long the walk takes, such as "15 to 25"; one number where both are the same."""
    least, most = walk_minutes(form)
    return _("{least} to {most}").format(least=least, most=most) if least < most else str(most)


def _rounded(seconds: float) -> int:
    return max(_STEP, round(seconds / 60 / _STEP) * _STEP)
