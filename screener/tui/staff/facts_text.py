"""What stands beside the list of responses: the facts of the one that the caret is on. Nothing is graded."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from screener.i18n.gettext import _
from screener.model.ruleset import Rule
from screener.staff.due_forms import due_words
from screener.staff.wording import called, status, when
from screener.store.response_list import ResponseListItem
from screener.tui.rendering import Tone
from screener.tui.staff.truncate import cut_to
from screener.tui.widgets.text_block import Passage

_NAME, _MOST_RULES = 60, 20


def facts(
    listed: ResponseListItem, rules: Mapping[str, Rule], now: datetime.datetime, title: str = ""
) -> Iterator[Passage]:
    """Yield where and since when it stands so, and which urgent rules are raised; ``title`` says what was asked."""
    entry = listed.entry
    yield Passage(cut_to(called(listed), _NAME), Tone.STRONG)
    if title:
        yield Passage(cut_to(title, 2 * _NAME), gap=0)
    yield Passage(status(listed, now), Tone.URGENT if listed.urgent else Tone.TEXT)
    if entry is None:
        return
    if entry.form_due:
        due = _("Form not recorded as sent, {due}.").format(due=due_words(entry.form_due, now))
        yield Passage(due, Tone.STRONG)
    begun = _("Begun {started}, last saved {saved}.").format(started=when(entry.started), saved=when(entry.saved))
    yield Passage(begun, Tone.MUTED)
    for number, rule in enumerate(entry.urgent[:_MOST_RULES]):
        topic = f"{rules[rule].topic} ({rule})" if rule in rules else rule
        yield Passage(cut_to(topic, 2 * _NAME), start="- ", gap=0 if number else 1)
