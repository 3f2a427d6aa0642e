"""Measure how well ``screener/`` can be found one's way in: ``python -m tests.tools.structure``.

Prints each figure with its aim, and ends with 1 where a module imports itself in a circle.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "screener"
LONG_MODULE = 300
"""Lines above which a module probably holds more than one idea."""
VAGUE = frozenset(
    {
        "found", "known", "told", "said", "made", "here", "given", "kept", "one", "other", "result", "data",
        "item", "value", "info", "thing", "stuff", "taken", "seen", "shown", "asked", "wanted", "there", "what",
        "which", "left",
    }
)  # fmt: skip
"""Local names that say that a value is there, and not what it is."""
OLD_NAMES = frozenset(
    {
        "Sitting", "Keeping", "Reception", "sitting", "keeping", "reception", "Kept", "Taken", "Opened",
        "Vault", "vault", "Door", "stretched", "parked", "park", "paper_key", "drill", "Drill", "compared",
        "pinned", "founding", "Standing", "standing", "settle", "rank", "applies", "behind", "grounds",
        "would_settle", "having", "answers_behind", "understand", "NotUnderstood", "secrecy", "apology", "hush",
        "discreet", "Manuscript", "agreement", "located", "retold", "exercised", "cuts", "can_happen", "Desk",
        "desk", "Board", "Attending", "attending", "Outlets", "outlets", "Bell", "TopLine", "KeyLine", "Shell",
        "Departure", "Cover", "lay_over", "see_to", "Prose", "Lines", "Watch", "Talk", "talk", "Walk",
        "arriving", "choosing", "in_other_words", "Remark", "remark", "remarks", "Face", "face",
    }
)  # fmt: skip
"""What 0.1.0 called things for which the field has a word."""
DOUBLE_NAMES: Mapping[str, str] = {}
"""Class names that may stand in two modules, with the reason."""


def modules() -> dict[str, ast.Module]:
    """Return every module of the package by its dotted name, parsed."""
    trees = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        trees[name] = ast.parse(path.read_text("utf-8"))
    return trees


def type_names(tree: ast.Module) -> Iterator[str]:
    """Yield the classes and type aliases that a module defines at its top."""
    for node in tree.body:
        match node:
            case ast.ClassDef():
                yield node.name
            case ast.Assign(targets=[ast.Name(id=name)]) if name[0].isupper() and not name.isupper() and len(name) > 1:
                yield name


def double_names(trees: Mapping[str, ast.Module]) -> dict[str, list[str]]:
    """Return each class or type name that more than one module defines, with those modules."""
    places: dict[str, list[str]] = defaultdict(list)
    for module, tree in trees.items():
        for name in type_names(tree):
            places[name].append(module)
    return {name: homes for name, homes in sorted(places.items()) if len(homes) > 1 and name not in DOUBLE_NAMES}


def local_names(tree: ast.AST) -> Iterator[str]:
    """Yield the name of every argument and every assignment."""
    for node in ast.walk(tree):
        match node:
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()) if name not in ("self", "cls", "_"):
                yield name


def identifiers(tree: ast.AST) -> Iterator[str]:
    """Yield every name in the code: of modules, classes, functions, arguments, attributes, keywords and variables."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.Name(id=name) | ast.arg(arg=name) | ast.Attribute(attr=name):
                yield name
            case ast.keyword(arg=str(name)) | ast.MatchAs(name=str(name)):
                yield name
            case ast.alias(name=name, asname=alias):
                yield from (alias or name).split(".")


def parts(identifier: str) -> set[str]:
    """Return the identifier with and without its first underscores, and the words between underscores."""
    bare = identifier.strip("_")
    return {identifier, bare, *bare.split("_")}


def imports(module: str, tree: ast.Module, known: Iterable[str]) -> set[str]:
    """Return the modules of the package that a module imports, also lazily or for its types only."""
    known = set(known)
    imported = set()
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(home), names=names) if home.split(".")[0] == PACKAGE.name:
                imported |= {full if (full := f"{home}.{name.name}") in known else home for name in names}
    return imported - {module}


def circle(trees: Mapping[str, ast.Module]) -> list[str]:
    """Return one circle of modules that import each other, or an empty list."""
    try:
        TopologicalSorter({name: imports(name, tree, trees) for name, tree in trees.items()}).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def longest_function(trees: Mapping[str, ast.Module]) -> tuple[int, str]:
    """Return the lines and the place of the longest function."""
    return max(
        (node.end_lineno - node.lineno + 1, f"{module}:{node.name}")
        for module, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    )


def main() -> int:
    """Print every figure; return 1 where there is a circle."""
    trees = modules()
    lines = {path: len(path.read_text("utf-8").splitlines()) for path in PACKAGE.rglob("*.py")}
    doubles = double_names(trees)
    types = {name for tree in trees.values() for name in type_names(tree)}
    names = Counter(name for tree in trees.values() for name in local_names(tree))
    vague = {name: count for name, count in names.most_common() if name in VAGUE}
    old = Counter(name for tree in trees.values() for name in identifiers(tree) if parts(name) & OLD_NAMES)
    long = {path.relative_to(ROOT).as_posix(): count for path, count in lines.items() if count > LONG_MODULE}
    longest, function = longest_function(trees)
    round_trip = circle(trees)
    share = 100 * sum(vague.values()) / sum(names.values())
    print(f"modules                        {len(trees)}")
    print(f"lines of screener/             {sum(lines.values())}  (aim: below 23,400)")
    print(f"names defined in two modules   {len(doubles)} of {len(types)}  (aim: 0)  {doubles or ''}")
    print(f"vague local names              {share:.1f} %  (aim: below 1)  {dict(list(vague.items())[:8])}")
    print(f"modules over {LONG_MODULE} lines         {len(long)}  (aim: 0)  {long or ''}")
    print(f"longest function               {longest} lines, {function}")
    print(f"import circles                 {'1: ' + ' -> '.join(round_trip) if round_trip else 0}  (aim: 0)")
    print(f"old names                      {sum(old.values())}  (aim: 0)  {dict(old.most_common(12)) or ''}")
    print(
        f"README                         {len((ROOT / 'README.md').read_text('utf-8').splitlines())} lines  (aim: 150)"
    )
    return 1 if round_trip else 0


if __name__ == "__main__":
    sys.exit(main())
