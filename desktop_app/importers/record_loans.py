"""The loans among the records of an export: lines that are listed and never counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from .amounts import parse_amount
from .grid import Line
from .loan_labels import speaks_of_loans
from .loan_words import is_lent, is_owed, says_owed
from .trees import Node

_MOST = 200

Spaced = Callable[[str], str]
"""A name's words (`outstandingBalance`)."""


def loans_of(root: Node, spaced: Spaced, is_other: Callable[[Node], bool]) -> list[tuple[Node, Line]]:
    """Return each record or value that says what is owed on a loan, with a line that tells it.

    Lines of records whose place is not known have the number 0. Records of something else than what is held
    (`is_other`) may have loans only where they are loans themselves.
    """
    found = ((node, Line(node.line, [], text)) for node, text in _loans(root, spaced, is_other) if text)
    return [pair for pair, _ in zip(found, range(_MOST), strict=False)]


def _loans(node: Node, spaced: Spaced, is_other: Callable[[Node], bool]) -> Iterator[tuple[Node, str]]:
    name = spaced(node.name)
    if speaks_of_loans(name) and not is_lent(name):
        yield from ((record, _told(record, spaced)) for record in _records(node, spaced))
        return
    if is_other(node):
        return
    for key, text in node.leaves:
        words = spaced(key)
        if is_owed(words) and parse_amount(text):
            yield node, f"{words}: {text}"
    for child in node.children:
        yield from _loans(child, spaced, is_other)


def _records(node: Node, spaced: Spaced) -> list[Node]:
    """Return the records of single loans in one: itself, or the listed ones inside it."""
    inside = [child for child in node.children if child.is_listed or speaks_of_loans(spaced(child.name))]
    inside = inside or [child for child in node.children if any(one.is_listed for one in child.children)]
    return [record for child in inside for record in _records(child, spaced)] if inside else [node]


def _told(record: Node, spaced: Spaced) -> str:
    """Return what a record says of its loan, "" where nothing is owed."""
    said = [(spaced(key), text) for key, text in record.leaves]
    said += [(spaced(child.name), text) for child in record.children for key, text in child.leaves[:1]]
    amounts = [(words, amount) for words, text in said if (amount := _owed(words, text)) is not None]
    sure = [amount for words, amount in amounts if says_owed(words)]
    is_any = any(sure) if sure else any(amount for _, amount in amounts)
    return ", ".join(f"{words}: {text}" for words, text in said if text) if is_any else ""


def _owed(words: str, text: str) -> Decimal | None:
    """Return what a value of a loan's record says is owed, None for any other value."""
    return None if is_lent(words) or _is_code(words) else parse_amount(text)


def _is_code(words: str) -> bool:
    last = words.lower().split()[-1:]
    return last in (
        ["id"],
        ["number"],
        ["no"],
        ["count"],
        ["percent"],
        ["pct"],
        ["months"],
        ["type"],
        ["code"],
    )
