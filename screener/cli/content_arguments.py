"""The arguments of the commands that authors and reviewers of content use."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from screener.cli.series_arguments import add_paper, path

AddCommand = Callable[[str, str], argparse.ArgumentParser]
"""Adds a command by its name and help, and returns its parser."""


def add_content_commands(command: AddCommand) -> None:
    """Add the commands that authors and reviewers of questions and rules use."""
    explain = command("explain", "describe a rule, question or score in words, with what depends on it")
    explain.add_argument("name", metavar="RULE|QUESTION|SCORE")
    explain.add_argument("--questionnaire", metavar="ID", help="which one, if there are several")
    explain.add_argument(
        "--answers",
        metavar="FILE",
        type=path,
        help="also say what follows from these answers, and what would change it",
    )

    check = command("check", "check questions, rules, cases and wording of a content folder")
    check.add_argument("folder", nargs="?", metavar="DIR", type=path, help="(default: the content in use)")
    check.add_argument(
        "--coverage", action="store_true", help="also print what the cases, topics and hazards leave open"
    )
    check.add_argument("--prove", action="store_true", help="also prove what holds for all answers at once")
    check.add_argument(
        "--counterexamples", metavar="DIR", type=path, help="with --prove: a folder for examples as answers files"
    )

    diff = command("diff", "print the changes between two content folders, and the cases with another outcome")
    diff.add_argument("old", metavar="OLD", type=path)
    diff.add_argument("new", metavar="NEW", type=path)
    diff.add_argument("--questionnaire", metavar="ID", help="only this one, if there are several")

    book = command("rulebook", "print the rule book of a questionnaire, to read and to sign")
    book.add_argument("--questionnaire", metavar="ID", help="which one, if there are several")
    book.add_argument("--output", metavar="FILE", default="-", help="a file that does not exist yet (default: stdout)")
    book.add_argument("--format", choices=("html", "pdf", "markdown", "text"), default="html", help="(default: html)")
    book.add_argument("--ascii", action="store_true", help="only ASCII characters in text")
    add_paper(book)
    book.add_argument("--prove", action="store_true", help="with proofs for all answers at once")
    book.add_argument("--language", metavar="LANG", help="with the texts of another language, such as es-US")
