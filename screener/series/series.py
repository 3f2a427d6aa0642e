"""A series: one person's responses, oldest first, with what is known of the days between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from screener.errors import ScreenerError
from screener.i18n.gettext import _, speaking
from screener.series.alarms import SeriesAlarm, series_alarms
from screener.series.changes import TopicHistory, topic_histories
from screener.series.course import Course
from screener.series.definition import Definitions
from screener.series.points import ScoreSeries, score_series
from screener.series.response import SeriesResponse

ResponsesFrom = Literal["files", "clinic"]


@dataclass(frozen=True)
class Series:
    """The responses of one person. Build it with ``series_of``.

    Whatever it says of a response depends on that response and those before it, and on no later one.
    """

    responses: tuple[SeriesResponse, ...]
    course: Course
    linked_by: ResponsesFrom
    audit: str | None = None
    """The head of the audit trail, if there is one."""

    @property
    def language(self) -> str:
        """Return the language of the reader."""
        return self.responses[-1].content.questionnaire.language

    @cached_property
    def scores(self) -> tuple[ScoreSeries, ...]:
        return score_series(self.responses)

    @cached_property
    def alarms(self) -> tuple[SeriesAlarm, ...]:
        with speaking(self.language):
            return series_alarms(self.responses)

    @cached_property
    def topics(self) -> tuple[TopicHistory, ...]:
        with speaking(self.language):
            return topic_histories(self.responses, self.alarms)


def series_of(
    responses: Iterable[SeriesResponse],
    course: Course | None = None,
    *,
    linked_by: ResponsesFrom = "clinic",
    audit: str | None = None,
) -> Series:
    """Return the series of responses in any order. Raise ``ScreenerError`` if there is none."""
    ordered = tuple(sorted(responses, key=lambda response: (response.at, response.reference)))
    if not ordered:
        raise ScreenerError(_("There is no response to be shown."))
    shared: dict[int, Definitions] = {}
    for response in ordered:
        shared.setdefault(id(response.authored), response.definitions)
    ordered = tuple(replace(response, definitions=shared[id(response.authored)]) for response in ordered)
    return Series(ordered, course or Course(), linked_by, audit)
