"""Exports as JSON or XML to named records inside each other."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import TypeGuard

from desktop_app.domain.records import dataclass

from .errors import TooLargeError, UnsafeXmlError
from .watching import Watch, unwatched

_MOST_BYTES = 60_000_000
_MOST_NODES = 500_000
_MOST_VALUES = 3_000_000
_MOST_LABELS = 20_000
_DEEPEST = 40
_FEWEST_LINES = 2
_PIECE = 1 << 16


@dataclass(slots=True)
class Node:
    """One record: what it is called, its line (0 unknown), its values by name, and the records in it.

    `is_listed` tells that it is one of a list, even where the list has no other; `is_keyed` that those in it
    stand under names of their own, None before anybody looked.
    """

    name: str
    line: int = 0
    leaves: list[tuple[str, str]] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    is_listed: bool = False
    is_keyed: bool | None = None

    def walk(self) -> Iterator[Node]:
        """Yield this record and all inside."""
        yield self
        for child in self.children:
            yield from child.walk()


def json_tree(text: str, name: str) -> Node | None:
    """Return the records of a JSON text, None for any other text or one that is nested too deep.

    Raises `TooLargeError` for more of them than would be taken of XML: each takes a hundred times the memory
    that it takes in the file.
    """
    head = text.lstrip("\ufeff \t\r\n")[:1]
    if head not in {"{", "["} or len(text) > _MOST_BYTES:
        return None
    if text.count("{") + text.count("[") > _MOST_NODES:
        raise TooLargeError(name, f"more than {_MOST_NODES:,} records", f"{_MOST_NODES:,}")
    if text.count(",") > _MOST_VALUES:
        raise TooLargeError(name, f"more than {_MOST_VALUES:,} values", f"{_MOST_VALUES:,}")
    try:
        loaded = _loaded(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return None
    root = Node("")
    return root if _take(root, "", loaded, 0) else None


def refuse_many_labels(root: Node, name: str) -> None:
    """Raise `TooLargeError` for more labels than can be looked at; prices of fifty years' days are fewer.

    The name of a record counts as one: it says what the values in it are.
    """
    labels: set[str] = set()
    names: set[str] = set()
    for node in root.walk():
        labels.update(label for label, _ in node.leaves)
        names.add(node.name)
        if max(len(labels), len(names)) > _MOST_LABELS:
            raise TooLargeError(name, f"more than {_MOST_LABELS:,} different labels", f"{_MOST_LABELS:,}")


def _loaded(text: str) -> object:
    """Return what a text holds: one value, or one on each line; raises `ValueError` or `RecursionError`."""
    try:
        return _parsed(text)
    except ValueError:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < _FEWEST_LINES or not all(line.lstrip().startswith("{") for line in lines):
            raise
        return [_parsed(line) for line in lines]


def _parsed(text: str) -> object:
    return json.loads(text, parse_float=str, parse_int=str, parse_constant=str)


def _take(node: Node, key: str, value: object, depth: int) -> bool:
    """Put a value into a record; False where it is nested too deep."""
    if depth > _DEEPEST:
        return False
    if isinstance(value, dict):
        child = Node(key)
        node.children.append(child)
        return all(
            _take(child, str(name), _as_records(inside, value.values()), depth + 1)
            for name, inside in value.items()
        )
    if isinstance(value, list):
        before = len(node.children)
        records = _as_records(value, ())
        inside_it = records if isinstance(records, list) else value
        taken = all(_take(node, key, inside, depth + 1) for inside in inside_it)
        for child in node.children[before:]:
            child.is_listed = True
        return taken
    if value is not None:
        node.leaves.append((key, str(value).strip()))
    return True


def _as_records(value: object, around: Iterable[object]) -> object:
    """Return rows of a table under the headings `around` it or in the first row; any other value as it is."""
    rows = list(filter(_is_row, value)) if isinstance(value, list) else []
    if not isinstance(value, list) or not rows or len(rows) < len(value):
        return value
    heads = next((other for other in around if _is_row(other) and len(other) == len(rows[0])), None)
    if heads is None:
        heads, rows = rows[0], rows[1:]
    return [dict(zip(map(str, heads), row, strict=False)) for row in rows]


def _is_row(value: object) -> TypeGuard[list[object]]:
    if not isinstance(value, list) or len(value) == 1:
        return False
    return bool(value) and not any(isinstance(cell, dict | list) for cell in value)


def xml_tree(data: bytes, name: str, watch: Watch = unwatched) -> Node | None:
    """Return the records of an XML file, None for one that is damaged or nested too deep.

    Raises `UnsafeXmlError` for a file that declares entities, and what `watch` raises.
    """
    from xml.parsers import expat

    reader = _Reader(name)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reader.refuse
    parser.EntityDeclHandler = reader.refuse
    parser.StartElementHandler = lambda tag, given: reader.start(tag, given, parser.CurrentLineNumber)
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.words
    data = data.lstrip(b"\xef\xbb\xbf \t\r\n") if data[:1] not in b"\xff\xfe" else data
    if len(data) > _MOST_BYTES:
        return None
    try:
        for place in range(0, len(data), _PIECE):
            parser.Parse(data[place : place + _PIECE], place + _PIECE >= len(data))
            watch(place / len(data))
    except (expat.ExpatError, ValueError, LookupError):
        return None
    return reader.root


class _Reader:
    """Gathers records while the XML is taken apart: what holds only words is a value of the record around."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._open: list[tuple[Node, list[str]]] = [(Node(""), [])]
        self._count = 0

    @property
    def root(self) -> Node:
        """The record around all others."""
        return self._open[0][0]

    def refuse(self, *_declared: object) -> None:
        """Stop at a declaration that statements never have; raises `UnsafeXmlError`."""
        raise UnsafeXmlError(self._name)

    def start(self, tag: str, given: dict[str, str], line: int) -> None:
        """Open a record; raises `ValueError` where there are too many or they lie too deep."""
        self._count += 1
        if self._count > _MOST_NODES or len(self._open) > _DEEPEST:
            raise ValueError(tag)
        leaves = [(key.rpartition(" ")[2], value.strip()) for key, value in given.items() if value.strip()]
        self._open.append((Node(tag.rpartition(" ")[2], line, leaves), []))

    def end(self, _tag: str) -> None:
        """Close the record that was opened last."""
        node, words = self._open.pop()
        text = " ".join("".join(words).split())
        around = self._open[-1][0]
        if node.children or node.leaves:
            if text and not node.children:
                node.leaves.append((node.name, text))
            around.children.append(node)
        elif text:
            around.leaves.append((node.name, text))

    def words(self, text: str) -> None:
        """Take characters between tags."""
        self._open[-1][1].append(text)
