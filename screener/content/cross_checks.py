"""Checks between files: names are used once, sources exist, regions have crisis lines, maxima of scores are right."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import fields

from screener.content.locations import question_places, rule_places
from screener.content.validate import File
from screener.content.yaml_source import Keys, YamlSource
from screener.engine.form import Form
from screener.engine.response_state import ResponseState
from screener.engine.rules import CompiledRules
from screener.errors import Place, Problem, nearest
from screener.expressions import tree
from screener.expressions.evaluate import Range
from screener.expressions.previous import RESERVED
from screener.file_text import is_archived
from screener.model.crisis_lines import CrisisLines
from screener.model.phrase import phrase_names
from screener.model.questionnaire import (
    Instrument,
    Question,
    Questionnaire,
    QuestionnaireFile,
    Section,
)
from screener.model.response import LEFT_BLANK_BY_STAFF
from screener.model.ruleset import Rules, RulesetFile, Sources
from screener.model.types.base import Choice, OwnWords


def names_used_twice(sections: Iterable[File[Section]], rule_files: Iterable[File[Rules]]) -> Iterator[Problem]:
    """Check that questions and scores, which share one set of names, use each once; rules have another set."""
    for kind, places in (("question or score", question_places(sections)), ("rule", rule_places(rule_files))):
        first: dict[str, Place] = {}
        for name, source, path in places:
            place = source.place(*path, "id")
            if name in first:
                yield Problem(place, f'The {kind} "{name}" is here twice (first at {first[name]}).', "Rename one.")
            first.setdefault(name, place)


def reserved_names(sections: Iterable[File[Section]]) -> Iterator[Problem]:
    """Check that no question or score has a name that conditions have for the previous response."""
    for name, source, path in question_places(sections):
        if name in RESERVED and not is_archived():
            message = f'"{name}" is what conditions call the previous response.'
            yield Problem(source.place(*path, "id"), message, "Rename it.")


def carried_over(sections: Iterable[File[Section]], rules: CompiledRules, form: Form) -> Iterator[Problem]:
    """Check that no answer to an instrument is carried over, nor one that an urgent rule reads: they are asked anew."""
    urgent = frozenset(name for compiled in rules.urgent for name in tree.names(compiled.tree))
    read = form.source_questions(urgent)
    for file in sections:
        for position, question in enumerate(file.model.questions):
            place = file.source.place("questions", position, "carry_over") if question.carry_over else None
            if place and isinstance(file.model, Instrument):
                yield Problem(place, "An item of an instrument is asked anew each time.", "Remove carry_over.")
            elif place and question.id in read:
                message = f'An urgent rule reads "{question.id}", which is asked anew each time.'
                yield Problem(place, message, "Remove carry_over.")


def entries_twice(sources: File[Sources] | None, lines: File[CrisisLines] | None) -> Iterator[Problem]:
    """Check that each source and each region is listed once."""
    if sources:
        ids = [source.id for source in sources.model.sources]
        yield from _twice(sources.source, ids, ("sources", "id"), "source")
    if lines:
        codes = [region.code for region in lines.model.regions]
        yield from _twice(lines.source, codes, ("regions", "code"), "region")


def _twice(source: YamlSource, names: list[str], keys: tuple[str, str], kind: str) -> Iterator[Problem]:
    outer, inner = keys
    firsts: dict[str, int] = {}
    for position, name in enumerate(names):
        first = firsts.setdefault(name, position)
        if first < position:
            line = source.place(outer, first, inner).line
            message = f'The {kind} "{name}" is here twice (first on line {line}).'
            yield Problem(source.place(outer, position, inner), message, "Rename one, or remove it.")


def unknown_sources(
    sources: Sources,
    sections: Iterable[File[Section]],
    rule_files: Iterable[File[Rules]],
    lines: File[CrisisLines],
    front: File[QuestionnaireFile] | None,
) -> Iterator[Problem]:
    """Check that every cited source is in the bibliography."""
    bibliography = [source.id for source in sources.sources]
    for name, source, path in _cited(sections, rule_files, lines, front):
        if name not in bibliography:
            yield Problem(
                source.place(*path),
                f'There is no source "{name}" in the bibliography.',
                "Add it to rules/sources.yaml, or cite one that is there.",
            )


def _cited(
    sections: Iterable[File[Section]],
    rule_files: Iterable[File[Rules]],
    lines: File[CrisisLines],
    front: File[QuestionnaireFile] | None,
) -> Iterator[tuple[str, YamlSource, Keys]]:
    if front and front.model.form:
        for number, item in enumerate(front.model.form.items):
            for position, citation in enumerate(item.sources):
                yield citation.source, front.source, ("form", "items", number, "sources", position, "source")
    for section in sections:
        if isinstance(section.model, Instrument):
            for position, name in enumerate(section.model.sources):
                yield name, section.source, ("sources", position)
    for file in rule_files:
        for number, rule in enumerate(file.model.rules):
            for position, citation in enumerate(rule.sources):
                yield citation.source, file.source, ("rules", number, "sources", position, "source")
    for position, region in enumerate(lines.model.regions):
        yield region.source, lines.source, ("regions", position, "source")
    yield lines.model.anywhere.source, lines.source, ("anywhere", "source")


def blanks(questionnaire: Questionnaire, sections: Iterable[File[Section]]) -> Iterator[Problem]:
    """Check that only staff leave a question as not recorded, and that nothing else is written for theirs."""
    usual = next(field.default for field in fields(Question) if field.name == "absent")
    for section in sections:
        for position, question in enumerate(section.model.questions):
            place = section.source.place("questions", position, "absent")
            if questionnaire.is_for_staff and question.absent != usual:
                message = "In a questionnaire for staff, what is left blank is not recorded, and nothing else."
                yield Problem(place, message, "Remove absent.")
            elif not questionnaire.is_for_staff and question.absent == LEFT_BLANK_BY_STAFF:
                yield Problem(place, f"Only staff leave a question as {question.absent[0]}.", "Remove absent.")


def roles(front: File[QuestionnaireFile], questionnaire: Questionnaire, lines: CrisisLines) -> Iterator[Problem]:
    """Check that the questions with a special role exist, and that every region that can be chosen has crisis lines."""
    for role, name in (
        ("region_question", front.model.region_question),
        ("respondent_question", front.model.respondent_question),
    ):
        if name is None:
            continue
        place = front.source.place(role)
        question = questionnaire.question.get(name)
        if question is None:
            remedy = nearest(name, questionnaire.question) or "Name an existing one."
            yield Problem(place, f'There is no question "{name}".', remedy)
        elif not isinstance(question.answer_type, Choice):
            yield Problem(place, f'"{name}" is not a choice of one option.', "Name a question that is one.")
        elif role == "region_question":
            for code in sorted(question.option.keys() - lines.region.keys()):
                yield Problem(place, f'The region "{code}" has no crisis lines.', "Add it to rules/crisis-lines.yaml.")


def first_page(
    ruleset: File[RulesetFile], rule_files: Iterable[File[Rules]], names: Collection[str]
) -> Iterator[Problem]:
    """Check that phrases name questions or scores that exist, and that rules name themes that do."""
    themes = [theme.id for theme in ruleset.model.themes]
    yield from _twice(ruleset.source, themes, ("themes", "id"), "theme")
    for position, fact in enumerate(ruleset.model.head):
        yield from _unknown_in(fact, names, ruleset.source.place("head", position))
    for number, theme in enumerate(ruleset.model.themes):
        for position, fact in enumerate(theme.facts):
            yield from _unknown_in(fact, names, ruleset.source.place("themes", number, "facts", position))
    for file in rule_files:
        for number, rule in enumerate(file.model.rules):
            if rule.phrase:
                yield from _unknown_in(rule.phrase, names, file.source.place("rules", number, "phrase"))
            if rule.theme and rule.theme not in themes:
                remedy = nearest(rule.theme, themes) or f"Add it to the themes of {ruleset.source.file}."
                place = file.source.place("rules", number, "theme")
                yield Problem(place, f'There is no theme "{rule.theme}".', remedy)


def _unknown_in(phrase: str, names: Collection[str], place: Place) -> Iterator[Problem]:
    for name in phrase_names(phrase):
        if name not in names:
            yield Problem(place, f'There is no question "{name}".', nearest(name, names) or "Name an existing one.")


def repeating_sections(front: File[QuestionnaireFile], sections: Sequence[File[Section]]) -> Iterator[Problem]:
    """Check that what a repeating section names is there: whether there is another occurrence, and its times."""
    earlier: set[str] = set()
    moment = front.model.moment
    for file in sections:
        questions, repeats = {question.id: question for question in file.model.questions}, file.model.repeats
        if repeats:
            last = file.model.questions[-1]
            if last.id != repeats.another or last.type != "yes_no":
                yield Problem(
                    file.source.place("repeats", "another"),
                    f'"{repeats.another}" is not the last question here, of the type yes_no.',
                    "Add such a question, and name it here.",
                )
            if repeats.time and not (repeats.time in questions and questions[repeats.time].type == "time"):
                message = f'"{repeats.time}" is not a time question of this section.'
                yield Problem(file.source.place("repeats", "time"), message, "Name one that is.")
            if repeats.time and moment is None:
                message = "Its minutes count from nothing."
                yield Problem(file.source.place("repeats", "time"), message, f"Add a moment to {front.source.file}.")
            elif repeats.time and moment and moment.question not in earlier:
                message = f'"{moment.question}" is not a time question, asked once, before "{file.model.title}".'
                yield Problem(front.source.place("moment", "question"), message, "Name one that is.")
        else:
            earlier |= {question.id for question in file.model.questions if question.type == "time"}


def score_maxima(form: Form, sections: Iterable[File[Section]]) -> Iterator[Problem]:
    """Check that a score's stated maximum is what its items can reach, so that no item or option gets lost."""
    blank = ResponseState(form).facts
    for file in sections:
        if not isinstance(file.model, Instrument):
            continue
        for position, score in enumerate(file.model.scores):
            reached = blank[score.id]
            if isinstance(reached, Range) and reached.high != score.maximum:
                place = file.source.place("scores", position, "maximum")
                message = f"The maximum is {score.maximum}, but the value can reach {reached.high}."
                yield Problem(place, message, "Correct the maximum, the value or the options.")


def other_questions(
    questionnaire: Questionnaire, sections: Iterable[File[Section]], rule_files: Iterable[File[Rules]]
) -> Iterator[Problem]:
    """Check that a number is written with a later one, and that own words are those of text questions."""
    order = {name: number for number, name in enumerate(questionnaire.question)}
    for file in sections:
        for position, question in enumerate(file.model.questions):
            if not question.written_with:
                continue
            second = questionnaire.question.get(question.written_with)
            follows = second is not None and order[second.id] > order[question.id]
            if not (second and "written_with" in second.answer_type.takes and follows):
                place = file.source.place("questions", position, "written_with")
                message = f'"{question.written_with}" is not an integer question that is asked later.'
                yield Problem(place, message, "Name one that is, or remove written_with.")
    for rules in rule_files:
        for number, rule in enumerate(rules.model.rules):
            for position, name in enumerate(rule.own_words):
                text = questionnaire.question.get(name)
                if text is None or not isinstance(text.answer_type, OwnWords):
                    place = rules.source.place("rules", number, "own_words", position)
                    yield Problem(place, f'"{name}" is not a text question.', "Name one that is, or remove it.")
