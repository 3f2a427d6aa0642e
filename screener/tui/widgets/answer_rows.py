"""Which rows a question offers, and what choosing them comes to. No screen in it."""

from __future__ import annotations

from collections.abc import Sequence

from screener.model.questionnaire import Question
from screener.model.response import AbsentReason, Entry, absent_label
from screener.model.types.base import Choices
from screener.values import dataclass

Chosen = frozenset[int]
"""Numbers of rows."""


@dataclass(frozen=True)
class AnswerRow:
    """Something to choose. ``alone``: choosing it un-chooses every other row."""

    value: bool | str | AbsentReason
    label: str
    help: str | None = None
    alone: bool = True

    @property
    def absent(self) -> bool:
        """Whether it stands for having no answer."""
        return isinstance(self.value, AbsentReason)

    @property
    def beside(self) -> bool:
        """Whether it is chosen in place of what is typed or of the options above it."""
        return self.absent or self.value == ""


def rows_of(question: Question) -> tuple[AnswerRow, ...]:
    """The options in their published order, then the ways of leaving the question out."""
    options = [AnswerRow(*option) for option in question.answer_type.offered(question)]
    if question.nothing:
        options.append(AnswerRow("", question.nothing))
    return (*options, *(AnswerRow(reason, absent_label(reason)) for reason in question.absent))


def pressed(rows: Sequence[AnswerRow], chosen: Chosen, row: int) -> Chosen:
    """Return what is chosen after a row was pressed.

    A row that stands alone is chosen, however often it is pressed, and sends the others away; a box is ticked, or its
    tick is taken back.
    """
    if rows[row].alone:
        return frozenset({row})
    if row in chosen:
        return chosen - {row}
    return frozenset(row_number for row_number in chosen if not rows[row_number].alone) | {row}


def entry_of(question: Question, rows: Sequence[AnswerRow], chosen: Chosen) -> Entry | None:
    """The entry that the chosen rows stand for; ``None`` where nothing is chosen."""
    values = [rows[row].value for row in sorted(chosen)]
    if not values:
        return None
    if isinstance(question.answer_type, Choices) and not isinstance(values[0], AbsentReason):
        return frozenset(str(value) for value in values)
    return values[0]


def chosen_for(rows: Sequence[AnswerRow], entry: Entry | None) -> Chosen:
    """The rows that show an entry."""
    values = entry if isinstance(entry, frozenset) else () if entry is None else (entry,)
    return frozenset(
        number
        for number, row in enumerate(rows)
        for value in values
        if type(row.value) is type(value) and row.value == value
    )


def starts_apart(rows: Sequence[AnswerRow], row: int) -> bool:
    """Return whether a divider stands above a row: above "none of these" among boxes, and the ways of no answer."""
    if rows[row].beside:
        return row == 0 or not rows[row - 1].beside
    boxes = any(not each.alone for each in rows)
    return boxes and row > 0 and rows[row].alone and not rows[row - 1].alone
