"""Which of several columns of money is what is held now, told by the table's own figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product

from desktop_app.domain.money import CENT, HUNDRED, ONE, ZERO

from .amounts import parse_amount
from .columns import Columns, Role, role_of
from .grid import filled
from .rows import is_total

_HALF = Decimal("0.5")
_FEWEST = 2


def with_proven_value(columns: Columns, good: Sequence[int], rows: Sequence[list[str]]) -> Columns:
    """Return a heading with that of the value columns `good` which its figures prove.

    Units × price counts to the cent first, then to what rounded figures leave open; units and price are taken
    with it where their words stand more than once. Then count the shares of the whole, then an opening
    balance to which what came and went is added. Without any proof the first one is taken.
    """
    held = _held(rows)
    for fits in (_to_the_cent, multiply):
        if (proven := _by_product(columns, good, held, fits)) is not None:
            return proven
    if (priced := _by_price_called_value(columns, good, held)) is not None:
        return priced
    closing = [value for value in good if has_shares(columns, value, held)] or [
        value for value in good if any(rolls(columns, other, value, held) for other in good)
    ]
    value = closing[0] if len(closing) == 1 else good[0]
    return replace(columns, index={**columns.index, Role.VALUE: value})


def has_shares(columns: Columns, value: int, rows: Sequence[list[str]]) -> bool:
    """Tell whether each amount of a column has the share of their sum that stands beside it."""
    place = columns.index.get(Role.WEIGHT)
    if place is None:
        return False
    pairs = [(_amount(row, value), _share(row, place)) for row in _held(rows)]
    known = [(amount, share) for amount, share in pairs if amount is not None and share is not None]
    total = sum((amount for amount, _ in known), ZERO)
    if len(known) < _FEWEST or total <= 0 or len({amount for amount, _ in known}) < _FEWEST:
        return False
    whole = HUNDRED if sum((share for _, share in known), ZERO) > _FEWEST else ONE
    return all(abs(amount * whole / total - share) <= _step(share) for amount, share in known)


def rolls(columns: Columns, opening: int, closing: int, rows: Sequence[list[str]]) -> bool:
    """Tell whether one column and all those of unknown words between or beside add to another in each row."""
    if opening == closing:
        return False
    flows = [place for place, key in enumerate(columns.keys) if role_of(key) is None]
    known = [
        (before, sum((_amount(row, place) or ZERO for place in flows), ZERO), after)
        for row in _held(rows)
        if (before := _amount(row, opening)) is not None and (after := _amount(row, closing)) is not None
    ]
    moved = sum(flow != 0 for _, flow, _ in known)
    return moved >= _FEWEST and all(abs(before + flow - after) <= CENT for before, flow, after in known)


def _held(rows: Sequence[list[str]]) -> list[list[str]]:
    """Return the rows that are no totals."""
    return [row for row in rows if not any(map(is_total, filled(row)[:2]))]


def _by_product(
    columns: Columns,
    good: Sequence[int],
    rows: Sequence[list[str]],
    fits: Callable[[Decimal, Decimal, Decimal], bool],
) -> Columns | None:
    """Return a heading with the columns whose product is the value in more rows than any other's."""
    choices = product(_all_of(columns, Role.UNITS), _all_of(columns, Role.PRICE), good)
    counts = {
        (value, units, price): _count(rows, (units, price, value), fits) for units, price, value in choices
    }
    right = {places: count for places, (count, of) in counts.items() if count and 2 * count > of}
    most = max(right.values(), default=0)
    best = [places for places, count in right.items() if count == most]
    values = {places[0] for places in best}
    if not best or (len(values) > 1 and good[0] not in values):
        return None
    value = next(iter(values)) if len(values) == 1 else good[0]
    own = tuple(columns.index[role] for role in (Role.UNITS, Role.PRICE) if role in columns.index)
    fitting = [places[1:] for places in best if places[0] == value]
    units, price = own if own in fitting else fitting[0]
    index = {**columns.index, Role.VALUE: value, Role.UNITS: units, Role.PRICE: price}
    return replace(columns, index=index)


def _by_price_called_value(
    columns: Columns, good: Sequence[int], rows: Sequence[list[str]]
) -> Columns | None:
    """Return a heading without a price one of whose values, times units, is another (`Value`, `Worth`)."""
    if Role.PRICE in columns.index:
        return None
    for units, price, value in product(_all_of(columns, Role.UNITS), good, good):
        count, of = _count(rows, (units, price, value), _to_the_cent)
        if price != value and count >= _FEWEST and count == of:
            index = {**columns.index, Role.VALUE: value, Role.UNITS: units, Role.PRICE: price}
            return replace(columns, index=index, values=tuple(k for k in columns.values if k != price))
    return None


def _all_of(columns: Columns, role: Role) -> list[int]:
    """Return the columns with a role: the one taken and all whose words name it too."""
    if role not in columns.index:
        return []
    taken = columns.index[role]
    named = (place for place, key in enumerate(columns.keys) if (known := role_of(key)) and known[0] is role)
    return list(dict.fromkeys((taken, *named)))


def _count(
    rows: Sequence[list[str]], places: tuple[int, int, int], fits: Callable[[Decimal, Decimal, Decimal], bool]
) -> tuple[int, int]:
    """Return in how many rows units × price is the value, and how many have all three."""
    found = [[_amount(row, place) for place in places] for row in rows]
    whole = [(a, b, c) for a, b, c in found if a is not None and b is not None and c]
    return sum(fits(a, b, c) for a, b, c in whole), len(whole)


def _to_the_cent(units: Decimal, price: Decimal, value: Decimal) -> bool:
    return abs(units * price - value) <= CENT


def multiply(units: Decimal, price: Decimal, value: Decimal) -> bool:
    """Tell whether units times price is the value, to what the figures as written leave open."""
    room = _open(units) * abs(price) + _open(price) * abs(units) + CENT
    return abs(units * price - value) <= room


def _open(figure: Decimal) -> Decimal:
    """Return by how much a figure as written may be off."""
    return _step(figure) * _HALF


def _step(figure: Decimal) -> Decimal:
    return ONE.scaleb(min(int(figure.as_tuple().exponent), 0))


def _share(row: list[str], place: int) -> Decimal | None:
    return parse_amount(row[place].strip().removesuffix("%").strip()) if place < len(row) else None


def _amount(row: list[str], place: int) -> Decimal | None:
    return parse_amount(row[place].strip()) if place < len(row) else None
