"""``screener list``: the questionnaires of the content in use."""

from __future__ import annotations

from argparse import Namespace

from screener.cli.chosen import content_folder
from screener.cli.output import say
from screener.content.folders import questionnaires
from screener.content.load import load


def run(options: Namespace) -> int:
    """Print one line for each: id, version, language, number of questions, title."""
    folder = content_folder(options.content)
    for name in questionnaires(folder):
        questionnaire = load(folder, name).questionnaire
        count = len(questionnaire.question)
        say(f"{name}  {questionnaire.version}  {questionnaire.language}  {count} questions  {questionnaire.title}")
    return 0
