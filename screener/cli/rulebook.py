"""``screener rulebook``: make a document of all questions and rules, to read, print and sign."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from screener.check.cases import read_cases
from screener.check.folder import check_folder
from screener.check.hazards import read_hazards
from screener.cli.content import chosen
from screener.cli.output import hand_over, note
from screener.cli.summarise import require_no_terminal
from screener.content.load import LoadedContent, load
from screener.content.translate import in_language
from screener.content.validate import read_model
from screener.document.formats import RenderOptions, rendered
from screener.document.save import already_exists, write
from screener.errors import Problem, ScreenerError
from screener.model.ruleset import Wording
from screener.proofs.result import Finding
from screener.rulebook.book import rule_book
from screener.rulebook.context import BookContext
from screener.rulebook.reading_grade import grader


def run(options: Namespace) -> int:
    """Write the book of content that passes every check and every case."""
    folder, name = chosen(options.content, options.questionnaire)
    if options.format == "pdf" and options.output == "-":
        require_no_terminal()
    if options.output != "-" and Path(options.output).exists():
        raise already_exists(Path(options.output))
    check_folder(folder)
    content = in_language(load(folder, name), options.language)
    assert isinstance(content, LoadedContent)
    problems: list[Problem] = []
    wording = read_model(folder / "rules" / "wording.yaml", folder, Wording, problems)
    hazards = read_hazards(folder, problems)
    setting = BookContext(
        content,
        read_cases(content, problems),
        wording.model if wording else Wording(),
        hazards.model if hazards else None,
        _proved(content) if options.prove else None,
        grader(),
    )
    book = rendered(rule_book(setting), options.format, RenderOptions(options.ascii, options.paper))
    if options.output == "-":
        hand_over(book)
    else:
        write(Path(options.output), book)
        note(f"Saved as {options.output}.")
    if setting.grade is None:
        note("Reading grades are left out. To have them, run: pip install 'screener[rulebook]'")
    return 0


def _proved(content: LoadedContent) -> Sequence[Finding]:
    """Run all proofs, and print a line for each tenth of the work."""
    try:
        from screener.proofs.prove import prove
    except ModuleNotFoundError as error:
        if error.name != "z3":
            raise
        raise ScreenerError("Proofs need Z3, which is not installed. Run: pip install 'screener[prove]'") from None

    def progress(done: int, of: int, about: str) -> None:
        if done * 10 // of != (done - 1) * 10 // of:
            note(f"{done} of {of}  {about}")

    return prove(content, progress)
