"""Whom this terminal receives: somebody new, somebody who was interrupted here, or somebody who comes back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from screener.content.compiled import Content
from screener.keeping import Keeping
from screener.sitting import Sitting
from screener.summary.session import Face

if TYPE_CHECKING:
    from screener.store.record import Record
    from screener.store.store import Kept


@dataclass(frozen=True)
class Reception:
    """Makes sittings. ``location`` is where answers are kept; ``None``: nowhere."""

    content: Content
    folder: Path
    """The files of the content."""
    contents: Path
    """Contents that were checked before."""
    exports: Path
    location: str | None
    terminal: str | None = None
    """What this terminal is called in the audit trail."""
    face: Face = "screen"
    by: str | None = None
    """The member of staff who enters the answers, if it is one."""
    name: str | None = None
    """How staff call the next response."""
    reference: str | None = None
    clinic_language: str | None = None
    """The language of the clinician's copy; that of the questionnaire where it is ``None``."""

    def anew(self) -> Sitting:
        """From the beginning."""
        return Sitting(
            self.content,
            self.exports,
            face=self.face,
            by=self.by,
            name=self.name,
            reference=self.reference,
            keeping=self._keeping(),
            clinic_language=self.clinic_language,
        )

    def interrupted(self) -> Sitting | None:
        """What a crash of the program left on this terminal, if there is any."""
        keeping = self._keeping()
        found = keeping.interrupted() if keeping else None
        return self._resumed(keeping, *found) if found else None

    def returned(self, code: str) -> Sitting:
        """What a return code opens. Takes about half a second. Raises ``ScreenerError`` in one sentence."""
        keeping = self._keeping()
        assert keeping is not None
        return self._resumed(keeping, *keeping.returned(code))

    def resumed(self, kept: Kept, record: Record) -> Sitting:
        """What staff opened in order to go on with it."""
        keeping = self._keeping()
        assert keeping is not None
        return self._resumed(keeping, *keeping.resumed(kept, record))

    def _keeping(self) -> Keeping | None:
        if self.location is None:
            return None
        return Keeping(self.location, self.terminal, self.content, self.folder, self.contents)

    def _resumed(self, keeping: Keeping | None, content: Content, record: Record) -> Sitting:
        if record.language != content.questionnaire.language:
            from screener.content.translate import in_language_if_there

            content = in_language_if_there(content, record.language)
        return Sitting(
            content,
            self.exports,
            face=self.face,
            by=self.by,
            keeping=keeping,
            record=record,
            clinic_language=self.clinic_language,
        )
