"""Tells a list of transactions from a table of holdings where the heading alone does not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from .amounts import find_date, is_missing, looks_numeric, parse_amount
from .columns import MOVED, Columns, Role, TableKind
from .moves import are_moves, day_in, heads_move, says_move
from .patterns import late_regex
from .registers import is_register
from .rows import Instrument, RowKind, kind_of

_PLAIN_DATES = frozenset({"date", "effective date"})
_AMOUNTS = frozenset(
    {
        "amount",
        "total amount",
        "dollar amount",
        "dollars",
        "total",
        "amount $",
        "amount ($)",
        "importe",
        "monto",
        "betrag",
        "montant",
    }
)
_ORDER_WORDS = frozenset({
    "order", "orders", "order type", "order date", "order id", "order #", "order number", "limit",
    "limit price", "stop", "stop price", "side", "status", "order status", "placed", "submitted", "filled",
    "expires", "expiration", "time in force", "tif", "buy/sell", "action", "trade type", "good until",
})  # fmt: skip
_FEWEST_ORDER_WORDS = 2
_BOUGHT = late_regex(r"acqui|purchas|bought|\blots?\b|maturit|inception|opened|hire|birth|open date")
_LOAN = late_regex(r"\bloans?\b", re.IGNORECASE)
_TYPES = frozenset({"type", "kind", "details", "detail", "event", "operation"})


def is_list_of_orders(columns: Columns) -> bool:
    """Tell whether a heading is one of orders not carried out yet, such as `Order,Limit,Placed,Status`."""
    return sum(key in _ORDER_WORDS for key in columns.keys) >= _FEWEST_ORDER_WORDS


def is_list_of_transactions(columns: Columns, rows: Iterable[list[str]]) -> bool:
    """Tell whether rows under a heading such as `Date,Fund,Type,Amount` are bought and sold, not held.

    They are when each has a date of its own beside a bare amount, and the dates differ, or a column says
    what kind of transaction they are. A balance or value column means holdings, unless it is a running one.
    """
    rows = list(rows)
    if is_list_of_moves(columns, rows) or is_register(columns, rows) or is_diary(columns, rows):
        return True
    date = _date_column(columns, rows)
    if columns.kind is not TableKind.HOLDINGS or date is None:
        return False
    kinds = [place for place, key in enumerate(columns.keys) if key in _TYPES]
    cells = [row for row in rows if date < len(row) and find_date(row[date])]
    named = any(says_move(row[place]) for row in cells for place in kinds if place < len(row))
    if Role.UNITS in columns.index or Role.PRICE in columns.index:
        return named
    return named or bool(kinds) or len({find_date(row[date]) for row in cells}) > 1


def is_diary(columns: Columns, rows: Sequence[list[str]]) -> bool:
    """Tell whether rows say what was done with one fund on several days: nothing they give may be added up.

    Their “value” has both signs, or stands beside an amount, or beside what came and went and words for it.
    """
    fund = columns.index.get(Role.NAME, columns.index.get(Role.SYMBOL))
    value = columns.index.get(Role.VALUE)
    if columns.kind is not TableKind.HOLDINGS or fund is None or value is None:
        return False
    days = _on_several_days(columns, rows, fund)
    if days is None:
        return False
    others = {place for place in range(len(columns.keys)) if place not in columns.index.values()}
    bare = is_bare_amount(columns)
    counted = Role.UNITS in columns.index and not bare
    moved = bare or any(heads_move(columns.keys[place]) for place in others)
    plain = _without_owed(columns, rows, fund, days) if counted and not moved else rows
    values = [amount for row in plain if value < len(row) and (amount := parse_amount(row[value].strip()))]
    if any(amount < 0 for amount in values) and any(amount > 0 for amount in values):
        return True
    if not bare and any(columns.keys[place] in _AMOUNTS for place in others):
        return True
    of_figures = columns.index.get(Role.DATE) == days and columns.keys[days] not in _PLAIN_DATES
    if bare and "amount" in columns.keys[value] and not of_figures:
        return True
    return (moved or not counted) and are_moves(rows, others)


def _without_owed(columns: Columns, rows: Sequence[list[str]], fund: int, days: int) -> Sequence[list[str]]:
    """Return rows without what is owed: below zero once on every day, or a loan until it is paid off.

    What is charged or sold is now and then, or several times on a day.
    """
    value = columns.index[Role.VALUE]
    own = [columns.index[role] for role in (Role.ACCOUNT_ID, Role.ACCOUNT_NAME) if role in columns.index]
    lines: dict[tuple[str, ...], list[list[str]]] = {}
    for row in rows:
        if max(fund, value, days, *own) < len(row) and day_in(row[days]) is not None:
            lines.setdefault(tuple(row[place].strip() for place in (fund, *own)), []).append(row)
    every = {row[days].strip() for known in lines.values() for row in known}
    owed = {
        id(row)
        for (name, *_), known in lines.items()
        if _is_owed(name, [row[value] for row in known], [row[days].strip() for row in known], every)
        for row in known
    }
    return [row for row in rows if id(row) not in owed]


def _is_owed(name: str, values: Sequence[str], on: Sequence[str], every: Collection[str]) -> bool:
    """Tell whether one line stands below zero once on each of some days: on every one, or it is a loan."""
    amounts = [parse_amount(value.strip()) for value in values]
    if len({*on}) < len(on) or not all(amount is not None and amount < 0 for amount in amounts):
        return False
    is_loan = kind_of(Instrument(None, None, name)) is RowKind.LOAN
    return not says_move(_LOAN.sub("", name)) and (is_loan or len(on) == len(every))


def with_days(columns: Columns, rows: Sequence[list[str]]) -> Columns:
    """Return a heading with the column of days found by its cells where funds have several and no word tells.

    Days on which units were bought say nothing of the day of the figures.
    """
    fund = columns.index.get(Role.NAME, columns.index.get(Role.SYMBOL))
    if (
        columns.kind is not TableKind.HOLDINGS
        or fund is None
        or {Role.DATE, Role.UNITS} & columns.index.keys()
    ):
        return columns
    place = _on_several_days(columns, rows, fund)
    if place is None or _BOUGHT.search(columns.keys[place]) is not None:
        return columns
    return replace(columns, index={**columns.index, Role.DATE: place})


def _on_several_days(columns: Columns, rows: Sequence[list[str]], fund: int) -> int | None:
    """Return the column that gives the rows' days where some fund has several, None without such."""
    for place in range(len(columns.keys)):
        dated = [
            (row[fund].strip(), day)
            for row in rows
            if max(place, fund) < len(row) and (day := day_in(row[place])) is not None
        ]
        if 2 * len(dated) > len(rows) and len({*dated}) > len({name for name, _ in dated}):
            return place
    return None


