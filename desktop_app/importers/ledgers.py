"""Lists of transactions with the balance of its fund after each: the last balance of each fund is held."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, islice, pairwise
from typing import NamedTuple

from desktop_app.domain.issues import Issue, Severity
from desktop_app.domain.language import translator
from desktop_app.domain.money import CENT, ZERO
from desktop_app.domain.statement import SkippedRow, SkipReason

from .amounts import figure_style, looks_numeric, parse_amount
from .columns import Role, header_key, role_of
from .dates import is_day_first, settle
from .grid import Grid, Line, cell_at, filled
from .headwords import heading_of
from .layouts import Rearranged
from .mapping import heading_fingerprint
from .moves import are_days, are_moves, day_in, heads_move
from .patterns import late_regex

_tr = translator("Remarks")
_HEAD = 300
_MOST_ROWS = 200_000
_FEWEST_CELLS = 4
_MOST_MOVES = 6
_FEWEST_CHANGES = 2
"""Balances that differ from the one before by which such a list is told."""
_BALANCE = late_regex(r"\b(?:balance|running|value after|cumulative)\b")
_COUNTED = late_regex(r"\b(?:units?|shares?|price|nav|unit value|%|percent)\b")
_OUT = late_regex(r"\b(?:withdrawals?|debits?|money out|paid out|redemptions?|distributions?|fees?)\b")
_OWN = (Role.NAME, Role.SYMBOL, Role.CUSIP, Role.ACCOUNT_ID, Role.ACCOUNT_NAME, Role.OWNER, Role.SOURCE)
_FUND = frozenset({Role.NAME, Role.SYMBOL, Role.CUSIP})
_TOLD = "These are {0} transactions with the balance after each; the last balance of each fund was counted."
_FIX = "Compare with the balances that the plan's site shows: prices may have moved since."
_CLOSE = Decimal("0.005")


class _Entry(NamedTuple):
    """One line: its place in the grid, its cells, and its day as 2026-12-31."""

    place: int
    cells: list[str]
    day: str


class _Heading(NamedTuple):
    """A heading: its place, its words, the columns that tell rows apart, and that of the day."""

    place: int
    keys: list[str]
    own: dict[int, Role]
    day: int


class _Found(NamedTuple):
    """The column of balances, those by which rows are told apart, and each fund's entries, oldest first."""

    balance: int
    own: list[int]
    funds: list[list[_Entry]]


def last_balances(arranged: Rearranged, known: Container[str]) -> Rearranged:
    """Return a file's rows with the last one of each fund only where they are a list with running balances.

    It is one where each balance is the one before it of the same fund with what came, went, was gained or
    lost since; anything else stays as it is, as do headings that the user explained (`known` fingerprints).
    """
    grid = arranged.grid
    for i, line in enumerate(islice(grid.lines, _HEAD)):
        heading = _heading(grid, i, line)
        if heading is None or heading_fingerprint(line.cells) in known:
            continue
        if not _begins(grid, heading):
            continue
        entries = _entries(grid, heading)
        found = _found(heading, entries) if len(entries) > _FEWEST_CHANGES else None
        if found is not None:
            return _with_last(arranged, heading, entries, found)
    return arranged


def may_be_ledger(grid: Grid) -> bool:
    """Tell whether the first lines of a grid are such a list."""
    lines = grid.lines[:_HEAD]
    headings = (_heading(grid, i, line) for i, line in enumerate(lines))
    return any(_begins(grid, heading) for heading in headings if heading is not None)


def _begins(grid: Grid, heading: _Heading) -> bool:
    """Tell whether the first lines below a heading are such a list: long tables are not looked through."""
    entries = _entries(Grid(grid.lines[: heading.place + _HEAD]), heading)
    return len(entries) > _FEWEST_CHANGES and _found(heading, entries) is not None


