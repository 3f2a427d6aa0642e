"""The list of topics: its names exist, and it leaves out no shipped rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from screener.check.folder import check_folder
from screener.check.topics import read_topics, without_topic
from screener.content.load import load
from screener.errors import ContentError
from screener.paths import questionnaires
from tests.check.copies import FLIGHT, ROOT, copied, write

TOPICS = """\
groups:
  - title: All of them
    topics:
      - {id: nerves, topic: Nerves, sources: [T1], rules: [nervous]}
      - {id: weather, topic: The weather, sources: [T2], not_covered: Nobody can change it.}
"""


def problems(home: Path, old: str = "", new: str = "") -> list[str]:
    assert not old or TOPICS.count(old) == 1
    folder = copied(FLIGHT, home)
    write(folder, "rules/coverage.yaml", TOPICS.replace(old, new) if old else TOPICS)
    try:
        check_folder(folder)
    except ContentError as error:
        return [str(problem) for problem in error.problems]
    return []


def test_topics_with_rules_or_with_a_reason_are_in_order(tmp_path: Path) -> None:
    assert problems(tmp_path) == []


def test_a_topic_that_names_an_unknown_rule_is_refused(tmp_path: Path) -> None:
    """Check that a topic cannot seem covered by a rule that was renamed or removed."""
    [problem] = problems(tmp_path, "[nervous]", "[nervuos]")
    assert problem == 'rules/coverage.yaml:4:60: There is no rule "nervuos". Did you mean "nervous"?'


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("sources: [T1]", "sources: [T11]", "4:47", 'There is no source "T11". Did you mean "T1"?'),
        (", not_covered: Nobody can change it.", "", "5:9", "This topic has neither rules nor a reason"),
        ("not_covered", "rules: [nervous], not_covered", "5:9", "This topic has rules and a reason for having none"),
        ("id: weather", "id: nerves", "5:14", 'The topic "nerves" is here twice (first on line 4). Rename one.'),
        ("not_covered", "not_coverd", "5:58", 'The key "not_coverd" is not known here. Did you mean "not_covered"?'),
    ],
)
def test_mistakes_have_their_place(tmp_path: Path, old: str, new: str, place: str, message: str) -> None:
    found = problems(tmp_path, old, new)
    assert any(problem.startswith(f"rules/coverage.yaml:{place}: {message}") for problem in found), found


def test_every_shipped_rule_belongs_to_a_topic() -> None:
    """Check that every shipped rule is in the list."""
    topics = read_topics(ROOT, [])
    assert topics
    for name in questionnaires(ROOT):
        assert without_topic(topics.model, load(ROOT, name).ruleset.rule) == [], name
