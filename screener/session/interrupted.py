"""What a crash left on a terminal and cannot be opened any more."""

from __future__ import annotations

from screener.errors import ScreenerError
from screener.i18n.gettext import _


class InterruptedUnreadable(ScreenerError):
    """Answers that a crash left on this terminal cannot be opened here; whoever comes starts all the same."""

    def __init__(self, reference: str) -> None:
        message = _(
            "Earlier answers on this terminal (reference {reference}) cannot be opened here. Please tell a member of "
            "staff. You can still begin."
        )
        super().__init__(message.format(reference=reference))
