"""What the staff console is told when it starts, and what its pages ask of it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from screener.model.crisis_lines import Region
from screener.staff.session import StaffSession

if TYPE_CHECKING:
    from textual.worker import Worker

    from screener.tui.screens.base import Page
    from screener.tui.staff.banner import BannerText


@dataclass(frozen=True)
class Offer:
    """A questionnaire, and the languages that it can be answered in; the first is its own."""

    id: str
    title: str
    languages: tuple[str, ...]


@dataclass(frozen=True)
class ConsoleSetup:
    """Where the staff's side runs: whose clinic it is, and what is to be had here."""

    clinic: str
    region: Region
    """The crisis lines that staff are shown."""
    offers: tuple[Offer, ...] = ()
    lock_after: int = 300
    """Seconds without a key after which it locks."""
    on_urgent: str | None = None
    """The clinic's own command, for an urgent answer that nobody has seen to in ``urgent_after`` seconds."""
    urgent_after: int | None = None
    with_contact: bool = False
    """Whether the clinic keeps how to reach a person who has an appointment."""
    days_kept: int = 365
    """For how many days anything is kept here."""
    recorded: Mapping[str, str] = field(default_factory=dict)
    """The titles of what staff record, by the id of the questionnaire."""
    ends_at_lock: bool = False
    """Whether the app ends each time that it locks, because a new process goes on."""

    def title_of(self, questionnaire: str) -> str:
        """Return the title of a questionnaire; its id where it is not asked here any more."""
        return next(
            (offer.title for offer in self.offers if offer.id == questionnaire),
            self.recorded.get(questionnaire, questionnaire),
        )


class StaffConsole(Protocol):
    """The app of the staff's side, as its pages know it."""

    staff_session: StaffSession
    setup: ConsoleSetup

    @property
    def banner_text(self) -> BannerText: ...

    @property
    def clinic(self) -> str: ...

    def bell(self) -> None: ...

    def run_worker(self, work: Coroutine[Any, Any, None]) -> Worker[Any]: ...

    def enter(self) -> None: ...

    def news(self) -> None: ...

    def open(self, identity: str) -> None: ...

    def open_person(self, identity: str) -> None: ...

    def open_series(self, identity: str) -> None: ...

    def start_for(self, appointment: str) -> None: ...

    def go_on_with(self, identity: str) -> None: ...

    def record_for(self, person: str, response: str | None = None) -> None: ...

    def push_dialog(self, page: Page[Any], callback: Callable[[Any], None] | None = None) -> None: ...
