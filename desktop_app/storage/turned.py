"""Marks that turn the words around them round, taken out of what a file holds.

Importers leave them out as well. Another program can put them into a file, and a name with one in it would
show the amount behind it backwards.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

T = TypeVar("T")

_MARKS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates; the plain marks of direction, which names in Hebrew need, stay."""
_IN_BYTES = re.compile(rb"\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]|\\u20(?:2[a-eA-E]|6[6-9])")
"""The same in an image: as UTF-8, or as JSON may spell them."""


def may_turn(image: bytes) -> bool:
    """Tell whether the texts of an image may hold such a mark."""
    return _IN_BYTES.search(image) is not None


def unturned(value: T) -> T:
    """Return the same value with the marks taken out of every text in it."""
    found: Any = _unturned(value)
    return value if found == value else found


def _unturned(value: Any) -> Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return _MARKS.sub("", value)
    if isinstance(value, tuple):
        items = [_unturned(item) for item in value]
        return value._make(items) if hasattr(value, "_make") else tuple(items)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {each.name: getattr(value, each.name) for each in fields(value) if each.init}
        changed = {name: new for name, old in parts.items() if (new := _unturned(old)) != old}
        return replace(value, **changed) if changed else value
    return value
