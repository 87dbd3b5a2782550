"""The `dataclass` decorator of this program: what the standard one makes, when it is first wanted.

The standard decorator writes and compiles six functions for every class at once, 0.3 ms of every start for
each of the hundred classes on the way to the first window. Here each function is written when it was
called some times, and a class is made with its slots at once; until then a class costs a tenth. Fields,
`replace`, slots and what a type checker sees are the standard ones. A class that asks for more than these is
left to the standard decorator.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(
        made: type | None = None,
        /,
        *,
        frozen: bool = False,
        slots: bool = False,
        weakref_slot: bool = False,
        eq: bool = True,
        **more: bool,
    ) -> Callable[[type], type] | type:
        """Make a class hold the fields it names, as `dataclasses.dataclass` does."""

        def decorate(cls: type) -> type:
            fields = _collected(cls) if slots and not more and _USUAL else None
            if fields is None:
                wishes = {"frozen": frozen, "slots": slots, "weakref_slot": weakref_slot, "eq": eq, **more}
                return dataclasses.dataclass(**wishes)(cls)
            return _Lean(cls, fields, _Wishes(frozen=frozen, weakref_slot=weakref_slot, eq=eq)).made

        return decorate if made is None else decorate(made)


_Method = Callable[..., Any]
_Fields = dict[str, "dataclasses.Field[Any]"]
_USUAL: Any = getattr(dataclasses, "_FIELD", None)
"""How the standard decorator marks a usual field; None where it does so in another way."""
_UNUSUAL = ("ClassVar", "InitVar", "KW_ONLY")


def _collected(cls: type) -> _Fields | None:
    """Return the fields of a class and those before it; None where only the standard way knows them all."""
    found: _Fields = {}
    for base in cls.__mro__[-2:0:-1]:
        found |= getattr(base, "__dataclass_fields__", {})
    own = vars(cls)
    for name, kind in own.get("__annotations__", {}).items():
        if not isinstance(kind, str) or any(word in kind for word in _UNUSUAL):
            return None
        value = own.get(name, dataclasses.MISSING)
        field: Any = value if isinstance(value, dataclasses.Field) else dataclasses.field(default=value)
        if field.kw_only is True:
            return None
        field.name, field.type, field.kw_only = name, kind, False
        field._field_type = _USUAL  # noqa: SLF001 - it has no other name
        found[name] = field
    return found


class _Wishes:
    """What a class was made with, in the names of the standard decorator."""

    init = repr = match_args = slots = True
    order = unsafe_hash = kw_only = False

    def __init__(self, *, frozen: bool, weakref_slot: bool, eq: bool) -> None:
        self.frozen, self.weakref_slot, self.eq = frozen, weakref_slot, eq


class _Lean:
    """A class with slots whose functions are written when they are first called."""

    def __init__(self, cls: type, fields: _Fields, wishes: _Wishes) -> None:
        parts = dict(vars(cls))
        own = {name for name, value in parts.items() if value is not None}
        self.frozen = wishes.frozen
        self.fields = tuple(fields.values())
        self.asked = [field.name for field in self.fields if field.init]
        self.goes_on = hasattr(cls, "__post_init__")
        methods = {"__init__": self._init, "__repr__": self._repr}
        if wishes.frozen:
            parts |= _FROZEN
        if wishes.eq:
            methods["__eq__"] = self._eq
            if wishes.frozen:
                methods["__hash__"] = self._hash
            elif "__hash__" not in own:
                parts["__hash__"] = None  # as Python says it
        slow_ways: dict[str, _Method] = {"__init__": self._fill, "__hash__": self._hash_of}
        for name, write in methods.items():
            if name not in own:
                parts[name] = self._later(name, write, slow_ways.get(name))
        self.made: Any = self._with_slots(cls, fields, parts, wishes)

    def _with_slots(self, cls: type, fields: _Fields, parts: dict[str, Any], wishes: _Wishes) -> Any:
        """Make the class anew: slots are only given to a class when it is made."""
        inherited = {name for base in cls.__mro__[1:] for name in vars(base).get("__slots__", ())}
        slots = (*fields, *("__weakref__",) * wishes.weakref_slot)
        for name in (*fields, "__dict__", "__weakref__"):
            parts.pop(name, None)
        parts |= {
            "__dataclass_fields__": fields,
            "__dataclass_params__": wishes,
            "__match_args__": tuple(self.asked),
            "__qualname__": cls.__qualname__,
            "__slots__": tuple([name for name in slots if name not in inherited]),
        }
        if cls.__doc__ is None:
            parts["__doc__"] = cls.__name__
        return type(cls)(cls.__name__, cls.__bases__, parts)

    def _later(self, name: str, write: Callable[[], _Method], slowly: _Method | None) -> _Method:
        """Have a function written when it was called some times; until then do `slowly` what it would do."""
        left = PATIENCE if slowly else 0

        def first(*arguments: Any, **named: Any) -> Any:
            nonlocal left
            left -= 1
            if slowly and left >= 0:
                done = slowly(*arguments, **named)
                if done is not _IRREGULAR:
                    return done
            method = write()
            method.__qualname__ = f"{self.made.__qualname__}.{name}"
            setattr(self.made, name, method)
            return method(*arguments, **named)

        return first

    def _fill(self, of: object, /, *given: object, **named: Any) -> Any:
        """Do what `__init__` does; what it would refuse is left to it."""
        if len(given) > len(self.asked) or (named and not named.keys().isdisjoint(self.asked[: len(given)])):
            return _IRREGULAR
        named.update(zip(self.asked, given, strict=False))
        for field in self.fields:
            if field.init and field.name in named:
                value = named.pop(field.name)
            elif field.default_factory is not dataclasses.MISSING:
                value = field.default_factory()
            elif field.default is not dataclasses.MISSING:
                value = field.default
            elif field.init:
                return _IRREGULAR
            else:
                continue
            _set(of, field.name, value)
        if named:
            return _IRREGULAR
        if self.goes_on:
            of.__post_init__()  # type: ignore[attr-defined]  # the class has it
        return None

    def _hash_of(self, of: object) -> int:
        return hash(tuple([getattr(of, field.name) for field in self._counted()]))

    def _counted(self) -> list[dataclasses.Field[Any]]:
        return [field for field in self.fields if (field.compare if field.hash is None else field.hash)]

    def _init(self) -> _Method:
        known: dict[str, Any] = {"_set": _set, "_wanted": _WANTED}
        takes, does = ["self"], []
        for field in self.fields:
            name = field.name
            value = name
            if field.default_factory is not dataclasses.MISSING:
                known[f"_make_{name}"] = field.default_factory
                value = (
                    f"_make_{name}() if {name} is _wanted else {name}" if field.init else f"_make_{name}()"
                )
                takes += [f"{name}=_wanted"] * field.init
            elif field.default is not dataclasses.MISSING:
                known[f"_default_{name}"] = field.default
                value = name if field.init else f"_default_{name}"
                takes += [f"{name}=_default_{name}"] * field.init
            elif field.init:
                takes.append(name)
            else:
                continue
            does.append(f"_set(self, {name!r}, {value})" if self.frozen else f"self.{name} = {value}")
        if self.goes_on:
            does.append("self.__post_init__()")
        return _written("__init__", takes, does or ["pass"], known)

    def _eq(self) -> _Method:
        fields = [field for field in self.fields if field.compare]
        mine, other = self._values("self", fields), self._values("other", fields)
        return _written(
            "__eq__",
            ["self", "other"],
            [f"return {mine} == {other} if other.__class__ is self.__class__ else NotImplemented"],
            {},
        )

    def _hash(self) -> _Method:
        values = self._values("self", self._counted())
        return _written("__hash__", ["self"], [f"return hash({values})"], {})

    def _repr(self) -> _Method:
        fields = [field.name for field in self.fields if field.repr]

        def write(of: object) -> str:
            values = ", ".join(f"{name}={getattr(of, name)!r}" for name in fields)
            return f"{type(of).__qualname__}({values})"

        return write

    @staticmethod
    def _values(of: str, fields: list[dataclasses.Field[Any]]) -> str:
        return "({})".format("".join(f"{of}.{field.name}," for field in fields))


PATIENCE = 16
"""So often a function is done without before it is written: most classes have few objects at the start."""
_set = object.__setattr__
_IRREGULAR = object()
"""Stands for a call that only the written function answers."""
_WANTED = object()
"""Stands for a value that is made anew for every object."""


def _written(name: str, takes: list[str], does: list[str], known: dict[str, Any]) -> _Method:
    """Return a function of these arguments and lines; their words are the names of fields, nothing else."""
    lines = "\n ".join(does)
    made: dict[str, _Method] = {}
    exec(f"def {name}({', '.join(takes)}):\n {lines}", known, made)  # noqa: S102 - as the standard one does
    return made[name]


def _refuse_to_set(_self: object, name: str, _value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_self: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[object]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _set_state(self: Any, state: list[object]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


_FROZEN: Mapping[str, _Method] = {
    "__setattr__": _refuse_to_set,
    "__delattr__": _refuse_to_delete,
    "__getstate__": _state,
    "__setstate__": _set_state,
}
"""What keeps an object as it was made, and lets it be copied all the same."""
