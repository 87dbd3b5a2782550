"""Qt's enumerations made the short way, held against those that Python makes."""

from __future__ import annotations

import os
import subprocess
import sys

TELL = """
import enum, re
from PySide6 import QtCore, QtGui, QtWidgets

def described(kind):
    parts = {name: part for name, part in vars(kind).items() if not isinstance(part, enum.Enum)}
    for name in ("__dict__", "__weakref__", "_member_map_", "_value2member_map_"):
        parts.pop(name, None)
    for name, part in parts.items():
        parts[name] = re.sub("0x[0-9a-f]+", "", getattr(part, "__qualname__", None) or repr(part))
    members = [
        (name, member.name, member.value, type(member._value_), sorted(vars(member)), member._sort_order_,
         member.__objclass__ is kind, repr(member), str(member), hash(member), f"{member}",
         getattr(kind, name) is member)
        for name, member in kind.__members__.items()
    ]
    found = [(value, member.name, kind(value) is member) for value, member in kind._value2member_map_.items()]
    return kind.__mro__[1:], sorted(parts.items()), members, found, list(kind)

def enums(of, seen):
    for name in sorted(vars(of)) if isinstance(of, type) else sorted(dir(of)):
        part = getattr(of, name, None)
        if isinstance(part, enum.EnumType) and part not in seen:
            seen.add(part)
            print(part.__module__, part.__qualname__, *described(part))
        elif isinstance(part, type) and part.__module__.startswith("PySide6") and part not in seen:
            seen.add(part)
            enums(part, seen)

seen = set()
for module in (QtCore, QtGui, QtWidgets):
    enums(module, seen)
print(enum.IntFlag("Own", ["ONE", "TWO"], module="own").TWO.value)
"""


def _tell(start: str) -> list[str]:
    result = subprocess.run(
        [sys.executable, "-c", f"{start}\n{TELL}"],
        capture_output=True, text=True, check=False, env=os.environ | {"PYTHONHASHSEED": "0"},
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    return result.stdout.splitlines()


def test_every_enumeration_of_qt_is_the_same_to_the_last_private_name() -> None:
    ours, standard = _tell("import desktop_app.ui"), _tell("")
    assert ours == standard
    assert len(ours) > 500