def _heading(grid: Grid, i: int, line: Line) -> _Heading | None:
    """Return a heading with a fund, a balance and a day below, None for any other line."""
    cells = line.cells
    if len(filled(cells)) < _FEWEST_CELLS or any(map(looks_numeric, cells)):
        return None
    keys = [header_key(cell) for cell in cells]
    if not any(_is_balance(key) for key in keys):
        return None
    roles = {place: known[0] for place, cell in enumerate(cells) if (known := role_of(cell)) is not None}
    own = {place: role for place, role in roles.items() if role in _OWN}
    below = [row.cells for row in grid.lines[i + 1 : i + 1 + _MOST_MOVES] if len(row.cells) > 1]
    day = next((place for place in range(len(cells)) if are_days(below, place)), None)
    return _Heading(i, keys, own, day) if _FUND & {*own.values()} and day is not None else None


def _is_balance(key: str) -> bool:
    known = role_of(key)
    if _COUNTED.search(key) is not None:
        return False
    return _BALANCE.search(key) is not None or (
        known is not None and known[0] is Role.VALUE and not heads_move(key)
    )


def _entries(grid: Grid, heading: _Heading) -> list[_Entry]:
    """Return the dated lines below a heading; none where the list is too long to look at."""
    if len(grid.lines) > _MOST_ROWS:
        return []
    rows = [
        (place, line.cells)
        for place, line in enumerate(grid.lines)
        if place > heading.place
        and heading.day < len(line.cells)
        and day_in(line.cells[heading.day]) is not None
    ]
    day_first = is_day_first((), (cells[heading.day] for _, cells in rows))
    return [
        _Entry(place, cells, settle(cells[heading.day].strip(), day_first=day_first)) for place, cells in rows
    ]


def _found(heading: _Heading, entries: Sequence[_Entry]) -> _Found | None:
    """Return the balances that follow from what moved, None where none do."""
    all_cells = [entry.cells for entry in entries]
    heading = heading._replace(own=_without_moves(heading.own, all_cells))
    if not _FUND & {*heading.own.values()}:
        return None
    comma = figure_style((cell for cells in all_cells for cell in cells), ()).decimal_comma
    amounts = {
        place: [parse_amount(cell_at(cells, place), decimal_comma=comma) for cells in all_cells]
        for place in range(len(heading.keys))
        if place not in heading.own and place != heading.day
    }
    balances = [place for place in amounts if _is_balance(heading.keys[place]) and None not in amounts[place]]
    moved = [
        place
        for place, column in amounts.items()
        if _COUNTED.search(heading.keys[place]) is None and any(column)
    ][-_MOST_MOVES - 1 :]
    may_word = set(range(len(heading.keys))) - {*heading.own}
    places = {entry.place: k for k, entry in enumerate(entries)}
    without_source = [place for place, role in heading.own.items() if role is not Role.SOURCE]
    for own in dict.fromkeys((tuple(heading.own), tuple(without_source))):
        for funds in _by_fund(entries, own):
            runs = [[places[entry.place] for entry in fund] for fund in funds]
            for balance in reversed(balances):
                others = [place for place in moved if place != balance]
                by = _follows(heading, amounts, runs, balance, others)
                if by is not None and (
                    any(heads_move(heading.keys[place]) for place in by) or are_moves(all_cells, may_word)
                ):
                    return _Found(balance, list(own), funds)
    return None


def _without_moves(own: dict[int, Role], rows: Sequence[Sequence[str]]) -> dict[int, Role]:
    """Return the columns that tell rows apart without one that says what was done (“Description”)."""
    return {
        place: role for place, role in own.items() if role is not Role.NAME or not are_moves(rows, {place})
    }


def _by_fund(entries: Sequence[_Entry], own: Sequence[int]) -> Iterator[list[list[_Entry]]]:
    """Yield each fund's entries, oldest first, whichever way the file has its days; nothing in disorder."""
    funds: dict[tuple[str, ...], list[_Entry]] = {}
    for entry in entries:
        funds.setdefault(tuple(cell_at(entry.cells, place).lower() for place in own), []).append(entry)
    for step in (1, -1):
        ordered = [fund[::step] for fund in funds.values()]
        if all(one.day <= two.day for fund in ordered for one, two in pairwise(fund)):
            yield ordered


