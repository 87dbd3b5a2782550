"""Lists of what came and went with the balance after each: a bank's account, the cash of an HSA."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from desktop_app.domain.money import CENT, ZERO

from .amounts import find_date, parse_amount
from .columns import Columns, Role
from .patterns import late_regex

_IN = late_regex(r"\b(?:deposits?|credits?|money in|paid in|additions?|contributions?|received)\b")
_OUT = late_regex(r"\b(?:withdrawals?|debits?|money out|paid out|payments?|distributions?|spent)\b")
_MOVED = late_regex(r"\b(?:amount|transaction|change)\b")
_FEWEST = 3
"""Balances by which a list is told."""


class _Move(NamedTuple):
    """One line: its place, what came or went in dollars, and the balance after it."""

    place: int
    moved: Decimal
    balance: Decimal


def is_register(columns: Columns, rows: Sequence[list[str]]) -> bool:
    """Tell whether the “value” of rows is the running balance of one account and not what each is worth.

    Each row has a day, and its balance differs from that of its neighbour by just what came or went.
    """
    return closing(columns, rows) is not None


def closing(columns: Columns, rows: Sequence[list[str]]) -> tuple[int, Decimal] | None:
    """Return the place and the dollars of the last balance of such rows, None for any others."""
    moves = _moves(columns, rows)
    if len(moves) < _FEWEST or not any(move.moved for move in moves):
        return None
    if all(_follows(one, two) for one, two in pairwise(moves)):
        return moves[-1].place, moves[-1].balance
    if all(_follows(two, one) for one, two in pairwise(moves)):
        return moves[0].place, moves[0].balance
    return None


def _moves(columns: Columns, rows: Sequence[list[str]]) -> list[_Move]:
    """Return the rows of such a list; none where a column is missing or a row has no day."""
    place = columns.index.get(Role.VALUE)
    plus = [i for i, key in enumerate(columns.keys) if i != place and _IN.search(key)]
    minus = [i for i, key in enumerate(columns.keys) if i != place and _OUT.search(key)]
    both = [i for i, key in enumerate(columns.keys) if i != place and _MOVED.search(key)]
    if place is None or not (plus or minus or both):
        return []
    found: list[_Move] = []
    for k, row in enumerate(rows):
        balance = parse_amount(row[place]) if place < len(row) else None
        if balance is None:
            continue
        if not any(find_date(cell) for cell in row):
            break
        moved = _sum(row, plus) - sum((abs(amount) for amount in _amounts(row, minus)), ZERO)
        found.append(_Move(k, moved or _sum(row, both), balance))
    return found


def _amounts(row: Sequence[str], places: Sequence[int]) -> list[Decimal]:
    parsed = (parse_amount(row[place]) for place in places if place < len(row) and row[place].strip())
    return [amount for amount in parsed if amount is not None]


def _sum(row: Sequence[str], places: Sequence[int]) -> Decimal:
    return sum(_amounts(row, places), ZERO)


def _follows(before: _Move, after: _Move) -> bool:
    """Tell whether a balance is the one before with what moved since."""
    return abs(abs(after.balance - before.balance) - abs(after.moved)) <= CENT
