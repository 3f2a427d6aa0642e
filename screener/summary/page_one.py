"""The first page of the clinician's copy: facts and what was answered, in the words and the order of the content."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from math import ceil, floor

from screener.engine.answer_checks import doubtful_answers
from screener.engine.rules import Outcome
from screener.expressions import tree
from screener.expressions.evaluate import Range
from screener.expressions.support import is_missing
from screener.i18n.gettext import _
from screener.model.occurrences import question_of
from screener.model.phrase import filled, phrase_names
from screener.model.questionnaire import Score
from screener.model.response import AbsentReason
from screener.model.ruleset import Priority, Rule, SummaryTheme
from screener.summary.context import SummaryContext, Topic
from screener.summary.fitting import Item, PageGroup, Row
from screener.summary.not_known import OpenQuestions, asked_as, left_open, not_reached
from screener.summary.page_rows import pages_read, previous_rows, unreached_rows
from screener.summary.taken_back import TakenBackTopic

_MOST_ROWS = 5
"""How many topics have a row each; more of them stand one after the other."""
_PRESSING = (Priority.URGENT, Priority.PRIORITY)


def page_groups(context: SummaryContext) -> list[PageGroup]:
    """Return all groups of the first page, before it is known how much of them fits."""
    return [
        _urgent(context),
        _before_planning(context),
        PageGroup(_("May not fit together"), tuple(_unfit(context))),
        PageGroup(_("Scores"), tuple(_scores(context))),
        *_reported(context),
        PageGroup(_("Not known, and answered no"), (*_not_known(context), *_answered_no(context))),
        PageGroup(_("Not reached"), tuple(unreached_rows(context))),
    ]


def _urgent(context: SummaryContext) -> PageGroup:
    """Return urgent answers, and what is not known of safety; it stands first, whatever was answered."""
    rows = [
        Row(_("Reported"), (_urgent_item(context, topic),), must=True)
        for topic in context.topics
        if topic.rule.priority is Priority.URGENT
    ]
    rows += [Row(_("Taken back"), (Item(_taken_back(topic)),), must=True) for topic in context.taken_back]
    if pages := pages_read(context):
        rows.append(Row(_("Pages read"), pages, must=True))
    rows += _open_rows(context, Priority.URGENT)
    if not rows:
        rows.append(Row(_("None"), (Item(_("no urgent rule was raised by these answers; that is not a finding")),)))
    return PageGroup(_("Urgent answers"), tuple(rows), urgent=any(row.must for row in rows))


def _item(context: SummaryContext, topic: Topic) -> Item:
    """Return the phrase of a topic with its note, and the answers that it says."""
    phrase, condition = topic.rule.phrase, context.assessment.rules.rules[topic.rule.id].tree
    says = context.fills(phrase, topic.rule) if phrase else ()
    codes: tuple[tuple[str, str], ...] = ()
    match condition:
        case tree.YesNo(name) | tree.Not(tree.YesNo(name)) | tree.Is(name, (_,), False):
            says = (*says, name)
        case tree.Includes(name, code, False):
            codes = ((name, code),)
        case _:
            codes = tuple(context.filled_codes(phrase, topic.rule)) if phrase else ()
    return Item(context.phrase(topic.rule), (topic.number,), says, context.plain(topic.rule), codes)


def _urgent_item(context: SummaryContext, topic: Topic) -> Item:
    return Item(_with_answers(context, topic), (topic.number,), plain=context.plain(topic.rule))


def _with_answers(context: SummaryContext, topic: Topic) -> str:
    """Return the phrase of a topic with the answers that raised it, where the phrase does not hold them."""
    phrase = context.phrase(topic.rule)
    in_phrase = phrase_names(topic.rule.phrase) if topic.rule.phrase else ()
    named = tree.names(context.assessment.rules.rules[topic.rule.id].tree)
    answers = (
        f"{context.question(name).name}: {context.short_answer(name) or context.blank_reason(name)}"
        for name in topic.questions
        if question_of(name) not in in_phrase and name in named
    )
    return ": ".join((phrase, *filter(None, ["; ".join(answers)])))


def _taken_back(topic: TakenBackTopic) -> str:
    changes = "; ".join(f"{label}: {answers}" for label, answers in topic.changes)
    return f"{topic.rule.topic}. {topic.text} {changes}"


def _unfit(context: SummaryContext) -> Iterator[Row]:
    """Yield the answers that may not go together, as the checks of the content say it."""
    unfit = tuple(Item(each.sentence) for each in doubtful_answers(context.content.form, context.interview.state))
    if unfit:
        yield Row(_("Check"), unfit)


def _before_planning(context: SummaryContext) -> PageGroup:
    topics = [topic for topic in context.topics if topic.rule.priority is Priority.PRIORITY]
    rows = [Row(_heading(context, topic.rule), (_item(context, topic),), must=True) for topic in topics]
    if len(rows) > _MOST_ROWS:
        items = tuple(_item(context, topic) for topic in topics)
        rows = [Row(_("Reported"), items, must=True)]
    return PageGroup(_("Before anything is planned"), (*rows, *_open_rows(context, Priority.PRIORITY)))


def _open_rows(context: SummaryContext, priority: Priority) -> Iterator[Row]:
    """Yield what keeps rules of a pressing priority open: answers that were left blank, questions not reached."""
    blank = tuple(
        _open_item(context, OpenQuestions(group.questions, pressing))
        for group in left_open(context)
        if (pressing := tuple(rule for rule in group.rules if rule.priority is priority))
    )
    if blank:
        yield Row(_("Not answered"), blank, must=True)
    unreached = tuple(Item(context.plain(rule)) for rule in not_reached(context) if rule.priority is priority)
    if unreached:
        yield Row(_("Not reached"), unreached, must=True)
    yield from previous_rows(context, (priority,), must=True)


def _open_item(context: SummaryContext, group: OpenQuestions) -> Item:
    reasons = dict.fromkeys(context.blank_reason(name) for name in group.questions)
    rules = ", ".join(context.plain(rule) for rule in group.rules)
    short = f"{', '.join(reasons)}: {rules}"
    return Item(f"{asked_as(context, group.questions)} ({', '.join(reasons)}): {rules}", plain=short)


def _not_known(context: SummaryContext) -> Iterator[Row]:
    items = tuple(
        _open_item(context, OpenQuestions(group.questions, others))
        for group in left_open(context)
        if (others := tuple(rule for rule in group.rules if rule.priority not in _PRESSING))
    )
    settled = {name for group in left_open(context) for name in group.questions}
    blank = tuple(
        Item(context.question(name).name)
        for name, entry in context.entries.items()
        if isinstance(entry, AbsentReason) and name not in settled
    )
    if items:
        yield Row(_("Ask"), items)
    if blank:
        yield Row(_("Also blank"), blank, repeated=True)
    yield from previous_rows(context, tuple(each for each in Priority if each not in _PRESSING))


def _scores(context: SummaryContext) -> Iterator[Row]:
    unreached = []
    for instrument in context.content.questionnaire.instruments:
        names = {question.id for question in instrument.questions}
        for score in instrument.scores:
            title = instrument.name if len(instrument.scores) == 1 else score.title
            notes = tuple(topic.number for topic in context.topics if score.id in _score_names(context, topic.rule))
            if names & context.entries.keys() or context.interview.complete:
                yield Row(title, (Item(score_words(context, score), notes),))
            elif notes:  # No answer could make the rule clear.
                yield Row(title, (Item(_("not reached"), notes),))
            else:
                unreached.append(title)
    if unreached:
        yield Row(_("Not reached"), (Item(", ".join(unreached)),))


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


def _score_names(context: SummaryContext, rule: Rule) -> set[str]:
    """Return the scores that a rule reads where it reads nothing else: it stands beside them."""
    names = tree.names(context.assessment.rules.rules[rule.id].tree)
    scores = set(names & context.content.form.scores.keys())
    return scores if scores == names else set()


def _themes(context: SummaryContext) -> tuple[SummaryTheme, ...]:
    return context.content.ruleset.themes


def _heading(context: SummaryContext, rule: Rule) -> str:
    return next((theme.heading for theme in _themes(context) if theme.id == rule.theme), "")


def _reported(context: SummaryContext) -> Iterator[PageGroup]:
    """Yield what was reported, part by part and theme by theme; rules without a theme stand last."""
    topics = [
        topic
        for topic in context.topics
        if topic.rule.priority not in _PRESSING and not _score_names(context, topic.rule)
    ]
    for part, themes in groupby(_themes(context), key=lambda theme: theme.part):
        rows = (_theme_row(context, theme, topics) for theme in themes)
        yield PageGroup(part, tuple(row for row in rows if row.items))
    theme_ids = {theme.id for theme in _themes(context)}
    others = tuple(_item(context, topic) for topic in topics if topic.rule.theme not in theme_ids)
    yield PageGroup(_("Reported"), (Row(_("Topics"), others),) if others else ())


def _theme_row(context: SummaryContext, theme: SummaryTheme, topics: list[Topic]) -> Row:
    of_theme = [topic for topic in topics if topic.rule.theme == theme.id]
    items = [_item(context, topic) for topic in of_theme]
    reported = {name for topic in context.topics if topic.rule.theme == theme.id for name in topic.questions}
    for fact in theme.facts:
        if not reported & set(phrase_names(fact)) and (words := filled(fact, context.filling())):
            items.append(Item(words, says=context.fills(fact)))
    return Row(theme.heading, tuple(items))


def _answered_no(context: SummaryContext) -> Iterator[Row]:
    """Yield what was answered no, as self-report: rules that are clear because their own questions were answered."""
    clear = [rule for rule in context.with_outcome(Outcome.CLEAR) if _says_no(context, rule)]
    themes = [theme for theme in _themes(context) if theme.answered_no]
    words = dict.fromkeys(context.plain(rule) for theme in themes for rule in clear if rule.theme == theme.id)
    if words:
        yield Row(_("Answered no"), tuple(map(Item, words)))


def _says_no(context: SummaryContext, rule: Rule) -> bool:
    """Return whether a rule asks for a yes or an option, and all its questions were asked and answered otherwise."""
    condition = context.assessment.rules.rules[rule.id].tree
    asks = all(
        isinstance(node, tree.YesNo | tree.Any) or (isinstance(node, tree.Is | tree.Includes) and not node.negated)
        for node in tree.walk(condition)
    )
    return asks and all(not isinstance(context.entry(name), AbsentReason) for name in tree.names(condition))
