"""Tables that describe the same money as another: by source, by account, by asset class, or word for word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from desktop_app.domain.funds import ClassifiedBy
from desktop_app.domain.language import translator
from desktop_app.domain.money import CENT, ZERO, Money
from desktop_app.domain.statement import SkipReason

from .account_labels import plain_label, speaks_of_account
from .outcome import Entry, Found, Outcome, Table
from .units_beside import drop_beside_units, restate
from .wording import is_group, is_source

_tr = translator("Remarks")
_FEW = 3
"""This many equal values in one account are no coincidence, whatever the names."""
_MOST_TABLES = 60
_SEVERAL = 2
_APART = Decimal("0.25")
"""Share by which the figure of an account may differ from what its rows add to, loans being a part.

A price may differ as much from that of another day.
"""
_FIX = "If they are different money, type the holdings of the second table by hand."
_PRICES = "The table from line {0} on lists what one unit costs, not what is held; it was left out."
_PRICES_FIX = "If it is money held, type its holdings by hand."


def drop_repeats(outcome: Outcome) -> None:
    """Take back the tables whose money another table of the file counts."""
    if len(outcome.tables) < 2:
        return
    _drop_titled(outcome)
    _drop_recapped(outcome)
    drop_beside_units(outcome)
    neighbours = _by_account(outcome.tables)
    for table in sorted(outcome.tables, key=_detail):
        near = {id(other): other for key in _accounts(table) for other in neighbours[key]}
        for other in (other for other in near.values() if other is not table and other.entries):
            reason = why_repeated(table, other)
            if reason is not None:
                _drop(outcome, table, other, reason)
                break
    outcome.tables = [table for table in outcome.tables if table.entries]


def drop_price_lists(outcome: Outcome) -> None:
    """Take back the tables that list what a unit of the funds of another table costs."""
    for table in outcome.tables if 1 < len(outcome.tables) < _MOST_TABLES else ():
        if any(lists_prices(table, other) for other in outcome.tables if other is not table):
            first = table.entries[0].line
            outcome.tell(first, _tr(_PRICES).format(first.number), _tr(_PRICES_FIX))
            outcome.drop(table, list(table.entries), SkipReason.NOT_A_HOLDING)
    outcome.tables = [table for table in outcome.tables if table.size]


def lists_prices(table: Table, other: Table) -> bool:
    """Tell whether a table gives about what a unit costs of each fund it has in common with another.

    Two funds or more must say so, and what the other table holds of one of them be another amount.
    """
    if not table.size or any(entry.row.units is not None for entry in table.entries):
        return False
    held: dict[str, list[tuple[Decimal, Money]]] = {}
    for entry in other.entries:
        row = entry.row
        price = row.price or (row.value / row.units if row.units else None)
        if price is not None and price > 0:
            for key in {row.fund.key, plain_label(row.fund.name)}:
                held.setdefault(key, []).append((price, row.value))
    keys = (
        (entry.row.value, entry.row.fund.key, plain_label(entry.row.fund.name)) for entry in table.entries
    )
    pairs = ((amount, held.get(key) or held.get(name) or []) for amount, key, name in keys)
    listed = [(amount, price, value) for amount, found in pairs for price, value in found]
    return (
        len({amount for amount, _, _ in listed}) >= _SEVERAL
        and all(abs(amount - price) <= _APART * price for amount, price, _ in listed)
        and any(abs(amount - value) > _APART * amount for amount, _, value in listed)
    )


def _drop_titled(outcome: Outcome) -> None:
    """Take back tables under words that only head them, where an account's rows add to the same by fund."""
    titled = (
        [table for table in outcome.tables if _titles(table)] if len(outcome.tables) < _MOST_TABLES else []
    )
    for table in reversed(titled):
        others = (other for other in outcome.tables if other is not table and _says_parts(table, other))
        other = next(others, None)
        if other is None:
            continue
        (title,), (mine,) = _titles(table), _founds(other)
        _drop(outcome, table, other, SkipReason.NOT_A_HOLDING)
        if not title.gathered:
            if mine.stated is None:
                mine.stated, mine.stated_line = title.stated, title.stated_line
            title.stated = None


