"""What a questionnaire says of its course, in words for authors and clinical leads: the moment, the form, its items."""

from __future__ import annotations

from collections.abc import Iterator

from screener.diff.change import ContentChange, Group, changed, paragraphs_changed
from screener.model.front_parts import DueForm, FormItem, Moment
from screener.model.questionnaire import Questionnaire


def course_changes(group: Group, subject: str, old: Questionnaire, new: Questionnaire) -> Iterator[ContentChange]:
    """Yield what differs in the moment, in the form, and in each of its items."""
    yield from changed(group, subject, "moment from which minutes count", *map(_moment, (old.moment, new.moment)))
    yield from changed(group, subject, "form that is due", *map(_form, (old.form, new.form)))
    yield from paragraphs_changed(group, subject, "what the form asks for", *map(_items, (old.form, new.form)))


def _moment(moment: Moment | None) -> str | None:
    return f"question: {moment.question}, name: {moment.name}" if moment else None


def _form(form: DueForm | None) -> str | None:
    if form is None:
        return None
    order = f", order of its items: {form.order}" if form.items else ""
    return f"question: {form.question}, days: {form.days}, name: {form.name}{order}"


def _items(form: DueForm | None) -> tuple[str, ...]:
    return tuple(map(item_words, form.items)) if form else ()


def item_words(item: FormItem) -> str:
    """Return what a form asks for, which answers say it, and in which sources somebody read it."""
    answers = "not asked here" if not item.questions else ", ".join(item.questions)
    if item.minutes:
        answers += f" from {item.minutes.minimum} to {item.minutes.maximum} minutes"
    if item.last:
        answers += " of the last occurrence"
    sources = "; ".join(" ".join(filter(None, (each.source, each.section, f"({each.mark})"))) for each in item.sources)
    return f"{item.text}: {answers}. {sources}"
