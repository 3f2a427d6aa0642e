"""Every text of the program that people read can be translated: it is marked in the code."""

from __future__ import annotations

import pytest

from screener.model.question_types import TYPES
from tests.i18n.catalogues import PROGRAM, messages
from tests.i18n.code import marked, shown, unmarked

PARTS_FOR_AUTHORS = ("expected", "name", "remedy", "in_book", "alike")
FOR_AUTHORS = {getattr(kind, part) for kind in TYPES.values() for part in PARTS_FOR_AUTHORS} | {
    # Parts of words that name a number, and sentences about answers in a file.
    "text of at most ", "a list of medicines of at most ", '" cannot be chosen together with other answers.',
    "Only a question with several answers takes a list.", "An option is written as its code.", "Write one of: ",
    "Write yes or no.",
}  # fmt: skip
ALLOWED = {
    **{f"model/types/{path.name}": FOR_AUTHORS for path in (PROGRAM / "model" / "types").glob("*.py")},
    "model/answers.py": {'" cannot be left out as '},
    # About a line of a script, for its author.
    "plain/console.py": {
        "The questionnaire was finished before this line.",
        "The line is not UTF-8. Save the script as UTF-8.",
    },
    "plain/run.py": {
        "screener summarise FILE", "screener start --plain --resume", "screener: line ", " was not taken",
        " has no line end, so a part of it may be missing. ",
        "Nothing of this input is kept here.", "What was recorded before is kept.", "screener clinic record ",
    },
}  # fmt: skip
"""Module to texts that are not for people who answer or read answers; ``None``: all of its texts."""


def test_no_words_for_people_are_left_unmarked() -> None:
    """Check for texts without a mark, which would stay English in every language; the failure names their places."""
    found = []
    for path in shown():
        name = path.relative_to(PROGRAM).as_posix()
        allowed = ALLOWED.get(name, set())
        if allowed is not None:
            code = path.read_text("utf-8")
            found += [f"screener/{name}:{line}: put _() round {text!r}" for line, text in unmarked(code, allowed)]
    assert found == []


def test_every_marked_word_can_be_extracted() -> None:
    """Check for marks inside an f-string and choices inside a mark, which never reach a catalogue."""
    known = {text for message in messages() for text in ((message.id,) if isinstance(message.id, str) else message.id)}
    known |= {message.context for message in messages() if message.context}
    lost = [
        f"{path.relative_to(PROGRAM.parent)}:{line}: {name}({text!r}) cannot be extracted; give it a line of its own"
        for path in sorted(PROGRAM.rglob("*.py"))
        for line, text, name in marked(path.read_text("utf-8"))
        if text not in known
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("unmarked_code", "marked_code"),
    [
        ('Passage("Please wait here.")', 'Passage(_("Please wait here."))'),
        ('Action("Begin", "screen.begin")', 'Action(_("Begin"), "screen.begin")'),
        ('say(f"You have {n} answers.")', 'say(_("You have {n} answers.").format(n=n))'),
        ('LABELS = {"a": "one or two words"}', 'LABELS = {"a": N_("one or two words")}'),
        ('raise NotUnderstood("Write a number.")', 'raise NotUnderstood(_("Write a number."))'),
        ('x: str = "Please wait here."', 'x: str = N_("Please wait here.")'),
    ],
)
def test_unmarked_words_are_found(unmarked_code: str, marked_code: str) -> None:
    """Check the lint: it finds each of these texts, and none once it is marked."""
    assert {line for line, _text in unmarked(unmarked_code)} == {1}
    assert not list(unmarked(marked_code))


@pytest.mark.parametrize(
    "code",
    [
        '"""Says what it does."""',
        'raise InterviewError("an urgent page was not acknowledged")',
        'Binding("tab", "app.focus_next", "Move on")',
        'query_one("#read-as")',
        'style = "line--text"',
    ],
)
def test_what_nobody_reads_is_left_alone(code: str) -> None:
    assert not list(unmarked(code))


@pytest.mark.parametrize("code", ["say(f\"{_('Yes')}\")", '_("one" if it else "two")'])
def test_marks_that_extract_nothing_are_seen(code: str) -> None:
    """Check that each text below such a mark is looked up in the extracted texts."""
    assert [text for _line, text, _name in marked(code)]
