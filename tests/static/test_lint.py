"""The doors are not gone round, and the lint that says so can fail."""

from __future__ import annotations

from pathlib import Path

import pytest

import screener
from tests.static.lint import Rule, faults
from tests.static.rules import RULES
from tests.static.screens import DOOR

HOME = Path(screener.__file__).parent
MODULES = {path.relative_to(HOME).as_posix(): path.read_text(encoding="utf-8") for path in sorted(HOME.rglob("*.py"))}

SEEDED = {
    "markup": [
        ("tui/x.py", "from rich.markup import escape as safe"),
        ("tui/x.py", "from textual.markup import to_content"),
        ("tui/x.py", "from rich.text import Text as T"),
        ("tui/x.py", "import rich.markup\nshow(rich.markup.escape(name))"),
        ("tui/x.py", "Content.from_markup('[b]$x[/b]', x=name)"),
        ("tui/staff/x.py", "show(name, markup=True)"),
    ],
    "widgets": [
        ("tui/x.py", "from textual.widgets import Static as Quiet"),
        ("tui/x.py", "from textual.widgets.option_list import Option"),
        ("tui/x.py", "import textual.widgets as w\nw.Label(name)"),
        ("tui/x.py", "from textual.widgets import Input\nInput(value=name)"),
        ("tui/x.py", "from textual.widgets import TextArea\nclass Notes(TextArea):\n    pass"),
        ("tui/x.py", "class Named(Widget):\n    def render(self):\n        return self.name"),
    ],
    "door": [
        ("tui/x.py", "Static(name)"),
        ("tui/x.py", "Label(f'{name}')"),
        ("tui/x.py", "w.Button(label=question.text)"),
        ("tui/x.py", "rows.add_option(name)"),
        ("tui/x.py", "table.add_row(*answers)"),
        ("tui/x.py", "self.query_one('#a').update(name)"),
        ("tui/x.py", "self.notify('Saved ' + name)"),
        ("tui/x.py", "app.exit(0, message=name)"),
        ("tui/x.py", "self.border_title = name"),
        ("tui/x.py", "self.app.sub_title = f'{name}'"),
        ("tui/x.py", "class A(App):\n    TITLE = NAME"),
        ("tui/x.py", "Field(tooltip=name)"),
        ("tui/x.py", "title = visible(name)\nself.title = title"),
        ("tui/x.py", f"from {DOOR} import wrapped\nStatic(wrapped(a, 9) if b else a)"),
    ],
    "drawn": [
        ("tui/x.py", "Segment(name)"),
        ("tui/x.py", "content.Content(name)"),
        ("tui/widgets/line_widget.py", "Strip([(name, style, None)])"),
    ],
    "driver": [
        ("tui/x.py", "self.app._driver.write(name)"),
        ("tui/x.py", "self.app.console.print(name)"),
        ("tui/x.py", "self.log(name)"),
    ],
    "talk": [
        ("plain/interview.py", "self.talk._told.write(name)"),
        ("plain/x.py", "import sys\nsys.stdout.write(name)"),
    ],
    "print": [
        ("engine/rules.py", "print(answers)"),
        ("plain/x.py", "input('Name: ')"),
        ("store/x.py", "import logging"),
        ("store/x.py", "from logging import getLogger"),
    ],
    "streams": [
        ("engine/rules.py", "import sys\nsys.stderr.write(name)"),
        ("engine/rules.py", "import sys\nsys.__stdout__"),
        ("engine/rules.py", "from sys import stdout"),
    ],
    "files": [
        ("engine/rules.py", "open('answers.txt', 'w')"),
        ("summary/x.py", "path.open('w')"),
        ("summary/x.py", "path.write_text(answers)"),
        ("summary/x.py", "os.fdopen(os.open(path, 0))"),
    ],
    "sql": [
        ("store/x.py", "rows.execute(f'SELECT * FROM {table}')"),
        ("store/x.py", "statement = f\"DELETE FROM response WHERE id = '{name}'\""),
        ("store/x.py", "rows.run('SELECT a FROM b WHERE c = ' + name)"),
        ("store/x.py", "rows.run('INSERT INTO a VALUES (%s)' % name)"),
        ("store/x.py", "rows.run('PRAGMA key={}'.format(key))"),
        ("store/x.py", "for table in found:\n    rows.run(f'DROP TABLE {table}')"),
    ],
}  # fmt: skip

ALLOWED = [
    ("tui/x.py", f"from {DOOR} import shown\nStatic(shown(a), id='a')\nself.title = shown(a)\nself.tooltip = None"),
    ("tui/x.py", "from textual.widgets import Input, TextArea\nclass A(B):\n    title: str\n\nseen |= {1}\n"),
    ("tui/x.py", "show(markup=False)"),
    ("plain/x.py", "self.talk.say(name)\nself.talk.print(name)"),
    ("cli/x.py", "from screener.cli.output import say\nsay(f'{name} was updated')"),
    ("store/x.py", "rows.execute('SELECT a FROM b WHERE c = ?', (name,))"),
    ("store/x.py", "rows.run(f'SELECT {_COLUMNS} FROM b')"),
    ("store/x.py", "for table in TABLES:\n    rows.run('CREATE TABLE ' + table.replace('A', 'B'))"),
]  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_no_module_goes_round_a_door(rule: Rule) -> None:
    """Text reaches widgets, streams, files and databases only through the modules that are there for it."""
    found = [fault for module, source in MODULES.items() for fault in faults([rule], module, source)]
    assert not found, "\n" + "\n".join(map(str, found))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_no_exception_outlives_its_reason(rule: Rule) -> None:
    """A module that is excepted from a rule is there, has a reason, and would break the rule."""
    everywhere = Rule(rule.name, rule.find, rule.remedy)
    for module, reason in rule.excepted.items():
        assert reason
        assert faults([everywhere], module, MODULES[module]), f"{module} need not be excepted from {rule.name}"


@pytest.mark.parametrize(
    ("name", "module", "source"), [(name, *seeded) for name, all_of_it in SEEDED.items() for seeded in all_of_it]
)
def test_each_rule_finds_what_it_is_for(name: str, module: str, source: str) -> None:
    """A module with this in it is named with the line and the remedy."""
    found = [fault for fault in faults(RULES, module, f"'''Anything.'''\n{source}") if fault.rule == name]
    assert found
    assert found[0].line > 1
    assert str(found[0]).startswith(f"screener/{module}:{found[0].line}: ")
    assert found[0].remedy in str(found[0])


def test_every_rule_has_been_seen_to_fail() -> None:
    """No rule stands there without a fault that it finds."""
    assert SEEDED.keys() == {rule.name for rule in RULES}


@pytest.mark.parametrize(("module", "source"), ALLOWED)
def test_what_goes_through_the_door_is_left_alone(module: str, source: str) -> None:
    """Honest code is not complained of."""
    assert faults(RULES, module, source) == []
