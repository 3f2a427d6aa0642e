"""The appendix of the clinician's copy, which proves its first page: notes, published ranges, sources, provenance."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from screener import __version__
from screener.document.model import Badge, Block, BlockPart, Bullets, Pair, Pairs, Paragraph
from screener.i18n.gettext import _
from screener.model.questionnaire import Instrument
from screener.model.response import AbsentReason
from screener.model.ruleset import Rule
from screener.summary.context import SummaryContext, Topic
from screener.summary.not_known import asked_as, left_open, not_reached
from screener.summary.phrases import answered_through, best_source, cited, moment, page_shown, priority_name, reference
from screener.summary.scores import score_words
from screener.summary.taken_back import TakenBackTopic


def appendix(context: SummaryContext) -> Iterator[Block]:
    """Yield the blocks of the appendix."""
    if context.topics or context.taken_back:
        notes = (*map(_taken_back_note, context.taken_back), *(_note(context, topic) for topic in context.topics))
        yield Block("notes", _("Appendix: notes"), notes, new_page=True)
    if context.undetermined:
        yield Block("undetermined", _("Appendix: could not be assessed"), tuple(_undetermined(context)), tight=True)
    scores = tuple(_scores(context))
    if scores:
        yield Block("scores", _("Appendix: scores, by self-report"), scores)
    yield Block("provenance", _("Appendix: where this comes from"), tuple(_provenance(context)))
    yield Block("sources", _("Appendix: sources"), (Pairs(tuple(_bibliography(context)), compact=True),))


def _note(context: SummaryContext, topic: Topic) -> Block:
    rule = topic.rule
    answers = "; ".join(
        f"{context.question(name).label}: {context.filling(rule)(name) or context.in_words(name)}"
        for name in topic.questions
    )
    because = [Paragraph(_("Answered: {answers}").format(answers=answers))] if answers else []
    if previous := context.previous_words(rule.id):
        because.append(Paragraph(previous))
    traced = _traced(rule, best_source(context.content.ruleset.grade(rule)))
    badge = Badge(priority_name(rule.priority), "urgent" if rule.interruption else "plain")
    parts = (Paragraph(rule.clinician), *because, *_own_words(context, rule), traced)
    return Block(topic.note, f"[{topic.number}] {rule.topic}", parts, badge, together=True, tight=True)


def _traced(rule: Rule, *more: str) -> Paragraph:
    traced = _("Rule {rule}. Sources: {sources}.").format(rule=rule.id, sources="; ".join(cited(rule.sources)))
    return Paragraph(" ".join((traced, *more)))


def _own_words(context: SummaryContext, rule: Rule) -> Iterator[Paragraph]:
    """Yield what the person wrote that belongs to a topic, marked as their words."""
    for name in rule.own_words:
        entry = context.entry(name)
        if not isinstance(entry, AbsentReason) and (written := context.in_words(name)):
            label = _("{question}, in the person's own words").format(question=context.question(name).label)
            yield Paragraph(f'{label}: "{written}"')


def _taken_back_note(topic: TakenBackTopic) -> Block:
    changes = Bullets(tuple(f"{label}: {answers}" for label, answers in topic.changes))
    parts = (Paragraph(topic.text), changes, _traced(topic.rule))
    badge = Badge(priority_name(topic.rule.priority), "urgent")
    return Block(f"taken-back-{topic.rule.id}", topic.rule.topic, parts, badge, together=True, tight=True)


def _undetermined(context: SummaryContext) -> Iterator[BlockPart]:
    """Yield every undetermined rule with the questions that would settle it, grouped so that each is named once."""
    blank = tuple(
        f"{asked_as(context, group.questions)}: {_ruled(context, group.rules)}" for group in left_open(context)
    )
    if blank:
        yield Paragraph(_("Still open until these questions are answered:"))
        yield Bullets(blank)
    unreached = not_reached(context)
    if unreached:
        yield Paragraph(_("Not assessed, because these questions were not reached:"))
        deciding = {rule.id: _sections(context, questions) for rule, questions in context.undetermined}
        yield Bullets(
            tuple(
                f"{titles}: {_ruled(context, tuple(rules))}"
                for titles, rules in groupby(unreached_by_section(unreached, deciding), lambda rule: deciding[rule.id])
            )
        )
    if context.needs_previous:
        yield Paragraph(_("Not assessed ({reason}):").format(reason=context.undecided_by_previous))
        yield Bullets((_ruled(context, context.needs_previous),))


def unreached_by_section(rules: tuple[Rule, ...], deciding: dict[str, str]) -> list[Rule]:
    """Return rules with those of the same sections together, in their order."""
    order = list(dict.fromkeys(deciding[rule.id] for rule in rules))
    return sorted(rules, key=lambda rule: order.index(deciding[rule.id]))


def _sections(context: SummaryContext, questions: tuple[str, ...]) -> str:
    section_of = context.content.questionnaire.section_of
    return ", ".join(dict.fromkeys(section_of[name].title for name in questions))


def _ruled(context: SummaryContext, rules: tuple[Rule, ...]) -> str:
    return "; ".join(f"{context.plain(rule)} ({rule.id})" for rule in rules)


def _scores(context: SummaryContext) -> Iterator[BlockPart]:
    for instrument in context.content.questionnaire.instruments:
        if not instrument.scores or not any(question.id in context.entries for question in instrument.questions):
            continue
        for score in instrument.scores:
            sentences = [f"{score.title}: {score_words(context, score)}."]
            if score.bands:
                bands = "; ".join(f"{band.minimum}-{band.maximum} {band.label}" for band in score.bands)
                sentences.append(_("Published ranges: {ranges}").format(ranges=bands) + ".")
            if score.bands_note:
                sentences.append(score.bands_note)
            yield Paragraph(" ".join((*sentences, f"{instrument.recall_period}. {instrument.missing_items}")))


def _provenance(context: SummaryContext) -> Iterator[BlockPart]:
    metadata, questionnaire = context.metadata, context.content.questionnaire
    answered_form = context.interview.form.questionnaire
    pairs = [
        *version_pairs(context),
        *([Pair(_("Signed for this clinic by"), metadata.signed_by)] if metadata.signed_by else []),
        Pair(_("Program"), f"screener {__version__}"),
        Pair(_("Language"), answered_form.language),
        Pair(_("Answered through"), answered_through(metadata.mode)),
        Pair(_("Entered by"), ", ".join(by or _("the person") for by in metadata.entered_by) or _("nobody yet")),
    ]
    if metadata.name:
        pairs.insert(-1, Pair(_("Called by staff"), metadata.name))
    if questionnaire.respondent_question:
        name = questionnaire.respondent_question
        pairs.append(Pair(context.question(name).label, context.in_words(name)))
    if metadata.started:
        pairs.append(Pair(_("Started"), moment(metadata.started)))
    if metadata.finished:
        pairs.append(Pair(_("Finished"), moment(metadata.finished)))
    yield Pairs(tuple(pairs))
    pages = context.interview.acknowledgements
    if pages:
        yield Pairs(tuple(map(page_shown, pages)))
    state = context.interview.state
    skipped = [question.name for question in context.questions if state.is_enabled(question.id) is False]
    if skipped:
        yield Paragraph(_("Does not apply: {questions}.").format(questions="; ".join(skipped)))
    instruments = answered_form.instruments
    if instruments:
        yield Bullets(tuple(f"{each.name}, {each.edition}: {each.licence.credit}" for each in instruments))


def version_pairs(context: SummaryContext) -> tuple[Pair, ...]:
    """Return the versions of the questions and rules with the start of their hashes."""
    questionnaire, ruleset = context.content.questionnaire, context.content.ruleset
    questionnaire_version = f"{questionnaire.id} {questionnaire.version}, {context.content.questionnaire_hash[:16]}"
    rules = f"{ruleset.id} {ruleset.version}, {context.content.ruleset_hash[:16]}"
    return Pair(_("Questionnaire"), questionnaire_version), Pair(_("Rules"), rules)


def _is_begun(context: SummaryContext, instrument: Instrument) -> bool:
    return any(question.id in context.entries for question in instrument.questions)


def _bibliography(context: SummaryContext) -> Iterator[Pair]:
    """Yield the sources that the notes and the instruments cite."""
    rules = [*(topic.rule for topic in context.topics), *(topic.rule for topic in context.taken_back)]
    named = {citation.source for rule in rules for citation in rule.sources}
    for instrument in context.content.questionnaire.instruments:
        if _is_begun(context, instrument):
            named |= set(instrument.sources)
    for source in context.content.ruleset.sources:
        if source.id in named:
            yield Pair(source.id, reference(source))
