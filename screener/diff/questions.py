"""The differences of two questionnaires: the questions, their order, their conditions and their scores."""

from __future__ import annotations

from collections.abc import Iterator

from screener.diff.change import (
    ContentChange,
    Group,
    after,
    changed,
    entries_changed,
    fields_changed,
    paired,
    paragraphs_changed,
)
from screener.diff.course import course_changes
from screener.diff.listed_names import listed_name_changes
from screener.engine.form import Form
from screener.expressions.in_words import amount_in_words, in_words
from screener.model.instrument_parts import Band
from screener.model.question_parts import Option, Repeats
from screener.model.questionnaire import Instrument, Question, Questionnaire, Score, Section

_FRONT = {
    "version": "version",
    "title": "title",
    "language": "language",
    "region_question": "question for the region",
    "respondent_question": "question for who answers",
    "respondent": "who answers",
}
_QUESTION = {
    "type": "type",
    "text": "text",
    "short_text": "short text",
    "help": "help",
    "why": "why it is asked",
    "nothing": "answer for somebody who has nothing to write",
    "written_with": "number that may be typed with it",
    "carry_over": "whether the previous answer is shown, to confirm or change",
    "future": "whether the day may lie in the future",
    "unit": "unit",
    "limits": "limits",
    "usual": "usual range",
    "absent": "ways to leave it out",
    "loinc": "LOINC code",
}
_OPTION = {"label": "label", "help": "help", "score": "score", "exclusive": "exclusive", "loinc": "LOINC code"}
_SECTION = {"title": "title", "introduction": "introduction"}
_REPEATS = {
    "up_to": "how often it can be filled in",
    "title": "name of an occurrence",
    "another": "question for another occurrence",
    "time": "time of an occurrence",
}
_INSTRUMENT = {
    "name": "published name",
    "edition": "edition",
    "language": "language of the wording",
    "recall_period": "recall period",
    "stem": "lead-in",
    "missing_items": "policy for missing items",
    "sources": "sources",
    "mark": "mark",
    "note": "note",
    "loinc": "LOINC code",
}
_LICENCE = {"terms": "terms of the licence", "credit": "credit line", "restriction": "restriction of the licence"}
_SCORE = {
    "title": "title",
    "maximum": "maximum",
    "recall": "time asked about",
    "bands_note": "note on the ranges",
    "loinc": "LOINC code",
}


def questionnaire_changes(old: Form, new: Form) -> Iterator[ContentChange]:
    """Yield every difference between two versions of one questionnaire."""
    before, now = old.template, new.template
    yield from _front(before, now)
    sections = paired(before.sections, now.sections, lambda section: section.id)
    for _, section in sections.removed:
        yield ContentChange(_group(section), _named(section), "removed", section.title)
    for _, section in sections.added:
        yield ContentChange(_group(section), _named(section), "added", None, section.title)
    placed = {section.id: section for section in now.sections}
    for name, follows in sections.moved:
        yield ContentChange(_group(placed[name]), _named(placed[name]), f"moved {after(follows)}")
    for _, old_section, new_section in sections.both:
        yield from _section(old, new, old_section, new_section)
    yield from _questions(old, new)


def _front(old: Questionnaire, new: Questionnaire) -> Iterator[ContentChange]:
    group, subject = Group.FRONT, f"questionnaire {new.id}"
    yield from fields_changed(group, subject, old, new, _FRONT)
    yield from course_changes(group, subject, old, new)
    yield from changed(group, subject, "heading of the welcome page", old.welcome.heading, new.welcome.heading)
    welcome = (old.welcome.paragraphs, new.welcome.paragraphs)
    yield from paragraphs_changed(group, subject, "the welcome page", *welcome)
    more = (old.welcome.more, new.welcome.more)
    yield from paragraphs_changed(group, subject, "what the welcome page has more", *more)
    yield from paragraphs_changed(group, subject, "the last page", old.completion, new.completion)


def _group(section: Section) -> Group:
    return Group.INSTRUMENTS if isinstance(section, Instrument) else Group.SECTIONS


def _named(section: Section) -> str:
    return f"{'instrument' if isinstance(section, Instrument) else 'section'} {section.id}"


def _section(old: Form, new: Form, before: Section, now: Section) -> Iterator[ContentChange]:
    group, subject = _group(now), _named(now)
    if _group(before) is not group:
        yield ContentChange(group, subject, "changed its kind", _named(before), _named(now))
        return
    yield from fields_changed(group, subject, before, now, _SECTION)
    yield from _repeats(group, subject, before.repeats, now.repeats)
    if isinstance(before, Instrument) and isinstance(now, Instrument):
        yield from fields_changed(group, subject, before, now, _INSTRUMENT)
        yield from fields_changed(group, subject, before.licence, now.licence, _LICENCE)
        yield from _options(group, subject, before.options, now.options)
        yield from _scores(old, new, before, now)


