"""Report in words what the cases, the topics and the hazard log leave open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from screener.check.cases import read_cases
from screener.check.coverage.mcdc import ConditionKind, Subcondition, demonstrations_of, parts
from screener.check.hazards import Hazards, read_hazards, unverified
from screener.check.topics import EvidenceTopics, read_topics, without_topic
from screener.content.load import LoadedContent
from screener.display_text import wrapped
from screener.expressions import tree
from screener.expressions.in_words import in_words
from screener.expressions.parse import Symbols
from screener.model.occurrences import question_of

_COLUMNS = 80


def questionnaire_report(content: LoadedContent) -> Iterator[str]:
    """Yield what the cases cover of one questionnaire, and which of its questions nothing reads."""
    subconditions = list(parts(content, demonstrations_of(content, read_cases(content, []))))
    whole = sum(not part.never and not part.decides_never for part in subconditions)
    questionnaire = content.questionnaire
    yield f"{questionnaire.id} {questionnaire.version}: what the cases show"
    yield from _line(
        f"{whole} of {len(subconditions)} parts of conditions are seen true and seen false, and each decides."
    )
    for part in subconditions:
        for truth_value in part.never:
            yield from _missing(content, part, truth_value)
    weak = [(part, truth_value) for part in subconditions for truth_value in part.decides_never]
    if weak:
        yield from _line("Seen, but no case shows that it matters, because other parts decide there too:")
        for part, truth_value in weak:
            sentence = (
                f"{part.kind} {part.name}: {part.text} is {_word(truth_value)}, but never decides ({part.place})."
            )
            yield from _line(sentence, 4)
    unread = unread_questions(content)
    if unread:
        yield from _line(
            f"{len(unread)} questions that no rule, score or condition reads; they are for the clinician to read:"
        )
        yield from _line(", ".join(unread), 4)


def _missing(content: LoadedContent, part: Subcondition, truth_value: bool) -> Iterator[str]:
    words = _in_words(part.leaf.node, truth_value, content.form.symbols)
    yield from _line(f"{part.place}: {part.kind} {part.name}: no case shows {part.text} {_word(truth_value)}.")
    if part.kind is ConditionKind.RULE:
        rules = Path(part.place.file)
        home = (rules.parent / "cases" / rules.name).as_posix()
        yield from _line(f"Add a case to {home} in which {words}; state in it the outcome of {part.name}.", 4)
    else:
        yield from _line(f"Add a case in which {words}, with answers to the questions that are asked then.", 4)


def _in_words(node: tree.Truth, truth_value: bool, symbols: Symbols) -> str:
    return in_words(node if truth_value else tree.Not(node), symbols)


def unread_questions(content: LoadedContent) -> list[str]:
    """Return the questions whose answers change nothing but the list of answers, in the order they are asked."""
    form = content.form
    read = set(content.rules.dependents) | {name for name, after in form.dependents.items() if after}
    for question, checks in form.please_check.items():
        read |= {name for node, _ in checks for name in tree.names(node) if name != question}
    read = set(map(question_of, read))
    read |= {form.questionnaire.region_question or "", form.questionnaire.respondent_question or ""}
    return [question.id for question in form.template if question.id not in read]


def folder_report(folder: Path, contents: Sequence[LoadedContent]) -> Iterator[str]:
    """Yield what the topics and the hazard log of a content folder leave open."""
    topics, hazards = read_topics(folder, []), read_hazards(folder, [])
    if topics:
        yield from _topics(topics.model, contents)
    else:
        yield "rules/coverage.yaml: there is none, so no topics were compared."
    if hazards:
        yield from _hazards(hazards.model, (folder / "tests").is_dir())
    else:
        yield "rules/hazards.yaml: there is none."


def _topics(topics: EvidenceTopics, contents: Sequence[LoadedContent]) -> Iterator[str]:
    every = list(topics)
    bare = [topic for topic in every if not topic.rules]
    yield f"Topics: {len(every)}, of which {len(every) - len(bare)} have rules"
    for topic in bare:
        yield from _line(f"{topic.topic}: no rule. {topic.not_covered}")
    unnamed = without_topic(topics, [rule for content in contents for rule in content.ruleset.rule])
    if unnamed:
        yield from _line(f"{len(unnamed)} rules that no topic names:")
        yield from _line(", ".join(unnamed), 4)


def _hazards(hazards: Hazards, with_tests: bool) -> Iterator[str]:
    open_hazards = unverified(hazards)
    named = sum(evidence.test is not None for hazard in hazards.hazards for evidence in hazard.verified_by)
    yield f"Hazards: {len(hazards.hazards)}, of which {len(open_hazards)} have something that nothing shows yet"
    for hazard in open_hazards:
        yield from _line(f"{hazard.id} ({hazard.severity}): {hazard.open}")
    if not with_tests:
        yield from _line(f"{named} tests are named. There is no folder tests/ here, so they were not looked up.")


def _word(truth_value: bool) -> str:
    return "true" if truth_value else "false"


def _line(text: str, indent: int = 2) -> Iterator[str]:
    """Yield the text as a paragraph, with its further lines indented by two more."""
    text = " ".join(text.split())
    first = wrapped(text, _COLUMNS - indent)[0]
    yield " " * indent + first
    if rest := text[len(first) :].strip():
        for line in wrapped(rest, _COLUMNS - indent - 2):
            yield " " * (indent + 2) + line
