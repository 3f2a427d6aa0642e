"""What can be typed after ``screener clinic``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

CLINIC = "set up and look after the store of a clinic"
_REVOKED = """\
To revoke somebody closes their door: their passphrase opens this store no more. It takes nothing back. The clinic's key
stays the same, so whoever copied the store while their passphrase opened it can still read that copy, and with the key
from it any later copy that they get hold of. If you fear that somebody did, set up a new store and keep the old one
away from everybody.
"""
_PIPE = """\
What is asked can also come from a pipe, one line each, in the order in which it is asked.
"""


def add_clinic(commands: Any) -> None:
    """Add the commands; the module of each is named by ``command``."""
    clinic = commands.add_parser(
        "clinic",
        help=CLINIC,
        description=CLINIC[:1].upper() + CLINIC[1:] + ".",
        epilog=_PIPE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    inside = clinic.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(
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
        return added

    init = command(inside, "init", "init", "set the store up for a clinic, and print its recovery key", epilog=_PIPE)
    init.add_argument("--name", help="what the clinic is called")
    init.add_argument("--region", metavar="ID", help="whose crisis lines are shown before a person chose a region")
    init.add_argument(
        "--retention-days",
        metavar="N",
        type=int,
        default=365,
        help="for how many days after its last answer a response is kept (default: 365)",
    )

    command(inside, "show", "show", "print what the store is set up for and how many responses there are")

    staff = inside.add_parser(
        "staff",
        help="let members of staff in, or no longer",
        description="Let members of staff in, or no longer.",
        epilog=_REVOKED,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    doing = staff.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, help, epilog in (
        ("add", "let somebody in by a passphrase of their own", _PIPE),
        ("change", "give somebody a new passphrase", _PIPE),
        ("revoke", "close the door of somebody", _REVOKED),
    ):
        added = command(doing, "staff", name, help, epilog=epilog, action=name)
        added.add_argument("name", metavar="NAME", help="as it stands in the audit trail")
    command(doing, "staff", "list", "print the names of those whose passphrases open the store", action="list")

    keys = inside.add_parser("keys", help="try the keys", description="Try the keys.")
    trying = keys.add_subparsers(title="commands", metavar="COMMAND", required=True)
    command(
        trying,
        "keys",
        "check",
        "try whether the recovery key on paper, or a passphrase, opens the responses; nothing of them is shown",
        epilog=_PIPE,
    )

    purge = command(inside, "purge", "purge", "say which responses are kept too long, and remove them with --apply")
    purge.add_argument("--apply", action="store_true", help="remove them for good")
    purge.add_argument(
        "--clock-is-right", action="store_true", help="somebody looked: the clock of this machine is right"
    )

    backup = command(inside, "backup", "backup", "write everything, sealed as it is, to a new file", action="backup")
    backup.add_argument("file", metavar="FILE", type=Path, help="a file that does not exist yet")
    restore = command(
        inside, "backup", "restore", "take everything from a backup into an empty store", action="restore"
    )
    restore.add_argument("file", metavar="FILE", type=Path, help="what screener clinic backup made")

    command(inside, "audit", "audit", "print the audit trail, for a member of staff")