def _repeats(group: Group, subject: str, before: Repeats | None, now: Repeats | None) -> Iterator[ContentChange]:
    if before and now:
        yield from fields_changed(group, subject, before, now, _REPEATS)
        return
    often = (f"up to {repeats.up_to} times" if repeats else "once" for repeats in (before, now))
    yield from changed(group, subject, _REPEATS["up_to"], *often)


def _scores(old: Form, new: Form, old_instrument: Instrument, new_instrument: Instrument) -> Iterator[ContentChange]:
    scores = paired(old_instrument.scores, new_instrument.scores, lambda score: score.id)
    yield from entries_changed(Group.INSTRUMENTS, _named(new_instrument), "score", scores, lambda score: score.title)
    for name, before, now in scores.both:
        subject = f"score {name}"
        yield from fields_changed(Group.INSTRUMENTS, subject, before, now, _SCORE)
        if _plain(before.value) != _plain(now.value):
            words = (amount_in_words(form.scores[name], form.symbols) for form in (old, new))
            yield ContentChange(Group.INSTRUMENTS, subject, "value changed", *words)
        yield from changed(Group.INSTRUMENTS, subject, "published ranges", _bands(before), _bands(now))


def _bands(score: Score) -> str | None:
    def shown(band: Band) -> str:
        return f"{band.minimum} to {band.maximum}: {band.label}"

    return "; ".join(map(shown, score.bands)) or None


def _questions(old: Form, new: Form) -> Iterator[ContentChange]:
    group = Group.QUESTIONS
    before, now = old.template, new.template
    questions = paired(before, now, lambda question: question.id)
    for name, question in questions.removed:
        yield ContentChange(group, f"question {name}", "removed", question.text)
    for name, question in questions.added:
        yield ContentChange(group, f"question {name}", f"added to {now.section_of[name].id}", None, question.text)
    for name, follows in questions.moved:
        if before.section_of[name].id == now.section_of[name].id:
            yield ContentChange(group, f"question {name}", f"moved {after(follows)}")
    for name, old_question, new_question in questions.both:
        homes = [questionnaire.section_of[name] for questionnaire in (before, now)]
        yield from changed(group, f"question {name}", "section", homes[0].id, homes[1].id)
        yield from _question(old, new, old_question, new_question)


def _question(old: Form, new: Form, before: Question, now: Question) -> Iterator[ContentChange]:
    group, subject = Group.QUESTIONS, f"question {now.id}"
    yield from fields_changed(group, subject, before, now, _QUESTION)
    yield from listed_name_changes(subject, before.name_list, now.name_list)
    if not (_shares_options(old, before) and _shares_options(new, now)):
        yield from _options(group, subject, before.options, now.options)
    if _plain(before.enable_when) != _plain(now.enable_when):
        words = [
            "always" if condition is None else f"when {in_words(condition, form.symbols)}"
            for form in (old, new)
            for condition in (form.conditions.enable_when.get(now.id),)
        ]
        yield ContentChange(group, subject, "when it is asked changed", *words)
    yield from _please_check(old, new, before, now)


def _shares_options(form: Form, question: Question) -> bool:
    """Return whether the options are those of the whole instrument, whose changes are reported once, there."""
    section = form.template.section_of[question.id]
    return isinstance(section, Instrument) and bool(section.options) and question.options == section.options


def _options(group: Group, subject: str, old: tuple[Option, ...], new: tuple[Option, ...]) -> Iterator[ContentChange]:
    options = paired(old, new, lambda option: option.code)
    yield from entries_changed(group, subject, "option", options, lambda option: option.label)
    for code, before, now in options.both:
        labels = {name: f"{label} of the option {code}" for name, label in _OPTION.items()}
        yield from fields_changed(group, subject, before, now, labels)


def _please_check(old: Form, new: Form, before: Question, now: Question) -> Iterator[ContentChange]:
    checks = [
        [f"When {in_words(node, form.symbols)}: {text}" for node, text in form.conditions.please_check[question.id]]
        for form, question in ((old, before), (new, now))
    ]
    written = [[(_plain(check.when), check.text) for check in question.please_check] for question in (before, now)]
    if written[0] != written[1]:
        label = "what the person is asked to check"
        yield from changed(Group.QUESTIONS, f"question {now.id}", label, *(" ".join(each) or None for each in checks))


def _plain(condition: str | None) -> str | None:
    """Return the condition without line ends and spaces that have no meaning."""
    return None if condition is None else " ".join(condition.split())
