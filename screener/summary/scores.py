"""What the first page of the clinician's copy says about the scores."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor

from screener.expressions import tree
from screener.expressions.evaluate import Range
from screener.expressions.support import is_missing
from screener.i18n.gettext import _
from screener.model.questionnaire import Score
from screener.model.ruleset import Rule
from screener.summary.context import SummaryContext
from screener.summary.fitting import NotedPhrase, Row


def score_rows(context: SummaryContext) -> Iterator[Row]:
    """Yield a row for each score, with the notes of the topics that rest on it alone; the rest is not reached."""
    unreached = []
    for instrument in context.content.questionnaire.instruments:
        names = {question.id for question in instrument.questions}
        for score in instrument.scores:
            title = instrument.name if len(instrument.scores) == 1 else score.title
            notes = tuple(topic.number for topic in context.topics if score.id in scores_of_rule(context, topic.rule))
            if names & context.entries.keys() or context.interview.complete:
                yield Row(title, (NotedPhrase(score_words(context, score), notes),))
            elif notes:  # No answer could make the rule clear.
                yield Row(title, (NotedPhrase(_("not reached"), notes),))
            else:
                unreached.append(title)
    if unreached:
        yield Row(_("Not reached"), (NotedPhrase(", ".join(unreached)),))


def score_words(context: SummaryContext, score: Score) -> str:
    """Return a total where every item was answered, else the range that it could still have; never a total then."""
    score_range = context.interview.state.facts[score.id]
    assert isinstance(score_range, Range)
    if score_range.enabled is False:
        return _("not all of its items apply, so there is no total")
    if not has_items(context, score):
        return _not_asked(context, score)
    low, high, missing = score_numbers(context, score)
    if missing == 0:
        total = _("{points} of {most}").format(points=low, most=score.maximum)
    else:
        total = _("between {low} and {high} of {most}").format(low=low, high=high, most=score.maximum)
    bands = [band for band in score.bands if band.minimum <= high and band.maximum >= low]
    published = "; ".join(f"{band.minimum}-{band.maximum} {band.label}" for band in bands)
    left_out = _("{count} missing").format(count=missing)
    return f"{total} ({published}); {left_out}" if published else f"{total}; {left_out}"


def has_items(context: SummaryContext, score: Score) -> bool:
    """Return whether any item of a score applies, or may."""
    names = context.interview.form.source_questions([score.id])
    return any(context.interview.state.is_enabled(name) is not False for name in names)


def _not_asked(context: SummaryContext, score: Score) -> str:
    """Return which answers decided that no item of a score was asked, so that no 0 is printed for it."""
    form = context.interview.form
    items = form.source_questions([score.id])
    gates = {
        name
        for scored_question in items
        if (gate := form.enable_when.get(scored_question))
        for name in tree.names(gate)
    }
    deciding = form.source_questions(gates)
    because = "; ".join(
        f"{context.question(question.id).label}: {context.in_words(question.id)}"
        for question in form.questionnaire
        if question.id in deciding
    )
    return _("no items were asked, and there is no total ({because})").format(because=because)


def score_numbers(context: SummaryContext, score: Score) -> tuple[int, int, int]:
    """Return the lowest and highest total that are still possible, and how many items are missing."""
    score_range, facts = context.interview.state.facts[score.id], context.interview.state.facts
    assert isinstance(score_range, Range)
    missing = sum(is_missing(name, facts) for name in context.interview.form.source_questions([score.id]))
    return floor(score_range.low), ceil(score_range.high), missing


def scores_of_rule(context: SummaryContext, rule: Rule) -> set[str]:
    """Return the scores that a rule reads where it reads nothing else: it stands beside them."""
    names = tree.names(context.assessment.rules.rules[rule.id].tree)
    scores = set(names & context.content.form.scores.keys())
    return scores if scores == names else set()
