"""The command as a whole: its help, its exit codes, its folders, and its behaviour in a pipe."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import screener.cli as screener_cli
from screener import __version__
from screener.cli.help_width import LongHelp, ShortHelp
from screener.cli.main import parser
from tests.cli.running import CONTENT, Screener, bare_environment

CLI = Path(screener_cli.__file__).parent
COMMANDS = sorted(
    path.stem
    for path in CLI.iterdir()
    if (path / "arguments.py").exists() or (path.suffix == ".py" and "\ndef run(" in path.read_text("utf-8"))
    if path.stem != "main"
)
"""A command is a module of ``screener.cli`` with ``run``, or a package with ``arguments``."""


def test_the_commands_of_this_file_are_those_of_the_parser() -> None:
    """Check that no module is a command without arguments, and that no command lacks its module."""
    commands = next(action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    assert list(COMMANDS) == sorted(commands.choices)


def test_version(screener: Screener) -> None:
    ran = screener("--version")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, f"screener {__version__}\n", "")


def test_help_names_every_command_and_every_exit_code(screener: Screener) -> None:
    """Check that the help alone explains every command and every exit code."""
    said = screener("--help").stdout
    for command in COMMANDS:
        assert f"\n    {command} " in said
    for code in ("0  done", "2  mistake", "1  defect", "5  the checksum"):
        assert code in said
    assert "never diagnoses" in said


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(screener: Screener, command: str) -> None:
    ran = screener(command, "--help")
    assert ran.returncode == 0
    assert ran.stdout.startswith(f"usage: screener {command}")


def test_help_loads_neither_screens_nor_models_nor_yaml() -> None:
    """Check that help is quick because it imports nothing that it does not need."""
    program = (
        "import sys\n"
        "from screener.cli.main import run\n"
        "try: run(['--help'])\n"
        "except SystemExit as done: assert done.code == 0\n"
        "heavy = {'textual', 'rich', 'pydantic', 'pydantic_core', 'yaml', 'sqlite3', 'asyncio'}\n"
        "heavy |= {'typing', 'shutil', 'dataclasses', 'pathlib', 'screener.errors', 'screener.display_text'}\n"
        "print('heavy:', sorted(heavy & set(sys.modules)))\n"
    )
    command = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.append({str(CLI.parents[1])!r})\n{program}"]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "heavy: []"


@pytest.mark.parametrize("columns", ["50", "100", "0", "no number", ""])
def test_help_is_as_wide_as_the_standard_library_makes_it(monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    for formatter in (ShortHelp, LongHelp):
        assert formatter("screener")._width == argparse.HelpFormatter("screener")._width


@pytest.mark.parametrize("arguments", [("bogus",), ("--bogus",), ("explain",), ("verify",), ("completion", "sh")])
def test_mistake_in_the_command_ends_with_code_2(screener: Screener, arguments: tuple[str, ...]) -> None:
    """Check that the usage and the mistake are on stderr, and nothing is on stdout."""
    ran = screener(*arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("usage: screener")


def started(home: Path, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start the command in a new process, with nothing on stdin."""
    return subprocess.run(
        [sys.executable, "-m", "screener", "--content", str(CONTENT), *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        env=bare_environment(home) | environment,
        check=False,
    )


@pytest.mark.parametrize("arguments", [(), ("start", "before-a-flight")])
def test_start_without_a_terminal_asks_in_plain_lines(home: Path, arguments: tuple[str, ...]) -> None:
    """Check that the reason is given, that plain mode starts, and that the last line says how to continue."""
    ran = started(home, *arguments)
    assert (ran.returncode, ran.stdout) == (3, "")
    assert ran.stderr.startswith("This is plain mode, because input or output is not a terminal.\n")
    assert "Where do you leave from?" in ran.stderr
    last = ran.stderr.splitlines()[-1]
    assert last.startswith("screener: The input ended before the questionnaire was finished.")
    assert "screener summarise FILE" in last


def test_start_of_a_questionnaire_that_is_not_there_gives_the_nearest(home: Path) -> None:
    """Check that a misspelt name is reported before any question is asked."""
    ran = started(home, "start", "before-a-fligth")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == 'screener: There is no questionnaire "before-a-fligth". Did you mean "before-a-flight"?\n'


def test_list_has_one_line_for_each_questionnaire(cli: Screener, screener: Screener) -> None:
    """Check each column: id, version, languages, number of questions and title; the shipped content is the default."""
    assert cli("list").stdout == "before-a-flight  2.1.0  en-GB, en-US, es-US  17 questions  Before you fly\n"
    assert screener("list").stdout.startswith("ketamine-pre-screening  ")


def test_paths_says_where_everything_is(screener: Screener, home: Path, tmp_path: Path) -> None:
    lines = dict(line.split(maxsplit=1) for line in screener("paths").stdout.splitlines())
    assert lines["configuration"] == str(home / ".config" / "screener" / "config.toml")
    assert lines["exports"] == str(tmp_path)
    assert lines["content"] == lines["shipped"]
    assert (Path(lines["shipped"]) / "questions").is_dir()


def configured(tmp_path: Path, text: str) -> dict[str, Path]:
    """Return an environment in which ``config.toml`` has this text."""
    folder = tmp_path / "config" / "screener"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(text, "utf-8")
    return {"XDG_CONFIG_HOME": tmp_path / "config"}


def test_content_is_named_by_flag_then_environment_then_file(screener: Screener, tmp_path: Path) -> None:
    """Check that a flag goes before the environment, and the environment before the file."""
    folders = [tmp_path / name for name in ("flag", "environment", "file")]
    for folder in folders:
        shutil.copytree(CONTENT, folder)
    flag, environment, file = folders
    config = configured(tmp_path, f'content = "{file}"\n')

    def used(*arguments: str | Path, **others: str | Path) -> str:
        return screener(*arguments, "paths", **config, **others).stdout.splitlines()[0].split(maxsplit=1)[1]

    assert used() == str(file)
    assert used(SCREENER_CONTENT=environment) == str(environment)
    assert used("--content", flag, SCREENER_CONTENT=environment) == str(flag)
    assert used(SCREENER_CONTENT="") == str(file)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('contnet = "x"\n', 'the key "contnet" is not known. Did you mean "content"?'),
        ("content = 3\n", 'the value of "content" must be text in quotes.'),
        ("content = \n", "is not TOML"),
        ("hide_after = " + "9" * 5000, "has a value that is too long."),
        ("theme = " + "[" * 5000, "has a value that is too long."),
        ("[monitoring]\nreadings_at_minutes = ['" + "9" * 5000 + "']", '"readings_at_minutes" cannot be'),
        ('exports = "a\\u0000b"\n', 'The value of "exports" has a control character (U+0000). Remove it.'),
        ('terminal = "Front\\ndesk"\n', 'The value of "terminal" has a control character (U+000A). Remove it.'),
        ('terminal = "\u200b "\n', 'Nobody can see the name in "terminal".'),
        ('theme = "drak"\n', 'There is no theme "drak". Did you mean "dark"?'),
    ],
)
def test_mistake_in_the_configuration_is_named(screener: Screener, tmp_path: Path, text: str, message: str) -> None:
    """Check that the message has the file, the key and the closest existing one; a typing mistake is never ignored."""
    ran = screener("paths", **configured(tmp_path, text))
    assert (ran.returncode, ran.stdout) == (2, "")
    assert message in ran.stderr
    assert ran.stderr.count("\n") == 1


