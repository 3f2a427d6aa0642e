"""Build the summaries of an interview: one for the person, one for the clinician.

The same answers always give the same body; only the block about the session differs from one session to the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import ceil, floor

from screener import __version__
from screener.content.compiled import Content
from screener.engine.crisis_region import crisis_region
from screener.engine.interview import Interview
from screener.engine.rules import Outcome
from screener.expressions import tree
from screener.expressions.evaluate import Range
from screener.expressions.support import is_missing
from screener.i18n.gettext import N_, _, language_name, speaking
from screener.model.answers import format_answer
from screener.model.questionnaire import Score
from screener.model.response import AbsentReason
from screener.model.ruleset import Priority, Rule
from screener.summary.blocks import Block, BlockPart, Bullets, Pair, Pairs, Paragraph, ScoreLine, Topic
from screener.summary.document import Document
from screener.summary.metadata import SessionMetadata
from screener.summary.phrases import (
    answered_through,
    cited,
    crisis_parts,
    in_other_languages,
    moment,
    not_applicable,
    nothing_raised,
    page_shown,
    reference,
    return_code_lapses,
)
from screener.summary.taken_back import ReportedAlarms, TakenBackTopics
from screener.summary.unfit import unfit_block

_BLOCKS = {
    Priority.PRIORITY: N_("Before anything is planned"),
    Priority.DISCUSS: N_("To talk about"),
    Priority.INFORM: N_("For information"),
}


def patient_summary(
    content: Content, interview: Interview, metadata: SessionMetadata, alarms: ReportedAlarms | None = None
) -> Document:
    """Return the person's copy: topics to talk about, questions left blank, where to get help, and the next steps.

    It has no scores, no published ranges and no names of priorities.
    """
    with speaking(content.questionnaire.language):
        return _Builder(content, interview, metadata, alarms).patient()


def clinician_summary(
    content: Content, interview: Interview, metadata: SessionMetadata, alarms: ReportedAlarms | None = None
) -> Document:
    """Return the clinician's copy: urgent first, then every topic with answers, rule and sources, then all answers.

    ``content`` may be in another language than the interview. With ``alarms``, it also tells what was taken back.
    """
    with speaking(content.questionnaire.language):
        return _Builder(content, interview, metadata, alarms).clinician()


class _Builder:
    def __init__(
        self, content: Content, interview: Interview, metadata: SessionMetadata, alarms: ReportedAlarms | None
    ) -> None:
        self.content = content
        self.interview = interview
        self.metadata = metadata
        self.assessment = interview.assessment
        self.entries = interview.response.entries
        self.questions = content.questionnaire.question
        self.taken_back = TakenBackTopics(content, interview, alarms)

    def patient(self) -> Document:
        raised = [rule for rule in self.with_outcome(Outcome.RAISED) if not rule.silent]
        urgent = sum(rule.priority is Priority.URGENT for rule in raised)
        topics = [self.own_topic(rule) for rule in raised]
        topics[urgent:urgent] = self.taken_back.patient(self.sensitive_questions(), self.silent_questions())
        blocks = [
            self.about(later=self.coming_back()),
            self.crisis_help(),
            Block("topics", _("Things to talk about with the clinic"), tuple(topics) or nothing_raised()),
            *unfit_block(self.content, self.interview, with_answers=False),
            *self.left_blank(),
        ]
        if self.interview.complete:
            blocks.append(
                Block("next", _("What happens next"), tuple(map(Paragraph, self.content.questionnaire.completion)))
            )
        return Document("patient", self.content.questionnaire.title, self.content.questionnaire.language, tuple(blocks))

    def clinician(self) -> Document:
        blocks = [
            self.about(*self.answered_in()),
            self.urgent(),
            *self.topics(),
            *self.could_not_be_assessed(),
            *self.scores(),
            *unfit_block(self.content, self.interview, with_answers=True),
            self.answers(),
            self.provenance(),
            self.bibliography(),
        ]
        return Document(
            "clinician", self.content.questionnaire.title, self.content.questionnaire.language, tuple(blocks)
        )

    # Both copies

    def with_outcome(self, outcome: Outcome) -> list[Rule]:
        """Return the rules with this outcome, in the language of this copy."""
        return [self.content.ruleset.rule[rule.id] for rule in self.assessment.with_outcome(outcome)]

    def about(self, *more: Pair, later: tuple[Paragraph, ...] = ()) -> Block:
        pairs = [
            Pair(_("Questionnaire"), self.content.questionnaire.title),
            Pair(_("Reference"), self.metadata.reference),
            *more,
        ]
        if self.metadata.terminal:
            pairs.insert(2, Pair(_("Terminal"), self.metadata.terminal))
        if self.metadata.started:
            pairs.append(Pair(_("Answered"), moment(self.metadata.started)))
        if self.metadata.audit:
            pairs.append(Pair(_("Audit trail"), self.metadata.audit))
        parts: list[BlockPart] = [Pairs(tuple(pairs))]
        if not self.interview.complete:
            parts.append(Paragraph(_("This questionnaire was not finished. Some questions were not reached.")))
        parts += later
        parts += map(Paragraph, in_other_languages(self.interview.form.questionnaire))
        return Block("about", _("About these answers"), tuple(parts))

    def topic(self, rule: Rule, text: str, priority: str | None = None) -> Topic:
        because = tuple(self.pair(name) for name in self.assessment.supporting_answers(rule.id))
        if priority is None:
            return Topic(rule.topic, text, because, rule.id, tuple(cited(rule)))
        because += tuple(self.own_words(rule))
        return Topic(rule.topic, text, because, rule.id, tuple(cited(rule)), priority, self.content.ruleset.grade(rule))

    def own_words(self, rule: Rule) -> Iterator[Pair]:
        """Yield what the person wrote that belongs to a topic, marked as their words."""
        for name in rule.own_words:
            written = self.entries.get(name)
            if isinstance(written, str) and not isinstance(written, AbsentReason) and written:
                label = _("{question}, in the person's own words").format(question=self.questions[name].label)
                yield Pair(label, f'"{written}"')

    def pair(self, name: str) -> Pair:
        question, entry = self.questions[name], self.entries.get(name)
        if entry is None and self.interview.state.is_enabled(name) is False:
            entry = AbsentReason.NOT_APPLICABLE
        return Pair(question.label, format_answer(question, entry))

    # The person's copy

    def own_topic(self, rule: Rule) -> Topic:
        sensitive, silent = self.sensitive_questions(), self.silent_questions()
        because = tuple(
            Pair(pair.label, _("as you told us")) if rule.sensitive or name in sensitive else pair
            for name in self.assessment.supporting_answers(rule.id)
            if name not in silent
            for pair in (self.pair(name),)
        )
        sources = tuple(dict.fromkeys(citation.source for citation in rule.sources))
        return replace(self.topic(rule, rule.patient), because=because, sources=sources)

    def sensitive_questions(self) -> frozenset[str]:
        """Return the questions of all sensitive rules, raised or not; other topics do not show their answers either."""
        return self.read_by(rule.id for rule in self.content.ruleset if rule.sensitive)

    def silent_questions(self) -> frozenset[str]:
        """Return the questions of all silent rules, raised or not, which nothing in this copy names."""
        return self.read_by(rule.id for rule in self.content.ruleset if rule.silent)

    def read_by(self, rules: Iterable[str]) -> frozenset[str]:
        """Return the questions that these rules read."""
        compiled = self.assessment.rules.rules
        return self.content.form.source_questions(name for rule in rules for name in tree.names(compiled[rule].tree))

    def crisis_help(self) -> Block:
        lines, usual = self.content.ruleset.crisis_lines, self.metadata.region
        region = crisis_region(self.content.questionnaire, lines, self.entries, usual)
        return Block("help", _("If you need help now"), tuple(crisis_parts(region)))

    def coming_back(self) -> tuple[Paragraph, ...]:
        """Return how long the words to come back open answers that are not finished."""
        days = self.metadata.days_kept
        if self.interview.complete or days is None:
            return ()
        return (Paragraph(return_code_lapses(days)),)

    def left_blank(self) -> Iterator[Block]:
        silent = self.silent_questions()
        blank = tuple(
            q.label
            for q in self.content.questionnaire
            if isinstance(self.entries.get(q.id), AbsentReason) and q.id not in silent
        )
        if blank:
            text = _("The clinic may ask you about these. You can still leave them out.")
            yield Block("left-blank", _("What was left blank"), (Paragraph(text), Bullets(blank)))

    # The clinician's copy

    def answered_in(self) -> Iterator[Pair]:
        """Yield the language of the answers if it differs from the language of this copy."""
        language = self.interview.form.questionnaire.language
        if language != self.content.questionnaire.language:
            yield Pair(_("Answered in"), f"{language_name(language)} ({language})")

    def urgent(self) -> Block:
        raised = [rule for rule in self.with_outcome(Outcome.RAISED) if rule.priority is Priority.URGENT]
        parts: list[BlockPart] = [self.topic(rule, rule.clinician, rule.priority) for rule in raised]
        parts += self.taken_back.clinician()
        parts += self.pages_shown()
        if not raised and not self.taken_back.rules:
            parts.append(Paragraph(_("No urgent rule was raised by these answers. That is not a finding.")))
        unsettled = [rule for rule in self.with_outcome(Outcome.UNDETERMINED) if rule.priority is Priority.URGENT]
        parts += [self.undetermined(rule) for rule in unsettled]
        return Block("urgent", _("Urgent"), tuple(parts))

    def pages_shown(self) -> Iterator[BlockPart]:
        acknowledgements = self.interview.acknowledgements
        if acknowledgements:
            yield Pairs(tuple(map(page_shown, acknowledgements)))

    def topics(self) -> Iterator[Block]:
        raised = self.with_outcome(Outcome.RAISED)
        for priority, title in _BLOCKS.items():
            rules = [rule for rule in raised if rule.priority is priority]
            if rules:
                yield Block(priority.value, _(title), tuple(self.topic(r, r.clinician, r.priority) for r in rules))

    def could_not_be_assessed(self) -> Iterator[Block]:
        rules = [r for r in self.with_outcome(Outcome.UNDETERMINED) if r.priority is not Priority.URGENT]
        if rules:
            yield Block("undetermined", _("Could not be assessed"), tuple(self.undetermined(rule) for rule in rules))

    def undetermined(self, rule: Rule) -> Topic:
        text = _("Not assessed. An answer to these questions would settle it:")
        settling = tuple(self.pair(name) for name in self.assessment.deciding_questions(rule.id))
        return Topic(rule.topic, text, settling, rule.id, tuple(cited(rule)), rule.priority)

    def scores(self) -> Iterator[Block]:
        parts: list[BlockPart] = []
        for instrument in self.content.questionnaire.instruments:
            parts += [self.score(score) for score in instrument.scores]
            if instrument.scores:
                parts.append(Paragraph(f"{instrument.name}: {instrument.recall_period}. {instrument.missing_items}"))
        if parts:
            yield Block("scores", _("Scores, by self-report"), tuple(parts))

    def score(self, score: Score) -> BlockPart:
        score_range = self.interview.state.facts[score.id]
        assert isinstance(score_range, Range)
        if score_range.enabled is False:
            return Paragraph(_("{score}: not all of its items apply, so there is no total.").format(score=score.title))
        source_questions = self.interview.form.source_questions([score.id])
        if all(self.interview.state.is_enabled(name) is False for name in source_questions):
            return Paragraph(self.not_asked(score, source_questions))
        missing = sum(is_missing(name, self.interview.state.facts) for name in source_questions)
        ranges = tuple(f"{band.minimum}-{band.maximum} {band.label}" for band in score.bands)
        low, high = floor(score_range.low), ceil(score_range.high)
        return ScoreLine(score.title, low, high, score.maximum, missing, ranges, score.bands_note)

    def not_asked(self, score: Score, source_questions: frozenset[str]) -> str:
        """Return which answers decided that no item of a score was asked, so that no 0 is printed for it."""
        form = self.interview.form
        gates = {name for item in source_questions if (gate := form.enable_when.get(item)) for name in tree.names(gate)}
        because = "; ".join(
            f"{pair.label}: {pair.value}"
            for question in form.questionnaire
            if question.id in form.source_questions(gates)
            for pair in [self.pair(question.id)]
        )
        sentence = _("{score}: no items were asked, and there is no total ({because}).")
        return sentence.format(score=score.title, because=because)

    def answers(self) -> Block:
        parts: list[BlockPart] = []
        for section in self.content.questionnaire.sections:
            enabled = [
                question for question in section.questions if self.interview.state.is_enabled(question.id) is not False
            ]
            if enabled:
                parts.append(Pairs(tuple(self.pair(question.id) for question in enabled), section.title))
            if skipped := not_applicable(section, enabled):
                parts.append(Paragraph(skipped))
        return Block("answers", _("All answers"), tuple(parts))

    def provenance(self) -> Block:
        questionnaire, ruleset = self.content.questionnaire, self.content.ruleset
        answered_form = self.interview.form.questionnaire
        pairs = [
            Pair(
                _("Questionnaire"),
                f"{questionnaire.id} {questionnaire.version}, {self.content.questionnaire_hash[:16]}",
            ),
            Pair(_("Rules"), f"{ruleset.id} {ruleset.version}, {self.content.ruleset_hash[:16]}"),
            *([Pair(_("Signed for this clinic by"), self.metadata.signed_by)] if self.metadata.signed_by else []),
            Pair(_("Program"), f"screener {__version__}"),
            Pair(_("Language"), answered_form.language),
            Pair(_("Answered through"), answered_through(self.metadata.mode)),
        ]
        if self.metadata.name:
            pairs.append(Pair(_("Called by staff"), self.metadata.name))
        pairs.append(Pair(_("Entered by"), ", ".join(by or _("the person") for by in self.metadata.entered_by)))
        if questionnaire.respondent_question:
            pairs.append(self.pair(questionnaire.respondent_question))
        if self.metadata.started:
            pairs.append(Pair(_("Started"), moment(self.metadata.started)))
        if self.metadata.finished:
            pairs.append(Pair(_("Finished"), moment(self.metadata.finished)))
        instruments = (f"{i.name}, {i.edition}: {i.licence.credit}" for i in answered_form.instruments)
        return Block("provenance", _("Where this comes from"), (Pairs(tuple(pairs)), Bullets(tuple(instruments))))

    def bibliography(self) -> Block:
        outcomes = self.assessment.outcomes
        cited = {source for instrument in self.content.questionnaire.instruments for source in instrument.sources}
        shown = {name for name, outcome in outcomes.items() if outcome is not Outcome.CLEAR} | self.taken_back.rules
        cited |= {c.source for rule in self.content.ruleset if rule.id in shown for c in rule.sources}
        pairs = (Pair(source.id, reference(source)) for source in self.content.ruleset.sources if source.id in cited)
        return Block("sources", _("Sources"), (Pairs(tuple(pairs)),))
