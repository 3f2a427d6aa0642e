"""The document of a series: the same in every format, between its notices, with its checksum, and nothing obeyed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser

import jsonschema
import pytest
from wcwidth import wcswidth

from screener.check.schema import SCHEMAS, schema
from screener.content.translate import in_language
from screener.display_text import UNPRINTABLE
from screener.document.checksum import check
from screener.document.formats import TEXT_FORMATS, RenderOptions, render, rendered
from screener.document.model import Chart, Document, Table, closing_notice, nested, opening_notice, plain
from screener.i18n.gettext import _, speaking
from screener.model.response import Entry
from screener.series.document import series_document
from screener.series.series import series_of
from screener.series.what_changed import _GROUPS, _OUTCOMES
from screener.tui.summary_text import summary_passages
from tests.series.people import (
    EVERYBODY,
    SECOND,
    Person,
    changed_content,
    even,
    missed,
    taken_back,
    treated,
    unspellable,
)
from tests.series.stored import from_stored
from tests.strategies import flight, named

SERIES = jsonschema.Draft202012Validator(schema(SCHEMAS["series"]))
EACH = pytest.mark.parametrize("make", **named(EVERYBODY))


def document(person: Person) -> Document:
    return series_document(person.series)


def one_line(text: str) -> str:
    return " ".join(text.split())


@EACH
@pytest.mark.parametrize("format", TEXT_FORMATS)
def test_the_notice_is_first_and_last(make: Callable[[], Person], format: str) -> None:
    """Check law 4 for the document of a series."""
    made = document(make())
    assert (made.blocks[0], made.blocks[-1]) == (
        opening_notice("clinician", "en-GB"),
        closing_notice("clinician", "en-GB"),
    )
    printed = render(made, format)  # type: ignore[arg-type]
    first, last = printed.find("Talk to a clinician"), printed.rfind("Talk to a clinician")
    assert 0 <= first < last


@EACH
@pytest.mark.parametrize("ascii_only", [False, True])
def test_the_text_verifies_and_fits(make: Callable[[], Person], ascii_only: bool) -> None:
    """Check that the checksum holds, that any changed figure breaks it, and that nothing is wider than 80 columns."""
    printed = render(document(make()), ascii_only=ascii_only)
    assert check(printed).holds
    assert not check(printed.replace("2026-01-05", "2026-01-06", 1)).holds
    for line in printed.split("\n"):
        assert wcswidth(line) <= 80
        assert not UNPRINTABLE.search(line)
    assert printed.isascii() or not ascii_only


@EACH
def test_the_data_fits_its_schema(make: Callable[[], Person]) -> None:
    exported = json.loads(render(document(make()), "json"))
    assert list(SERIES.iter_errors(exported)) == []
    assert (exported["format"], exported["version"]) == ("screener-series", 1)


@EACH
def test_figures_are_the_same_everywhere(make: Callable[[], Person]) -> None:
    """Check that each table has the figures of the data, in every format that is text."""
    person = make()
    made = document(person)
    texts = {format: one_line(render(made, format)) for format in TEXT_FORMATS if format != "json"}
    exported = json.loads(render(made, "json"))
    tables = [part for part in nested(made.body) if isinstance(part, Table) and part.caption]
    drawn = [score for score in exported["scores"] if any(point["low"] is not None for point in score["points"])]
    assert len(tables) == len(drawn)
    for score, table in zip(drawn, tables, strict=True):
        for point, row in zip(score["points"], table.rows, strict=True):
            figure = plain(row[1]).split(";")[0]
            low, high = point["low"], point["high"]
            assert figure == ("not known" if low is None else str(low) if low == high else f"{low} to {high}")
            assert plain(row[0]) == point["day"]
            assert all(figure in text for text in texts.values())


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@EACH
def test_html_has_drawings_and_no_script(make: Callable[[], Person]) -> None:
    """Check that each chart is inline, described and without script, and that nothing is fetched."""
    made = document(make())
    page = _Tags()
    page.feed(rendered(made, "html", RenderOptions()).decode())
    drawings = [attributes for tag, attributes in page.tags if tag == "svg"]
    charts = [part for part in nested(made.body) if isinstance(part, Chart)]
    assert [drawing["aria-label"] for drawing in drawings] == [chart.description for chart in charts]
    assert not {"script", "img", "iframe", "link", "object"} & {tag for tag, _ in page.tags}
    assert not any(name.startswith("on") or (name in ("href", "src") and str(value)[:1] != "#")
                   for _tag, attributes in page.tags for name, value in attributes.items())  # fmt: skip


def test_a_pdf_is_made_of_it() -> None:
    pytest.importorskip("weasyprint")
    assert rendered(document(even()), "pdf").startswith(b"%PDF-")


def test_without_charts_the_figures_are_all_there_to_be_read_aloud() -> None:
    """Check that what is spoken has no rows of signs, and every figure with its days in a table."""
    person = treated()
    spoken = series_document(person.series, charts=False)
    assert not [part for part in nested(spoken.body) if isinstance(part, Chart)]
    text = one_line(render(spoken))
    assert not re.search("[\u00b7\u25cf\u251c\u2524]", text)
    for figure in ("21", "13 to 19", "9", "0"):
        assert f" {figure} " in text or f" {figure};" in text
    with_charts = [part for part in nested(document(person).body) if isinstance(part, Table)]
    assert with_charts == [part for part in nested(spoken.body) if isinstance(part, Table)]


def test_treatment_days_are_named_or_said_to_be_unknown() -> None:
    known, unknown = one_line(render(document(treated()))), one_line(render(document(missed())))
    assert "Treatment 2026-01-06, 2026-01-09, 2026-01-13" in known
    assert "Dose changed 2026-01-20." in known
    assert "Treatment days not known." in unknown
    assert "Treatment days are not known here." in unknown
    assert "No answers expected on 2026-01-19." in unknown
    assert "Dose changed 2026-02-04. No answers no day." in one_line(render(document(even())))


def test_an_answer_that_was_taken_back_is_told_with_its_times() -> None:
    text = one_line(render(document(taken_back())))
    assert "Chest pain now (T001-2345): raised 2026-01-05 09:32 UTC. An answer was changed 2026-01-05 09:33 UTC" in text
    assert "Nobody has seen to it." in text
    assert "Urgent before, and nothing says that staff closed it; not raised in the last response: - " in text


def test_what_staff_closed_says_who() -> None:
    assert "Seen to by Kim Lee, 2026-01-05 10:00 UTC." in one_line(render(document(unspellable())))


@EACH
def test_nothing_in_it_judges(make: Callable[[], Person]) -> None:
    """Check that the document says nothing of better or worse but that it does not say it."""
    text = one_line(render(document(make()))).replace("nothing here says what is better or worse, or why", "")
    assert not re.search(
        r"\b(better|worse|improv\w+|deteriorat\w+|respond\w+ to|remission|relapse)\b", text.lower()
    ) or ("better off dead" in text)


def test_typed_text_is_never_obeyed() -> None:
    """Check that a text that looks like a part of the document stays within its line, in every format."""
    made = document(unspellable())
    assert check(render(made)).holds
    assert "```\n==" not in render(made, "markdown")
    assert "\x1b" not in render(made, "html")


def test_the_head_of_the_audit_trail_ends_its_line() -> None:
    """Check that ``screener verify`` finds the row of the audit trail that the document names."""
    block = check(render(document(even()))).blocks["about"]
    assert re.search(r"Audit trail +7/0123abcd$", block, re.MULTILINE)


def test_the_same_responses_give_the_same_bytes() -> None:
    """Check law 6 for the document of a series."""
    for format in TEXT_FORMATS:
        assert render(document(treated()), format) == render(document(treated()), format)


def test_in_spanish_it_is_all_spanish() -> None:
    """Check that a clinic that reads Spanish gets no word of the program in English, at the same width."""
    for make in (even, missed, taken_back):
        person = make()
        spanish = in_language(flight(), "es-US")
        responses = [from_stored(record, flight(), spanish, ()) for record in person.visits]
        printed = render(series_document(series_of(responses, person.course)))
        assert all(wcswidth(line) <= 80 for line in printed.split("\n"))
        with speaking("es-US"):
            for english in (
                *_GROUPS.values(),
                *_OUTCOMES.values(),
                "not known",
                "treatment",
                "Figures",
                "Days covered",
            ):
                assert f" {english}" not in printed or _(english) == english


def test_it_says_who_put_it_together() -> None:
    """Check that files that somebody named are told apart from responses that staff named, with every reference."""
    person = missed()
    of_files = one_line(render(series_document(series_of(person.responses, linked_by="files"))))
    assert (
        "files that somebody named; nothing in them was compared, so make sure that they are one person's." in of_files
    )
    assert "responses that a member of staff named; make sure that they are one person's." in one_line(
        render(document(person))
    )
    assert "Name ______" in of_files
    for visit in person.visits:
        assert visit.reference in of_files


def test_screens_show_the_same_rows() -> None:
    """Check that a screen gets every row of a chart with its spaces, so that its columns stand under each other."""
    made = document(treated())
    (chart,) = (part for part in nested(made.body) if isinstance(part, Chart))
    shown = [passage.start + passage.text for passage in summary_passages(made)]
    place = shown.index(chart.rows[0])
    assert shown[place : place + len(chart.rows)] == list(chart.rows)


OPEN = "not answered, or not in full: "
EACH_LINE = {
    "even": [
        "2026-01-05 (E001-2345): the first one.",
        f"2026-02-02 (E003-2345): no longer raised: nerves; {OPEN}oxygen on board, a heavy bag.",
    ],
    "taken_back": [f"2026-01-19 (T002-2345): {OPEN}oxygen on board, a child alone, nerves, a heavy bag."],
    "blanks": [f"2026-03-30 (B004-2345): no longer raised: chest pain, a child alone, nerves; {OPEN}oxygen on board"],
    "changed": [
        f"2026-01-19 (C002-2345): {OPEN}chest pain, chest pain now, oxygen on board; asked in another form: nerves"
    ],
}


@pytest.mark.parametrize("name", EACH_LINE)
def test_each_response_says_what_is_otherwise_than_before_it(name: str) -> None:
    """In words and in the data, and what is as before is not repeated; a blank is not told as gone."""
    person = EVERYBODY[name]()
    text = one_line(render(document(person)))
    assert [line for line in EACH_LINE[name] if line not in text] == []
    exported = json.loads(render(document(person), "json"))
    for number, response in enumerate(exported["responses"]):
        changes = {topic["rule"]: topic["steps"][number]["change"] for topic in exported["topics"]}
        assert set(response["raised"]) == {rule for rule, change in changes.items() if change == "raised"}
        gone = {rule for rule, change in changes.items() if change == "no-longer-raised"}
        assert set(response["no_longer_raised"]) == gone


def test_a_condition_that_changed_is_told_where_it_decided_anything() -> None:
    """A topic that was clear before and after its condition changed is none that changed."""
    person = Person("light")
    light: list[tuple[str, Entry]] = [("bag", 1), ("bag_limit", 20)]
    person.answer(0, light)
    person.answer(14, light, changed_content(*SECOND))
    person.answer(28, [("bag", 20), ("bag_limit", 20)])
    text = one_line(render(document(person)))
    second, third = (
        text.index(f"{day} ({visit.reference})")
        for day, visit in zip(("2026-01-19", "2026-02-02"), person.visits[1:], strict=True)
    )
    assert "asked in another form: a heavy bag" not in text[second:third]
