"""Makes Qt's enumerations as Python's own `enum` makes them, in a third of the time.

PySide6 has 240 of them made, with 2,700 members, before a window can be shown. The standard way touches the
class several times for every member and looks names up in it in between, which has Python forget and look
for all of them again: 22 ms of every start. Here a class is made whole and its members are put in at the
end. What comes out is the same to the last private name, which a test holds for all of Qt; a Python whose
`enum` is put together in another way makes them itself.
"""

from __future__ import annotations

import enum
import sys
from collections.abc import Callable, Mapping
from typing import Any

KNOWN = sys.version_info[:2] == (3, 11)
"""Whether this Python's enumerations are put together as described here."""
_CONTAINERS: Mapping[str, Callable[[], object]] = {
    "_member_names_": list,
    "_member_map_": dict,
    "_value2member_map_": dict,
    "_unhashable_values_": list,
}
_LEFT_TO_PYTHON = frozenset({"__dict__", "__weakref__", "__new__"})
_blanks: dict[tuple[type, object], dict[str, Any]] = {}
"""For each kind of enumeration what one without members consists of."""
_taken: dict[type, frozenset[str]] = {}
"""For each kind of enumeration the names that no member may have."""


_standard: Any = getattr(enum.EnumType, "_create_", None)


def make_enums_lean() -> None:
    """From now on enumerations made by a call, as Qt's are, are made the short way, where Python is known."""
    if KNOWN:
        kind: Any = enum.EnumType
        kind._create_ = _create


def _create(cls: Any, name: str, members: Any, **more: Any) -> Any:
    if any(more.get(unknown) for unknown in ("module", "qualname", "type")) or not _is_plain(cls, members):
        return _standard(cls, name, members, **more)
    parts = _blank(cls, more.get("boundary")) | {key: make() for key, make in _CONTAINERS.items()}
    parts["__module__"] = sys._getframe(2).f_globals["__name__"]  # noqa: SLF001 - PySide6 puts its own there
    made: Any = type.__new__(type(cls), name, (cls,), parts)
    made.__new__ = enum.Enum.__new__  # put there later, or else it would become a static method
    _fill(made, members, is_flag=issubclass(made, enum.Flag))
    return made


def _is_plain(cls: Any, members: Any) -> bool:
    """Tell whether all members have whole numbers and names that are nowhere else in the class."""
    if not isinstance(members, (tuple, list)):
        return False
    if cls not in _taken:
        _taken[cls] = frozenset(
            {*dir(cls), *(name for each in cls.__mro__ for name in vars(each)), "mro", ""}
        )
    names, values = zip(*members, strict=True) if members else ((), ())
    is_whole = {int}.issuperset(map(type, values))
    return is_whole and _taken[cls].isdisjoint(names) and "\n_" not in "\n" + "\n".join(names)


def _blank(cls: Any, boundary: Any) -> dict[str, Any]:
    if (cls, boundary) not in _blanks:
        whole = vars(_standard(cls, "Blank", (), module="", boundary=boundary))
        _blanks[cls, boundary] = {name: part for name, part in whole.items() if name not in _LEFT_TO_PYTHON}
    return _blanks[cls, boundary]


def _fill(made: Any, members: Any, *, is_flag: bool) -> None:
    """Make all members, then put them in: after each put Python looks up anew what it knew of the class."""
    order, known, by_value = made._member_names_, made._member_map_, made._value2member_map_
    new, takes_value, put = made._new_member_, made._use_args_, type.__setattr__
    for name, value in members:
        member = by_value.get(value)
        if member is None:
            member = new(made, value) if takes_value else new(made)
            parts = member.__dict__
            parts["_value_"] = value
            parts["_name_"] = name
            parts["__objclass__"] = made
            parts["_sort_order_"] = len(order)
            by_value[value] = member
            if not is_flag or _is_single(value):
                order.append(name)
        known[name] = member
    for name, member in known.items():
        put(made, name, member)
    if is_flag:
        _mask(made, order)


def _is_single(value: int) -> bool:
    return value > 0 and not value & (value - 1)


def _mask(made: Any, order: list[str]) -> None:
    """Tell a flag which bits it knows, and whether its members stand in the order of their bits."""
    mask = 0
    for value in made._value2member_map_:
        mask |= value
    values = [made._member_map_[name]._value_ for name in order]
    made._flag_mask_, made._singles_mask_ = mask, sum(values)
    made._all_bits_ = 2 ** mask.bit_length() - 1
    if values != sorted(values):
        made._iter_member_ = made._iter_member_by_def_
