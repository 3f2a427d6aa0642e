"""The arguments of ``screener``, and the meaning of its exit codes."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Sequence

from screener import __version__
from screener.cli.content_arguments import AddCommand, add_content_commands
from screener.cli.help_width import LongHelp, ShortHelp
from screener.cli.series_arguments import add_paper, add_series, path
from screener.exit_codes import FAULT, INTERRUPTED, MISTAKE

EXAMPLES = """\
examples:
  screener                                    start the questionnaire
  screener summarise answers.yaml             print the summary of answers in a file
  screener summarise answers.yaml --copy clinician --format markdown
  screener series a.json b.json c.json        print one person's responses over time
  screener explain RULE                       say in words when a rule is raised, and why
  screener --content clinic/ check            check a clinic's own questions and rules
  screener check --prove                      prove what holds for all answers at once
  screener diff clinic-1/ clinic-2/           print the changes between two versions
  screener rulebook --output book.html        make the rule book, to read, print and sign
  screener verify summary.txt                 check that a saved summary was not changed
  screener doctor                             check this machine: store, room, clock, terminal, backup
  screener clinic init                        set up a clinic: staff, region, recovery key
  screener staff                              the staff screens: who waits, what they answered

exit codes:
  0  done          2  mistake in the command, a file or the content
  1  defect here   3  left before the end
  4  timed out     5  the checksum of a summary, the audit trail or a key does not hold
  6  two versions of the content differ
  7  staff closed the kiosk
  129, 130, 131, 143    ended by a signal (hang-up, interrupt, quit, termination)

This program never diagnoses and never decides. Screening is done by professionals; it prepares a talk with them.
"""


CLINIC = "set up and manage the store of a clinic"


def parser(*, clinic: bool = True, others: bool = True) -> argparse.ArgumentParser:
    """Return the grammar of the command line; ``clinic``, and what is not ``start``, can be left out to save time."""
    top = argparse.ArgumentParser(
        prog="screener",
        description="A pre-screening questionnaire for the terminal that prepares a talk with a clinician.",
        epilog=EXAMPLES,
        formatter_class=LongHelp,
    )
    top.set_defaults(command="start", questionnaire=None, theme=None, no_color=False, plain=False)
    top.set_defaults(profile=None, resume=False, answers=None, language=None, handed_over=None, locked=None)
    top.add_argument("--version", action="version", version=f"screener {__version__}")
    top.add_argument("--content", metavar="DIR", type=path, help="a folder with questions/ and rules/ of your own")
    commands = top.add_subparsers(title="commands", metavar="COMMAND")

    def command(name: str, help: str) -> argparse.ArgumentParser:
        description = help[:1].upper() + help[1:] + "."
        added = commands.add_parser(name, help=help, description=description, formatter_class=ShortHelp)
        added.set_defaults(command=name)
        # Taken behind the command too, where people write it; without it the value from before the command stays.
        added.add_argument("--content", metavar="DIR", type=path, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        return added

    _add_start(command)
    if not others:
        return top
    _add_shared_screens(command)
    command("list", "list the questionnaires")
    _add_summarise(command)
    add_series(command)
    add_content_commands(command)
    _add_verify(command)
    if clinic:
        from screener.cli.clinic.arguments import add_clinic

        add_clinic(commands, CLINIC)
    else:
        command("clinic", CLINIC)
    _add_information(command)
    return top


def _add_start(command: AddCommand) -> None:
    start = command("start", "answer a questionnaire on this terminal")
    start.add_argument("questionnaire", nargs="?", metavar="ID", help="which one, if there are several")
    _add_colours(start)
    start.add_argument("--plain", action="store_true", help="ask questions as lines of text, e.g. for screen readers")
    start.add_argument("--language", metavar="LANG", help="such as es-US (default: that of the questionnaire)")
    start.add_argument(
        "--answers",
        metavar="FILE",
        help="answers of a whole interview, as summarise reads them (- for stdin); a clinic's store needs staff",
    )
    start.add_argument("--handed-over", type=int, metavar="FD", help=argparse.SUPPRESS)
    resumes = "continue interrupted answers on this terminal without asking"
    start.add_argument("--resume", action="store_true", help=resumes)
    start.add_argument(
        "--profile", choices=("personal", "kiosk"), help="your own device, or a clinic's terminal (default: personal)"
    )


def _add_colours(command: argparse.ArgumentParser) -> None:
    command.add_argument("--theme", choices=("dark", "light", "high-contrast-dark", "high-contrast-light"))
    command.add_argument("--no-color", action="store_true", help="use no colour")


def _add_shared_screens(command: AddCommand) -> None:
    """Add the commands that open screens on a clinic's terminal, and for staff."""
    kiosk = command("kiosk", "run a shared clinic terminal")
    kiosk.add_argument("questionnaire", nargs="?", metavar="ID", help="which one, if there are several")
    _add_colours(kiosk)
    kiosk.add_argument("--language", metavar="LANG", help="such as es-US (default: that of the questionnaire)")

    staff = command("staff", "read, annotate, print and start responses, as staff of a clinic")
    _add_colours(staff)
    staff.add_argument("--locked", type=int, metavar="FD", help=argparse.SUPPRESS)


