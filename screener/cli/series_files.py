"""The files of ``screener series``: clinicians' copies in JSON, files of answers, and one with the days between."""

from __future__ import annotations

import datetime
import json
from argparse import Namespace
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from screener.cli.content import chosen_content, content_folder, content_in
from screener.cli.summarise import moment_of
from screener.config import read_configuration
from screener.content.answers_file import read_answers
from screener.content.cache import load_cached
from screener.content.compiled import Content
from screener.content.yaml_source import MOST_BYTES, YamlSource, read_bytes, read_file
from screener.engine.interview import Interview
from screener.errors import ContentError, Problem, ScreenerError
from screener.file_text import read_text
from screener.model.types.base import InvalidAnswer
from screener.paths import content_cache, questionnaires
from screener.series.course import Course, DayList
from screener.series.response import SeriesResponse, series_response
from screener.store.decoding import is_moment
from screener.summary.data import FORMAT, VERSION, SummaryFile
from screener.summary.metadata import SessionMetadata
from screener.summary.read_data import read_entries

_DAYS = ("treatment_days", "dose_changes", "missed")


@dataclass(frozen=True)
class Dates:
    """What ``--dates`` says: when files of answers were answered, by their names, and the days of the course."""

    answered: Mapping[str, datetime.datetime] = field(default_factory=dict)
    course: Course = field(default_factory=Course)


def read_course(path: Path | None) -> Dates:
    """Read the file of ``--dates``. Raise ``ContentError`` with each mistake in it."""
    if path is None:
        return Dates()
    source, problems = read_file(path), list[Problem]()
    keys = ("answered", *_DAYS)
    if not isinstance(source.value, dict):
        raise ScreenerError(f"{path} has no keys. Write any of: {', '.join(keys)}.")
    for key in source.value:
        if key not in keys:
            problems.append(Problem(source.key(key), "This key is not known here.", f"Use one of: {', '.join(keys)}."))
    answered = _moments(source, problems)
    days = [_days(source, key, problems) for key in _DAYS]
    if problems:
        raise ContentError(problems)
    return Dates(answered, Course(*days))


def _moments(source: YamlSource, problems: list[Problem]) -> dict[str, datetime.datetime]:
    assert isinstance(source.value, dict)
    written, moments = source.value.get("answered", {}), {}
    if not isinstance(written, dict):
        problems.append(Problem(source.place("answered"), "These are no times.", 'Write "file: time" on each line.'))
        return {}
    for name, time in written.items():
        try:
            moment = moment_of(time) if isinstance(time, str) else None
        except ScreenerError:
            moment = None
        if moment is None:
            remedy = "Write it as 2026-03-31T10:00Z."
            problems.append(Problem(source.place("answered", name), "This is not a time.", remedy))
        else:
            moments[name] = moment
    return moments


def _days(source: YamlSource, key: str, problems: list[Problem]) -> DayList:
    """Return the days of a list, ``None`` if the list is not there: nobody knows them then."""
    assert isinstance(source.value, dict)
    if key not in source.value:
        return None
    written, days = source.value[key], set[datetime.date]()
    for number, day in enumerate(written if isinstance(written, list) else [""]):
        try:
            days.add(datetime.date.fromisoformat(day if isinstance(day, str) else ""))
        except ValueError:
            place = source.place(key, number) if isinstance(written, list) else source.place(key)
            problems.append(
                Problem(place, "This is not a list of dates.", "Write [2026-03-31], or [] if there is none.")
            )
    return tuple(sorted(days))


def read_responses(options: Namespace, answered: Mapping[str, datetime.datetime]) -> Iterator[SeriesResponse]:
    """Yield the response of each file. Raise ``ScreenerError`` for one that cannot be read, or has no time."""
    reading = _Reading(options, answered)
    for number, path in enumerate(options.files, 1):
        yield reading.response(path, number)


