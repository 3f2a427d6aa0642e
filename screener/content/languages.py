"""The files that hold the texts of content in another language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from screener.authored import Authored, Language, Listed, SourceId, Text, Version


@dataclass(frozen=True, kw_only=True)
class Translation(Authored):
    """``questions/<questionnaire>/languages/<language>.yaml`` and ``rules/<ruleset>/languages/<language>.yaml``."""

    language: Language
    of: Version
    """The version of the questionnaire or ruleset that was translated."""
    texts: dict[str, Text] = field(default_factory=dict)
    """The key of each text, e.g. ``questions.age.help``, and its translation."""


@dataclass(frozen=True, kw_only=True)
class Published(Authored):
    """A translation of an instrument that its publisher released."""

    edition: Text
    sources: Annotated[tuple[SourceId, ...], Listed(1, 10)]
    """Ids of ``rules/sources.yaml``."""
    mark: Literal["verified", "to-be-checked"]
    """Whether the wording was read in the sources named."""


@dataclass(frozen=True, kw_only=True)
class InstrumentTranslation(Authored):
    """``questions/instruments/languages/<language>/<instrument>.yaml``."""

    language: Language
    published: Published | None = None
    """Without it the texts may have none of the instrument's own wording, which is then shown as it was authored."""
    texts: dict[str, Text] = field(default_factory=dict)
