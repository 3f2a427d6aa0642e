"""The shortest and the longest interview are walked, and have exactly the questions that the proof names."""

from __future__ import annotations

import datetime

import pytest

from screener.content.load import LoadedContent
from screener.engine.interview import Interview
from screener.proofs.prove import prove
from tests.strategies import flight, shipped


@pytest.mark.parametrize("content", [flight(), shipped()], ids=["flight", "shipped"])
def test_the_paths_are_walked_as_named(content: LoadedContent) -> None:
    """Check each question, answered as in the example, with urgent pages acknowledged."""
    results = prove(content, only=["length"])[0].results
    assert [result.subject for result in results] == ["shortest interview", "longest interview"]
    for result in results:
        path = result.examples[0].entries
        interview = Interview(content.form, content.rules)
        walked = []
        while interview.current is not None:
            name = interview.current.id
            walked.append(name)
            interview.record(name, path[name])
            for rule in interview.interruptions:
                interview.acknowledge(rule.id, datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC), by="staff")
            interview.next()
        assert walked == list(path)
        assert interview.complete
        assert f"asks {len(walked)} of" in result.says
