"""What changed, as a part of the document: topics by what the last response says of them, each with all its days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from screener.document.model import BlockPart, Bullets, Paragraph
from screener.engine.rules import Outcome
from screener.i18n.formats import format_moment
from screener.i18n.gettext import N_, _
from screener.series.alarms import SeriesAlarm
from screener.series.changes import Change, TopicHistory, TopicStep
from screener.series.response import SeriesResponse
from screener.summary.taken_back import Closing

_GROUPS = {
    "alarm": N_("Urgent before, and nothing says that staff closed it; not raised in the last response:"),
    "raised": N_("Raised in the last response, and not before:"),
    "raised-again": N_("Raised in the last response, and before too:"),
    "no-longer-raised": N_("Raised before, and not raised in the last response:"),
    "open": N_("Not answered, or not in full, in the last response; a blank is not a no:"),
    "not-compared": N_("Could not be compared, because the questions or the condition changed:"),
    "not-in-questions": N_("Not among the questions of the last response:"),
    "clear": N_("Could not be assessed before, and not raised in the last response:"),
}
_OUTCOMES = {
    Outcome.RAISED: N_("raised"),
    Outcome.CLEAR: N_("not raised"),
    Outcome.UNDETERMINED: N_("could not be assessed"),
    None: N_("not among the questions"),
}


_CHANGES: dict[Change, str] = {
    "raised": N_("raised"),
    "no-longer-raised": N_("no longer raised"),
    "open": N_("not answered, or not in full"),
    "not-compared": N_("asked in another form"),
}
"""What changed from one response of a person to the next, and what cannot be compared; the rest is not repeated."""


def group_of(history: TopicHistory) -> str:
    """Return the group of a topic, by its last response. An alarm that stands is never among what went away."""
    latest = history.latest
    if latest.alarms and latest.outcome is not Outcome.RAISED:
        return "alarm"
    raised = [number for number, step in enumerate(history.steps) if step.outcome is Outcome.RAISED]
    if latest.change == "raised" and len(raised) > 1:
        return "raised-again"
    if latest.change != "clear" or not raised:
        return latest.change
    since = history.steps[raised[-1] + 1 :]
    return "not-compared" if any(step.change == "not-compared" for step in since) else "no-longer-raised"


def changed_parts(histories: Iterable[TopicHistory]) -> Iterator[BlockPart]:
    """Yield every topic with a history, group by group; those that could never be assessed in one line."""
    reported = [history for history in histories if history.is_reported]
    never = [history for history in reported if _is_never_assessed(history)]
    for group, heading in _GROUPS.items():
        items = tuple(
            _history_words(history) for history in reported if history not in never and group_of(history) == group
        )
        if items:
            yield Paragraph(_(heading))
            yield Bullets(items)
    if never:
        names = "; ".join(history.topic for history in never)
        text = _("Could not be assessed in any response, because of what was left blank or not reached: {topics}.")
        yield Paragraph(text.format(topics=names))
    if not reported:
        yield Paragraph(_("No response raised a topic or left one open. That is not a finding."))


def response_lines(responses: Sequence[SeriesResponse], histories: Iterable[TopicHistory]) -> Iterator[str]:
    """Yield for each response what it says otherwise than those before it; the first one has nothing before it."""
    topics = list(histories)
    for number, response in enumerate(responses):
        parts = [
            f"{_(heading)}: {', '.join(names)}"
            for change, heading in _CHANGES.items()
            if number and (names := [each.topic for each in topics if _is_reported(each.steps[: number + 1], change)])
        ]
        changes = "; ".join(parts) or (
            _("nothing that could be compared has changed") if number else _("the first one")
        )
        yield f"{response.day} ({response.reference}): {changes}."


def _is_reported(steps: Sequence[TopicStep], change: Change) -> bool:
    """Return whether to say this change of the last step; not where the rule was clear before and after."""
    is_clear_in_all = all(step.outcome in (Outcome.CLEAR, None) for step in steps)
    return steps[-1].change == change and not (change == "not-compared" and is_clear_in_all)


def _is_never_assessed(history: TopicHistory) -> bool:
    return all(step.outcome in (Outcome.UNDETERMINED, None) and not step.alarms for step in history.steps)


def _history_words(history: TopicHistory) -> str:
    """Return a topic with what each response says of it, the same from one to the next only once."""
    parts = []
    for _key, steps in groupby(
        history.steps, key=lambda step: (step.outcome, step.change == "not-compared", step.figures)
    ):
        parts.append(_steps_words(list(steps)))
    return f"{history.topic}: " + "; ".join(parts)


def _steps_words(steps: list[TopicStep]) -> str:
    days = ", ".join(step.response.day.isoformat() for step in steps)
    outcome, figures = _(_OUTCOMES[steps[0].outcome]), steps[0].figures
    changed = _("asked in another form: ") if steps[0].change == "not-compared" else ""
    return f"{days} {changed}{outcome}" + (f" ({figures})" if figures else "")


def alarm_words(alarm: SeriesAlarm) -> str:
    """Return when an urgent rule was raised, what was answered afterwards, and who of staff has seen to it."""
    parts = [
        _("{topic} ({reference}): raised {moment}.").format(
            topic=alarm.rule.topic,
            reference=alarm.response.reference,
            moment=format_moment(alarm.raised),
        )
    ]
    if alarm.ended:
        later = _("An answer was changed {moment}, and the answers of that response no longer raise it.")
        parts.append(later.format(moment=format_moment(alarm.ended)))
        parts += [f"{answers}." for answers in alarm.changes]
    parts.append(_closed_by(alarm.closing, alarm.is_closing_known))
    return " ".join(parts)


def _closed_by(closing: Closing | None, is_known: bool) -> str:
    if closing:
        return _("Seen to by {name}, {moment}.").format(name=closing.by, moment=format_moment(closing.at))
    return _("Nobody has seen to it.") if is_known else _("Nothing here says whether staff have seen to it.")
