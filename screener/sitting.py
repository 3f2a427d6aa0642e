"""One person's sitting: the interview, and what every face needs to know around it. No screen and no prompt in it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from screener.content.compiled import Content
from screener.crisis import crisis_region
from screener.interview import Interview
from screener.ruleset import Region
from screener.summary.session import Face, Session, new_reference

if TYPE_CHECKING:
    from screener.summary.document import Document
    from screener.summary.parts import Copy

Now = Callable[[], datetime.datetime]


def utc_now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


class Sitting:
    """Holds the interview and the session that its summary names."""

    def __init__(
        self,
        content: Content,
        export_folder: Path,
        *,
        face: Face = "screen",
        now: Now = utc_now,
        reference: str | None = None,
    ) -> None:
        self.content = content
        self.export_folder = export_folder
        self.now = now
        self.interview = Interview(content.form, content.rules)
        self.session = Session(reference or new_reference(), face, now())

    @property
    def region(self) -> Region:
        """The region whose crisis lines the person is shown."""
        return crisis_region(
            self.content.questionnaire, self.content.ruleset.crisis_lines, self.interview.standing.entries
        )

    @property
    def finished(self) -> bool:
        return self.session.finished is not None

    def finish(self) -> None:
        """Note that the person said they have finished."""
        self.session = replace(self.session, finished=self.now())

    # What makes summaries and files is imported when the first of them is wanted: it would only delay the first page.

    def summary(self, copy: Copy = "patient") -> Document:
        """The person's own copy, or the clinician's, of what was answered so far."""
        from screener.summary.build import clinician_summary, patient_summary

        build = clinician_summary if copy == "clinician" else patient_summary
        return build(self.content, self.interview, self.session)

    def save_copy(self, folder: Path, copy: Copy = "patient") -> Path:
        """Write a copy into a folder. Raises ``ScreenerError`` with one sentence where that cannot be."""
        from screener.export.save import save

        return save(self.summary(copy), folder, self.session.reference)
