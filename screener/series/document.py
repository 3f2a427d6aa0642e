"""The document of a series, for the clinician: urgent answers, scores with their charts, and what changed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from screener.document.model import Blanks, Block, BlockPart, Bullets, Chart, Document, Pair, Pairs, Paragraph, Table
from screener.document.text import COLUMNS
from screener.i18n.formats import format_moment
from screener.i18n.gettext import N_, _, ngettext, speaking
from screener.model.response import AbsentReason
from screener.series.chart import ASCII, UNICODE, Signs, figure_rows
from screener.series.course import DayList
from screener.series.data import series_data
from screener.series.day_chart import day_rows
from screener.series.drawing import draw
from screener.series.marks import DayMark, marks
from screener.series.points import ScorePoint, ScoreSeries
from screener.series.response import SeriesResponse
from screener.series.series import ResponsesFrom, Series
from screener.series.what_changed import alarm_words, changed_parts, response_lines
from screener.store.person import identified
from screener.summary.about import stopped

INDENT = 2
"""By how much the lines of a text are indented."""
_LINKED: dict[ResponsesFrom, str] = {
    "files": N_("files that somebody named; nothing in them was compared, so make sure that they are one person's"),
    "clinic": N_("responses that a member of staff named; make sure that they are one person's"),
}

_OF_PERSON = N_("all responses that are linked to this person")


def series_document(series: Series, *, columns: int = COLUMNS - INDENT, charts: bool = True) -> Document:
    """Return the document, in the language of the reader.

    ``columns`` is the width of its charts of text. Without ``charts`` it has their figures only, to be read aloud.
    """
    with speaking(series.language):
        marked = tuple(marks(series.course))
        drawn = [scores for scores in series.scores if any(point.low is not None for point in scores.points)]
        title, not_read = _("One person over time"), tuple(_not_read(series))
        lines = tuple(response_lines(series.responses, series.topics))
        body = (
            Block("about", _("For the clinician: one person over time"), tuple(_about(series)), tight=True),
            Block("responses", _("Responses"), (*not_read, _responses(series.responses)), tight=True),
            Block("urgent", _("Urgent answers in any response"), (*not_read, *_urgent(series))),
            *(_score_block(series, scores, marked, columns, charts) for scores in drawn),
            *_without_figure([scores for scores in series.scores if scores not in drawn]),
            Block("each", _("Response by response"), (*not_read, Bullets(lines)), tight=True),
            Block("changes", _("What changed, topic by topic"), (*not_read, *changed_parts(series.topics))),
        )
        by_staff = all(map(_is_by_staff, series.responses))
        foot = f"{title}   {series.responses[0].reference} - {series.responses[-1].reference}"
        data = series_data(series)
        return Document("clinician", title, series.language, body, foot=foot, data=data, by_staff=by_staff)


def _about(series: Series) -> Iterator[BlockPart]:
    first, last = series.responses[0], series.responses[-1]
    count = ngettext("{count} response", "{count} responses", len(series.responses)).format(count=len(series.responses))
    pairs = [
        Pair(_("Series"), f"{count}; {days_words(first.day, last.day)}."),
        Pair(_("Made of"), f"{_(_OF_PERSON if series.person else _LINKED[series.linked_by])}."),
        Pair(_("Treatment"), f"{_days(series.course.treatment_days)}."),
        Pair(_("Dose changed"), f"{_days(series.course.dose_changes)}."),
        Pair(_("No answers"), f"{_expected(series.course.missed)}."),
    ]
    if series.person:
        pairs.insert(0, Pair(_("Person"), identified(series.person)))
    if series.audit:
        pairs.append(Pair(_("Audit trail"), series.audit))
    yield Pairs(tuple(pairs), compact=True)
    if not series.person:
        yield Blanks((_("Name"), _("Date of birth")), beside=True)
    if len(set(map(_is_by_staff, series.responses))) > 1:
        yield Paragraph(_("What staff recorded is named as that below. It is no self-report of the person."))
    yield Paragraph(
        _(
            "A range is all that a score can still be where questions were left blank. Figures and days only: nothing "
            "here says what is better or worse, or why."
        )
    )


def _not_read(series: Series) -> Iterator[Paragraph]:
    """Yield the responses that cannot be read: whatever is said here is said without them."""
    if series.unread:
        listed = "; ".join(f"{each.reference}, {format_moment(each.at)}" for each in series.unread)
        text = _("These responses cannot be read, and nothing of them is in this document: {responses}.")
        yield Paragraph(text.format(responses=listed), "alert")


def days_words(first: datetime.date, last: datetime.date) -> str:
    """Return days in words, e.g. ``2026-01-05 to 2026-01-18``."""
    return str(first) if first == last else _("{first} to {last}").format(first=first, last=last)


def _days(days: DayList) -> str:
    """Return days, or that nobody named any; that nobody said it is another thing."""
    if days is None:
        return _("days not known")
    return ", ".join(day.isoformat() for day in days) or _("no day")


def _expected(days: DayList) -> str:
    return _("expected on {days}").format(days=_days(days)) if days else _days(days)


def _responses(responses: Sequence[SeriesResponse]) -> Table:
    rows = tuple(
        (
            format_moment(response.at),
            response.reference,
            f"{response.content.questionnaire.id} {response.content.questionnaire.version}",
            "; ".join(_state(response)),
        )
        for response in responses
    )
    return Table("", (_("Begun"), _("Reference"), _("Questions"), _("State")), rows, (28, 15, 29, 28))


def _state(response: SeriesResponse) -> Iterator[str]:
    context = response.context
    yield _("finished") if context.interview.complete else stopped(context)
    if _is_by_staff(response):
        yield _("recorded by staff")
    blank = sum(isinstance(entry, AbsentReason) for entry in context.entries.values())
    left_blank = _("{count} not recorded") if _is_by_staff(response) else _("{count} left blank")
    yield left_blank.format(count=blank)
    if carried := len(context.interview.carried_over):
        yield _("{count} carried over").format(count=carried)
    if not response.has_history:
        yield _("no history")


def _is_by_staff(response: SeriesResponse) -> bool:
    return response.content.questionnaire.is_for_staff


def _urgent(series: Series) -> Iterator[BlockPart]:
    if series.alarms:
        yield Bullets(tuple(map(alarm_words, series.alarms)))
    else:
        yield Paragraph(_("No urgent rule was raised by these answers; that is not a finding."))
    if any(not response.has_history for response in series.responses):
        yield Paragraph(_("Some responses have no history. An urgent answer that was taken back in them is not known."))


def _score_block(series: Series, scores: ScoreSeries, marked: tuple[DayMark, ...], columns: int, charts: bool) -> Block:
    form = f" ({scores.form})" if scores.other_forms else ""
    treatment = series.course.treatment_days
    rows = tuple((str(p.response.day), _figure(p), _covered(p), _treated(p, treatment)) for p in scores.points)
    head = (
        _("Day"),
        _("0 to {maximum}").format(maximum=scores.score.maximum),
        _("Days covered"),
        _("Treatment in them"),
    )
    parts: list[BlockPart] = [
        Paragraph(
            _("{instrument} asks about: {recall}.").format(
                instrument=scores.instrument.name, recall=scores.instrument.recall_period
            )
        ),
        *_not_read(series),
    ]
    if charts:
        parts.append(_chart(scores, marked, columns))
    if treatment is None:
        parts.append(Paragraph(_("Treatment days are not known here.")))
    parts.append(Table(_("Figures"), head, rows, (15, 25, 35, 25)))
    return Block(f"score-{series.scores.index(scores) + 1}", f"{scores.title}{form}", tuple(parts), together=True)


def _chart(scores: ScoreSeries, marked: tuple[DayMark, ...], columns: int) -> Chart:
    def rows(signs: Signs) -> tuple[str, ...]:
        return (*figure_rows(scores, marked, signs, columns), "", *day_rows(scores, marked, signs, columns))

    description = _("Chart of {title} over time. The table below has the same figures.").format(title=scores.title)
    return Chart(rows(UNICODE), rows(ASCII), draw(scores, marked), description)


def _figure(point: ScorePoint) -> str:
    return f"{point.figure}; {point.reason}" if point.reason else point.figure


def _covered(point: ScorePoint) -> str:
    if point.low is None:
        return "-"
    return days_words(point.covers.first, point.covers.last) if point.covers else _("recall not stated")


def _treated(point: ScorePoint, treatment: DayList) -> str:
    """Return the treatment days among the days that a figure covers."""
    if point.covers is None:
        return "-"
    return _days(None if treatment is None else tuple(day for day in treatment if day in point.covers))


def _without_figure(all_scores: Sequence[ScoreSeries]) -> Iterator[Block]:
    """Yield the scores of which no response has a figure, each with the reasons."""
    items = []
    for scores in all_scores:
        reasons = dict.fromkeys(point.reason for point in scores.points)
        items.append(f"{scores.title}: {', '.join(reasons)}")
    if items:
        yield Block("no-figure", _("Scores without any figure"), (Bullets(tuple(items)),), tight=True)
