"""The arguments of ``screener clinic``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from screener.cli.series_arguments import add_output_options, add_series_options

_REVOKED = """\
After revoke, the passphrase of this person no longer opens this store. A person who copied the store while their
passphrase opened it can still read that copy, and, with the clinic's key from it, any later copy that they get. If you
fear that somebody has a copy, exchange the clinic's key: screener clinic keys rotate
"""
_ROTATED = """\
Do this after somebody left whom you do not trust, once they are revoked: with the clinic's key from an older copy they
could read any later one. Passphrases and the recovery key stay. Terminals follow by themselves, also those that were
off for a while. What somebody read or copied before stays theirs.
"""
_PIPE = """\
The answers to the prompts can also come from a pipe, one line each, in the order of the prompts.
"""
_PURPOSE = """\
What is kept of a person (name, reference, year of birth; a contact only with appointment_contact = "yes" in the
configuration) is kept to expect this person and to put their responses together, and for nothing else. It is sealed.
It is purged once everything in it is older than the retention of the clinic, and erased with: screener clinic
erase --person
"""
_TABLE = f"""\
Columns: name, reference, date (2026-03-31); and, if you want, year_of_birth, time (14:30), questionnaire, contact.
Between the cells there is a comma, a semicolon or a tab.

{_PURPOSE}"""


def add_clinic(commands: Any, help: str) -> None:
    """Add the commands; ``command`` names the module of each."""
    clinic = commands.add_parser(
        "clinic",
        help=help,
        description=help[:1].upper() + help[1:] + ".",
        epilog=_PIPE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    inside = clinic.add_subparsers(title="commands", metavar="COMMAND", required=True)

    _add_settings(inside)
    _add_staff(inside)
    _add_keys(inside)
    _add_appointments(inside)
    record = _command(
        inside,
        "record",
        "record",
        "record something for a person, in lines of text; asks for a passphrase and a reference",
    )
    record.add_argument("questionnaire", metavar="QUESTIONNAIRE", help="one that staff answer")
    record.add_argument("--correct", metavar="REFERENCE", help="the reference of a finished response, to correct it")
    _add_forms(inside)
    _add_backup_and_retention(inside)
    _add_series(inside)
    _add_content_and_upgrade(inside)


def _command(
    group: Any, module: str, name: str, help: str, *, epilog: str = "", **defaults: str
) -> argparse.ArgumentParser:
    added: argparse.ArgumentParser = group.add_parser(
        name,
        help=help,
        description=help[:1].upper() + help[1:] + ".",
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    added.set_defaults(command=f"clinic.{module}", **defaults)
    added.add_argument("--content", metavar="DIR", type=Path, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    return added


def _add_forms(inside: Any) -> None:
    help = "list whose form is not recorded as sent and due within seven days, or print what was recorded for one"
    forms = _command(inside, "forms", "forms", help)
    forms.add_argument("reference", nargs="?", metavar="REFERENCE", help="print a copy of this response instead")
    forms.add_argument(
        "--copy",
        choices=("form", "timeline"),
        default="form",
        help="what was recorded for the form (default), or in the order of time",
    )
    add_output_options(forms, ("text", "markdown", "html", "pdf"))


def _add_settings(inside: Any) -> None:
    init = _command(inside, "init", "init", "set the store up for a clinic, and print its recovery key", epilog=_PIPE)
    init.add_argument("--name", help="the name of the clinic")
    init.add_argument("--region", metavar="ID", help="the crisis lines that are shown until a person chooses a region")
    init.add_argument(
        "--retention-days",
        metavar="N",
        type=int,
        default=365,
        help="the number of days that a response is kept after its last answer (default: 365)",
    )

    change = _command(
        inside,
        "change",
        "change",
        "change the name or the region of the clinic, or how long responses are kept",
        epilog=_PIPE,
    )
    change.add_argument("--name", help="the name of the clinic")
    change.add_argument(
        "--region", metavar="ID", help="the crisis lines that are shown until a person chooses a region"
    )
    change.add_argument(
        "--retention-days",
        metavar="N",
        type=int,
        help="the number of days that a response is kept after its last answer",
    )

    _command(inside, "leave", "leave", "make this terminal anybody's own machine again; asks for a passphrase")

    _command(inside, "show", "show", "print the settings of the store and the number of responses")


def _add_staff(inside: Any) -> None:
    staff = inside.add_parser(
        "staff",
        help="add, change, revoke or list members of staff, and set door codes",
        description="Add, change, revoke or list members of staff, and set door codes.",
        epilog=_REVOKED,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    doing = staff.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, help, epilog in (
        ("add", "add a member of staff with a passphrase", _PIPE),
        ("change", "give yourself a new passphrase", _PIPE),
        ("code", "give yourself a door code, for the emergency page and a locked kiosk", _PIPE),
        ("revoke", "end the access of a member of staff", _REVOKED),
    ):
        added = _command(doing, "staff", name, help, epilog=epilog, action=name)
        added.add_argument("name", metavar="NAME", help="the name in the audit trail")
        if name == "add":
            added.add_argument(
                "--role",
                choices=("reception", "clinician", "administrator"),
                default="clinician",
                help="reception sees who waits and starts responses; a clinician reads them too; an administrator also"
                " runs the clinic (default: clinician)",
            )
    _command(doing, "staff", "list", "print the names of the members of staff", action="list")


def _add_keys(inside: Any) -> None:
    help = "check, renew or exchange the keys"
    keys = inside.add_parser("keys", help=help, description=f"{help[:1].upper()}{help[1:]}.")
    trying = keys.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _command(
        trying,
        "keys",
        "check",
        "check that the recovery key or a passphrase opens the responses, without showing them",
        epilog=_PIPE,
        action="check",
    )
    recover = _command(
        trying, "keys", "recover", "come back in with the recovery key alone", epilog=_PIPE, action="recover"
    )
    recover.add_argument("name", metavar="NAME", help="who gets a new passphrase, as an administrator")
    _command(
        trying,
        "keys",
        "renew",
        "print a new recovery key, and seal everything to it; it can be interrupted and run again",
        epilog=_PIPE,
        action="renew",
    )
    rotate = _command(
        trying,
        "keys",
        "rotate",
        "exchange the clinic's own key, and seal everything to the new one; it can be interrupted and run again",
        epilog=_ROTATED,
        action="rotate",
    )
    rotate.add_argument("--rehearse", action="store_true", help="try everything, and change nothing")


def _add_series(inside: Any) -> None:
    series = _command(
        inside, "series", "series", "print responses of one person over time; asks for a passphrase", epilog=_PIPE
    )
    series.add_argument(
        "references", nargs="*", metavar="REFERENCE", help="the references of the responses, all of one person"
    )
    series.add_argument(
        "--person",
        action="store_true",
        help="all responses that are linked to one person, and the appointments that were missed; asks for the "
        "clinic's reference of the person",
    )
    series.add_argument("--questionnaire", metavar="ID", help="any one of those in use, if there are several")
    add_series_options(series)


def _add_appointments(inside: Any) -> None:
    expected = inside.add_parser(
        "appointments",
        help="enter, list, import or remove who is expected, and print the code of an appointment",
        description="Enter, list, import or remove who is expected, and print the code of an appointment.",
        epilog=_PURPOSE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    about = expected.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def appointments(name: str, help: str, epilog: str = _PURPOSE) -> argparse.ArgumentParser:
        return _command(about, "appointments", name, help, epilog=epilog, action=name)

    appointments("add", "enter one appointment, by prompts", f"{_PURPOSE}\n{_PIPE}")
    listing = appointments("list", "print all appointments, overdue and missed ones first")
    listing.add_argument(
        "--state",
        choices=("overdue", "missed", "expected", "begun", "answered"),
        help="only those of which this is so",
    )
    table = appointments("import", "enter all appointments of a table, or none if a line is wrong", _TABLE)
    table.add_argument(
        "file", metavar="FILE", type=Path, help="a table (CSV) with the names of columns in its first line"
    )
    for name, help in (
        ("code", "print four words that a person types once at a terminal, to answer for their appointment"),
        ("remove", "remove an appointment, and make its code void"),
    ):
        appointments(name, help).add_argument("id", metavar="ID", help="the start of its id, as list prints it")


def _add_backup_and_retention(inside: Any) -> None:
    purge = _command(
        inside, "purge", "purge", "print how many responses are kept too long, and remove them with --apply"
    )
    purge.add_argument("--apply", action="store_true", help="remove them for good")
    purge.add_argument(
        "--clock-is-right", action="store_true", help="confirm that somebody checked the clock of this machine"
    )

    backup = _command(inside, "backup", "backup", "write everything, still sealed, to a new file", action="backup")
    backup.add_argument("file", metavar="FILE", type=Path, help="a file that does not exist yet")
    restore = _command(
        inside, "backup", "restore", "restore everything from a backup into an empty store", action="restore"
    )
    restore.add_argument("file", metavar="FILE", type=Path, help="a file made by screener clinic backup")

    _command(inside, "copies", "copies", "list the copies that staff saved on this machine")

    erase = _command(
        inside, "erase", "erase", "erase one response, or one person with all of theirs, for good", action="erase"
    )
    erase.add_argument("reference", metavar="REFERENCE", nargs="?", help="the reference of a response that people see")
    erase.add_argument(
        "--person",
        action="store_true",
        help="erase a person with their appointments and responses; asks for the clinic's reference of the person",
    )
    erase.add_argument(
        "--reason",
        choices=("asked", "mistake", "test"),
        required=True,
        help="for the audit trail: the person asked, it was given by mistake or twice, it was a test",
    )
    close = _command(inside, "erase", "close", "close responses in progress that nobody came back to", action="close")
    close.add_argument("--days", metavar="N", type=int, required=True, help="last saved more than so many days ago")


def _add_content_and_upgrade(inside: Any) -> None:
    sign = _command(
        inside, "sign", "sign", "sign the content in use, as a clinician of this clinic who has read it", epilog=_PIPE
    )
    sign.add_argument("--questionnaire", metavar="ID", help="which one, if there are several")

    upgrade = _command(
        inside, "upgrade", "upgrade", "carry a store of an older format over to the newest", action="upgrade"
    )
    upgrade.add_argument("--rehearse", action="store_true", help="try everything, and change nothing")
    _command(
        inside,
        "upgrade",
        "trust",
        "let this terminal know the clinic of the store, after it was set up anew",
        action="trust",
    )

    audit = _command(inside, "audit", "audit", "print the audit trail; asks for a staff passphrase")
    audit.add_argument("--response", metavar="REFERENCE", help="only what was done with one response")
    audit.add_argument("--staff", metavar="NAME", help="only what one member of staff did, or was done about them")
    audit.add_argument("--since", metavar="DATE", help="only from a date on, such as 2026-03-31")
    audit.add_argument("--csv", action="store_true", help="as a table for other programs")
