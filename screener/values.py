"""Frozen dataclasses that cost little to define.

``dataclasses`` writes and compiles six methods for each frozen class, at every start of the program. Here all classes
share the same methods, so that a class is made in a tenth of the time; to make a value takes a little longer. They
compare, hash, print and refuse changes as those of the standard library do; a field knows no ``init`` or ``hash``, and
values with slots cannot be copied or pickled.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING
from operator import attrgetter, ge, gt, le, lt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls: type | None = None, /, *, frozen: bool = False, **options: bool) -> Any:
        """Make a class a dataclass. Only a frozen one is made in another way."""
        if cls is None:
            return lambda decorated: dataclass(decorated, frozen=frozen, **options)
        if not frozen or not options.keys() <= {"slots", "kw_only", "order"}:
            return dataclasses.dataclass(cls, frozen=frozen, **options)
        order = options.pop("order", False)
        docstring = cls.__doc__
        cls.__doc__ = cls.__name__  # Without one, the standard library would work out a signature.
        decorated = dataclasses.dataclass(cls, init=False, repr=False, eq=False, **options)
        decorated.__doc__ = docstring
        if odd := [field.name for field in dataclasses.fields(decorated) if not field.init or field.hash is not None]:
            raise TypeError(f"{cls.__qualname__}: init and hash of a field are not known here: {', '.join(odd)}")
        for name, method in _methods(decorated, order).items():
            if decorated.__dict__.get(name) is None:
                setattr(decorated, name, method)
        return decorated


_set = object.__setattr__


def _methods(cls: type, order: bool) -> dict[str, Callable[..., Any]]:
    """Return the methods that are not the same for every class."""
    fields = dataclasses.fields(cls)
    key = _getter([field.name for field in fields if field.compare])

    def equal(self: object, other: object) -> bool:
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: object) -> int:
        return hash(key(self))

    def ordered(compare: Callable[[Any, Any], bool]) -> Callable[[object, object], bool]:
        return lambda one, two: compare(key(one), key(two)) if two.__class__ is one.__class__ else NotImplemented

    comparisons = {f"__{compare.__name__}__": ordered(compare) for compare in (lt, le, gt, ge)} if order else {}
    return comparisons | {
        "__init__": _initialiser(cls),
        "__eq__": equal,
        "__hash__": hashed,
        "__repr__": _represented,
        "__setattr__": _refuse_to_set,
        "__delattr__": _refuse_to_delete,
    }


def _getter(names: list[str]) -> Callable[[object], tuple[Any, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def _initialiser(cls: type) -> Callable[..., None]:
    fields, has_check = dataclasses.fields(cls), hasattr(cls, "__post_init__")
    every = {field.name for field in fields}
    names = tuple(field.name for field in fields)
    by_position = tuple(field.name for field in fields if not field.kw_only)
    defaults = {field.name: field.default for field in fields if field.default is not MISSING}
    factories = {field.name: field.default_factory for field in fields if field.default_factory is not MISSING}

    def initialise(self: Any, /, *positional: object, **named: object) -> None:
        values = named
        if named.keys() != every:
            values = defaults | dict(zip(by_position, positional, strict=False)) | named
            for name, factory in factories.items():
                if name not in values:
                    values[name] = factory()
        twice = positional and not named.keys().isdisjoint(by_position[: len(positional)])
        if twice or len(positional) > len(by_position) or values.keys() != every:
            raise TypeError(f"{cls.__qualname__} takes {', '.join(names)}, each once")
        for name in names:
            _set(self, name, values[name])
        if has_check:
            self.__post_init__()

    return initialise


def _represented(self: Any) -> str:
    names = (field.name for field in dataclasses.fields(self) if field.repr)
    return f"{self.__class__.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"


def _refuse_to_set(_self: object, name: str, _value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_self: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
