"""``screener series``: one person's responses over time, from copies as data and files of answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from screener.check.schema import SCHEMAS, schema
from tests.check.copies import FLIGHT, FRONT, NERVES, copied
from tests.cli.conftest import SENTINEL
from tests.cli.running import Screener

WEEKS = {
    "2026-01-05T10:00Z": "age: 12\nalone: yes\nnerves_1: often\nnerves_2: often\nnerves_3: never\nchest_pain: yes\n",
    "2026-01-19T10:00Z": "age: 12\nalone: {absent: asked-declined}\nchest_pain: no\n"
    "nerves_1: often\nnerves_2: {absent: asked-declined}\nnerves_3: never\n",
    "2026-03-30T10:00Z": f"age: 12\nalone: no\nremarks: {SENTINEL}\noxygen_flow: 2.50\nitems: [oxygen]\n",
}
DATES = "treatment_days: [2026-01-12]\ndose_changes: []\n"
SERIES = jsonschema.Draft202012Validator(schema(SCHEMAS["series"]))


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def copies(cli: Screener, tmp_path: Path) -> list[Path]:
    """Return three copies of one person, as a clinic exports them."""
    made = []
    for number, (time, answers) in enumerate(WEEKS.items()):
        (tmp_path / f"{number}.yaml").write_text(answers, "utf-8")
        made.append(tmp_path / f"{number}.json")
        options = ("--copy", "clinician", "--format", "json", "--answered", time, "--output", made[-1])
        assert cli("summarise", tmp_path / f"{number}.yaml", *options).returncode == 0
    return made


@pytest.fixture
def dates(tmp_path: Path) -> Path:
    path = tmp_path / "dates.yaml"
    path.write_text(DATES, "utf-8")
    return path


def test_three_copies_are_a_series(cli: Screener, copies: list[Path], dates: Path, tmp_path: Path) -> None:
    """Check figures, days and changes of copies in any order, and that the document verifies."""
    ran = cli("series", *reversed(copies), "--dates", dates)
    assert (ran.returncode, ran.stderr) == (0, "")
    text = one_line(ran.stdout)
    assert "Series 3 responses; 2026-01-05 to 2026-03-30." in text
    assert "Treatment 2026-01-12. Dose changed no day. No answers days not known." in text
    assert "2026-01-05 4 ····●··" in text
    assert "2026-01-19 2 to 4 ··├─┤·· 1 blank" in text
    assert "2026-03-30 not known not reached" in text
    raised = "a child alone: 2026-01-05 raised (age in years: 12; flying alone: yes)"
    assert f"{raised}; 2026-01-19 could not be assessed" in text
    (tmp_path / "series.txt").write_text(ran.stdout, "utf-8")
    assert cli("verify", tmp_path / "series.txt").returncode == 0
    (tmp_path / "series.txt").write_text(ran.stdout.replace("2 to 4", "2 to 3", 1), "utf-8")
    assert cli("verify", tmp_path / "series.txt").returncode == 5


def test_answers_come_from_files_with_their_times_too(cli: Screener, copies: list[Path], tmp_path: Path) -> None:
    """Check that a file of answers says the same as its copy, once its time is named."""
    answers = [copy.with_suffix(".yaml") for copy in copies]
    times = "\n".join(f"  {path.name}: {time}" for path, time in zip(answers, WEEKS, strict=True))
    (tmp_path / "dates.yaml").write_text(f"answered:\n{times}\n{DATES}", "utf-8")
    from_answers = json.loads(cli("series", *answers, "--dates", tmp_path / "dates.yaml", "--format", "json").stdout)
    from_copies = json.loads(cli("series", *copies, "--dates", tmp_path / "dates.yaml", "--format", "json").stdout)
    assert list(SERIES.iter_errors(from_answers)) == []
    for part in ("scores", "topics"):
        assert without_references(from_answers[part]) == without_references(from_copies[part])


def without_references(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: without_references(each) for name, each in part.items() if name != "reference"}
    return [without_references(each) for each in part] if isinstance(part, list) else part


def test_older_content_is_named_by_its_folder(cli: Screener, copies: list[Path], tmp_path: Path) -> None:
    """Check that a copy under questions that changed since is read with those, and refused without them."""
    newer = copied(FLIGHT, tmp_path / "newer", (FRONT, "version: 2.1.0", "version: 2.2.0"), (NERVES, "sweaty?", "hot?"))
    refused = cli("--content", newer, "series", *copies)
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert "Name the folder that has them with --older." in refused.stderr
    assert cli("--content", newer, "series", *copies, "--older", FLIGHT).returncode == 0


@pytest.mark.parametrize("format", ["text", "markdown", "html", "json"])
def test_every_format_is_printed(cli: Screener, copies: list[Path], format: str) -> None:
    ran = cli("series", *copies, "--format", format)
    assert ran.returncode == 0
    assert "Talk to a clinician" in ran.stdout


def test_it_is_saved_and_nothing_is_overwritten(cli: Screener, copies: list[Path], tmp_path: Path) -> None:
    output = tmp_path / "series.html"
    assert cli("series", *copies, "--format", "html", "--output", output).returncode == 0
    assert output.stat().st_mode & 0o777 == 0o600
    assert "<svg" in output.read_text("utf-8")
    again = cli("series", *copies, "--output", output)
    assert (again.returncode, again.stderr.count("\n")) == (2, 1)


def test_a_wide_screen_has_more_days(cli: Screener, copies: list[Path], tmp_path: Path) -> None:
    """Check that charts of 120 columns keep to them, and draw each day where 80 columns draw two in one."""
    (tmp_path / "dates.yaml").write_text("treatment_days: [2026-03-30]\n", "utf-8")
    arguments = ("series", *copies, "--dates", tmp_path / "dates.yaml", "--columns")
    narrow, wide = (cli(*arguments, columns).stdout for columns in ("80", "120"))
    assert max(map(len, narrow.split("\n"))) == 80
    assert 80 < max(map(len, wide.split("\n"))) <= 120
    assert ("one column is 2 days" in narrow, "one column is 1 day" in wide) == (True, True)


def test_in_ascii_and_without_charts(cli: Screener, copies: list[Path]) -> None:
    assert cli("series", *copies, "--ascii").stdout.isascii()
    assert "·" not in cli("series", *copies, "--without-charts").stdout


def test_an_alarm_that_was_taken_back_is_in_the_copy_and_in_the_series(cli: Screener, tmp_path: Path) -> None:
    """Check law 10 through a file: what a clinic's copy says was taken back stands in the series."""
    from screener.document.formats import render
    from screener.summary.build import clinician_summary
    from tests.series.people import taken_back

    for number, response in enumerate(taken_back().responses):
        context = response.context
        copy = clinician_summary(context.content, context.interview, context.metadata, context.alarms)
        (tmp_path / f"{number}.json").write_text(render(copy, "json"), "utf-8")
    ran = cli("series", *(tmp_path / f"{number}.json" for number in range(3)))
    text = one_line(ran.stdout)
    assert "Chest pain now (T001-2345): raised 2026-01-05 09:32 UTC. An answer was changed" in text
    assert "Chest pain now: Yes, answered 2026-01-05 09:32 UTC; changed to No, 09:33" in text
    assert "Nobody has seen to it." in text
    assert "no history" not in text


