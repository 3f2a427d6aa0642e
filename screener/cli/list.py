"""``screener list``: the questionnaires of the content in use."""

from __future__ import annotations

from argparse import Namespace

from screener.cli.content import content_folder
from screener.cli.output import say
from screener.content.load import load
from screener.content.translate import languages_of
from screener.paths import questionnaires


def run(options: Namespace) -> int:
    """Print one line for each: id, version, languages, number of questions, title."""
    folder = content_folder(options.content)
    for name in questionnaires(folder):
        content = load(folder, name)
        questionnaire = content.questionnaire
        languages, count = ", ".join(languages_of(content)), len(questionnaire.question)
        of_staff = "  for staff" if questionnaire.is_for_staff else ""
        say(f"{name}  {questionnaire.version}  {languages}  {count} questions  {questionnaire.title}{of_staff}")
    return 0
