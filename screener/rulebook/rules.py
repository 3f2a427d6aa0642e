"""All rules: when each is raised in words, what it says to whom, on what evidence, and the cases that show it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from screener.content.answers_file import read_answers
from screener.content.validate import File
from screener.document.model import (
    Badge,
    Block,
    BlockPart,
    Bullets,
    InlineCode,
    Link,
    Paragraph,
    Strong,
    Table,
    Words,
    line,
)
from screener.engine.rules import Outcome
from screener.engine.template import template_questions
from screener.expressions import tree
from screener.expressions.in_words import in_words
from screener.expressions.previous import DAYS, PREFIX, is_previous
from screener.model.answers import format_answer
from screener.model.questionnaire import Question
from screener.model.response import Entry
from screener.model.ruleset import Case, Cases, Interruption, Priority, Rule
from screener.rulebook.context import BookContext, between, labelled, marked, rule_place, source_place


def at_a_glance(setting: BookContext) -> Block:
    """Return all rules in one table, as a list to work through."""
    rows = []
    for rule in setting.content.ruleset:
        unread = sum(citation.mark != "verified" for citation in rule.sources)
        open_marks = line(Badge(f"{unread} to be checked", "alert")) if unread else line("all verified")
        rows.append(
            (
                line(Link(rule.topic, rule_place(rule.id))),
                (_priority(rule),),
                line(_raised_when(setting, rule)),
                open_marks,
            )
        )
    head = ("Topic", "Priority", "Raised when", "Sources")
    table = Table("All rules, in the order of their files", head, tuple(rows), (25, 11, 48, 16))
    return Block("glance", "The rules at a glance", (table,))


def rules(setting: BookContext) -> Block:
    """Return one part for each file of rules, so that each theme is in one place."""
    themes = []
    for file in setting.content.rule_files:
        stem = Path(file.source.file).stem
        title = stem.replace("-", " ").capitalize()
        rules_of_file = (setting.content.ruleset.rule[rule.id] for rule in file.model.rules)
        themes.append(Block(f"rules-{stem}", title, tuple(_rule(setting, rule) for rule in rules_of_file)))
    return Block("rules", "The rules", tuple(themes), listed=True)


def _rule(setting: BookContext, rule: Rule) -> Block:
    parts: list[BlockPart] = [
        labelled(tuple(_about(setting, rule))),
        *([_interruption(setting, rule, rule.interruption)] if rule.interruption else []),
        _sources(setting, rule),
    ]
    if cases := _cases(setting, rule):
        parts.append(cases)
    return Block(rule_place(rule.id), rule.topic, tuple(parts), _priority(rule))


def _about(setting: BookContext, rule: Rule) -> Iterator[tuple[str, Words]]:
    content = setting.content
    yield "Raised when", line(Strong(f"{_raised_when(setting, rule)}."))
    yield "As written", line(InlineCode(rule.when), " in the rule ", InlineCode(rule.id))
    questions = template_questions(content.form, tree.names(content.rules.rules[rule.id].tree))
    yield "Reads", between(list(map(setting.asked, questions)))
    yield "To the person", (rule.patient, *setting.graded(rule.patient))
    if rule.silent:
        yield (
            "Silent",
            line("The person's copy prints neither this topic nor its questions: others at home may read it."),
        )
    elif rule.sensitive:
        yield "Discreet", line("The person's copy names the question and not the answer: others at home may read it.")
    if rule.persists:
        yield "Persists", line("Staff are told of it until one of them closes it by name, also if the answer changes.")
    yield "To the clinician", line(rule.clinician)
    if rule.phrase:
        yield "On the first page", line(rule.phrase)


def _interruption(setting: BookContext, rule: Rule, page: Interruption) -> Block:
    """Return the page as it is shown; on the screen the crisis lines of the region follow it."""
    ends = "It waits for a member of staff." if page.page == "emergency" else "The person can go on after reading it."
    return Block(
        f"page-{rule.id}",
        f"The {page.page} page that stops the questions",
        (
            Paragraph(line(f"{ends} The crisis lines of the person's region stand below it."), "note"),
            Paragraph(line(Strong(page.heading)), "said"),
            *(Paragraph((paragraph, *setting.graded(paragraph)), "said") for paragraph in page.paragraphs),
        ),
        together=True,
    )


def _sources(setting: BookContext, rule: Rule) -> Table:
    rows = []
    for citation in rule.sources:
        source = setting.content.ruleset.source[citation.source]
        where = f". In {citation.section}" if citation.section else ""
        rows.append((
            line(Link(source.id, source_place(source.id))),
            line(f"{source.authors}. {source.title} ({source.year}){where}"),
            line(source.grade),
            line(source.read.isoformat()),
            line(marked(citation.mark)),
        ))  # fmt: skip
    head = ("Source", "What", "Grade", "Taken up", "Mark")
    return Table(f"Sources of {rule.id}", head, tuple(rows), (9, 50, 12, 14, 15))


def _cases(setting: BookContext, rule: Rule) -> Table | None:
    condition = setting.content.rules.rules[rule.id].tree
    relevant = setting.content.form.with_gates(tree.names(condition))
    names = sorted(filter(is_previous, tree.names(condition)))
    rows = [
        (line(case.name), _answers(setting, file, number, relevant, names), _outcome(outcome))
        for file in setting.cases
        for number, case in enumerate(file.model.cases)
        for outcome in _outcomes(rule, case)
    ]
    return Table(f"Cases of {rule.id}", ("Case", "Answers", "Outcome"), tuple(rows), (36, 48, 16)) if rows else None


def _outcomes(rule: Rule, case: Case) -> Iterator[Outcome]:
    yield from (outcome for outcome in Outcome if rule.id in getattr(case, outcome))


def _answers(
    setting: BookContext, file: File[Cases], number: int, relevant: Sequence[str], previous: Sequence[str]
) -> Words:
    """Return the answers of a case that the rule can rest on, in the previous response too, and how many others."""
    case, symbols = file.model.cases[number], setting.content.form.symbols

    def written(part: str) -> dict[str, Entry]:
        return read_answers(setting.content.questionnaire, file.source, [], ("cases", number, part))

    entries = written("answers") if case.answers else {}
    before: dict[str, Entry] = (
        {f"{PREFIX}{name}": entry for name, entry in written("previous").items()} if case.previous else {}
    )
    if case.days_since_previous is not None:
        before[DAYS] = case.days_since_previous
    read = [name for name in relevant if name in entries]
    answers = [
        f"{symbol.name}: {format_answer(symbol, (entries | before)[name])}"
        for name in (*read, *(name for name in previous if name in before))
        if isinstance(symbol := symbols[name], Question)
    ]
    if others := len(entries) - len(read):
        answers.append(f"{others} other {'answer' if others == 1 else 'answers'}")
    return line("; ".join(answers) or "nothing answered")


def _outcome(outcome: Outcome) -> Words:
    return line(Strong("raised")) if outcome is Outcome.RAISED else line(str(outcome))


def _raised_when(setting: BookContext, rule: Rule) -> str:
    words = in_words(setting.content.rules.rules[rule.id].tree, setting.content.form.symbols)
    return words[:1].upper() + words[1:]


def _priority(rule: Rule) -> Badge:
    return Badge(rule.priority.value, "urgent" if rule.priority is Priority.URGENT else "plain")


def differences(setting: BookContext) -> Block:
    """Return the points on which sources disagree, quoted from the wordings that say so."""
    items: list[Words] = []
    for rule in setting.content.ruleset:
        if difference := _differing(rule.clinician):
            items.append(line(Link(rule.topic, rule_place(rule.id)), f": {difference}"))
    for instrument in setting.content.questionnaire.instruments:
        notes = [instrument.licence.terms, instrument.note, *(score.bands_note for score in instrument.scores)]
        items += [
            line(Strong(instrument.name), f": {difference}")
            for note in notes
            if note and (difference := _differing(note))
        ]
    lead = "These wordings say that sources differ. The rules do not choose between them: the clinic does."
    none = Paragraph(line('No wording says "Sources differ".'))
    return Block(
        "differences", "Where sources differ", (Paragraph(line(lead)), Bullets(tuple(items)) if items else none)
    )


def _differing(text: str) -> str:
    """Return the text from the first sentence on that says that sources or practice differ."""
    sentences = text.replace(". ", ".\n").splitlines()
    starts = [
        number
        for number, sentence in enumerate(sentences)
        if any(
            f"{who} {verb}" in sentence.lower() for who in ("sources", "practice") for verb in ("differ", "disagree")
        )
    ]
    return " ".join(sentences[starts[0] :]) if starts else ""
