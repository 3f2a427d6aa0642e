"""``screener doctor``: print on one page what is right and wrong on this machine, with nothing of a person."""

from __future__ import annotations

import json
from argparse import Namespace

from screener import __version__
from screener.cli.doctor_checks import DoctorLine, Setup, State, store_checks
from screener.cli.doctor_machine import machine_checks
from screener.cli.output import say, say_indented
from screener.config import Configuration, read_configuration
from screener.errors import ContentError, ScreenerError
from screener.exit_codes import MISTAKE, OK
from screener.machine import refusal

_LABELS = {State.RIGHT: "right", State.WRONG: "WRONG", State.NOT_CHECKED: "-"}


def run(options: Namespace) -> int:
    """Make every check; return 0 if nothing is wrong, else 2."""
    findings = list(_findings(options))
    wrong = [finding for finding in findings if finding.state is State.WRONG]
    if options.json:
        checks = [
            {"name": each.name, "state": each.state, "what": each.finding, "remedy": each.remedy} for each in findings
        ]
        say(json.dumps({"screener": __version__, "right": not wrong, "checks": checks}, indent=2))
    else:
        for each in findings:
            text = " ".join(filter(None, (each.finding, each.remedy)))
            say_indented(f"{_LABELS[each.state]:<6} {each.name:<14} ", text)
        say(f"{len(wrong)} wrong." if wrong else "Nothing is wrong.")
    return MISTAKE if wrong else OK


def _findings(options: Namespace) -> list[DoctorLine]:
    findings = []
    try:
        configuration = read_configuration()
        findings.append(DoctorLine("configuration", State.RIGHT, "It can be read, or there is none."))
    except ScreenerError as error:
        configuration = Configuration()
        findings.append(DoctorLine("configuration", State.WRONG, str(error)))
    setup = Setup(configuration, options.content)
    said_at: dict[str, str] = {}
    for name, check in (*store_checks(), *machine_checks()):
        try:
            findings.append(check(setup).named(name))
        except ContentError as error:
            count = len(error.problems)
            mistakes = "1 mistake" if count == 1 else f"{count} mistakes"
            findings.append(DoctorLine(name, State.WRONG, f"The content has {mistakes}.", "Run: screener check"))
        except Exception as error:
            sentence = str(error) if isinstance(error, ScreenerError) else refusal(error)
            if not sentence:
                raise
            findings.append(_failed(name, sentence, said_at.setdefault(sentence, name)))
    return findings


def _failed(name: str, sentence: str, first: str) -> DoctorLine:
    """Return what stopped a check; where the same stopped an earlier one, that one has to be put right first."""
    if name == first:
        return DoctorLine(name, State.WRONG, sentence)
    return DoctorLine(name, State.NOT_CHECKED, f'This needs what is wrong at "{first}" above.')