@pytest.mark.parametrize("command", [("list",), ("check",), ("paths",), ("explain", "age"), ("summarise", "-")])
def test_folder_that_has_no_content_is_reported(screener: Screener, tmp_path: Path, command: tuple[str, ...]) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        ran = screener("--content", folder, *command)
        assert (ran.returncode, ran.stdout) == (2, "")
        assert ran.stderr == f"screener: {folder} is not a content folder. It needs questions/ and rules/ in it.\n"


def test_content_without_a_questionnaire_is_reported(screener: Screener, tmp_path: Path) -> None:
    """Try a content folder with two empty folders, and nothing to ask."""
    (tmp_path / "questions").mkdir()
    (tmp_path / "rules").mkdir()
    ran = screener("--content", tmp_path, "summarise", "-")
    assert ran.returncode == 2
    assert ran.stderr == f"screener: {tmp_path} has 0 questionnaires (none). Name one of them by its id.\n"
    assert screener("--content", tmp_path, "check").returncode == 2


@pytest.mark.parametrize("odd", ["questions/instruments/folder.yaml/x", "questions/before-a-flight/folder.yaml/x"])
def test_folder_called_like_a_file_is_no_defect(screener: Screener, tmp_path: Path, odd: str) -> None:
    """Check that unusual folders in a content folder are ignored or named, and never crash the program."""
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    (content / odd).mkdir(parents=True)
    for command in (("check",), ("summarise", "-")):
        ran = screener("--content", content, *command)
        assert ran.returncode in (0, 2)
        assert "defect" not in ran.stderr


