"""The JSON Schema of each kind of file that the program reads or writes."""

from __future__ import annotations

import re
from typing import Any

from screener.content.translation_files import InstrumentTranslation, Translation
from screener.content.validate import adapter
from screener.model.base import Authored
from screener.model.crisis_lines import CrisisLines
from screener.model.name_list import NameList
from screener.model.question_types import NAME_LISTS
from screener.model.questionnaire import Instrument, QuestionnaireFile, Section
from screener.model.ruleset import Cases, Rules, RulesetFile, Sources, Wording
from screener.series.data import SeriesFile
from screener.summary.data import SummaryFile
from screener.summary.data_version_1 import SummaryFile1

SCHEMAS: dict[str, Any] = {
    "questionnaire": QuestionnaireFile,
    "section": Section,
    "instrument": Instrument,
    "translation": Translation,
    "instrument-translation": InstrumentTranslation,
    **dict.fromkeys(NAME_LISTS, NameList),
    "ruleset": RulesetFile,
    "rules": Rules,
    "sources": Sources,
    "crisis-lines": CrisisLines,
    "wording": Wording,
    "cases": Cases,
    "summary": SummaryFile,
    "summary-1": SummaryFile1,
    "series": SeriesFile,
}


def schema(model: Any) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a model, such as those of ``SCHEMAS``."""
    json_schema = adapter(model).json_schema()
    if issubclass(model, Authored):
        json_schema = _as_authored(json_schema)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | json_schema


def _as_authored(node: Any) -> Any:
    """Allow numbers for text in the schema: an editor reads a number in ``year: 2026``, and the value is text."""
    if isinstance(node, list):
        return [_as_authored(part) for part in node]
    if not isinstance(node, dict):
        return node
    subschema = {key: _as_authored(part) for key, part in node.items()}
    free = subschema.get("type") == "string" and not {"enum", "const", "format"} & subschema.keys()
    if free and re.search(subschema.get("pattern", ""), "1"):
        subschema["type"] = ["string", "number", "boolean"]
    return subschema