class _Reading:
    """Reads files under the contents that they were answered under, each content read once."""

    def __init__(self, options: Namespace, answered: Mapping[str, datetime.datetime]) -> None:
        self._options, self._answered = options, answered
        self._language = options.language or read_configuration().clinic_language
        self._contents: list[Content] | None = None
        self._answers_content: Content | None = None

    def response(self, path: Path, number: int) -> SeriesResponse:
        content = read_bytes(path, str(path), MOST_BYTES)
        if len(content) > MOST_BYTES:
            raise ScreenerError(f"{path} is too large to be a response.")
        text = read_text(content, str(path))
        if path.suffix.lower() == ".json" and (exported := _exported(path, text)) is not None:
            return self._of_copy(path, text, exported)
        return self._of_answers(path, number)

    def _of_answers(self, path: Path, number: int) -> SeriesResponse:
        at = self._answered.get(str(path)) or self._answered.get(path.name)
        if at is None:
            raise ScreenerError(
                f"Nobody knows when {path} was answered. Name it below answered: in the file of --dates."
            )
        if self._answers_content is None:
            chosen = chosen_content(self._options.content, self._options.questionnaire)
            self._answers_content = chosen.authored or chosen
        content, problems = self._answers_content, list[Problem]()
        entries = read_answers(content.questionnaire, read_file(path), problems)
        if problems:
            raise ContentError(problems)
        interview = Interview(content.form, content.rules, entries)
        return series_response(self._for_reader(content), interview, SessionMetadata(f"file-{number}", "file", at))

    def _of_copy(self, path: Path, text: str, exported: Mapping[str, Any]) -> SeriesResponse:
        copy = _checked(path, text, exported)
        content = self._content_of(path, copy)
        if copy.started is None:
            raise ScreenerError(f"{path} does not say when it was answered. Name a copy that does.")
        try:
            carried_over = {answer.question for answer in copy.answers if answer.carried_over}
            interview = Interview(content.form, content.rules, read_entries(exported), carried_over=carried_over)
        except (InvalidAnswer, KeyError, ValueError, TypeError, ArithmeticError):
            raise ScreenerError(f"{path} does not fit the questions that it names. Export it again.") from None
        entered = {answer.question: (answer.entered.by, answer.entered.at) for answer in copy.answers if answer.entered}
        metadata = SessionMetadata(
            copy.reference, copy.mode, copy.started, copy.finished, terminal=copy.terminal, entered=entered
        )
        return series_response(self._for_reader(content), interview, metadata, exported_alarms=copy.alarms)

    def _content_of(self, path: Path, copy: SummaryFile) -> Content:
        """Return the content that a copy was answered under, by the hashes that it names."""
        if self._contents is None:
            self._contents = list(self._all_contents())
        hashes = (copy.questionnaire.sha256, copy.rules.sha256)
        for content in self._contents:
            if (content.questionnaire_hash, content.ruleset_hash) == hashes:
                return content
        raise ScreenerError(
            f"{path} was answered under other questions or rules than those here ({copy.questionnaire.id} "
            f"{copy.questionnaire.version}, rules {copy.rules.version}). Name the folder that has them with --older."
        )

    def _all_contents(self) -> Iterator[Content]:
        """Yield every questionnaire of the content in use and of the older folders, as it was authored."""
        for folder in (content_folder(self._options.content), *map(content_folder, self._options.older)):
            for questionnaire in questionnaires(folder):
                yield load_cached(folder, questionnaire, content_cache())

    def _for_reader(self, content: Content) -> Content:
        return content_in(content, self._language)


def _exported(path: Path, text: str) -> Mapping[str, Any] | None:
    """Return the data of a copy; ``None`` for JSON that is a file of answers."""
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        raise ScreenerError(f"{path} is not JSON. Export it again, or name a file of answers.") from None
    return values if isinstance(values, dict) and "format" in values else None


def _checked(path: Path, text: str, exported: Mapping[str, Any]) -> SummaryFile:
    """Return a clinician's copy. Raise ``ScreenerError`` for anything else, in one sentence."""
    from pydantic import TypeAdapter, ValidationError

    if exported.get("format") != FORMAT:
        raise ScreenerError(f"{path} is not a copy of a response. Name a clinician's copy in JSON.")
    if exported.get("version") != VERSION:
        raise ScreenerError(f"{path} is of another version of the program, without answers as data. Export it again.")
    if exported.get("copy") != "clinician":
        raise ScreenerError(f"{path} is the person's copy, which withholds answers. Name the clinician's copy.")
    damaged = ScreenerError(f"{path} was changed or is damaged. Export it again.")
    try:
        copy = TypeAdapter(SummaryFile).validate_json(text)
    except ValidationError:
        raise damaged from None
    moments = (copy.started, copy.finished, *(answer.entered.at for answer in copy.answers if answer.entered))
    if not all(map(is_moment, (moment for moment in moments if moment is not None))):
        raise damaged
    return copy
