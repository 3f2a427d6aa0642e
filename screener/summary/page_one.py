"""The first page of the clinician's copy: facts and what was answered, in the words and the order of the content."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from screener.engine.answer_checks import doubtful_answers
from screener.engine.rules import Outcome
from screener.expressions import tree
from screener.i18n.gettext import _
from screener.model.occurrences import question_of
from screener.model.phrase import filled, phrase_names
from screener.model.response import AbsentReason
from screener.model.ruleset import Priority, Rule, SummaryTheme
from screener.summary.context import SummaryContext, Topic
from screener.summary.fitting import NotedPhrase, PageGroup, Row
from screener.summary.not_known import OpenQuestions, asked_as, left_open, not_reached
from screener.summary.page_rows import pages_read, previous_rows, unreached_rows
from screener.summary.scores import score_rows, scores_of_rule
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
        PageGroup(_("Scores"), tuple(score_rows(context))),
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
    rows += [Row(_("Taken back"), (NotedPhrase(_taken_back(topic)),), must=True) for topic in context.taken_back]
    if pages := pages_read(context):
        rows.append(Row(_("Pages read"), pages, must=True))
    rows += _open_rows(context, Priority.URGENT)
    if not rows:
        nothing = _("no urgent rule was raised by these answers; that is not a finding")
        rows.append(Row(_("None"), (NotedPhrase(nothing),)))
    return PageGroup(_("Urgent answers"), tuple(rows), urgent=any(row.must for row in rows))


def _item(context: SummaryContext, topic: Topic) -> NotedPhrase:
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
    return NotedPhrase(context.phrase(topic.rule), (topic.number,), says, context.plain(topic.rule), codes)


def _urgent_item(context: SummaryContext, topic: Topic) -> NotedPhrase:
    return NotedPhrase(_with_answers(context, topic), (topic.number,), plain=context.plain(topic.rule))


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
    unfit = tuple(
        NotedPhrase(each.sentence) for each in doubtful_answers(context.content.form, context.interview.state)
    )
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
    unreached = tuple(NotedPhrase(context.plain(rule)) for rule in not_reached(context) if rule.priority is priority)
    if unreached:
        yield Row(_("Not reached"), unreached, must=True)
    yield from previous_rows(context, (priority,), must=True)


def _open_item(context: SummaryContext, group: OpenQuestions) -> NotedPhrase:
    reasons = dict.fromkeys(context.blank_reason(name) for name in group.questions)
    rules = ", ".join(context.plain(rule) for rule in group.rules)
    short = f"{', '.join(reasons)}: {rules}"
    return NotedPhrase(f"{asked_as(context, group.questions)} ({', '.join(reasons)}): {rules}", plain=short)


def _not_known(context: SummaryContext) -> Iterator[Row]:
    items = tuple(
        _open_item(context, OpenQuestions(group.questions, others))
        for group in left_open(context)
        if (others := tuple(rule for rule in group.rules if rule.priority not in _PRESSING))
    )
    settled = {name for group in left_open(context) for name in group.questions}
    blank = tuple(
        NotedPhrase(context.question(name).name)
        for name, entry in context.entries.items()
        if isinstance(entry, AbsentReason) and name not in settled
    )
    if items:
        yield Row(_("Ask"), items)
    if blank:
        yield Row(_("Also blank"), blank, repeated=True)
    yield from previous_rows(context, tuple(each for each in Priority if each not in _PRESSING))


def _themes(context: SummaryContext) -> tuple[SummaryTheme, ...]:
    return context.content.ruleset.themes


def _heading(context: SummaryContext, rule: Rule) -> str:
    return next((theme.heading for theme in _themes(context) if theme.id == rule.theme), "")


def _reported(context: SummaryContext) -> Iterator[PageGroup]:
    """Yield what was reported, part by part and theme by theme; rules without a theme stand last."""
    topics = [
        topic
        for topic in context.topics
        if topic.rule.priority not in _PRESSING and not scores_of_rule(context, topic.rule)
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
            items.append(NotedPhrase(words, says=context.fills(fact)))
    return Row(theme.heading, tuple(items))


def _answered_no(context: SummaryContext) -> Iterator[Row]:
    """Yield what was answered no, as self-report: rules that are clear because their own questions were answered."""
    clear = [rule for rule in context.with_outcome(Outcome.CLEAR) if _says_no(context, rule)]
    themes = [theme for theme in _themes(context) if theme.answered_no]
    words = dict.fromkeys(context.plain(rule) for theme in themes for rule in clear if rule.theme == theme.id)
    if words:
        yield Row(_("Answered no"), tuple(map(NotedPhrase, words)))


def _says_no(context: SummaryContext, rule: Rule) -> bool:
    """Return whether a rule asks for a yes or an option, and all its questions were asked and answered otherwise."""
    condition = context.assessment.rules.rules[rule.id].tree
    asks = all(
        isinstance(node, tree.YesNo | tree.Any) or (isinstance(node, tree.Is | tree.Includes) and not node.negated)
        for node in tree.walk(condition)
    )
    return asks and all(not isinstance(context.entry(name), AbsentReason) for name in tree.names(condition))
