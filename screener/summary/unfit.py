"""The part of a summary about answers that do not fit together."""

from __future__ import annotations

from collections.abc import Iterator

from screener.content.compiled import Content
from screener.document.model import Block, Bullets
from screener.engine.answer_checks import doubtful_answers
from screener.engine.interview import Interview
from screener.i18n.gettext import _


def unfit_block(content: Content, interview: Interview, *, with_answers: bool) -> Iterator[Block]:
    """Yield a block with the checks that are true, in the words of ``content``; the person's copy has no answers."""
    unfit = list(doubtful_answers(content.form, interview.state))
    if unfit:
        items = (each.sentence if with_answers else f"{each.question.label}: {each.text}" for each in unfit)
        yield Block("checks", _("Answers that may not fit together"), (Bullets(tuple(items)),))
