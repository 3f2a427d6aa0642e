"""The person's copy: help first, what to talk about in a line each, all answers but sensitive ones, the next step."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from screener.document.model import Block, BlockPart, Bullets, Pair, Pairs, Paragraph
from screener.engine.crisis_region import crisis_region
from screener.i18n.gettext import _
from screener.model.response import AbsentReason
from screener.model.ruleset import Priority
from screener.summary.about import about
from screener.summary.context import SummaryContext
from screener.summary.occurrences import occurrence_table
from screener.summary.phrases import crisis_parts, nothing_raised
from screener.summary.taken_back import TakenBackTopics
from screener.summary.unfit import unfit_block


def person_blocks(context: SummaryContext) -> Iterator[Block]:
    """Yield the blocks between the notices. No rule, source, score or priority is named."""
    lines, usual = context.content.ruleset.crisis_lines, context.metadata.region
    region = crisis_region(context.content.questionnaire, lines, context.entries, usual)
    yield Block("help", _("If you need help now"), tuple(crisis_parts(region)))
    yield about(context, _("About these answers"), for_clinic=False)
    topics = tuple(_topics(context))
    yield Block("topics", _("Things to talk about with the clinic"), topics or nothing_raised())
    yield from unfit_block(context.content, context.interview, with_answers=False)
    yield Block("answers", _("Your answers"), tuple(_answers(context)))
    if blank := _left_blank(context):
        invitation = _("The clinic may ask you about these. You can still leave them out.")
        yield Block("left-blank", _("What was left blank"), (Paragraph(invitation), Bullets(blank)))
    if context.interview.complete:
        steps = tuple(map(Paragraph, context.content.questionnaire.completion))
        yield Block("next", _("What happens next"), steps)


def _topics(context: SummaryContext) -> Iterator[BlockPart]:
    """Yield what comes before everything else in whole sentences, then every other topic in a line."""
    raised = [topic.rule for topic in context.topics if not topic.rule.silent]
    urgent = [rule for rule in raised if rule.priority is Priority.URGENT]
    pressing = [rule for rule in raised if rule.priority is Priority.PRIORITY]
    yield from (Paragraph(rule.patient, "alert") for rule in urgent)
    taken_back = TakenBackTopics(context.content, context.interview, context.alarms)
    for topic in taken_back.patient(context.sensitive, context.silent):
        changes = "; ".join(f"{label}: {answers}" for label, answers in topic.changes)
        yield Paragraph(f"{topic.rule.topic}. {topic.text} {changes}")
    if pressing:
        yield Bullets(tuple(f"{rule.topic}. {rule.patient}" for rule in pressing))
    others = [rule.topic for rule in raised if rule not in urgent and rule not in pressing]
    if others:
        yield Bullets(tuple(dict.fromkeys(others)))


def _answers(context: SummaryContext) -> Iterator[BlockPart]:
    for section in context.content.questionnaire.sections:
        if section.repeats:
            yield from filter(None, [occurrence_table(context, section, partial(_own_answer, context), context.silent)])
            continue
        answered = [
            question.id
            for question in section.questions
            if not isinstance(context.entry(question.id), AbsentReason) and question.id not in context.silent
        ]
        if answered:
            pairs = tuple(Pair(context.question(name).label, _own_answer(context, name)) for name in answered)
            yield Pairs(pairs, section.title)


def _own_answer(context: SummaryContext, name: str) -> str:
    """Return an answer, but of a sensitive question only that there is one: somebody at home may read the copy."""
    return _("as you told us") if name in context.sensitive else context.in_words(name)


def _left_blank(context: SummaryContext) -> tuple[str, ...]:
    return tuple(
        question.label
        for question in context.content.questionnaire
        if isinstance(context.entries.get(question.id), AbsentReason) and question.id not in context.silent
    )