def _drop_recapped(outcome: Outcome) -> None:
    """Take back the tables of an account, one for each source, that one more table adds up by fund.

    Without units or prices that one says less and goes itself.
    """
    tables = [table for table in outcome.tables if table.entries and len(_founds(table)) == 1]
    if not _SEVERAL < len(tables) < _MOST_TABLES:
        return
    for table in reversed(tables):
        found = _founds(table)[0]
        others = [other for other in tables if other is not table and _founds(other)[0] is found]
        sums = _sums(table.entries)
        if len(others) < _SEVERAL or len(sums) < len(table.entries) or len(sums) < _SEVERAL:
            continue
        if sums != _sums([entry for other in others for entry in other.entries]):
            continue
        if any(entry.row.units is not None or entry.row.price is not None for entry in table.entries):
            for other in others:
                outcome.drop(other, list(other.entries), SkipReason.SOURCE_SPLIT)
        else:
            _drop(outcome, table, others[0], SkipReason.NOT_A_HOLDING)
        return


def _titles(table: Table) -> list[Found]:
    """Return the account that a table's rows are all of, if only words that need be no account's name it."""
    founds = _founds(table)
    if len(founds) != 1 or founds[0].is_fallback or founds[0].id != founds[0].name:
        return []
    name = founds[0].name
    return [] if speaks_of_account(name) or not any(char.isspace() for char in name) else founds


def _founds(table: Table) -> list[Found]:
    return list({id(entry.found): entry.found for entry in table.entries}.values())


def _says_parts(table: Table, other: Table) -> bool:
    """Tell whether one of two tables gives the parts, by source, of what the other gives of each fund."""
    if table.by_source is other.by_source or len(_founds(other)) != 1:
        return False
    mine, theirs = (_sums(entries) for entries in (table.entries, other.entries))
    return len(mine) > 1 and any(mine.values()) and mine == theirs


def _sums(entries: Sequence[Entry]) -> dict[str, Money]:
    sums: dict[str, Money] = {}
    for entry in entries:
        sums[entry.row.fund.key] = sums.get(entry.row.fund.key, ZERO) + entry.row.value
    return sums


def _by_account(tables: Sequence[Table]) -> dict[str, list[Table]]:
    """Return the tables that hold rows of each account; of very many of one account the first."""
    found: dict[str, list[Table]] = {}
    for table in tables:
        for key in _accounts(table):
            near = found.setdefault(key, [])
            if len(near) < _MOST_TABLES:
                near.append(table)
    return found


def _accounts(table: Table) -> set[str]:
    return {"" if entry.found.is_fallback else entry.found.id for entry in table.entries}


def _detail(table: Table) -> tuple[bool, bool, int, int]:
    """Sort the tables that say least first: they are the ones to leave out; of equal ones the later."""
    units = any(entry.row.units is not None for entry in table.entries)
    first = table.entries[0].line.number if table.entries else 0
    return not table.by_source, units, len(_values(table.entries)), -first


def why_repeated(table: Table, other: Table) -> SkipReason | None:
    """Return why a table is left out beside another, None when it holds money of its own."""
    if not table.entries or not any(entry.row.value for entry in table.entries):
        return None
    if table.by_source is not other.by_source and _by_fund(table) == _by_fund(other):
        return SkipReason.SOURCE_SPLIT
    if _is_copy(table, other) or is_summary(table, other):
        return SkipReason.NOT_A_HOLDING
    names = [entry.row.fund.name for entry in table.entries]
    if _same_accounts(table, other) and _close(_total(table.entries), _total(other.entries), len(names)):
        if all(is_source(name) for name in names):
            return SkipReason.SOURCE_SPLIT
        others = [entry.row.fund.name for entry in other.entries]
        if all(is_group(name) for name in names) and not all(is_group(name) for name in others):
            return SkipReason.NOT_A_HOLDING
    return None