@pytest.mark.parametrize("kind", ["sectoin", "rule"])
def test_unknown_schema_gives_the_nearest(screener: Screener, kind: str) -> None:
    ran = screener("schema", kind)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f'screener: There is no schema "{kind}". Did you mean "')


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_completion_is_a_script_that_bash_can_read(screener: Screener) -> None:
    """Check that bash can parse the script, and that it completes the commands."""
    script = screener("completion", "bash").stdout
    subprocess.run(["bash", "-n"], input=script, text=True, check=True)
    for command in COMMANDS:
        assert command in script


@pytest.mark.parametrize("shell", ["zsh", "fish", "tcsh", "powershell"])
def test_completion_is_there_for_other_shells(screener: Screener, shell: str) -> None:
    """Check that completion succeeds and that its script has every command."""
    ran = screener("completion", shell)
    assert (ran.returncode, ran.stderr) == (0, "")
    for command in COMMANDS:
        assert command in ran.stdout


@pytest.mark.parametrize("command", [("schema", "section"), ("list",), ("explain", "age"), ("summarise", "-")])
def test_broken_pipe_is_quiet(home: Path, command: tuple[str, ...]) -> None:
    """Check that the program ends silently when the reader of a pipe has gone, as with ``| head``."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as closed:
        ran = subprocess.run(
            [sys.executable, "-m", "screener", "--content", str(CONTENT), *command],
            stdin=subprocess.DEVNULL,
            stdout=closed,
            stderr=subprocess.PIPE,
            env=bare_environment(home),
            check=False,
        )
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_terminal_without_the_letters_gets_a_remedy(home: Path, tmp_path: Path) -> None:
    """Check that a summary is never printed with letters missing; the message says which option to add."""
    answers = tmp_path / "answers.yaml"
    answers.write_text("remarks: caf\u00e9\n", "utf-8")
    ran = started(home, "summarise", answers, "--copy", "clinician", PYTHONIOENCODING="ascii")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == (
        "screener: This output cannot show every letter of the summary (its character set is ascii). "
        "Add --ascii, or --output FILE.\n"
    )
    ran = started(home, "summarise", answers, "--copy", "clinician", "--ascii", PYTHONIOENCODING="ascii")
    assert (ran.returncode, ran.stderr) == (0, "")


def test_other_data_is_printed_whatever_the_terminal_can_show(home: Path, tmp_path: Path) -> None:
    """Check that letters that the terminal does not know are shown with their codes."""
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    front = content / "questions" / "before-a-flight" / "questionnaire.yaml"
    front.write_text(front.read_text("utf-8").replace("title: Before you fly", "title: Caf\u00e9"), "utf-8")
    ran = started(home, "--content", content, "list", PYTHONIOENCODING="ascii")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.endswith("Caf\\xe9\n")


@pytest.mark.parametrize("command", ["list", "check"])
def test_the_folder_of_the_content_is_taken_before_and_behind_the_command(screener: Screener, command: str) -> None:
    """People write it where it is next to the command; where it stands twice, the one behind the command counts."""
    before = screener("--content", str(CONTENT), command)
    assert before.returncode == 0
    assert screener(command, "--content", str(CONTENT)) == before
    assert screener("--content", "nowhere", command, f"--content={CONTENT}") == before
    assert screener(command) != before


@pytest.mark.parametrize(
    "arguments", [("start", "--bogus"), ("start", "a", "b"), ("--content",), ("start", "--profile", "other")]
)
def test_a_mistake_in_start_is_told_as_in_any_command(
    tmp_path: Path, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """Check that the grammar of ``start`` alone, which is quicker to make, reports as the whole grammar does."""
    told = []
    for others in (True, False):
        with pytest.raises(SystemExit) as ended:
            parser(others=others).parse_args(arguments)
        told.append((ended.value.code, capsys.readouterr().err))
    assert told[0] == told[1]
    assert told[0][0] == 2
