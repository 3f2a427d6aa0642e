"""The language is chosen by flag, then environment, then configuration; the clinic's copy can have another language."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest

from screener.cli.main import run
from screener.cli.start import cannot_show
from screener.i18n.gettext import spoken
from tests.check.copies import FLIGHT

ANSWERS = "age: 12\nalone: yes\nitems: [oxygen]\noxygen_flow: 2.5\nfirst_flight: 5 March 2020\n"


@pytest.fixture(autouse=True)
def _private(private: Path) -> None:
    """Keep the program from reading or writing anything on this machine."""


@pytest.fixture
def answers(tmp_path: Path) -> str:
    path = tmp_path / "answers.yaml"
    path.write_text(ANSWERS, "utf-8")
    return str(path)


def configure(private: Path, text: str) -> None:
    path = private / "XDG_CONFIG_HOME" / "screener" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert run(["--content", str(FLIGHT), *arguments]) == code
    printed = capsys.readouterr()
    return printed.out if code == 0 else printed.err


def test_a_flag_chooses_the_language(capsys: pytest.CaptureFixture[str], answers: str) -> None:
    """Check that the person's copy is Spanish; answers in the file are the same in every language."""
    copy = said(capsys, "summarise", answers, "--language", "es-US")
    assert "Hable con un profesional clínico" in copy
    assert "12 años" in copy
    assert "Talk to a clinician" in said(capsys, "summarise", answers)


def test_the_copy_of_the_clinician_is_in_the_language_of_the_clinic(
    capsys: pytest.CaptureFixture[str], answers: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Check that it is English by default, and says that the answers were given in Spanish."""
    arguments = ("summarise", answers, "--copy", "clinician", "--language", "es-US")
    copy = said(capsys, *arguments)
    assert "Unaccompanied minor by own report." in copy
    assert "Answered in Spanish (US) (es-US)." in copy
    monkeypatch.setenv("SCREENER_CLINIC_LANGUAGE", "es-US")
    copy = said(capsys, *arguments)
    assert "Menor no acompañado, según la propia persona." in copy
    assert "Idioma de las respuestas" not in copy


def test_environment_and_configuration_choose_as_well(
    capsys: pytest.CaptureFixture[str], answers: str, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Check the order: flag, environment, configuration, questionnaire."""
    configure(private, 'language = "es-US"\nclinic_language = "es-US"\n')
    assert "12 años" in said(capsys, "summarise", answers)
    assert "(prioritario)" in said(capsys, "summarise", answers, "--copy", "clinician")
    monkeypatch.setenv("SCREENER_LANGUAGE", "en-GB")
    assert "12 years" in said(capsys, "summarise", answers)
    assert "12 años" in said(capsys, "summarise", answers, "--language", "es-US")


@pytest.mark.parametrize("arguments", [("summarise",), ("start", "--plain")])
def test_an_unknown_language_is_refused(
    capsys: pytest.CaptureFixture[str], answers: str, arguments: tuple[str, ...]
) -> None:
    """Check that the message names the languages that there are, before any question is asked."""
    command = (*arguments, answers) if arguments == ("summarise",) else arguments
    error = said(capsys, *command, "--language", "es-SU", code=2)
    assert error == (
        'screener: The questionnaire before-a-flight is not available in "es-SU". Available: en-GB, en-US, es-US.\n'
    )


def test_an_unknown_language_of_the_clinic_is_refused_before_anybody_is_asked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCREENER_CLINIC_LANGUAGE", "fr-FR")
    assert '"fr-FR"' in said(capsys, "start", "--plain", code=2)


def test_start_asks_in_the_language(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Check that texts before the first question are in it too: the reason for plain mode, and how to continue."""
    monkeypatch.setattr("sys.stdin", io.StringIO("1\n"))
    error = said(capsys, "start", "--language", "es-US", code=3)
    assert "Este es el modo de texto, porque la entrada o la salida no es una terminal." in error
    assert "¿De dónde sale?" in error
    assert "La entrada terminó antes que el cuestionario." in error
    assert spoken() == "es-US"


def test_texts_for_authors_stay_english(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Check that checks and lists are English in every language of the answers."""
    monkeypatch.setenv("SCREENER_LANGUAGE", "es-US")
    assert "before-a-flight 2.1.0: in order" in said(capsys, "check")
    assert "en-GB, en-US, es-US  17 questions  Before you fly" in said(capsys, "list")


def test_a_language_from_right_to_left_is_asked_in_plain_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    """Check that a language written from right to left is asked in plain mode, because the screens cannot show it."""

    class Terminal(io.StringIO):
        encoding = "utf-8"

        def isatty(self) -> bool:
            return True

        def fileno(self) -> int:
            return 2

    for name in ("stdin", "stderr"):
        monkeypatch.setattr(f"sys.{name}", Terminal())
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr("os.get_terminal_size", lambda _number: (80, 24))
    assert cannot_show("es-US") is None
    assert cannot_show("ar-EG") == cannot_show("he") == "its language is written from right to left"


def test_the_rule_book_can_be_read_in_another_language(capsys: pytest.CaptureFixture[str]) -> None:
    """Check that a clinician can read and sign the Spanish questions; the hashes are those of the same content."""
    printed = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with contextlib.redirect_stdout(printed):
        assert run(["--content", str(FLIGHT), "rulebook", "--format", "markdown", "--language", "es-US"]) == 0
    printed.seek(0)
    book = printed.read()
    assert "Menor no acompañado, según la propia persona" in book
    assert "Unaccompanied minor" not in book
    assert "Vuela sin compañía" in book
