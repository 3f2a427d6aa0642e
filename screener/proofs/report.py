"""Findings in words, with their examples as answers files."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from screener.content.answers_format import on_one_line, written
from screener.errors import Problem, ScreenerError
from screener.proofs.result import Example, Finding, Result, Verdict

_WIDTH = 110
_LONGEST = 12
"""The number of entries up to which an example is shown within the report."""


def report(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield the lines about proved and listed claims. Refuted claims are reported as problems."""
    for finding in findings:
        counts = Counter(proof.verdict for proof in finding.results)
        mark = "holds  " if finding.holds else "FAILS  "
        tally = (
            ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict]) or "nothing to prove"
        )
        yield f"{mark}{finding.claim} ({tally})"
        for proof in finding.results:
            if proof.verdict is Verdict.LISTED:
                yield from _wrapped(f"- {proof.says}{_example_words(proof)}")


def _example_words(proof: Result) -> str:
    if not proof.examples:
        return ""
    entries = proof.examples[0].entries
    if len(entries) > _LONGEST:
        return " The path: " + ", ".join(entries) + "."
    return f" Example: {on_one_line(entries)}."


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=" " * 9, subsequent_indent=" " * 11, break_on_hyphens=False, break_long_words=False
    )


def problems(findings: Sequence[Finding], saved: Path | None) -> list[Problem]:
    """Return the refuted and undecided results as problems, each with its example, or the file of it."""
    return [
        Problem(proof.place, proof.says, proof.remedy, "\n".join(_excerpt(proof, saved)))
        for finding in findings
        for proof in finding.results
        if proof.verdict in (Verdict.REFUTED, Verdict.UNDECIDED)
    ]


def _excerpt(proof: Result, saved: Path | None) -> Iterator[str]:
    for example in proof.examples:
        if saved:
            yield f"    {example.says} See {saved / _file(example)}"
        else:
            yield f"    {example.says} The answers:"
            yield textwrap.indent(written(example.entries), "      ").rstrip("\n")


def save_examples(findings: Sequence[Finding], folder: Path) -> int:
    """Write each example as a file that ``screener summarise`` reads, and return the number of examples.

    Raise ``ScreenerError`` if the folder cannot be written.
    """
    examples = [example for finding in findings for proof in finding.results for example in proof.examples]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for example in examples:
            (folder / _file(example)).write_text(f"# {example.says}\n{written(example.entries)}", encoding="utf-8")
    except OSError as error:
        raise ScreenerError(f"{folder} cannot be written: {error.strerror}.") from None
    return len(examples)


def _file(example: Example) -> str:
    return f"{example.name}.yaml"
