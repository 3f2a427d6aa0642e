"""From an interview to its summaries: one for the person, one for the clinician.

The same answers always give the same body; only the block about the session tells one sitting from another.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from math import ceil, floor

from screener import __version__
from screener.content.compiled import Content
from screener.crisis import crisis_region
from screener.entry import shown
from screener.interview import Interview
from screener.language import tree
from screener.language.evaluate import Range
from screener.language.grounds import is_missing
from screener.questionnaire import Question, Score, Section
from screener.response import AbsentReason
from screener.rules import Outcome
from screener.ruleset import Priority, Region, Rule
from screener.summary.document import Document
from screener.summary.parts import Block, Bullets, Pair, Pairs, Paragraph, Part, ScoreLine, Topic
from screener.summary.session import Session

_BLOCKS = {
    Priority.PRIORITY: "Before anything is planned",
    Priority.DISCUSS: "To talk about",
    Priority.INFORM: "For information",
}
_FACES = {"screen": "terminal screens", "plain": "plain prompts", "file": "a file of answers"}


def patient_summary(content: Content, interview: Interview, session: Session) -> Document:
    """The person's own copy: what to talk about, what was left blank, where help is, what happens next.

    It has no scores, no published ranges and no names of priorities.
    """
    return _Builder(content, interview, session).patient()


def clinician_summary(content: Content, interview: Interview, session: Session) -> Document:
    """The clinician's copy: urgent first, then every topic with answers, rule and sources, then the whole response."""
    return _Builder(content, interview, session).clinician()


