"""A frozen dataclass that is cheap to define does what one of the standard library does."""

from __future__ import annotations

import ast
import dataclasses
import subprocess
import sys
from collections.abc import Callable
from dataclasses import field
from pathlib import Path
from typing import Any

import pytest

from screener import values

SCREENER = Path(values.__file__).parent
CALLS: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    ((), {}),
    ((1,), {}),
    ((1, "b"), {}),
    ((1, "b", [3]), {}),
    ((1, "b", [3], 4), {}),
    ((1,), {"b": "b"}),
    ((), {"a": 1, "b": "b"}),
    ((), {"b": "b", "a": 1, "c": [3], "d": 4}),
    ((1,), {"a": 1}),
    ((1,), {"z": 1}),
    ((), {"b": "b", "z": 1}),
    ((-1,), {}),
]


def shapes(dataclass: Callable[..., Any]) -> list[type]:
    """Return classes of every shape that the program has."""

    @dataclass(frozen=True)
    class Plain:
        a: int
        b: str = "one"
        c: list[int] = field(default_factory=list, repr=False)
        d: int = field(default=7, compare=False)

        def __post_init__(self) -> None:
            if self.a < 0:
                raise ValueError("below 0")

    @dataclass(frozen=True, kw_only=True)
    class Named:
        a: int
        b: str = "one"

    @dataclass(frozen=True)
    class Child(Named):
        c: int

    @dataclass(frozen=True, slots=True)
    class Slotted:
        a: int
        b: str = "one"

    @dataclass(frozen=True)
    class Single:
        a: object

    @dataclass(frozen=True)
    class Empty:
        pass

    @dataclass(frozen=True, order=True)
    class Ordered:
        a: int
        b: str = "one"

    return [Plain, Named, Child, Slotted, Single, Empty, Ordered]


PAIRS = list(zip(shapes(values.dataclass), shapes(dataclasses.dataclass), strict=True))
SHAPES = pytest.mark.parametrize(("cheap", "standard"), PAIRS, ids=[cheap.__name__ for cheap, _ in PAIRS])


def outcome(call: Callable[[], Any]) -> Any:
    """Return what a call returns, or the type of what it raises."""
    try:
        return call()
    except Exception as error:
        return type(error)


@SHAPES
@pytest.mark.parametrize("call", CALLS, ids=str)
def test_it_takes_the_same_arguments(cheap: Any, standard: Any, call: tuple[tuple[Any, ...], dict[str, Any]]) -> None:
    """Check that the same calls are taken and refused, and that the values print and hash alike."""
    positional, named = call
    one, other = (outcome(lambda cls=cls: cls(*positional, **named)) for cls in (cheap, standard))
    if isinstance(other, type):
        assert one is other
        return
    assert repr(one) == repr(other)
    assert dataclasses.asdict(one) == dataclasses.asdict(other)
    assert outcome(lambda: hash(one)) == outcome(lambda: hash(other))
    assert one == cheap(*positional, **named)
    assert one != other, "a value of another class is never equal"


@SHAPES
def test_it_has_the_same_form(cheap: Any, standard: Any) -> None:
    """Check what pydantic, ``match`` and ``replace`` read of a class."""
    assert [(f.name, f.type, f.kw_only) for f in dataclasses.fields(cheap)] == [
        (f.name, f.type, f.kw_only) for f in dataclasses.fields(standard)
    ]
    assert cheap.__match_args__ == standard.__match_args__
    assert getattr(cheap, "__slots__", None) == getattr(standard, "__slots__", None)


def test_it_cannot_be_changed_but_replaced() -> None:
    for cls in shapes(values.dataclass)[:5]:
        known = {f.name: 1 for f in dataclasses.fields(cls)}
        value = cls(**known)
        with pytest.raises(dataclasses.FrozenInstanceError):
            value.a = 2  # type: ignore[attr-defined]
        with pytest.raises(dataclasses.FrozenInstanceError):
            del value.a  # type: ignore[attr-defined]
        other = dataclasses.replace(value, a=2)  # type: ignore[type-var]
        assert other.a == 2
        assert other != value
        assert value == cls(**known)


def test_only_what_has_an_order_can_be_sorted() -> None:
    """Check that values of one class are in the order of their fields, and of two classes in none."""
    ordered, standard = shapes(values.dataclass)[-1], shapes(dataclasses.dataclass)[-1]
    pairs = [(2, "a"), (1, "b"), (1, "a"), (2, "a")]
    one, other = (sorted(cls(*pair) for pair in pairs) for cls in (ordered, standard))
    assert [repr(value) for value in one] == [repr(value) for value in other]
    assert (ordered(1) <= ordered(1), ordered(1) < ordered(1), ordered(2) > ordered(1), ordered(0) >= ordered(1)) == (
        True,
        False,
        True,
        False,
    )
    for cls, two in ((ordered, standard(1)), (shapes(values.dataclass)[4], None)):
        with pytest.raises(TypeError):
            cls(1) < (two or cls(1))  # noqa: B015


def test_a_difference_that_does_not_count_is_none() -> None:
    plain = shapes(values.dataclass)[0]
    assert plain(1, d=1) == plain(1, d=2)
    assert plain(1) != plain(2)


def test_what_the_first_page_needs_is_cheap() -> None:
    """Check that no module loaded for the first page has the standard library compile a frozen dataclass."""
    program = (
        "import sys, screener.cli.start, screener.tui.run; print(*(m for m in sys.modules if m[:9] == 'screener.'))"
    )
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert "screener.tui.app" in loaded
    dear = []
    for module in loaded:
        path = SCREENER.parent / f"{module.replace('.', '/')}.py"
        path = path if path.exists() else path.with_suffix("") / "__init__.py"
        if path != Path(values.__file__) and _compiles_frozen(ast.parse(path.read_text("utf-8"))):
            dear.append(module)
    assert not dear, "take dataclass from screener.values instead"


def _compiles_frozen(module: ast.Module) -> bool:
    imported = any(
        isinstance(node, ast.ImportFrom)
        and node.module == "dataclasses"
        and any(name.name == "dataclass" for name in node.names)
        for node in module.body
    )
    return imported and any(
        isinstance(node, ast.Call)
        and ast.unparse(node)
        in {f"dataclass(frozen=True{more})" for more in ("", ", kw_only=True", ", slots=True", ", order=True")}
        for node in ast.walk(module)
    )
