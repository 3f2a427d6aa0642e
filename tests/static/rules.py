"""Which rule holds where, who is excepted and why, and the remedy."""

from __future__ import annotations

from tests.static.lint import Rule
from tests.static.outlets import files, printed, sql, streams, written
from tests.static.screens import DOOR, drawn, driver, markup, unopened, widgets

NAME_IT = "A new door must be named in this rule, with its reason."
SAY = f"Hand text to screener.cli.output.say or note, or raise ScreenerError. {NAME_IT}"
DRAW = f"Draw it with Lines or Prose, or hand on what a function of {DOOR} returns."

RULES = (
    Rule("markup", markup, f"Nothing here is markup. {DRAW}", "tui"),
    Rule(
        "widgets",
        widgets,
        f"Textual's widgets read markup. {DRAW} Type into Field or LongField.",
        "tui",
        {"tui/widgets/fields.py": "makes the fields", "tui/screens/base.py": "dims a page that was drawn already"},
    ),
    Rule("door", unopened, DRAW, "tui"),
    Rule(
        "drawn",
        drawn,
        DRAW,
        "tui",
        {"tui/rendering.py": "is the door", "tui/widgets/dimmed.py": "repaints drawn cells"},
    ),
    Rule(
        "driver",
        driver,
        f"Nothing goes past Textual to the terminal. {DRAW}",
        "tui",
        {"tui/base_app.py": "shows the cursor", "tui/input/driver.py": "is the way to the terminal"},
    ),
    Rule(
        "talk",
        written,
        "Say it with Talk.say.",
        "plain",
        {
            "plain/console.py": "is the door",
            "plain/line_editor.py": "shows what is typed, of which no control character is kept",
            "plain/run.py": "hands the streams over",
            "plain/terminal_keys.py": "wakes its own thread",
        },
    ),
    Rule(
        "print",
        printed,
        SAY,
        excepted={
            "plain/run.py": "says on stderr that the input ended",
            "store/postgresql.py": "silences the log of its library",
            "store/recover.py": "works without the rest of the program",
            "tui/run.py": "apologises once the screen is given back",
            "tui/staff/run.py": "apologises once the screen is given back",
        },
    ),
    Rule(
        "streams",
        streams,
        SAY,
        excepted={
            "cli/main.py": "lets go of them at the end",
            "cli/doctor_machine.py": "asks what the terminal can show",
            "cli/output.py": "is the door of the commands",
            "cli/prove.py": "writes its progress over and over on one line",
            "cli/start.py": "asks whether there is a terminal",
            "cli/summarise.py": "hands a finished summary over",
            "hardening.py": "apologises where nothing else can",
            "plain/run.py": "hands the streams to Talk",
            "store/recover.py": "works without the rest of the program",
            "tui/base_app.py": "asks whether there is a terminal",
            "tui/run.py": "apologises once the screen is given back",
            "tui/input/driver.py": "is the way to the terminal",
            "tui/staff/run.py": "apologises once the screen is given back",
        },
    ),
    Rule(
        "files",
        files,
        f"Save with screener.document.save, read with screener.content.yaml_source. {NAME_IT}",
        excepted={
            "proofs/report.py": "writes examples that nobody gave",
            "cli/clinic_terminal.py": "notes to which clinic this terminal belongs",
            "cli/handed_over.py": "hands a pipe over to the process of a person, and reads it there",
            "cli/new_process.py": "hands a file in memory over to the next process of a console, and reads it there",
            "cli/output.py": "lets go of a closed pipe",
            "crash.py": "notes faults of the program, with nothing of a person",
            "hardening.py": "occupies closed descriptors",
            "content/cache.py": "keeps content that was checked, and no answers",
            "content/yaml_source.py": "reads content and answers",
            "document/save.py": "writes what a person asked for",
            "plain/run.py": "lets go of a closed pipe",
            "store/backup.py": "makes the file of a backup, for its owner only",
            "store/recover.py": "works without the rest of the program",
            "store/file_lock.py": "opens what several programs of this account write, for its owner only",
            "store/session_key.py": "keeps the key of an open response, for its owner only",
            "store/terminal_identity.py": "keeps the key of a terminal, for its owner only",
            "store/terminal_door.py": "keeps door codes as hashes, for its owner only",
            "store/sqlite.py": "makes the file of the store, for its owner only",
            "i18n/gettext.py": "reads the translations of the program",
            "tui/input/driver.py": "lets go of a terminal that is gone",
        },
    ),
    Rule(
        "sql",
        sql,
        "Write the statement in one piece and hand the values on as parameters.",
        excepted={"store/database.py": "names the type of bytes where it creates the tables"},
    ),
)
