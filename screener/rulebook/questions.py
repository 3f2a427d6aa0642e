"""The questionnaire as it is asked: every page, in order, with all its texts."""

from __future__ import annotations

from collections.abc import Iterator

from screener.diff.course import item_words
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
    text,
)
from screener.engine.template import rules_that_read, template_dependents
from screener.engine.walk_length import walk_minutes_in_words
from screener.expressions.in_words import amount_in_words, in_words
from screener.model.front_parts import Moment
from screener.model.question_parts import Option, Repeats
from screener.model.questionnaire import Instrument, Question, Section
from screener.model.response import ABSENT_LABELS, AbsentReason
from screener.rulebook.context import BookContext, between, labelled, question_place, rule_place, source_place

_USUAL_BLANKS = (AbsentReason.UNKNOWN, AbsentReason.DECLINED)


def questionnaire(setting: BookContext) -> Block:
    """Return the chapter with the first page, the sections and the last page."""
    front = setting.content.template
    minutes = walk_minutes_in_words(setting.content.form)
    welcome_texts = [paragraph.replace("{minutes}", minutes) for paragraph in front.welcome.paragraphs]
    more = [paragraph.replace("{minutes}", minutes) for paragraph in front.welcome.more]
    welcome = Block(
        "welcome",
        "The first page",
        (
            Paragraph(line(Strong(front.welcome.heading)), "said"),
            *(Paragraph((paragraph, *setting.graded(paragraph)), "said") for paragraph in welcome_texts),
            *([text("Whoever wants to know more can read:")] if more else []),
            *(Paragraph((paragraph, *setting.graded(paragraph)), "said") for paragraph in more),
        ),
    )
    closing = Block(
        "closing",
        "The last page",
        tuple(Paragraph((paragraph, *setting.graded(paragraph)), "said") for paragraph in front.completion),
    )
    sections = (_section(setting, number, section) for number, section in enumerate(front.sections, 1))
    lead = (
        "Every question can be left without an answer. Where nothing else is said, the ways of doing so are: "
        f"{_blanks(_USUAL_BLANKS)}. The person is never asked why."
    )
    parts: tuple[BlockPart, ...] = (text(lead), welcome, *sections, closing, *_form(setting))
    return Block("questionnaire", "The questionnaire as it is asked", parts, listed=True)


def _form(setting: BookContext) -> Iterator[Block]:
    """Yield what the form of the questionnaire asks for, with the marks of its sources."""
    form = setting.content.template.form
    if form and form.items:
        order = text(f"{form.name}: the order of its items is marked {form.order}.")
        yield Block("form", "What a form asks for", (order, Bullets(tuple(map(item_words, form.items)))))


def _section(setting: BookContext, number: int, section: Section) -> Block:
    parts: list[BlockPart] = []
    if isinstance(section, Instrument):
        parts += _instrument(section)
    if section.introduction:
        parts.append(Paragraph((section.introduction, *setting.graded(section.introduction)), "said"))
    if section.repeats:
        parts.append(Paragraph(line(_repeats(section.repeats, setting.content.questionnaire.moment))))
    parts += [_question(setting, section, question) for question in section.questions]
    if isinstance(section, Instrument):
        parts += [_scores(setting, section)] if section.scores else []
    return Block(f"section-{section.id}", f"{number} {section.title}", tuple(parts))


def _repeats(repeats: Repeats, moment: Moment | None) -> str:
    often = f"This section can be filled in up to {repeats.up_to} times, each time as a {repeats.title}."
    timed = f" Each has its time, which is shown as the minutes since {moment.name}." if repeats.time and moment else ""
    return often + timed


def _instrument(instrument: Instrument) -> Iterator[BlockPart]:
    pairs: list[tuple[str, Words]] = [
        ("Instrument", line(f"{instrument.name}, {instrument.edition}")),
        ("Asks about", line(instrument.recall_period)),
    ]
    if instrument.stem:
        pairs.append(("Stem, above each item", line(instrument.stem)))
    if instrument.options:
        pairs.append(("Options of each item", between([_option(option) for option in instrument.options], "; ")))
    pairs += [
        ("Credit, shown to the person", line(instrument.licence.credit)),
        ("Licence", (Link("see the table of licences", "licences"),)),
        ("Items left blank", line(instrument.missing_items)),
        ("Sources", between([Link(source, source_place(source)) for source in instrument.sources])),
    ]
    yield labelled(tuple(pairs))
    if instrument.mark != "verified":
        yield Paragraph(line(Badge("to be checked", "alert"), " Nobody has read this wording in the sources."), "alert")


