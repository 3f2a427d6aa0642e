"""The rule book as HTML: one file that everybody can read, without active parts."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

from screener.document.html import render
from screener.rulebook.book import rule_book
from tests.rulebook.conftest import TESTS, setting_of
from tests.rulebook.page import Element, read

ALLOWED = {
    "html", "head", "meta", "title", "style", "body", "a", "p", "header", "nav", "main", "section", "h1", "h2", "h3",
    "h4", "h5", "h6", "span", "strong", "code", "ul", "li", "dl", "div", "dt", "dd", "table", "caption", "colgroup",
    "col", "thead", "tbody", "tr", "th", "td", "figure", "svg", "rect", "path", "text",
}  # fmt: skip
HOSTILE = (
    "\"'><script>alert(1)</script></style><img src=x onerror=alert(1)> {{7*7}} &lt;b&gt; \\ | `x` [y](javascript:z)"
)


def harmless(page: Element) -> None:
    """Check that no element acts, and that nothing is fetched."""
    for element in page.all():
        assert element.tag in ALLOWED
        assert not any(name.startswith("on") or name in ("src", "srcset", "action") for name in element.attributes)
        assert element.attributes.get("href", "#").startswith("#")
    for style in page.all("style"):
        assert "url(" not in style.text
        assert "@import" not in style.text


def test_it_is_one_file_that_fetches_and_runs_nothing(page: Element) -> None:
    harmless(page)
    policy = next(meta for meta in page.all("meta") if "http-equiv" in meta.attributes)
    assert policy.attributes["content"].startswith("default-src 'none'")


def test_it_says_its_language_and_its_title(page: Element) -> None:
    assert page.all("html")[0].attributes["lang"] == "en-GB"
    assert page.all("title")[0].said.startswith("Rule book: ")


def test_the_first_thing_to_reach_skips_to_the_content(page: Element) -> None:
    assert page.all("body")[0].all("a")[0].attributes == {"class": "skip", "href": "#main"}
    assert page.all("main")[0].attributes["id"] == "main"


def test_headings_are_in_order_and_no_level_is_left_out(page: Element) -> None:
    levels = [int(heading.tag[1]) for heading in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_every_table_has_a_caption_and_names_its_rows_and_columns(page: Element) -> None:
    assert page.all("table")
    for table in page.all("table"):
        assert table.all("caption")[0].said
        assert all(th.attributes["scope"] in ("row", "col") for th in table.all("th"))
        assert all(row.all("th") for row in table.all("tr"))
        widths = {len(row.all("th", "td")) for row in table.all("tr")}
        assert len(widths) == 1


def test_every_pointer_leads_to_one_place(page: Element) -> None:
    places = [element.attributes["id"] for element in page.all() if "id" in element.attributes]
    assert len(places) == len(set(places))
    pointers = {link.attributes["href"] for link in page.all("a")}
    assert {f"#{place}" for place in places} >= pointers
    assert all(part.attributes["aria-labelledby"] in places for part in page.all("section", "nav"))


def test_every_picture_is_described(page: Element) -> None:
    drawings = page.all("svg")
    assert drawings
    assert all(svg.attributes["role"] == "img" and svg.attributes["aria-label"] for svg in drawings)


def test_whatever_an_author_writes_is_shown_and_never_obeyed(tmp_path: Path) -> None:
    """Check that text in every kind of file is text in the book."""
    shutil.copytree(TESTS / "fixtures", tmp_path / "content")
    written = 0
    for path in (tmp_path / "content").rglob("*.yaml"):
        text = path.read_text("utf-8")
        for plain in (
            "How old are you?", "An inhaler", "Nerves\n", "A book of bags", "a child alone is raised", "Northern line",
            "Unaccompanied minor by own report.", "The crew decides.", "Please tell the crew\n", "age in years",
            "Free to use; it is nobody's.", "Your journey", "It decides whom to call in an emergency.", "few}",
        ):  # fmt: skip
            mark = plain.strip("}\n")
            written += text.count(plain)
            quoted = '"' + (mark + HOSTILE).replace("\\", "\\\\").replace('"', '\\"') + '"'
            text = text.replace(plain, quoted + plain[len(mark) :])
        path.write_text(text, "utf-8")
    assert written >= 14
    page = read(render(rule_book(setting_of(tmp_path / "content"))))
    harmless(page)
    assert page.all("main")[0].said.count(" ".join(HOSTILE.split())) >= 14
