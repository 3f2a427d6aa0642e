"""A response in passages of text: what the views of its page show."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace

from screener.document.model import Document
from screener.document.notice import Audience
from screener.i18n.gettext import N_, _
from screener.staff.response import ReviewedAnswer, ReviewedResponse
from screener.staff.wording import when
from screener.store.annotation import AnnotationKind
from screener.store.history import HistoryEntry
from screener.store.response_list import ResponseListItem
from screener.summary.metadata import PersonReference
from screener.tui.rendering import Tone
from screener.tui.staff.truncate import cut
from screener.tui.summary_text import detail_passages, page_one_passages, summary_passages
from screener.tui.widgets.text_block import Passage

_ANNOTATIONS: dict[AnnotationKind, str] = {
    "acknowledged": N_("{by} saw to the urgent answers: {text}"),
    "read": N_("{by} marked it as read"),
    "note": N_("{by} noted: {text}"),
    "name": N_("{by} named it: {text}"),
    "linked": N_("{by} linked it to a person"),
    "unlinked": N_("{by} undid the link to a person"),
}


def summary(response: ReviewedResponse, copy: Audience, listed: ResponseListItem | None) -> Iterator[Passage]:
    """The person's own copy, or the clinician's."""
    if copy == "patient" and response.for_clinic.questionnaire.is_for_staff:
        return iter((Passage(_("Staff recorded this. It has no copy for the person.")),))
    name, annotations = (listed.name, listed.annotations) if listed else (None, ())
    return map(_cut, summary_passages(response.summary(copy, name=name, annotations=annotations)))


def page_one(
    response: ReviewedResponse, listed: ResponseListItem | None, person: PersonReference | None
) -> Iterator[Passage]:
    """The first page of the clinician's copy."""
    return map(_cut, page_one_passages(_clinicians(response, listed, person)))


def detail(response: ReviewedResponse, listed: ResponseListItem | None) -> Iterator[Passage]:
    """Everything of the clinician's copy below its first page."""
    return map(_cut, detail_passages(_clinicians(response, listed)))


def _clinicians(
    response: ReviewedResponse, listed: ResponseListItem | None, person: PersonReference | None = None
) -> Document:
    name, annotations = (listed.name, listed.annotations) if listed else (None, ())
    return response.summary("clinician", name=name, annotations=annotations, person=person)


def answers(response: ReviewedResponse) -> Iterator[Passage]:
    """Everything that was answered, with what was answered before and who entered it."""
    yield Passage(_("All answers, with those before them"), Tone.HEADING)
    for title, section in response.answers():
        yield Passage(title, Tone.STRONG)
        for number, answered in enumerate(section):
            yield from map(_cut, _answered(answered, gap=0 if number else 1))


def _answered(answered: ReviewedAnswer, gap: int) -> Iterator[Passage]:
    yield Passage(f"{answered.label}: {answered.now}", gap=gap)
    yield Passage(_entered(answered.latest), Tone.MUTED, "  ", 0)
    if answered.latest.reason:
        yield Passage(_("corrected: {reason}").format(reason=answered.latest.reason), Tone.MUTED, "  ", 0)
    if not answered.counts:
        yield Passage(_("does not count: its question does not apply now"), Tone.MUTED, "  ", 0)
    for text, past in reversed(answered.before):
        yield Passage(_("before: {answer}").format(answer=text), Tone.MUTED, "  ", 0)
        yield Passage(_entered(past), Tone.MUTED, "    ", 0)
        if past.reason:
            yield Passage(_("corrected: {reason}").format(reason=past.reason), Tone.MUTED, "    ", 0)


def notes(response: ReviewedResponse, listed: ResponseListItem | None) -> Iterator[Passage]:
    """What staff added, and where it comes from."""
    yield Passage(_("Notes of staff"), Tone.HEADING)
    annotations = listed.annotations if listed else ()
    if not annotations:
        yield Passage(_("Nobody has added anything yet."), Tone.MUTED)
    for annotation in annotations:
        text = _(_ANNOTATIONS[annotation.kind]).format(by=annotation.by, text=annotation.text)
        yield _cut(Passage(f"{when(annotation.at)}  {text}"))
    yield Passage(_("Where it comes from"), Tone.HEADING, gap=2)
    record, questionnaire = response.record, response.for_clinic.questionnaire
    entered = dict.fromkeys(_who(past.by) for past in record.history)
    pairs = (
        (_("Questionnaire"), f"{questionnaire.title} ({questionnaire.id} {questionnaire.version})"),
        (_("Rules"), f"{response.for_clinic.ruleset.id} {response.for_clinic.ruleset.version}"),
        (_("Language"), record.language),
        (_("Entered by"), ", ".join(entered) or _who(None)),
        (_("Started"), when(record.started)),
        (_("Finished"), _moment(record.finished)),
    )
    for number, (label, value) in enumerate(pairs):
        yield _cut(Passage(f"{label}: {value}", gap=0 if number else 1))
    for acknowledgement in record.acknowledgements:
        page = _("Page {rule} was read by {who}, {when}").format(
            rule=acknowledgement.rule, who=_who(acknowledgement.by), when=when(acknowledgement.at)
        )
        yield _cut(Passage(page, gap=0))


def _entered(entry: HistoryEntry) -> str:
    return _("by {who}, {when}").format(who=_who(entry.by), when=when(entry.at))


def _who(by: str | None) -> str:
    return by or _("the person")


def _moment(moment: datetime.datetime | None) -> str:
    return when(moment) if moment else _("not yet")


def _cut(passage: Passage) -> Passage:
    return replace(passage, text=cut(passage.text))
