"""No text reaches a widget except through the door, which shows it and obeys nothing in it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from tests.static.lint import Found, is_constant, last_name

DOOR = "screener.tui.rendering"

# What the modules of Textual and Rich are named like in a call, whichever way they were imported.
READ_MARKUP = {
    "Static", "Label", "Button", "Link", "Digits", "Placeholder", "Tooltip", "Toast", "Header", "Footer", "Welcome",
    "Option", "OptionList", "Checkbox", "RadioButton", "RadioSet", "Selection", "SelectionList", "Select", "ListItem",
    "DataTable", "Tree", "DirectoryTree", "Collapsible", "Tab", "Tabs", "TabPane", "Rule", "ProgressBar", "HelpPanel",
    "KeyPanel", "Markdown", "MarkdownViewer", "Log", "RichLog", "Pretty", "MaskedInput",
}  # fmt: skip
TEXT_TAKING = {
    "notify", "update", "set_label", "add_option", "add_options", "add_row", "add_rows", "add_column", "add_columns",
    "add_leaf",
}  # fmt: skip
SETTERS = {"border_title", "border_subtitle", "tooltip", "title", "sub_title", "placeholder", "TITLE", "SUB_TITLE"}
KEYWORDS = {"border_title", "border_subtitle", "tooltip", "placeholder", "message"}
DRAWN = {"Content", "Text", "Segment", "Strip"}
MARKUP = {"escape", "from_markup", "from_rich_text", "render_markup"}
TYPED = {"Input", "TextArea"}
_HARMLESS = frozenset(
    ("id", "classes", "name", "disabled", "variant", "timeout", "severity", "key", "width", "height", "layout")
)


def markup(tree: ast.Module) -> Found:
    """Nothing reads or writes markup."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in ("rich.markup", "textual.markup", "rich.text"):
            yield node, f"{node.module} is imported"
        elif isinstance(node, ast.Name | ast.Attribute | ast.alias) and last_name(node) in MARKUP:
            yield node, f"{last_name(node)} is named"
        elif isinstance(node, ast.keyword) and node.arg == "markup" and not is_constant(node.value, False):
            yield node, "markup is switched on"


def widgets(tree: ast.Module) -> Found:
    """No widget of Textual shows text; what is typed goes into the fields of this program."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, f"{name.name} is imported") for name in node.names if _is_widgets(name.name))
        elif isinstance(node, ast.ImportFrom) and _is_widgets(node.module or ""):
            yield from ((node, f"{name.name} is imported") for name in node.names if name.name not in TYPED)
        elif isinstance(node, ast.Call) and last_name(node.func) in TYPED:
            yield node, f"{last_name(node.func)} is used as it is"
        elif isinstance(node, ast.ClassDef) and any(last_name(base) in TYPED for base in node.bases):
            yield node, f"{node.name} is a field of its own"
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == "render":
            yield node, "a render method returns text, which Textual reads as markup"


def unopened(tree: ast.Module) -> Found:
    """Whatever takes text gets what the door has returned."""
    door = _from_the_door(tree)
    own = _imported_from_screener(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = last_name(node.func)
            if (name in READ_MARKUP and name not in own) or (
                name in TEXT_TAKING and isinstance(node.func, ast.Attribute)
            ):
                handed = [*node.args, *(word.value for word in node.keywords if word.arg not in _HARMLESS)]
                if not all(map(door, handed)):
                    yield node, f"{name} gets text that did not come through the door"
            for word in node.keywords:
                if word.arg in KEYWORDS and not door(word.value):
                    yield word, f"{word.arg} gets text that did not come through the door"
        for target, value in _assigned(node):
            shown = isinstance(target, ast.Attribute) or last_name(target).isupper()
            if shown and last_name(target) in SETTERS and not is_constant(value, None) and not door(value):
                yield node, f"{last_name(target)} is set to text that did not come through the door"


def drawn(tree: ast.Module) -> Found:
    """What a terminal is sent is made in one module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and last_name(node.func) in DRAWN:
            yield node, f"{last_name(node.func)} is made"


def driver(tree: ast.Module) -> Found:
    """Nothing is written past Textual."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and is_write(node.func):
            yield node, f"{last_name(node.func)} is called"
        elif isinstance(node, ast.Attribute) and node.attr in ("console", "error_console", "log"):
            yield node, f"{node.attr} is used"


def _imported_from_screener(tree: ast.Module) -> set[str]:
    """Return the names of the program's own widgets, which draw lines and read no markup, whatever they are called."""
    return {
        name.asname or name.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("screener.tui.widgets.")
        for name in node.names
    }


def _from_the_door(tree: ast.Module) -> Callable[[ast.expr], bool]:
    """Whether an expression is what a function of the door returned."""
    imported = {
        name.asname or name.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module == DOOR
        for name in node.names
        if name.name.islower()
    }

    def came(node: ast.expr) -> bool:
        if isinstance(node, ast.IfExp):
            return came(node.body) and came(node.orelse)
        return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in imported

    return came


def _assigned(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    if isinstance(node, ast.Assign):
        yield from ((target, node.value) for target in node.targets)
    elif isinstance(node, ast.AnnAssign | ast.AugAssign) and node.value is not None:
        yield node.target, node.value


def is_write(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in ("write", "writelines")


def _is_widgets(module: str) -> bool:
    return module == "textual.widgets" or module.startswith("textual.widgets.")
