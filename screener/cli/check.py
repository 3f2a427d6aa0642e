"""``screener check``: find every mistake in a content folder, in one run."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from screener.check.folder import check_folder
from screener.cli.content import content_folder
from screener.cli.output import note, say
from screener.content.folder_files import leftovers
from screener.content.load import load
from screener.errors import ScreenerError


def run(options: Namespace) -> int:
    """Print a line for each questionnaire without mistakes; raise the problems."""
    folder = content_folder(options.folder or options.content)
    prove = _proving() if options.prove or options.counterexamples else None
    for name in leftovers(folder):
        note(f"{name}: A system or an editor left this here. It is not read.")
    names = []
    for checked in check_folder(folder):
        counts = f"{checked.questions} questions, {checked.rules} rules, {checked.cases} cases"
        say(f"{checked.questionnaire} {checked.version}: in order ({counts})")
        for warning in checked.warnings:
            note(f"Warning: {warning}")
        names.append(checked.questionnaire)
    if options.coverage:
        _coverage(folder, names)
    if prove:
        prove(folder, names, options.counterexamples)
    return 0


def _coverage(folder: Path, names: list[str]) -> None:
    """Print the claims that cases, topics and hazards leave open; none of them is a mistake."""
    from screener.check.coverage.report import folder_report, questionnaire_report

    contents = [load(folder, name) for name in names]
    for content in contents:
        for line in questionnaire_report(content):
            say(line)
    for line in folder_report(folder, contents):
        say(line)


def _proving() -> Callable[[Path, list[str], Path | None], None]:
    """Return the function that proves; it needs an optional extra."""
    try:
        from screener.cli.prove import prove_folder
    except ModuleNotFoundError as error:
        if error.name != "z3":
            raise
        raise ScreenerError("Proofs need Z3, which is not installed. Run: pip install 'screener[prove]'") from None
    return prove_folder