def is_list_of_moves(columns: Columns, rows: Iterable[list[str]]) -> bool:
    """Tell whether a column “Activity” beside balances holds words: each row says what was done."""
    places = [place for place, key in enumerate(columns.keys) if key in MOVED]
    cells = [row[place].strip() for row in rows for place in places if place < len(row)]
    said = [cell for cell in cells if not is_missing(cell)]
    return bool(said) and not any(map(looks_numeric, said))


def is_bare_amount(columns: Columns) -> bool:
    """Tell whether the heading has no money but a bare amount."""
    return bool(columns.values) and all(columns.keys[place] in _AMOUNTS for place in columns.values)


def is_dated_amount(columns: Columns) -> bool:
    """Tell whether a heading has a day, words and a bare amount, as a list of what was done has."""
    if Role.UNITS in columns.index or Role.PRICE in columns.index:
        return False
    return is_bare_amount(columns) and any(key in _PLAIN_DATES for key in columns.keys)


def _date_column(columns: Columns, rows: list[list[str]]) -> int | None:
    """Return the column of dates beside a bare amount: one called so, or the first if it has nothing else."""
    if not is_bare_amount(columns) or Role.VALUE not in columns.index:
        return None
    date = columns.index.get(Role.DATE)
    if date is not None:
        return date if columns.keys[date] in _PLAIN_DATES else None
    first = [row[0] for row in rows if len(row) > 1 and row[0].strip()]
    dated = len(first) > 1 and 0 not in columns.index.values() and all(map(find_date, first))
    return 0 if dated else None