def _add_summarise(command: AddCommand) -> None:
    summarise = command("summarise", "print the summary of answers in a file")
    summarise.add_argument(
        "answers", metavar="ANSWERS", help='a YAML or JSON file with "question: value", or - for stdin'
    )
    summarise.add_argument("--questionnaire", metavar="ID", help="which one, if there are several")
    summarise.add_argument(
        "--copy",
        choices=("patient", "clinician", "timeline", "form"),
        help="for whom (default: patient; clinician of what staff record); timeline and form are of what staff record",
    )
    summarise.add_argument("--language", metavar="LANG", help="the language of the answers, such as es-US")
    summarise.add_argument(
        "--format", choices=("text", "markdown", "html", "pdf", "json"), default="text", help="(default: text)"
    )
    summarise.add_argument(
        "--without-appendix",
        action="store_true",
        help="leave out the notes, sources and origin of the clinician's copy",
    )
    add_paper(summarise)
    summarise.add_argument("--ascii", action="store_true", help="only ASCII characters in text")
    summarise.add_argument(
        "--output", metavar="FILE", default="-", help="a file that does not exist yet (default: stdout)"
    )
    summarise.add_argument("--reference", metavar="CODE", help="the reference to print (default: a new random one)")
    summarise.add_argument("--answered", metavar="TIME", help="the time of the answers, such as 2026-03-31T10:00Z")


def _add_verify(command: AddCommand) -> None:
    verify = command("verify", "compare a saved text summary with its checksum, or check the audit trail of a clinic")
    subject = verify.add_mutually_exclusive_group(required=True)
    subject.add_argument("file", nargs="?", metavar="FILE", type=path)
    subject.add_argument(
        "--audit", action="store_true", help="check the whole audit trail; asks for a staff passphrase"
    )


def _add_information(command: AddCommand) -> None:
    """Add the commands that print what other programs need to know."""
    schema = command("schema", "print the JSON Schema of a kind of file, for editors")
    schema.add_argument("kind", metavar="KIND", help="such as questionnaire, section, instrument, rules or summary")

    doctor = command("doctor", "check what is right and wrong on this machine, with what to do")
    doctor.add_argument("--json", action="store_true", help="print it for other programs")

    command("paths", "print where content, configuration, exports and the store are")

    completion = command("completion", "print the completion script of a shell")
    completion.add_argument("shell", choices=("bash", "zsh", "fish", "tcsh", "powershell"))


def with_command(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with ``start`` before its flags if no command is named."""
    position = _after_content(arguments)
    rest = list(arguments[position:])
    if rest and rest[0].startswith("-") and rest[0] not in ("-h", "--help", "--version"):
        rest.insert(0, "start")
    return [*arguments[:position], *rest]


def _after_content(arguments: Sequence[str]) -> int:
    """Return the place of the command, which stands behind ``--content`` only."""
    position = 0
    while position < len(arguments) and arguments[position].startswith("--content"):
        position += 1 if "=" in arguments[position] else 2
    return position


def run(arguments: Sequence[str]) -> int:
    """Run one command and return the exit code. Report mistakes on stderr, in one or two sentences each."""
    from screener.cli.output import let_go

    os.umask(0o077)
    try:
        return _ran(arguments)
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        return _failed(error)
    finally:
        let_go(sys.stdout, sys.stderr)


def _ran(arguments: Sequence[str]) -> int:
    """Parse the arguments, run the command and write all of its output."""
    from screener.cli.output import flush

    try:
        words = with_command(arguments)
        others = words[_after_content(words) :][:1] not in ([], ["start"])
        options = _parsed(parser(clinic="clinic" in arguments, others=others), words)
        code: int = _command(options)(options)
    except SystemExit as ended:  # Help, or a mistake in the arguments; both are written already.
        code = ended.code if isinstance(ended.code, int) else MISTAKE
    flush()
    return code


def _parsed(top: argparse.ArgumentParser, words: list[str]) -> argparse.Namespace:
    """Return the parsed words. Raise ``SystemExit`` after help, and where there is nowhere to write it to."""
    try:
        return top.parse_args(words)
    except AttributeError:
        if sys.stdout or sys.stderr:
            raise
        raise SystemExit(MISTAKE) from None


def _command(options: argparse.Namespace) -> Callable[[argparse.Namespace], int]:
    """Return the function of a command; a terminal that staff hand over is none of its own."""
    if options.handed_over is not None:
        from screener.cli.handed_over import answer_handed_over

        return answer_handed_over
    command: Callable[[argparse.Namespace], int] = importlib.import_module(f"screener.cli.{options.command}").run
    return command


def _failed(error: Exception) -> int:
    """Report an error without a traceback, because its frames hold answers."""
    from screener.cli.output import report
    from screener.errors import ContentError, ScreenerError
    from screener.machine import refusal

    if isinstance(error, ContentError):
        for problem in error.problems:
            report(str(problem))
        return MISTAKE
    if isinstance(error, ScreenerError):
        report(f"screener: {error}")
        return MISTAKE
    if sentence := refusal(error):
        report(f"screener: {sentence}")
        return MISTAKE
    from screener.crash import crash_reference, record_crash

    path = record_crash(error)
    noted = f" It is noted in {path}, for whoever reports it." if path else ""
    report(f"screener: a defect in the program stopped it. Reference: {crash_reference(error)}.{noted}")
    return FAULT
