"""What can never happen whatever anybody answers: questions never asked, rules never or always raised."""

from __future__ import annotations

from collections.abc import Iterator

from screener.content.load import Manuscript
from screener.content.located import question_places, rule_places
from screener.form import Standing
from screener.problem import Problem
from screener.rules import Assessment, Outcome


def check_reach(content: Manuscript) -> Iterator[Problem]:
    """With nothing answered everything is still open; what is decided already will never change."""
    blank = Standing(content.form)
    outcomes = Assessment(content.rules, blank).outcomes
    for name, source, path in question_places(content.sections):
        if name in content.form.enable_when and blank.applies(name) is not None:
            asked = "always" if blank.applies(name) else "never"
            what = f'The question "{name}" is {asked} asked, whatever the answers are.'
            yield Problem(source.place(*path, "enable_when"), what, "Correct its condition.")
    for name, source, path in rule_places(content.rule_files):
        if outcomes[name] is not Outcome.UNDETERMINED:
            what = f'The rule "{name}" is always {outcomes[name]}, whatever the answers are.'
            yield Problem(source.place(*path, "when"), what, "Correct its condition.")