def _question(setting: BookContext, section: Section, question: Question) -> Block:
    parts: list[BlockPart] = []
    if question.help:
        parts.append(Paragraph(line(question.help), "said"))
    shared = isinstance(section, Instrument) and section.options == question.options
    if question.options and not shared:
        parts.append(Bullets(tuple(_full_option(option) for option in question.options)))
    parts.append(labelled(tuple(_about(setting, question, shared))))
    return Block(
        question_place(question.id), f"{setting.numbers[question.id]} {question.text}", tuple(parts), together=True
    )


def _about(setting: BookContext, question: Question, shared: bool) -> Iterator[tuple[str, Words]]:
    content = setting.content
    kind = question.answer_type.in_book + (", from the options of the instrument" if shared else "")
    texts = (part for part in (question.text, question.help, question.why) if part)
    words = " ".join(part if part.endswith((".", "?", "!", ":")) else f"{part}." for part in texts)
    yield "Answer", line(f"{kind}. ", *_limits(question), InlineCode(question.id), *setting.graded(words))
    if set(question.absent) != set(_USUAL_BLANKS):
        yield "Or left blank as", line(_blanks(question.absent))
    if question.nothing:
        yield "Or instead of words", line(question.nothing)
    if question.carry_over:
        yield "Carried over", line("the previous answer, where staff start it for a person who confirms it")
    for condition, doubt in content.form.conditions.please_check[question.id]:
        yield "Please check", line(f"when {in_words(condition, content.form.symbols)}: {doubt}")
    if question.why:
        yield "Why we ask", line(question.why)
    enabled = content.form.conditions.enable_when.get(question.id)
    when = "always" if enabled is None else f"when {in_words(enabled, content.form.symbols)}"
    yield "Asked", line(when)
    if opened := template_dependents(content.form, question.id):
        named = [content.template.question.get(name) for name in opened]
        links = [setting.asked(dependent) for dependent in named if dependent]
        scored = [content.form.symbols[name] for name in opened if name in content.form.scores]
        yield "Decides", between([*links, *(f"the {getattr(score, 'title', '')}" for score in scored)])
    if rules := rules_that_read(content.form, content.rules, question.id):
        yield "Read by the rules", between([Link(rule, rule_place(rule)) for rule in rules])


def _blanks(reasons: tuple[AbsentReason, ...]) -> str:
    return ", ".join(ABSENT_LABELS[reason] for reason in reasons)


def _limits(question: Question) -> Iterator[str]:
    unit = f" {question.unit}" if question.unit else ""
    if question.limits:
        yield f"From {question.limits.minimum} to {question.limits.maximum}{unit}. "
    if question.usual:
        yield f"Outside {question.usual.minimum} to {question.usual.maximum} the person is asked to check. "


def _option(option: Option) -> str:
    return option.label + ("" if option.score is None else f" ({option.score})")


def _full_option(option: Option) -> Words:
    alone = " (un-chooses all others)" if option.exclusive else ""
    help = f": {option.help}" if option.help else ""
    return line(f"{_option(option)}{help}{alone} ", InlineCode(option.code))


def _scores(setting: BookContext, instrument: Instrument) -> Block:
    parts: list[BlockPart] = []
    for score in instrument.scores:
        amount = amount_in_words(setting.content.form.scores[score.id], setting.content.form.symbols)
        parts.append(Paragraph(line(Strong(score.title), f", 0 to {score.maximum}: {amount}.")))
        parts.append(Paragraph(line("Charts draw what it covers: ", score.recall or "recall not stated", ".")))
        if score.bands:
            rows = tuple((line(f"{band.minimum} to {band.maximum}"), line(band.label)) for band in score.bands)
            caption = f"Published ranges of the {score.title}, for the clinician only"
            parts.append(Table(caption, ("Range", "Published name"), rows, (30, 70)))
        if score.bands_note:
            parts.append(Paragraph(line(score.bands_note)))
        if rules := setting.content.rules.dependents.get(score.id):
            links = between([Link(rule, rule_place(rule)) for rule in rules])
            parts.append(Paragraph(("Read by the rules: ", *links)))
    return Block(f"scores-{instrument.id}", f"Scores of {instrument.name}", tuple(parts))