def _drop(outcome: Outcome, table: Table, other: Table, reason: SkipReason) -> None:
    first, kept = table.entries[0].line, other.entries[0].line
    gone = {entry.line.number for entry in table.entries} - outcome.counted
    outcome.issues = [issue for issue in outcome.issues if issue.line not in gone]
    if reason is SkipReason.NOT_A_HOLDING:
        message = _tr(
            "The table from line {0} on describes the same money as the one from line {1} on. "
            "It was counted once."
        ).format(first.number, kept.number)
        outcome.tell(first, message, _tr(_FIX))
    if is_summary(table, other):
        state_totals(outcome, table)
    outcome.drop(table, list(table.entries), reason)
    restate(table, other)


def state_totals(outcome: Outcome, table: Table) -> None:
    """Note what a table of accounts says each is worth, and how it calls those that have a number only."""
    for entry in table.entries:
        found = outcome.accounts.get(entry.found.id)
        if found is None:
            continue
        found.stated, found.stated_line = entry.row.value, entry.line.number
        if found.name in {"", found.id} and not entry.row.fund.name.isdigit():
            found.name = entry.row.fund.name


def _is_copy(table: Table, other: Table) -> bool:
    """Tell whether two tables hold the same values in the same accounts."""
    if table.by_source is not other.by_source or not _same_accounts(table, other):
        return False
    mine, theirs = _values(table.entries), _values(other.entries)
    if mine != theirs:
        return False
    if len(set(mine)) >= _FEW:
        return True
    return _by_fund(table) == _by_fund(other) and _units(table) == _units(other)


def is_summary(table: Table, other: Table) -> bool:
    """Tell whether a table gives one figure per account, without units: what the other's rows are worth.

    Not every figure need agree: a loan or money under way may be in it. Then its names must be no funds'.
    """
    entries = table.entries
    accounts = [entry.found.id for entry in entries]
    if len(set(accounts)) < len(accounts) or any(entry.row.units is not None for entry in entries):
        return False
    if len(other.entries) <= len(accounts) or table.by_source:
        return False
    held = [[line for line in other.entries if line.found.id == name] for name in accounts]
    if not all(held):
        return False
    exact = [_close(_total(rows), e.row.value, len(rows)) for rows, e in zip(held, entries, strict=True)]
    if all(exact):
        return len(accounts) > 1 or not any(_is_fund(entry) for entry in entries)
    near = all(
        abs(_total(rows) - e.row.value) <= _APART * e.row.value for rows, e in zip(held, entries, strict=True)
    )
    return (
        near and len(accounts) > 1 and (any(exact) or _says_more(other)) and not any(map(_is_fund, entries))
    )


def _is_fund(entry: Entry) -> bool:
    """Tell whether a row names a fund we know."""
    fund = entry.row.fund
    return fund.classified_by is not ClassifiedBy.UNKNOWN or bool(fund.symbol or fund.cusip)


def _says_more(other: Table) -> bool:
    """Tell whether a table has units or prices and funds we know in most rows."""
    told = [e for e in other.entries if e.row.units is not None or e.row.price is not None]
    known = [e for e in other.entries if _is_fund(e)]
    return 2 * min(len(told), len(known)) > len(other.entries)


def _same_accounts(table: Table, other: Table) -> bool:
    mine = {entry.found.id for entry in table.entries if not entry.found.is_fallback}
    theirs = {entry.found.id for entry in other.entries if not entry.found.is_fallback}
    return mine == theirs


def _values(entries: Sequence[Entry]) -> Counter[Money]:
    return Counter(entry.row.value for entry in entries if entry.row.value)


def _units(table: Table) -> Counter[Decimal | None]:
    return Counter(entry.row.units for entry in table.entries)


def _by_fund(table: Table) -> dict[tuple[str, str], Money]:
    sums: dict[tuple[str, str], Money] = {}
    for entry in table.entries:
        place = ("" if entry.found.is_fallback else entry.found.id, entry.row.fund.key)
        sums[place] = sums.get(place, ZERO) + entry.row.value
    return sums


def _total(entries: Sequence[Entry]) -> Money:
    return sum((entry.row.value for entry in entries), ZERO)


def _close(one: Money, other: Money, count: int) -> bool:
    return abs(one - other) <= CENT * max(2, count)
