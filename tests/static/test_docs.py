"""Pages for people point at what is there: links, headings, paths and names of code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    page
    for pattern in ("*.md", "docs/*.md", "questions/**/*.md", "rules/**/*.md", "tests/*.md", "tests/benchmarks/*.md")
    for page in ROOT.glob(pattern)
)
CODE = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "screener").rglob("*.py")))
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_IN_BACKTICKS = re.compile(r"`([^`\n]+)`")
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_PATH = re.compile(r"(?:(?:screener|tests|docs|questions|rules|\.ci)/|[a-z_]+/(?=[\w/]*\.py$))[^\s`…]*")
_PLACEHOLDER = re.compile(r"<[^>]+>")
_MODULE = re.compile(r"python3? -m ((?:tests|screener)[.\w]*)")
_NAME = re.compile(r"[a-z]+(?:_[a-z]+)+")
_CLASS = re.compile(r"[A-Z][A-Za-z]*[a-z][A-Za-z]*(?:\.[a-z_]+)?")


def anchors(page: Path) -> set[str]:
    """Return the anchors that a page's headings have where it is shown."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(page: Path) -> Iterator[str]:
    """Yield each relative link that leads to no file, or to no heading of it."""
    for link in _LINK.findall(page.read_text("utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        target, _, anchor = link.partition("#")
        file = (page.parent / target).resolve() if target else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            yield link


def missing_paths(text: str) -> Iterator[str]:
    """Yield each path or module in backticks that is not there; ``<language>`` and ``*`` are for any name."""
    for quoted in _IN_BACKTICKS.findall(text):
        if _PATH.fullmatch(quoted):
            pattern = _PLACEHOLDER.sub("*", quoted).rstrip("/")
            if not any(next(home.glob(pattern), None) for home in (ROOT, ROOT / "screener")):
                yield quoted
    for module in _MODULE.findall(text):
        path = ROOT / module.replace(".", "/")
        if not path.with_suffix(".py").exists() and not (path / "__main__.py").exists():
            yield module


def missing_names(text: str) -> Iterator[str]:
    """Yield each ``Class``, ``Class.member`` or ``name_of_code`` in backticks that the program does not have."""
    for quoted in _IN_BACKTICKS.findall(text):
        if _CLASS.fullmatch(quoted):
            name, _, member = quoted.partition(".")
            defined = re.search(rf"^(class {name}\b|{name} = )", CODE, re.MULTILINE)
            has_member = re.search(rf"(def {member}\b|self\.{member}\b|^    {member}:)", CODE, re.MULTILINE)
            if not defined or (member and not has_member):
                yield quoted
        elif _NAME.fullmatch(quoted) and not re.search(rf"\b{quoted}\b", CODE):
            yield quoted


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_and_path_of_a_page_leads_somewhere(page: Path) -> None:
    text = _FENCED.sub("", page.read_text("utf-8"))
    assert not [*broken_links(page), *missing_paths(text)]


def test_every_class_that_the_architecture_names_is_in_the_program() -> None:
    assert not list(missing_names((ROOT / "ARCHITECTURE.md").read_text("utf-8")))


def test_what_leads_nowhere_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Here\n[a](#here) [b](#there) [c](gone.md) [d](https://example.org)\n", "utf-8")
    assert list(broken_links(page)) == ["#there", "gone.md"]
    assert list(missing_paths("`screener/gone.py` `tui/gone.py` `screener/tui` `python -m tests.gone`")) == [
        "screener/gone.py",
        "tui/gone.py",
        "tests.gone",
    ]
    assert list(missing_names("`Interview.record` `Vanished` `Interview.gone` `compile_form` `gone_form`")) == [
        "Vanished",
        "Interview.gone",
        "gone_form",
    ]