def changed(key: str, value: object) -> Callable[[dict[str, Any]], None]:
    return lambda copy: copy.__setitem__(key, value)


def broken_answer(copy: dict[str, Any]) -> None:
    copy["answers"][0]["answer"] = SENTINEL
    copy["answers"][0]["absent"] = None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (changed("format", "other"), "is not a copy of a response"),
        (changed("version", 1), "is of another version of the program"),
        (changed("copy", "patient"), "withholds answers"),
        (changed("answers", SENTINEL), "was changed or is damaged"),
        (changed("started", None), "does not say when it was answered"),
        (changed("started", "2026-01-05T10:00:00"), "was changed or is damaged"),
        (changed("started", "0001-01-01T00:00:00+00:00"), "was changed or is damaged"),
        (broken_answer, "does not fit the questions that it names"),
    ],
)
def test_a_copy_that_is_none_is_one_sentence(
    cli: Screener, copies: list[Path], change: Callable[[dict[str, Any]], None], message: str
) -> None:
    copy = json.loads(copies[0].read_text("utf-8"))
    change(copy)
    copies[0].write_text(json.dumps(copy), "utf-8")
    ran = cli("series", *copies)
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (2, "", 1)
    assert message in ran.stderr


@pytest.mark.parametrize(
    ("dates", "message"),
    [
        ("[1]", "has no keys"),
        ("treated: [2026-01-05]", "This key is not known here."),
        ("treatment_days: 2026-01-05", "This is not a list of dates."),
        ("treatment_days: [5 May]", "This is not a list of dates."),
        ("answered: [1]", "These are no times."),
        ("answered: {a.yaml: soon}", "This is not a time."),
        ("answered: {a.yaml: 0001-01-01T00:00Z}", "This is not a time."),
    ],
)
def test_mistakes_in_the_dates_are_named_with_their_place(
    cli: Screener, copies: list[Path], tmp_path: Path, dates: str, message: str
) -> None:
    (tmp_path / "dates.yaml").write_text(dates, "utf-8")
    ran = cli("series", *copies, "--dates", tmp_path / "dates.yaml")
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (2, "", 1)
    assert message in ran.stderr
    assert "dates.yaml" in ran.stderr


def test_other_mistakes_are_one_sentence(cli: Screener, copies: list[Path], tmp_path: Path) -> None:
    (tmp_path / "no.json").write_text("{", "utf-8")
    for arguments, message in (
        ((copies[0], copies[0]), "is there twice"),
        (("answers.yaml", "answers.yaml"), "answers.yaml is there twice"),
        ((copies[0], "--older", "nowhere"), "nowhere is not a content folder."),
        ((tmp_path / "missing.json",), "missing.json"),
        ((copies[0].with_suffix(".yaml"),), "Nobody knows when"),
        ((tmp_path / "no.json",), "is not JSON"),
        ((tmp_path,), str(tmp_path)),
    ):
        ran = cli("series", *arguments)
        assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (2, "", 1)
        assert message in ran.stderr
