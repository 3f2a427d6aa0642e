"""What a page asks of the app: every step of the walk is one of these messages."""

from __future__ import annotations

from textual.message import Message

from screener.model.response import Entry


class ResumeRequested(Message):
    """On to the next page."""


class BackRequested(Message):
    """Back to the page before."""


class RestartRequested(Message):
    """Not with the answers that were found, but from the beginning."""


class AnswerSubmitted(Message):
    """The person pressed Continue with this entry for a question, or kept that of their last response."""

    def __init__(self, question: str, entry: Entry, carried_over: bool = False) -> None:
        super().__init__()
        self.question = question
        self.entry = entry
        self.carried_over = carried_over


class ReadOn(Message):
    """The page scrolled on to answers that were not seen yet: the same key again must not pass them at once."""


class ChangeRequested(Message):
    """The person wants to change the answer to a question."""

    def __init__(self, question: str) -> None:
        super().__init__()
        self.question = question


class SectionChosen(Message):
    """The person wants to go to a part of the questionnaire that they have come to before."""

    def __init__(self, section: str) -> None:
        super().__init__()
        self.section = section


class Acknowledged(Message):
    """The page of an urgent rule was read, by the person or by a member of staff."""

    def __init__(self, rule: str, by: str | None = None, *, checked: bool = False) -> None:
        """``checked``: whether the name ``by`` was opened with a door code or a passphrase."""
        super().__init__()
        self.rule = rule
        self.by = by
        self.checked = checked


class StaffAsked(Message):
    """The page of an urgent rule waits for somebody of the clinic's staff, who open it at the terminal's door."""

    def __init__(self, rule: str) -> None:
        super().__init__()
        self.rule = rule


class InterviewFinished(Message):
    """The person checked all answers and pressed Finish."""


class LastPageRead(Message):
    """The person has read the last page."""
