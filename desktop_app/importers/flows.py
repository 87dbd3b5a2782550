"""Tables of what came in over a time, by fund: dividends, interest, gains, none of it what is held."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal

from desktop_app.domain.money import CENT, ZERO

from .account_labels import plain_label
from .amounts import is_missing, parse_amount
from .columns import Columns, Role, TableKind, is_day_heading
from .grid import filled
from .patterns import late_regex
from .periods import is_short_period
from .rows import is_total
from .transactions import is_bare_amount

_FLOW = late_regex(
    r"\b(?:dividends?|interest|income|gains?|distributions?|reinvest\w*|(?:short|long)[- ]term"
    r"|(?:non[- ]?)?qualified|ordinary|tax(?:es|able|[- ]exempt)?|withh\w+|federal|state|fees?|expenses?"
    r"|royalt\w+|accrued|return of capital|sales?|proceeds|withdrawals?)\b"
)
"""Words that head what came in or went out over a time, none that a balance is put together of."""
_OPENED = late_regex(r"(?:beginning|opening|starting|previous|prior|begin|start)\b")
_INSTRUMENT = (Role.SYMBOL, Role.CUSIP, Role.NAME)


def is_sum_of_flows(columns: Columns, rows: Iterable[list[str]]) -> bool:
    """Tell whether the bare total of each row is the sum of income or of months beside it, and no value."""
    if columns.kind is not TableKind.HOLDINGS or not is_bare_amount(columns):
        return False
    if {Role.UNITS, Role.PRICE, Role.VESTED} & columns.index.keys():
        return False
    rows = [row for row in rows if columns.index[Role.VALUE] < len(row)]
    used = set(columns.index.values())
    places = [i for i in range(len(columns.keys)) if i not in used and _holds_money(rows, i)]
    if not places or not all(_is_flow(columns.keys[i]) for i in places):
        return False
    pairs = [(_amount(row, columns.index[Role.VALUE]), [_amount(row, i) for i in places]) for row in rows]
    known = [(total, parts) for total, parts in pairs if total is not None]
    adds_up = (abs(sum((part or ZERO for part in parts), ZERO) - total) <= CENT for total, parts in known)
    return any(total for total, _ in known) and all(adds_up)


def _is_flow(key: str) -> bool:
    return _FLOW.search(key) is not None or is_short_period(key) or is_day_heading(key)


def _holds_money(rows: Sequence[list[str]], place: int) -> bool:
    """Tell whether a column holds amounts and nothing else."""
    texts = [row[place].strip() for row in rows if place < len(row) and not is_missing(row[place].strip())]
    return bool(texts) and all("%" not in text and parse_amount(text) is not None for text in texts)


def _amount(row: list[str], place: int) -> Decimal | None:
    return parse_amount(row[place].strip()) if place < len(row) else None


def names_in(columns: Columns, rows: Iterable[list[str]]) -> Iterator[tuple[str, ...]]:
    """Yield what each row of a table calls its fund: its ticker, number and name; totals have no fund."""
    places = [columns.index[role] for role in _INSTRUMENT if role in columns.index]
    for row in rows:
        texts = [row[place].strip() for place in places if place < len(row)]
        if texts and not any(map(is_total, texts)):
            yield tuple(plain_label(text) for text in texts if not is_missing(text))


def is_of_balances(columns: Columns) -> bool:
    """Tell whether a table has opening balances before its value."""
    value = columns.index.get(Role.VALUE, 0)
    return any(map(_OPENED.match, columns.keys[:value]))


def worth_in(columns: Columns, rows: Iterable[list[str]]) -> Iterator[tuple[str, Decimal]]:
    """Yield the name and the value in dollars of each row that has units, or stands in a table without."""
    if not {Role.NAME, Role.VALUE} <= columns.index.keys():
        return
    name, value, units = (columns.index.get(role, -1) for role in (Role.NAME, Role.VALUE, Role.UNITS))
    for row in rows:
        amount = _amount(row, value)
        if not amount or name >= len(row) or is_total(row[name].strip()):
            continue
        if units < 0 or _amount(row, units):
            yield plain_label(row[name].strip()), amount


def are_named_in(rows: Collection[tuple[str, ...]], known: Collection[str]) -> bool:
    """Tell whether each fund of a table is one of those that others hold."""
    named = [names for names in rows if names]
    return bool(named) and all(any(name in known for name in names) for names in named)


def sum_of(columns: Columns, rows: Iterable[list[str]]) -> Decimal:
    """Return what the values of a table's rows add to, totals left out."""
    place = columns.index.get(Role.VALUE)
    held = (row for row in rows if not any(map(is_total, filled(row)[:2])))
    return sum((_amount(row, place) or ZERO for row in held), ZERO) if place is not None else ZERO
