"""Records that name others by an id: what those say of fund and account is put beside what they are worth."""

from __future__ import annotations

import re

from .patterns import late_regex
from .trees import Node

_ID = late_regex(r"(?P<stem>security|fund|instrument|asset|investment|holding|account)[_ ]?id", re.IGNORECASE)
"""How a record's id is called, in its own list and where others name it."""
_ACCOUNT = "account"
_BARE = frozenset({"name", "mask", "number", "symbol", "ticker", "description", "title"})
"""Values that are those of an account or a fund only beside the word for it."""


def join_records(root: Node) -> None:
    """Put what a list says of each of its records (`securities`) beside those that name them by their id.

    A list's own records have their id under its name (`security_id`), each another one. What a record says
    itself stays.
    """
    known: dict[tuple[str, str], Node] = {}
    for node in root.walk():
        for key, text in node.leaves:
            stem = _stem(key)
            if stem and _is_list_of(node, stem):
                known.setdefault((stem, text), node)
    if not known:
        return
    for node in root.walk():
        for key, text in tuple(node.leaves):
            stem = _stem(key)
            other = known.get((stem, text)) if stem else None
            if other is not None and other is not node:
                _put_beside(node, (key, text), stem, other)


def _stem(key: str) -> str:
    found = _ID.fullmatch(key)
    return found["stem"].lower() if found else ""


def _is_list_of(node: Node, stem: str) -> bool:
    return node.is_listed and node.name.lower().startswith(stem[:-1])


def _put_beside(node: Node, named: tuple[str, str], stem: str, other: Node) -> None:
    has = {key.lower() for key, _ in node.leaves}
    for key, text in other.leaves:
        called = f"{stem} {key}" if key.lower() in _BARE else key
        if text != named[1] and called.lower() not in has:
            node.leaves.append((called, text))
    if stem == _ACCOUNT:
        node.leaves.remove(named)
