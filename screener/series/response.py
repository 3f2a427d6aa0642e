"""One response of a series: what a summary knows of it, and when it was answered."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from screener.content.compiled import Content
from screener.engine.interview import Interview
from screener.engine.rules import Outcome
from screener.errors import ScreenerError
from screener.i18n.formats import local
from screener.i18n.gettext import _
from screener.series.definition import Definitions
from screener.series.recall import Days
from screener.summary.alarm_data import AlarmData
from screener.summary.context import SummaryContext
from screener.summary.metadata import SessionMetadata
from screener.summary.taken_back import ReportedAlarms


@dataclass(frozen=True)
class SeriesResponse:
    """One response, evaluated as its summary does it, with the definitions of the content it was given under."""

    context: SummaryContext
    definitions: Definitions
    exported_alarms: tuple[AlarmData, ...] | None = None
    """The alarms that an exported copy names, where its history is not at hand."""

    @property
    def authored(self) -> Content:
        """Return its content as it was authored."""
        return self.content.authored or self.content

    @property
    def content(self) -> Content:
        return self.context.content

    @property
    def has_history(self) -> bool:
        """Return whether it is known here which urgent answers were taken back."""
        return self.context.alarms is not None or self.exported_alarms is not None

    @property
    def reference(self) -> str:
        return self.context.metadata.reference

    @property
    def at(self) -> datetime.datetime:
        """Return when it was begun."""
        started = self.context.metadata.started
        assert started is not None
        return started

    @property
    def day(self) -> datetime.date:
        return local(self.at).date()

    @cached_property
    def outcomes(self) -> dict[str, Outcome]:
        return self.context.assessment.outcomes

    def answered_on(self, questions: Iterable[str]) -> Days:
        """Return the days on which some questions were answered; those of the response where nothing says it."""
        entered = self.context.metadata.entered
        days = [local(entered[name][1]).date() for name in questions if name in entered]
        if not days:
            finished = self.context.metadata.finished
            days = [self.day, local(finished).date()] if finished else [self.day]
        return Days(min(days), max(days))


def series_response(
    content: Content,
    interview: Interview,
    metadata: SessionMetadata,
    alarms: ReportedAlarms | None = None,
    exported_alarms: Iterable[AlarmData] | None = None,
) -> SeriesResponse:
    """Return a response of a series. ``content`` is in the reader's language. Raise ``ScreenerError`` without a time.

    ``alarms`` are ``None`` where nobody knows its history.
    """
    if metadata.started is None:
        raise ScreenerError(
            _("Nobody knows when response {reference} was answered.").format(reference=metadata.reference)
        )
    context = SummaryContext(content, interview, metadata, alarms)
    exported = None if exported_alarms is None else tuple(exported_alarms)
    return SeriesResponse(context, Definitions(content), exported)
