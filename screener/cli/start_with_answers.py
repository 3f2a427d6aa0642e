"""``screener start --answers``: the whole interview with answers from a file, without a page that anybody sees."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace

from screener.cli.output import note
from screener.cli.summarise import answers_source, print_summary, stdout_is_ascii
from screener.config import Configuration
from screener.content.answers_file import read_answers
from screener.content.compiled import Content
from screener.content.yaml_source import YamlSource
from screener.document import text
from screener.engine.interview import Interview
from screener.errors import ContentError, Problem, ScreenerError
from screener.model.response import AbsentReason, Entry
from screener.session.open import SessionFactory
from screener.store.connect import is_there, open_store


def walk(options: Namespace, configuration: Configuration, session_factory: SessionFactory) -> int:
    """Walk through the interview with the answers of a file, save it where staff start it for a clinic, and print it.

    Raise ``ContentError`` before anything is saved if an answer is missing, wrong, or to a question that is not asked.
    """
    content = session_factory.content
    entries = _complete_answers(content, answers_source(options.answers))
    session = _for_clinic(session_factory, configuration).new()
    for name in _asked(content, entries):
        session.record(name, entries[name])
        for rule in session.interview.interruptions:
            session.pass_over(rule.id)
            who = "A clinician or member of staff should talk with this person now."
            note(f"Urgent ({rule.id}): {rule.topic}. Its page was shown to nobody. {who}")
        session.interview.next()
    for unfit in session.interview.unfit:
        note(f"Please check the answer to {unfit.question.id}: {unfit.text}")
    session.finish()
    print_summary(text.render(session.summary(), plain=stdout_is_ascii()))
    session.discard()
    return 0


def _complete_answers(content: Content, source: YamlSource) -> dict[str, Entry]:
    """Return the answers of a file. Raise ``ContentError`` if they are not those to every question that is asked."""
    problems: list[Problem] = []
    entries = read_answers(content.questionnaire, source, problems)
    if problems:
        raise ContentError(problems)
    enabled_questions = _asked(content, entries)
    for name in enabled_questions:
        if name not in entries:
            absent = content.questionnaire.question[name].absent[-1]
            message = f'There is no answer to "{name}", which is asked with these answers.'
            problems.append(Problem(source.place(), message, f"Add it, such as {name}: {{absent: {absent}}}."))
    for name in entries:
        if name not in enabled_questions:
            message = f'"{name}" is not asked with these answers.'
            problems.append(Problem(source.key(name), message, "Remove it, or correct the answer that leads to it."))
    if problems:
        raise ContentError(problems)
    return entries


def _asked(content: Content, entries: Mapping[str, Entry]) -> list[str]:
    """Return the questions that are asked with these answers, in order; those without an answer as if declined."""
    questions = []
    interview = Interview(content.form, content.rules)
    while question := interview.current:
        questions.append(question.id)
        interview.record(question.id, entries.get(question.id, AbsentReason.DECLINED))
        for rule in interview.interruptions:
            interview.pass_over(rule.id)
        interview.next()
    return questions


def _for_clinic(session_factory: SessionFactory, configuration: Configuration) -> SessionFactory:
    """Return a factory that saves into the clinic's store for the member of staff who unlocks it, or else nowhere."""
    from screener.cli.clinic.open_store import unlocked

    location = session_factory.location
    if location is None or not is_there(location):
        return replace(session_factory, mode="file", location=None)
    store = open_store(location, configuration.terminal)
    try:
        if store.clinic is None:
            return replace(session_factory, mode="file", location=None)
        note(f"These answers go to {store.clinic.name}. Only a member of staff can start that.")
        return replace(session_factory, mode="file", by=unlocked(store).name)
    except ScreenerError as error:
        raise ScreenerError(f"{error} Nothing of these answers is kept.") from None
    finally:
        store.database.close()
