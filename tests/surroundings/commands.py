"""Every command of the program, as the matrix starts it."""

from __future__ import annotations

from dataclasses import dataclass

from tests.surroundings.machine import PASSPHRASE, STAFF, Start, typed

STAFF_TYPED = typed(STAFF, PASSPHRASE)
INIT_TYPED = typed("North Clinic", "north", STAFF, PASSPHRASE, PASSPHRASE)


@dataclass(frozen=True)
class Command:
    """``on_terminal`` is for those that show pages; the others read ``typed`` from a pipe."""

    line: str
    """The arguments; ``@name`` is a file in the folder of the cell."""
    typed: bytes = b""
    on_terminal: bool = False
    own_machine: bool = False
    """Whether it is started where there is no clinic yet."""
    content: bool = True

    @property
    def name(self) -> str:
        return self.line.replace("@", "")

    def arguments(self, start: Start) -> list[str]:
        words = self.line.split()
        return [str(start.folder / word[1:]) if word.startswith("@") else word for word in words]


COMMANDS = (
    Command("--help", content=False),
    Command("--version", content=False),
    Command("start --plain"),
    Command("start --plain --profile personal", typed("1", "1", "12"), own_machine=True),
    Command("start --answers @answers.yaml", own_machine=True),
    Command("start", on_terminal=True),
    Command("start --no-color", on_terminal=True, own_machine=True),
    Command("kiosk", on_terminal=True),
    Command("staff", on_terminal=True),
    Command("list"),
    Command("summarise @answers.yaml"),
    Command("summarise @answers.yaml --output @new.txt"),
    Command("series @answers.yaml --dates @dates.yaml"),
    Command("series @answers.yaml --dates @dates.yaml --output @new.txt"),
    Command("explain age"),
    Command("check"),
    Command("check --coverage"),
    Command("diff @content @content"),
    Command("rulebook --format markdown"),
    Command("verify @summary.txt"),
    Command("verify --audit", STAFF_TYPED),
    Command("schema rules"),
    Command("paths"),
    Command("completion bash"),
    Command("doctor"),
    Command("doctor --json"),
    Command("clinic leave", STAFF_TYPED),
    Command("clinic init", INIT_TYPED, own_machine=True),
    Command("clinic show"),
    Command("clinic staff list"),
    Command("clinic staff add Sam", typed(STAFF, PASSPHRASE, PASSPHRASE, PASSPHRASE)),
    Command("clinic keys check", typed("", STAFF, PASSPHRASE)),
    Command("clinic purge"),
    Command("clinic purge --apply"),
    Command("clinic backup @new.db"),
    Command("clinic restore @backup.db", own_machine=True),
    Command("clinic audit", STAFF_TYPED),
    Command("clinic forms", STAFF_TYPED),
    Command("clinic record before-a-flight", STAFF_TYPED),
)
