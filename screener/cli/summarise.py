"""``screener summarise``: make a summary from answers in a file, without a screen."""

from __future__ import annotations

import codecs
import datetime
import sys
from argparse import Namespace
from pathlib import Path

from screener.cli.content import chosen_content, content_in
from screener.cli.output import hand_over, note
from screener.config import read_configuration
from screener.content.answers_file import read_answers
from screener.content.compiled import Content
from screener.content.yaml_source import MOST_BYTES, YamlSource, read_file, read_text
from screener.document.formats import RenderOptions, rendered
from screener.document.model import DocumentKind
from screener.document.notice import Audience
from screener.document.save import write
from screener.engine.interview import Interview
from screener.errors import ContentError, Problem, ScreenerError
from screener.model.questionnaire import Questionnaire
from screener.summary.build import clinician_summary, patient_summary, recorded_copy
from screener.summary.metadata import SessionMetadata, new_reference


def run(options: Namespace) -> int:
    """Print or save the summary. Notes about the file of answers go to stderr."""
    content = chosen_content(options.content, options.questionnaire, options.language)
    copy = copy_of(content, options.copy)
    problems: list[Problem] = []
    entries = read_answers(content.questionnaire, answers_source(options.answers), problems)
    if problems:
        raise ContentError(problems)
    interview = Interview(content.form, content.rules, entries)
    metadata = SessionMetadata(options.reference or new_reference(), "file", moment_of(options.answered))
    if copy == "clinician":
        for_clinic = content_in(content.authored or content, read_configuration().clinic_language)
        document = clinician_summary(for_clinic, interview, metadata, with_appendix=not options.without_appendix)
    elif copy == "patient":
        document = patient_summary(content, interview, metadata)
    else:
        require_document(content.questionnaire, copy)
        document = recorded_copy(content, interview, metadata, copy)
    deliver(rendered(document, options.format, RenderOptions(options.ascii, options.paper)), options)
    if interview.set_aside:
        note(
            "Set aside, because these questions are not asked with these answers: "
            + ", ".join(interview.set_aside)
            + "."
        )
    for unfit in interview.unfit:
        note(f"Please check the answer to {unfit.question.id}: {unfit.text}")
    for rule in interview.interruptions:
        note(f"Urgent ({rule.id}): {rule.topic}. A clinician or member of staff should talk with this person now.")
    return 0


def require_document(questionnaire: Questionnaire, document: DocumentKind) -> None:
    """Raise ``ScreenerError`` where no such copy can be made of a response to a questionnaire."""
    if not questionnaire.is_for_staff:
        raise ScreenerError(f'People answer "{questionnaire.id}" themselves: only what staff record has this copy.')
    if document == "form" and not (questionnaire.form and questionnaire.form.items):
        raise ScreenerError(f'"{questionnaire.id}" does not say what a form asks for. Add items to its form.')


def copy_of(content: Content, chosen: Audience | DocumentKind | None) -> Audience | DocumentKind:
    """Return which copy it is. What staff record has none for the person: raise ``ScreenerError``."""
    by_staff = content.questionnaire.is_for_staff
    if by_staff and chosen == "patient":
        raise ScreenerError("Staff record this. It has no copy for the person: leave out --copy, or ask for clinician.")
    return chosen or ("clinician" if by_staff else "patient")


def deliver(content: bytes, options: Namespace) -> None:
    """Print a finished document, or save it in the file that the options name. Raise ``ScreenerError``."""
    if options.output != "-":
        write(Path(options.output), content)
        note(f"Saved as {options.output}.")
    elif options.format == "pdf":
        require_no_terminal()
        hand_over(content)
    else:
        print_summary(content.decode())


def require_no_terminal() -> None:
    """Raise ``ScreenerError`` where a PDF would be printed on a terminal."""
    if sys.stdout and sys.stdout.isatty():
        raise ScreenerError("A PDF cannot be shown on a terminal. Name a file with --output.")


def stdout_is_ascii() -> bool:
    """Return whether stdout cannot show every letter."""
    return codecs.lookup((sys.stdout and sys.stdout.encoding) or "ascii").name != "utf-8"


def print_summary(summary: str) -> None:
    """Print the summary to stdout unchanged, or not at all: with other letters it would not match its checksum."""
    try:
        if sys.stdout:
            summary.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        raise ScreenerError(
            "This output cannot show every letter of the summary "
            f"(its character set is {sys.stdout.encoding}). Add --ascii, or --output FILE."
        ) from None
    hand_over(summary)


def answers_source(name: str) -> YamlSource:
    """Read answers from a file, or from stdin for ``-``. Raise ``ScreenerError``."""
    if name != "-":
        return read_file(Path(name))
    if sys.stdin is None:
        raise ScreenerError("The input is closed. Give the answers in a file.")
    return read_text(sys.stdin.buffer.read(MOST_BYTES + 1), "stdin")


def moment_of(text: str | None) -> datetime.datetime | None:
    """Return a time as it was typed, by the clock of this place if it names no zone. Raise ``ScreenerError``."""
    if text is None:
        return None
    from screener.store.decoding import is_moment

    try:
        moment = datetime.datetime.fromisoformat(text)
        moment = moment if moment.tzinfo else moment.astimezone()
    except (ValueError, OverflowError):
        raise ScreenerError(f'"{text}" is not a time. Write it as 2026-03-31T10:00Z.') from None
    if not is_moment(moment):
        raise ScreenerError(f'"{text}" is no time at which anybody answered. Check the year.')
    return moment