class _Builder:
    def __init__(self, content: Content, interview: Interview, session: Session) -> None:
        self.content = content
        self.interview = interview
        self.session = session
        self.assessment = interview.assessment
        self.entries = interview.response.entries
        self.questions = content.questionnaire.question

    def patient(self) -> Document:
        raised = self.assessment.having(Outcome.RAISED)
        topics = [self.own_topic(rule) for rule in raised]
        blocks = [
            self.about(),
            self.crisis_help(),
            Block("topics", "Things to talk about with the clinic", tuple(topics) or _nothing_raised()),
            *self.left_blank(),
        ]
        if self.interview.complete:
            blocks.append(
                Block("next", "What happens next", tuple(map(Paragraph, self.content.questionnaire.completion)))
            )
        return Document("patient", self.content.questionnaire.title, self.content.questionnaire.language, tuple(blocks))

    def clinician(self) -> Document:
        blocks = [
            self.about(),
            self.urgent(),
            *self.topics(),
            *self.could_not_be_assessed(),
            *self.scores(),
            self.answers(),
            self.provenance(),
            self.bibliography(),
        ]
        return Document(
            "clinician", self.content.questionnaire.title, self.content.questionnaire.language, tuple(blocks)
        )

    # Both copies

    def about(self) -> Block:
        pairs = [Pair("Questionnaire", self.content.questionnaire.title), Pair("Reference", self.session.reference)]
        if self.session.started:
            pairs.append(Pair("Answered", _moment(self.session.started)))
        if self.session.audit:
            pairs.append(Pair("Audit trail", self.session.audit))
        parts: list[Part] = [Pairs(tuple(pairs))]
        if not self.interview.complete:
            parts.append(Paragraph("This questionnaire was not finished. Some questions were not reached."))
        return Block("about", "About these answers", tuple(parts))

    def topic(self, rule: Rule, text: str, priority: str | None = None) -> Topic:
        because = tuple(self.pair(name) for name in self.assessment.answers_behind(rule.id))
        return Topic(rule.topic, text, because, rule.id, tuple(_cited(rule)), priority)

    def pair(self, name: str) -> Pair:
        question, entry = self.questions[name], self.entries.get(name)
        if entry is None and self.interview.standing.applies(name) is False:
            entry = AbsentReason.NOT_APPLICABLE
        return Pair(question.label, shown(question, entry))

    # The person's copy

    def own_topic(self, rule: Rule) -> Topic:
        discreet = self.discreet_questions()
        because = tuple(
            Pair(self.questions[name].label, "as you told us") if name in discreet else self.pair(name)
            for name in self.assessment.answers_behind(rule.id)
        )
        sources = tuple(dict.fromkeys(citation.source for citation in rule.sources))
        return replace(self.topic(rule, rule.patient), because=because, sources=sources)

    def discreet_questions(self) -> frozenset[str]:
        """What a discreet rule reads is not told below another topic either, whether or not that rule is raised."""
        compiled = self.assessment.rules.rules.values()
        return self.content.form.behind(
            name for each in compiled if each.rule.discreet for name in tree.names(each.tree)
        )

    def crisis_help(self) -> Block:
        region = crisis_region(self.content.questionnaire, self.content.ruleset.crisis_lines, self.entries)
        return Block("help", "If you need help now", tuple(crisis_parts(region)))

    def left_blank(self) -> Iterator[Block]:
        blank = tuple(q.label for q in self.content.questionnaire if isinstance(self.entries.get(q.id), AbsentReason))
        if blank:
            text = "The clinic may ask you about these. You can still leave them out."
            yield Block("left-blank", "What was left blank", (Paragraph(text), Bullets(blank)))

    # The clinician's copy

    def urgent(self) -> Block:
        raised = [rule for rule in self.assessment.having(Outcome.RAISED) if rule.priority is Priority.URGENT]
        parts: list[Part] = [self.topic(rule, rule.clinician, rule.priority) for rule in raised]
        parts += self.pages_shown()
        if not raised:
            parts.append(Paragraph("No urgent rule was raised by these answers. That is not a finding."))
        unsettled = [rule for rule in self.assessment.having(Outcome.UNDETERMINED) if rule.priority is Priority.URGENT]
        parts += [self.undetermined(rule) for rule in unsettled]
        return Block("urgent", "Urgent", tuple(parts))

    def pages_shown(self) -> Iterator[Part]:
        seen = self.interview.acknowledgements
        if seen:
            yield Pairs(tuple(Pair(f"Page shown: {a.rule}", _acknowledged(a.at, a.by)) for a in seen))

    def topics(self) -> Iterator[Block]:
        raised = self.assessment.having(Outcome.RAISED)
        for priority, title in _BLOCKS.items():
            rules = [rule for rule in raised if rule.priority is priority]
            if rules:
                yield Block(priority.value, title, tuple(self.topic(r, r.clinician, r.priority) for r in rules))

    def could_not_be_assessed(self) -> Iterator[Block]:
        rules = [r for r in self.assessment.having(Outcome.UNDETERMINED) if r.priority is not Priority.URGENT]
        if rules:
            yield Block("undetermined", "Could not be assessed", tuple(self.undetermined(rule) for rule in rules))

    def undetermined(self, rule: Rule) -> Topic:
        text = "Not assessed. An answer to these questions would settle it:"
        settling = tuple(self.pair(name) for name in self.assessment.would_settle(rule.id))
        return Topic(rule.topic, text, settling, rule.id, tuple(_cited(rule)), rule.priority)

    def scores(self) -> Iterator[Block]:
        parts: list[Part] = []
        for instrument in self.content.questionnaire.instruments:
            parts += [self.score(score) for score in instrument.scores]
            if instrument.scores:
                parts.append(Paragraph(f"{instrument.name}: {instrument.recall_period}. {instrument.missing_items}"))
        if parts:
            yield Block("scores", "Scores, by self-report", tuple(parts))

    def score(self, score: Score) -> Part:
        known = self.interview.standing.facts[score.id]
        assert isinstance(known, Range)
        if known.applies is False:
            return Paragraph(f"{score.title}: not all of its items apply, so there is no total.")
        behind = self.interview.form.behind([score.id])
        missing = sum(is_missing(name, self.interview.standing.facts) for name in behind)
        ranges = tuple(f"{band.minimum}-{band.maximum} {band.label}" for band in score.bands)
        low, high = floor(known.low), ceil(known.high)
        return ScoreLine(score.title, low, high, score.maximum, missing, ranges, score.bands_note)

    def answers(self) -> Block:
        parts: list[Part] = []
        for section in self.content.questionnaire.sections:
            asked = [
                question for question in section.questions if self.interview.standing.applies(question.id) is not False
            ]
            if asked:
                parts.append(Pairs(tuple(self.pair(question.id) for question in asked), section.title))
            if skipped := _not_applicable(section, asked):
                parts.append(Paragraph(skipped))
        return Block("answers", "All answers", tuple(parts))

    def provenance(self) -> Block:
        questionnaire, ruleset = self.content.questionnaire, self.content.ruleset
        pairs = [
            Pair(
                "Questionnaire", f"{questionnaire.id} {questionnaire.version}, {self.content.questionnaire_hash[:16]}"
            ),
            Pair("Rules", f"{ruleset.id} {ruleset.version}, {self.content.ruleset_hash[:16]}"),
            Pair("Program", f"screener {__version__}"),
            Pair("Language", questionnaire.language),
            Pair("Answered through", _FACES[self.session.face]),
        ]
        if self.session.name:
            pairs.append(Pair("Called by staff", self.session.name))
        pairs.append(Pair("Entered by", ", ".join(by or "the person" for by in self.session.entered_by)))
        if questionnaire.respondent_question:
            pairs.append(self.pair(questionnaire.respondent_question))
        if self.session.started:
            pairs.append(Pair("Started", _moment(self.session.started)))
        if self.session.finished:
            pairs.append(Pair("Finished", _moment(self.session.finished)))
        instruments = (f"{i.name}, {i.edition}: {i.licence.credit}" for i in questionnaire.instruments)
        return Block("provenance", "Where this comes from", (Pairs(tuple(pairs)), Bullets(tuple(instruments))))

    def bibliography(self) -> Block:
        outcomes = self.assessment.outcomes
        cited = {source for instrument in self.content.questionnaire.instruments for source in instrument.sources}
        cited |= {
            c.source for rule in self.content.ruleset if outcomes[rule.id] is not Outcome.CLEAR for c in rule.sources
        }
        pairs = (
            Pair(source.id, f"{source.authors}. {source.title} ({source.year}). {source.locator}. "
                            f"Read as: {source.grade}; taken up {source.read.isoformat()}.")
            for source in self.content.ruleset.sources
            if source.id in cited
        )  # fmt: skip
        return Block("sources", "Sources", (Pairs(tuple(pairs)),))


def crisis_parts(region: Region) -> Iterator[Part]:
    """The emergency sentence and the lines of a region, as parts of a document."""
    yield Paragraph(region.emergency)
    if region.lines:
        yield Bullets(
            tuple(f"{line.name}: {line.how}" + (f" ({line.when})" if line.when else "") for line in region.lines)
        )


def _nothing_raised() -> tuple[Part, ...]:
    return (
        Paragraph(
            "Your answers did not add a topic to this list. That is not a result. Please still talk to a clinician."
        ),
    )


def _cited(rule: Rule) -> Iterator[str]:
    for citation in rule.sources:
        section = f" {citation.section}" if citation.section else ""
        yield f"{citation.source}{section} ({citation.mark.replace('-', ' ')})"


def _not_applicable(section: Section, asked: list[Question]) -> str:
    skipped = [question.name for question in section.questions if question not in asked]
    return f"{section.title}, does not apply: {'; '.join(skipped)}." if skipped else ""


def _acknowledged(at: datetime.datetime, by: str | None) -> str:
    return f"acknowledged {_moment(at)} by {by or 'the person'}"


def _moment(at: datetime.datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M %Z").strip()