def _follows(
    heading: _Heading,
    amounts: dict[int, list[Decimal | None]],
    runs: Sequence[Sequence[int]],
    balance: int,
    others: Sequence[int],
) -> tuple[int, ...] | None:
    """Return the columns that every balance differs by from the one before it, None without such."""
    links = [pair for run in runs for pair in pairwise(run)]
    column = [amount or ZERO for amount in amounts[balance]]
    changes = [(two, column[two] - column[one]) for one, two in links]
    if sum(change != 0 for _, change in changes) < _FEWEST_CHANGES:
        return None
    parts = {
        place: [_signed(amount or ZERO, heading.keys[place]) for amount in amounts[place]] for place in others
    }
    for size in range(1, len(others) + 1):
        for chosen in combinations(others, size):
            if all(
                abs(sum((parts[place][k] for place in chosen), ZERO) - change) <= CENT
                for k, change in changes
            ):
                return chosen
            if size == 1 and all(
                abs(abs(parts[chosen[0]][k]) - abs(change)) <= CENT for k, change in changes
            ):
                return chosen
    return None


def _signed(amount: Decimal, key: str) -> Decimal:
    return -abs(amount) if _OUT.search(key) is not None else amount


def _with_last(
    arranged: Rearranged, heading: _Heading, entries: Sequence[_Entry], found: _Found
) -> Rearranged:
    """Keep each fund's last line, under a heading of what it then came to."""
    lines = arranged.grid.lines
    last = [fund[-1] for fund in found.funds]
    held = [entry for entry in last if parse_amount(cell_at(entry.cells, found.balance))] or last
    units, price = _units(heading, held, found.balance)
    names = {found.balance: heading_of(Role.VALUE), heading.day: "Date", units: "Units", price: "Price"}
    kept = {*found.own, *names}
    cells = [
        names.get(place, cell) if place in kept else ""
        for place, cell in enumerate(lines[heading.place].cells)
    ]
    gone = {entry.place for entry in entries} - {entry.place for entry in held}
    rest = tuple(
        line._replace(cells=cells) if place == heading.place else line
        for place, line in enumerate(lines)
        if place not in gone
    )
    sheet = arranged.grid.sheet
    skipped = (
        SkippedRow(lines[place].number, lines[place].text, SkipReason.NOT_A_HOLDING, sheet)
        for place in sorted(gone)
    )
    told = Issue(
        Severity.WARNING, _tr(_TOLD).format(len(entries)), _tr(_FIX), lines[heading.place].number, sheet=sheet
    )
    return replace(
        arranged,
        grid=replace(arranged.grid, lines=rest),
        skipped=(*arranged.skipped, *skipped),
        issues=(*arranged.issues, told),
    )


def _units(heading: _Heading, held: Sequence[_Entry], balance: int) -> tuple[int, int]:
    """Return the columns of units and price that make the last balances; -1 where none do."""
    roles = {place: known[0] for place, key in enumerate(heading.keys) if (known := role_of(key)) is not None}
    prices = [place for place, role in roles.items() if role is Role.PRICE]
    counted = [place for place, key in enumerate(heading.keys) if re.search(r"\b(?:units?|shares?)\b", key)]
    for price in prices:
        for units in reversed([place for place in counted if place != price]):
            rows = [
                [parse_amount(cell_at(entry.cells, place)) for place in (units, price, balance)]
                for entry in held
            ]
            if all(_makes(*row) for row in rows):
                return units, price
    return -1, -1


def _makes(units: Decimal | None, price: Decimal | None, value: Decimal | None) -> bool:
    if units is None or price is None or value is None:
        return False
    return abs(units * price - value) <= max(CENT * 2, abs(value) * _CLOSE)
